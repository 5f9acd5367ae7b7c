#include "evidence/plot/style.hpp"

#include <fmt/format.h>

#include <array>

namespace sca::evidence::style {

const Look& look(std::size_t n) {
  static constexpr std::array<Look, looks> all{{
      {"#0072B2", "#005a8e", "solid", 7},
      {"#D55E00", "#a84a00", "'-'", 5},
      {"#009E73", "#00704f", "'.-'", 9},
      {"#CC79A7", "#9a4676", "(12,3)", 13},
      {"#E69F00", "#946600", "'_'", 11},
      {"#56B4E9", "#22719f", "(3,2)", 6},
      {"#000000", "#000000", "'_.'", 4},
      {"#808080", "#606060", "(6,2,2,2,2,2)", 8},
  }};
  return all[n % looks];
}

std::string preamble() {
  return fmt::format(
      "set termoption noenhanced\n"
      "set encoding utf8\n"
      "unset key\n"
      "set border 3 linecolor rgb '{0}' linewidth 0.8\n"
      "set tics out nomirror scale 0.6,0.3 textcolor rgb '{1}' font ',{2}'\n"
      "set grid xtics ytics back linetype 1 linecolor rgb '{3}' linewidth 0.6\n"
      "set style textbox opaque noborder margins 0.3,0.3 fillcolor rgb '#ffffff'\n"
      "set multiplot\n",
      faint, ink, small_size, grid);
}

}  // namespace sca::evidence::style
