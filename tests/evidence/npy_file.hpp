#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/input/npy.hpp"

/// Files in numpy's format, made byte by byte, and what the reader says of them.
namespace sca::evidence::test {

using namespace std::string_literals;

inline Array parse(const std::string& bytes) { return parse_npy(std::as_bytes(std::span(bytes)), "x.npy"); }

/// The message of the InputError that `bytes` cause, after checking that it is one line and names the file.
inline std::string error_of(const std::string& bytes) {
  try {
    parse(bytes);
  } catch (const InputError& error) {
    const std::string message = error.what();
    EXPECT_EQ(message.rfind("x.npy: ", 0), 0u) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    EXPECT_LT(message.size(), 1000u);
    return message.substr(7);
  }
  ADD_FAILURE() << "accepted";
  return "";
}

inline std::string little(std::uint64_t value, std::size_t width) {
  std::string bytes;
  for (std::size_t i = 0; i < width; ++i) bytes += static_cast<char>((value >> (8 * i)) & 255u);
  return bytes;
}

/// A .npy file with any text as its dictionary, padded as numpy pads.
inline std::string file(const std::string& dictionary, const std::string& data, unsigned major = 1) {
  const std::size_t width = major == 1 ? 2 : 4;
  const std::size_t unpadded = 8 + width + dictionary.size() + 1;
  const std::size_t blanks = (64 - unpadded % 64) % 64;
  return "\x93NUMPY"s + static_cast<char>(major) + '\0' + little(dictionary.size() + blanks + 1, width) +
         dictionary + std::string(blanks, ' ') + "\n" + data;
}

inline std::string dictionary(const std::string& descr, const std::string& order, const std::string& shape) {
  return "{'descr': " + descr + ", 'fortran_order': " + order + ", 'shape': " + shape + ", }";
}

inline std::string f8(const std::string& shape, std::size_t bytes) {
  return file(dictionary("'<f8'", "False", shape), std::string(bytes, '\0'));
}

inline std::string tuple(const std::vector<std::size_t>& shape) {
  std::string text = "(";
  for (const std::size_t n : shape) text += std::to_string(n) + ",";
  return text + ")";
}

inline std::size_t product(const std::vector<std::size_t>& shape) {
  std::size_t count = 1;
  for (const std::size_t n : shape) count *= n;
  return count;
}

/// Where element `position` (C order) lies in a Fortran-ordered file: by division, not by the reader's
/// odometer.
inline std::size_t fortran_position(const std::vector<std::size_t>& shape, std::size_t position) {
  std::size_t result = 0;
  std::size_t stride = product(shape);
  for (std::size_t a = shape.size(); a-- > 0;) {
    stride /= shape[a];
    result += position % shape[a] * stride;
    position /= shape[a];
  }
  return result;
}

struct Layout {
  bool big_endian;
  bool fortran;
  unsigned major;
  std::vector<std::size_t> shape;
};

/// A file of `patterns` (C order), each `width` bytes, as `layout` asks.
inline std::string written(const Layout& layout, const std::string& type,
                           const std::vector<std::uint64_t>& patterns) {
  const auto width = static_cast<std::size_t>(type[1] - '0');
  std::string data(patterns.size() * width, '\0');
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    std::string element = little(patterns[i], width);
    if (layout.big_endian) element = std::string(element.rbegin(), element.rend());
    data.replace((layout.fortran ? fortran_position(layout.shape, i) : i) * width, width, element);
  }
  const std::string descr = (layout.big_endian ? "'>" : "'<") + type + "'";
  return file(dictionary(descr, layout.fortran ? "True" : "False", tuple(layout.shape)), data, layout.major);
}

inline Layout any_layout() {
  return {
      *rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>(), *rc::gen::inRange(1u, 4u),
      *rc::gen::resize(5, rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, 5)))};
}

}  // namespace sca::evidence::test
