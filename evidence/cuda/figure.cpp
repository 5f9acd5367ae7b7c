#include "evidence/cuda/figure.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/cuda/fields.hpp"
#include "evidence/input/error.hpp"

namespace sca::evidence::cuda {
namespace {

using Json = nlohmann::ordered_json;

double place_of(const std::vector<std::string>& all, const std::string& one) {
  return static_cast<double>(std::ranges::find(all, one) - all.begin());
}

void add_once(std::vector<std::string>& all, std::string one) {
  if (std::ranges::find(all, one) == all.end()) all.push_back(std::move(one));
}

/// Rows that labels at the right tell apart, not numbers.
std::vector<std::pair<double, std::string>> nameless(double last) {
  std::vector<std::pair<double, std::string>> rows;
  for (double row = 0; row <= last; ++row) rows.emplace_back(row, "");
  return rows;
}

/// Works from above to below; each as it is stored has its own look.
Panel ratio_panel(const std::vector<Json>& records, std::string_view path) {
  std::vector<std::string> names, dtypes;
  double most = 1;
  for (const Json& record : records) {
    if (record.value("cuda", "") != "work") continue;
    add_once(names, text_of(record, "work", path) + ", " + text_of(record, "dtype", path));
    add_once(dtypes, text_of(record, "dtype", path));
    most = std::max(most, number_of(record, "ratio", path));
  }
  if (names.empty()) throw InputError(path, "records", "a work's traffic", "none");
  const double last = static_cast<double>(names.size()) - 1;
  Panel panel{
      .title = "bytes moved over the least",
      .x = {.label = "x least", .scale = Scale::linear, .from = 0.9, .to = 1.1 * most},
      .y = {.label = "", .scale = Scale::linear, .from = -0.6, .to = last + 0.6, .names = nameless(last)},
      .curves = {}};
  panel.curves.push_back({.mark = Mark::theory, .label = "", .points = {{1, -0.6}, {1, last + 0.6}}});
  for (const Json& record : records) {
    if (record.value("cuda", "") != "work") continue;
    const std::string dtype = text_of(record, "dtype", path);
    const std::string name = text_of(record, "work", path) + ", " + dtype;
    const auto look = static_cast<std::size_t>(place_of(dtypes, dtype));
    const double row = last - place_of(names, name);
    const PlotPoint asked{number_of(record, "ratio", path), row};
    const PlotPoint cached{number_of(record, "cached_ratio", path), row};
    panel.curves.push_back({.mark = Mark::theory, .look = look, .label = "", .points = {cached, asked}});
    panel.curves.push_back({.mark = Mark::runs, .look = look, .label = name, .points = {cached, asked}});
  }
  return panel;
}

/// Those that works launch for float32, from above to below.
std::vector<std::string> kernels_shown(const std::vector<Json>& records, std::string_view path) {
  std::vector<std::string> kernels;
  for (const Json& record : records) {
    if (record.value("cuda", "") == "traffic" && record.value("dtype", "") == "f32")
      add_once(kernels, text_of(record, "kernel", path));
  }
  return kernels;
}

Panel occupancy_panel(const std::vector<Json>& records, std::string_view path) {
  const std::vector<std::string> kernels = kernels_shown(records, path);
  std::vector<std::string> architectures;
  for (const Json& record : records) {
    if (record.value("cuda", "") == "resources")
      add_once(architectures, text_of(record, "architecture", path));
  }
  if (kernels.empty() || architectures.empty())
    throw InputError(path, "records", "resources of kernels that works launch", "none");
  const double last = static_cast<double>(kernels.size()) - 1;
  const double right = static_cast<double>(architectures.size()) - 0.5;
  Panel panel{
      .title = "warps that run at a time, % of all",
      .x = {.label = "architecture", .scale = Scale::linear, .from = -0.5, .to = right, .names = {}},
      .y = {.label = " ", .scale = Scale::linear, .from = -0.5, .to = last + 0.5, .names = nameless(last)},
      .curves = {}};
  for (const std::string& one : architectures) panel.x.names.emplace_back(place_of(architectures, one), one);
  for (const Json& record : records) {
    if (record.value("cuda", "") != "resources" || !record.contains("occupancy")) continue;
    const double row = place_of(kernels, text_of(record, "kernel", path));
    if (row > last) continue;
    const double share = number_of(record, "occupancy", path);
    panel.tiles.push_back({place_of(architectures, text_of(record, "architecture", path)), last - row, share,
                           fmt::format("{:.0f}", 100 * share)});
  }
  // Points that are not seen, whose labels name the rows.
  for (const std::string& one : kernels)
    panel.curves.push_back(
        {.mark = Mark::theory,
         .label = one,
         .points = {{right - 0.01, last - place_of(kernels, one)}, {right, last - place_of(kernels, one)}}});
  return panel;
}

}  // namespace

Figure cuda_figure(const std::vector<Json>& records, const Json& provenance, std::string_view path) {
  Figure figure{
      .title = "The CUDA kernels: traffic and occupancy",
      .columns = 2,
      .panels = {ratio_panel(records, path), occupancy_panel(records, path)},
      .caption = {
          "Left: 32-byte sectors, counted instruction by instruction on a CPU, over every input read "
          "once and every result written once. A line ends at the right where each request of a warp "
          "counts, as without caches, and at the left where each sector counts once a launch, as with "
          "one that holds all. Right: by registers, shared memory and threads of a block, for "
          "float32. Nothing was run on a GPU."}};
  figure.caption.push_back(origin_line(provenance));
  return figure;
}

}  // namespace sca::evidence::cuda
