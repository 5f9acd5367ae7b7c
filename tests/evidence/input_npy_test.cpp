#include "evidence/input/npy.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "tests/evidence/npy_file.hpp"

namespace sca::evidence::npy_input {
namespace {

using namespace test;

/// NaNs are equal here, whatever their payload; zeros differ by sign.
bool same(double a, double b) {
  return std::isnan(a) ? std::isnan(b) : std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

template <class Decode>
void check_round_trip(const std::string& type, const rc::Gen<std::uint64_t>& pattern, Decode decode) {
  const Layout layout = any_layout();
  const auto patterns = *rc::gen::container<std::vector<std::uint64_t>>(product(layout.shape), pattern);
  const Array array = parse(written(layout, type, patterns));
  RC_ASSERT(array.shape == layout.shape);
  RC_ASSERT(array.dtype == (layout.big_endian ? ">" : "<") + type);
  RC_ASSERT(array.values.size() == patterns.size());
  for (std::size_t i = 0; i < patterns.size(); ++i) RC_ASSERT(same(array.values[i], decode(patterns[i])));
}

RC_GTEST_PROP(InputNpy, F8RoundTrips, ()) {
  check_round_trip("f8", rc::gen::arbitrary<std::uint64_t>(),
                   [](auto bits) { return std::bit_cast<double>(bits); });
}

RC_GTEST_PROP(InputNpy, F4RoundTrips, ()) {
  check_round_trip("f4", rc::gen::cast<std::uint64_t>(rc::gen::arbitrary<std::uint32_t>()),
                   [](std::uint64_t bits) {
                     return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
                   });
}

RC_GTEST_PROP(InputNpy, I4RoundTrips, ()) {
  check_round_trip(
      "i4", rc::gen::cast<std::uint64_t>(rc::gen::arbitrary<std::uint32_t>()), [](std::uint64_t bits) {
        return bits < 0x80000000u ? static_cast<double>(bits) : static_cast<double>(bits) - 0x1p32;
      });
}

RC_GTEST_PROP(InputNpy, I8RoundTripsWithin53Bits, ()) {
  const auto small = rc::gen::inRange<std::int64_t>(-(1LL << 53), (1LL << 53) + 1);
  check_round_trip("i8", rc::gen::cast<std::uint64_t>(small),
                   [](std::uint64_t bits) { return static_cast<double>(static_cast<std::int64_t>(bits)); });
}

/// A half's bits moved into a float's fields mean 2^-112 times its value, subnormals included.
TEST(InputNpy, EveryHalfIsExact) {
  std::vector<std::uint64_t> patterns(65536);
  for (std::size_t i = 0; i < patterns.size(); ++i) patterns[i] = i;
  const Array array = parse(written({false, false, 1, {65536}}, "f2", patterns));
  for (std::uint32_t i = 0; i < 65536; ++i) {
    double expected = static_cast<double>(std::bit_cast<float>((i & 0x7FFFu) << 13)) * 0x1p112;
    if ((i & 0x7C00u) == 0x7C00u) expected = (i & 1023u) != 0 ? NAN : std::numeric_limits<double>::infinity();
    ASSERT_TRUE(same(array.values[i], (i & 0x8000u) != 0 ? -expected : expected)) << i;
  }
  EXPECT_EQ(array.values[1], 0x1p-24);
  EXPECT_EQ(array.values[0x7BFF], 65504);
}

// Bytes that numpy 2.4 wrote.
TEST(InputNpy, ReadsWhatNumpyWrites) {
  const Array f4 = parse(
      "\x93NUMPY"
      "\x01\x00\x76\x00"s
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"s +
      std::string(58, ' ') +
      "\n"s
      "\x00\x00\xc0\x3f\x00\x00\x10\xc0\x00\x00\x40\x40\x00\x00\x80\x40"s
      "\x00\x00\xa0\x40\x00\x00\xc0\x40"s);
  EXPECT_EQ(f4.shape, (std::vector<std::size_t>{2, 3}));
  EXPECT_EQ(f4.values, (std::vector<double>{1.5, -2.25, 3, 4, 5, 6}));
  EXPECT_EQ(f4.dtype, "<f4");
  const Array fortran = parse(
      "\x93NUMPY"
      "\x01\x00\x76\x00"s
      "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }"s +
      std::string(59, ' ') +
      "\n"s
      "\x00\x00\x00\x00\x00\x00\xf0\x3f\x00\x00\x00\x00\x00\x00\x10\x40"s
      "\x00\x00\x00\x00\x00\x00\x00\x40\x00\x00\x00\x00\x00\x00\x14\x40"s
      "\x00\x00\x00\x00\x00\x00\x08\x40\x00\x00\x00\x00\x00\x00\x18\x40"s);
  EXPECT_EQ(fortran.shape, (std::vector<std::size_t>{2, 3}));
  EXPECT_EQ(fortran.values, (std::vector<double>{1, 2, 3, 4, 5, 6}));
  const Array f2 = parse(
      "\x93NUMPY"
      "\x01\x00\x76\x00"s
      "{'descr': '<f2', 'fortran_order': False, 'shape': (4,), }"s +
      std::string(60, ' ') +
      "\n"s
      "\xff\x7b\x01\x00\x00\x80\x55\x35"s);
  EXPECT_EQ(f2.values, (std::vector<double>{65504, 0x1p-24, -0.0, 0.333251953125}));
  const Array i8_version2 = parse(
      "\x93NUMPY"
      "\x02\x00\x74\x00\x00\x00"s
      "{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }"s +
      std::string(58, ' ') +
      "\n"s
      "\x00\x00\x00\x00\x00\x00\x20\x00\x00\x00\x00\x00\x00\x00\x00\x80"s
      "\x07\x00\x00\x00\x00\x00\x00\x00"s);
  EXPECT_EQ(i8_version2.values, (std::vector<double>{0x1p53, -0x1p63, 7}));
  const Array scalar_version3 = parse(
      "\x93NUMPY"
      "\x03\x00\x74\x00\x00\x00"s
      "{'descr': '>i4', 'fortran_order': False, 'shape': (), }"s +
      std::string(60, ' ') +
      "\n"s
      "\xff\xff\xff\xf9"s);
  EXPECT_TRUE(scalar_version3.shape.empty());
  EXPECT_EQ(scalar_version3.values, std::vector<double>{-7});
}

RC_GTEST_PROP(InputNpy, KeysComeInAnyOrderWithAnyBlanks, ()) {
  const auto blanks = [] { return std::string(*rc::gen::inRange<std::size_t>(0, 4), ' '); };
  const std::vector<std::vector<std::string>> entries{
      {"'descr'", "'<f8'"}, {"\"fortran_order\"", "True"}, {"'shape'", "(1,)"}};
  std::vector<std::size_t> order{0, 1, 2};
  for (std::size_t i = 3; i > 1; --i) std::swap(order[i - 1], order[*rc::gen::inRange<std::size_t>(0, i)]);
  std::string text = "{";
  for (std::size_t i = 0; i < 3; ++i) {
    for (const std::string& part : {entries[order[i]][0], ":"s, entries[order[i]][1]})
      text += blanks() + part;
    if (i < 2 || *rc::gen::arbitrary<bool>()) text += blanks() + ",";
  }
  RC_ASSERT(parse(file(text + blanks() + "}", std::string(8, '\0'))).values == std::vector<double>{0});
}

TEST(InputNpy, EmptyArraysAreArrays) {
  const Array array = parse(f8("(3, 0, 288230376151711744)", 0));
  EXPECT_EQ(array.shape, (std::vector<std::size_t>{3, 0, 288230376151711744}));
  EXPECT_TRUE(array.values.empty());
}

TEST(InputNpy, ReadsFiles) {
  const std::string path = testing::TempDir() + "sca_input_npy_" + std::to_string(::getpid()) + ".npy";
  std::ofstream(path, std::ios::binary) << f8("(2,)", 16);
  EXPECT_EQ(read_npy(path).values, (std::vector<double>{0, 0}));
  std::ofstream(path, std::ios::binary) << f8("(2,)", 9);
  try {
    read_npy(path);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.what(), path + ": data: expected 16 bytes, for shape (2,) at 8 bytes a value, found 9");
  }
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace sca::evidence::npy_input
