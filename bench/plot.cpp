#include "bench/plot.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "bench/gnuplot.hpp"
#include "evidence/input/error.hpp"

namespace sca::bench {
namespace {

/// Everything but the length.
std::string line_of(const Measurement& m) {
  return fmt::format("{} B={} K={}/{} H={} M={}, {} thread{}", m.kernel, m.shape.B, m.shape.K, m.shape.Kq,
                     m.shape.H, m.shape.M, m.threads, m.threads == 1 ? "" : "s");
}

/// L, then nanoseconds a token: median, quartiles, floor.
std::string data(std::vector<const Measurement*> points) {
  std::ranges::sort(points, {}, [](const Measurement* m) { return m->shape.L; });
  std::string text;
  for (const Measurement* m : points) {
    std::vector<double> sorted = m->samples;
    std::ranges::sort(sorted);
    const double scale = 1e9 / m->tokens();
    text += fmt::format(
        "{} {} {} {} {}\n", m->shape.L, m->seconds() * scale, sorted[sorted.size() / 4] * scale,
        sorted[sorted.size() - 1 - sorted.size() / 4] * scale, floor_seconds(m->work, m->rates) * scale);
  }
  return text;
}

}  // namespace

std::string cost_script(const std::vector<Measurement>& measurements) {
  std::map<std::string, std::vector<const Measurement*>> lines;
  for (const Measurement& m : measurements) {
    if (m.is_timed()) lines[line_of(m)].push_back(&m);
  }
  if (lines.empty()) throw evidence::InputError("--plot", "records", "a kernel with times", "none");
  std::string blocks;
  std::vector<std::string> plots;
  for (const auto& [name, points] : lines) {
    const std::size_t number = plots.size() / 2 + 1;
    blocks += fmt::format("$line{} << EOD\n{}EOD\n", number, data(points));
    plots.push_back(fmt::format("$line{0} using 1:2:3:4 with yerrorlines linecolor {0} pointtype 7 title {1}",
                                number, gnuplot_string(name)));
    plots.push_back(fmt::format("$line{0} using 1:5 with lines linecolor 'gray40' dashtype '-' title {1}",
                                number, gnuplot_string(number == 1 ? "floor" : "")));
  }
  return fmt::format(
      "{}set logscale x 2\nset logscale y\nset grid\nset key outside above left noenhanced\nset xlabel 'L, "
      "tokens'\n"
      "set ylabel 'nanoseconds a token'\nplot {}\n",
      blocks, fmt::join(plots, ", \\\n  "));
}

}  // namespace sca::bench
