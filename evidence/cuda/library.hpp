#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/cuda/library_functions.hpp"
#include "evidence/cuda/report.hpp"

namespace sca::evidence::cuda {

/// How many arguments of a range are tried by `sca cuda-report`.
inline constexpr std::size_t library_points = 1U << 16U;

/// JSON records, "cuda" is "library": what nvcc made of kernels/cuda/library/library.cu, executed in the PTX
/// machine and compared with MPFR, range by range. A kernel with .approx instructions has two: with exact
/// values of them, rounded, which is held to what NVIDIA publishes, and with random errors up to what PTX
/// allows. Architectures that give the same bits have one record.
///
/// progress how many functions are done, of how many, and which one is next
/// errors   Fault of the machine
std::vector<nlohmann::ordered_json> library_records(
    const std::vector<PtxText>& ptx, const std::vector<LibraryFunction>& functions, std::size_t points,
    const std::function<void(std::size_t, std::size_t, const std::string&)>& progress = {});

/// A line if the record is worse than NVIDIA publishes.
/// errors   InputError that names `path` for a record without its fields
std::optional<std::string> library_finding(const nlohmann::ordered_json& record, std::string_view path);

}  // namespace sca::evidence::cuda
