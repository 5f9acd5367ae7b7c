#include "bench/print.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>

#include "evidence/table.hpp"

namespace sca::bench {
namespace {

using evidence::Table;

/// "1.77 ms"
std::string time_text(double seconds) {
  constexpr std::array units{"s", "ms", "µs", "ns"};
  std::size_t unit = 0;
  while (seconds < 1 && unit + 1 < units.size()) {
    seconds *= 1e3;
    ++unit;
  }
  return fmt::format("{:.3g} {}", seconds, units[unit]);
}

std::string shape_text(const sca_core_shape& shape) {
  return fmt::format("{} {} {}/{} {} {}", shape.B, shape.L, shape.K, shape.Kq, shape.H, shape.M);
}

/// "1.49 GB"; nothing for nothing.
std::string bytes_text(std::int64_t bytes) {
  constexpr std::array units{"B", "kB", "MB", "GB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 1000 && unit + 1 < units.size()) {
    value /= 1000;
    ++unit;
  }
  return bytes == 0 ? "-" : fmt::format("{:.3g} {}", value, units[unit]);
}

std::string count_text(std::int64_t n) { return n == 0 ? "-" : std::to_string(n); }

std::vector<std::string> times(const Measurement& m) {
  if (!m.is_timed()) return std::vector<std::string>(7, "-");
  const double seconds = m.seconds();
  return {time_text(seconds),
          fmt::format("{:.1f} %", 100 * m.deviation() / seconds),
          number_text(m.tokens() / seconds),
          fmt::format("{:.3g}", m.work.bytes / seconds / 1e9),
          fmt::format("{:.3g}", m.work.flops / seconds / 1e9),
          fmt::format("{:.3g}", m.of_floor()),
          fmt::format("{:.3g}", m.clearance)};
}

}  // namespace

void print(std::ostream& out, const std::vector<Measurement>& measurements, bool colour) {
  constexpr auto right = Table::Align::right;
  const bool has_networks =
      std::ranges::any_of(measurements, [](const Measurement& m) { return m.network.parameters > 0; });
  std::vector<Table::Column> columns{{"kernel"}, {"B L K/Kq H M"}, {"threads", right}};
  if (has_networks) {
    for (const char* title : {"parameters", "context", "state", "scratch"}) columns.push_back({title, right});
  }
  for (const char* title : {"time", "±", "tokens/s", "GB/s", "GFLOP/s", "x floor", "clearance"})
    columns.push_back({title, right});
  columns.push_back({"verdict"});
  Table table(std::move(columns));
  for (const Measurement& m : measurements) {
    std::vector<std::string> row{m.kernel, shape_text(m.shape), std::to_string(m.threads)};
    const NetworkFacts& n = m.network;
    if (has_networks)
      std::ranges::copy(std::array{count_text(n.parameters), count_text(n.context), bytes_text(n.state_bytes),
                                   bytes_text(n.scratch_bytes)},
                        std::back_inserter(row));
    std::ranges::copy(times(m), std::back_inserter(row));
    row.push_back(m.remark.empty() ? m.verdict : m.verdict + ": " + m.remark);
    table.add(std::move(row));
  }
  table.print(out, colour);
}

void print(std::ostream& out, const std::vector<Comparison>& comparisons, bool colour) {
  constexpr auto right = Table::Align::right;
  Table table({{"compared"},
               {"x floor before", right},
               {"now", right},
               {"ratio", right},
               {"noise", right},
               {"p", right},
               {"change"}});
  for (const Comparison& one : comparisons) {
    table.add({one.key, number_text(one.before), number_text(one.after), number_text(one.after / one.before),
               fmt::format("{:.1f} %", 100 * one.noise / one.before), fmt::format("{:.2g}", one.probability),
               std::string(to_string(one.change))});
  }
  table.print(out, colour);
}

nlohmann::ordered_json to_json(const Comparison& one) {
  return {{"compared", one.key},
          {"before", number_text(one.before)},
          {"after", number_text(one.after)},
          {"noise", number_text(one.noise)},
          {"probability", number_text(one.probability)},
          {"change", to_string(one.change)}};
}

}  // namespace sca::bench
