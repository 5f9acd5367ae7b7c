#pragma once

#include <cstddef>
#include <string>

/// The look of every figure: sizes in pixels at 96 to the inch, colours, dashes, points.
namespace sca::evidence::style {

inline constexpr const char* font = "sans-serif,12";
inline constexpr int small_size = 11;         // of labels and captions
inline constexpr double small_advance = 6.2;  // the width of a small character, on average
inline constexpr double small_line = 13.5;    // the height of a line of them

inline constexpr double page_width = 1180;  // of a figure
inline constexpr double most_width = 640;   // of a panel's plot
inline constexpr double least_width = 150;
inline constexpr double most_height = 380;
inline constexpr double least_height = 190;
inline constexpr double proportion = 0.62;  // height to width, between those
inline constexpr double number_width = 62;  // left of an axis: its numbers and what it is
inline constexpr double gap = 16;           // between panels that share an axis
inline constexpr double title_height = 28;  // above a panel
inline constexpr double axis_height = 56;   // below one: numbers and what they are

/// One of the ways to tell lines apart: Okabe and Ito's colours, which stay apart for colour-blind eyes, each
/// with a dash and a point of its own, which stay apart in grey.
struct Look {
  const char* colour;  // "#0072B2"
  const char* ink;     // the same, dark enough for type
  const char* dash;
  int point;
};
inline constexpr std::size_t looks = 8;
/// Look number `n`; they repeat.
const Look& look(std::size_t n);

inline constexpr const char* ink = "#222222";
inline constexpr const char* faint = "#666666";
inline constexpr const char* grid = "#e2e2e2";

/// What every script begins with.
std::string preamble();

}  // namespace sca::evidence::style
