#pragma once

#include <nlohmann/json.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/cuda/resources.hpp"
#include "evidence/cuda/works.hpp"

namespace sca::evidence::cuda {

struct PtxText {
  std::string name;  // for errors
  int architecture;  // 80: for sm_80 and later
  std::string_view text;
};

/// What nvcc made of the kernels' source.
struct Compiled {
  std::vector<Resources> resources;  // by every architecture
  std::vector<PtxText> ptx;          // one at least; the first is what is executed
};

/// JSON records, "cuda" says of which kind: toolkit, resources, instructions, work, traffic (a kernel's part
/// in a work) and roofline. Every work is executed once in the PTX machine, which takes seconds.
///
/// progress how many works are done, of how many, and which one is next
/// errors   InputError for PTX that counting does not understand; Fault of the machine
std::vector<nlohmann::ordered_json> cuda_records(
    const Compiled& compiled, const std::vector<Work>& works,
    const std::function<void(std::size_t, std::size_t, const std::string&)>& progress = {});

/// Those about kernels, and works, whose names have one of these parts; all where there are none.
std::vector<nlohmann::ordered_json> chosen_records(const std::vector<nlohmann::ordered_json>& records,
                                                   const std::vector<std::string>& parts);

/// A line for each spill, stack frame or access to local memory, for each work that moves more than is
/// stated, and for each function of the library that errs by more than is published.
/// errors   InputError that names `path` for a record without its fields
std::vector<std::string> regressions(const std::vector<nlohmann::ordered_json>& records,
                                     std::string_view path);

}  // namespace sca::evidence::cuda
