#include "bench/print.hpp"

#include <fmt/format.h>

#include <cmath>
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

}  // namespace

void print(std::ostream& out, const std::vector<Measurement>& measurements, bool colour) {
  constexpr auto right = Table::Align::right;
  Table table({{"kernel"},
               {"B L K/Kq H M"},
               {"threads", right},
               {"time", right},
               {"±", right},
               {"tokens/s", right},
               {"GB/s", right},
               {"GFLOP/s", right},
               {"x floor", right},
               {"clearance", right},
               {"verdict"}});
  for (const Measurement& m : measurements) {
    std::vector<std::string> row{m.kernel, shape_text(m.shape), std::to_string(m.threads)};
    if (m.is_timed()) {
      const double seconds = m.seconds();
      for (std::string cell :
           {time_text(seconds), fmt::format("{:.1f} %", 100 * m.deviation() / seconds),
            number_text(m.tokens() / seconds), fmt::format("{:.3g}", m.work.bytes / seconds / 1e9),
            fmt::format("{:.3g}", m.work.flops / seconds / 1e9), fmt::format("{:.3g}", m.of_floor()),
            fmt::format("{:.2g}", m.clearance)})
        row.push_back(std::move(cell));
    } else {
      row.resize(row.size() + 7, "-");
    }
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
