#include "evidence/plot/gnuplot.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "evidence/input/error.hpp"
#include "evidence/plot/style.hpp"

namespace sca::evidence {
namespace {

/// gnuplot's name of what a file's ending asks for; empty if nothing.
std::string terminal(const std::string& file, int width, int height) {
  const std::string ending = std::filesystem::path(file).extension();
  if (ending == ".svg")
    return fmt::format("svg size {},{} dynamic background '#ffffff' font '{}'", width, height, style::font);
  if (ending ==
      ".png")  // twice as fine as the screen; sizes of type are points there, 3/4 of a pixel's number
    return fmt::format("pngcairo size {},{} fontscale 1.5 linewidth 2 pointscale 2 font '{}'", 2 * width,
                       2 * height, style::font);
  constexpr double per_inch = 96;
  if (ending == ".pdf")
    return fmt::format("pdfcairo size {}in,{}in fontscale 0.75 linewidth 0.75 pointscale 0.75 font '{}'",
                       width / per_inch, height / per_inch, style::font);
  return "";
}

}  // namespace

const char* const gnuplot_package = "gnuplot-nox";

bool has_gnuplot() {
  // NOLINTNEXTLINE(bugprone-command-processor): a constant
  return std::system("command -v gnuplot >/dev/null 2>&1") == 0;
}

void require_figure_name(const std::string& file) {
  if (terminal(file, 0, 0).empty())
    throw InputError("--plot", file, "a name in .svg, .png or .pdf", "another");
}

void require_gnuplot(const std::string& file) {
  require_figure_name(file);
  if (!has_gnuplot())
    throw InputError("--plot", "gnuplot", fmt::format("it on the PATH (Debian package {})", gnuplot_package),
                     "none");
}

void draw(const std::string& file, const Drawing& drawing) {
  require_gnuplot(file);
  const std::string beside = file + ".tmp" + std::to_string(getpid());
  FILE* gnuplot = popen("gnuplot >/dev/null 2>&1", "w");  // NOLINT(bugprone-command-processor): a constant
  if (gnuplot != nullptr) {
    const std::string whole =
        fmt::format("set terminal {}\nset output {}\n{}", terminal(file, drawing.width, drawing.height),
                    gnuplot_string(beside), drawing.script);
    std::fwrite(whole.data(), 1, whole.size(), gnuplot);
    std::error_code error;
    const bool is_drawn = pclose(gnuplot) == 0;
    if (is_drawn) std::filesystem::rename(beside, file, error);
    if (is_drawn && !error) return;
    std::filesystem::remove(beside, error);
  }
  throw InputError("--plot", file, "a file that gnuplot can write", "it failed");
}

std::string gnuplot_string(const std::string& text) {
  constexpr std::size_t longest = 1000;
  std::string quoted = "'";
  // A new line would end the string, and what follows would be a command.
  for (const char c : one_line(text, longest)) {
    if (c == '\'') quoted += '\'';
    quoted += c;
  }
  return quoted + "'";
}

}  // namespace sca::evidence
