#pragma once

#include <nlohmann/json.hpp>

#include <string_view>
#include <vector>

#include "evidence/plot/figure.hpp"

namespace sca::evidence::cuda {

/// Bytes that works move over the least, and, of the kernels that they launch for float32, the occupancy of
/// every architecture.
/// errors   InputError that names `path` for records without works or resources, or without their fields
Figure cuda_figure(const std::vector<nlohmann::ordered_json>& records,
                   const nlohmann::ordered_json& provenance, std::string_view path);

}  // namespace sca::evidence::cuda
