#include "bench/gnuplot.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "evidence/input/error.hpp"

namespace sca::bench {
namespace {

/// gnuplot's name of what a file's ending asks for; empty if nothing.
std::string terminal(const std::string& file) {
  const std::string ending = std::filesystem::path(file).extension();
  if (ending == ".svg") return "svg enhanced background '#ffffff' size 900,600";
  if (ending == ".png") return "pngcairo enhanced size 1200,800";
  if (ending == ".pdf") return "pdfcairo enhanced size 9in,6in";
  return "";
}

}  // namespace

void require_gnuplot(const std::string& file) {
  if (terminal(file).empty())
    throw evidence::InputError("--plot", file, "a name in .svg, .png or .pdf", "another");
  if (std::system("command -v gnuplot >/dev/null 2>&1") !=
      0)  // NOLINT(bugprone-command-processor): a constant
    throw evidence::InputError("--plot", "gnuplot", "it on the PATH (Debian package gnuplot-nox)", "none");
}

void draw(const std::string& file, const std::string& script) {
  require_gnuplot(file);
  const std::string beside = file + ".tmp" + std::to_string(getpid());
  FILE* gnuplot = popen("gnuplot >/dev/null 2>&1", "w");  // NOLINT(bugprone-command-processor): a constant
  if (gnuplot != nullptr) {
    const std::string whole =
        fmt::format("set terminal {}\nset output {}\n{}", terminal(file), gnuplot_string(beside), script);
    std::fwrite(whole.data(), 1, whole.size(), gnuplot);
    std::error_code error;
    const bool is_drawn = pclose(gnuplot) == 0;
    if (is_drawn) std::filesystem::rename(beside, file, error);
    if (is_drawn && !error) return;
    std::filesystem::remove(beside, error);
  }
  throw evidence::InputError("--plot", file, "a file that gnuplot can write", "it failed");
}

std::string gnuplot_string(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace sca::bench
