#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/plot/figure.hpp"

namespace sca::experiments {

/// The targets of whose errors there are records, in their order: fits alone draw nothing.
/// errors   InputError that names path, line and field
std::vector<std::string> recorded_targets(const std::vector<nlohmann::ordered_json>& records,
                                          std::string_view path);

/// The error against M for one target, from what `sca quadrature` recorded: a column of panels for each
/// prefix kind and dimension, own errors above total ones, at most six rules a panel, the first of which are
/// one for each rate that theory knows. The first record is the run's provenance and settings.
///
/// errors   InputError that names path, line and field, or says that there is nothing to draw
evidence::Figure quadrature_figure(const std::vector<nlohmann::ordered_json>& records, std::string_view path,
                                   const std::string& target);

}  // namespace sca::experiments
