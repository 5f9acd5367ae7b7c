#pragma once

#include <string_view>
#include <vector>

#include "evidence/plot/figure.hpp"

namespace sca::experiments::capacity {

/// A panel a study, from what `sca capacity` recorded: theory drawn over measurement. The first record is the
/// run's provenance and settings.
///
/// errors   InputError that names path, line and field, or says that there is nothing to draw
evidence::Figure capacity_figure(const std::vector<nlohmann::ordered_json>& records, std::string_view path);

}  // namespace sca::experiments::capacity
