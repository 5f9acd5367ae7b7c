#include "evidence/input/npy.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

namespace sca::evidence {
namespace {

using namespace std::string_literals;

Array parse(const std::string& bytes) { return parse_npy(std::as_bytes(std::span(bytes)), "x.npy"); }

/// The message of the InputError that `bytes` cause, after checking that it is one line and names the file.
std::string error_of(const std::string& bytes) {
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

std::string little(std::uint64_t value, std::size_t width) {
  std::string bytes;
  for (std::size_t i = 0; i < width; ++i) bytes += static_cast<char>((value >> (8 * i)) & 255u);
  return bytes;
}

/// A .npy file with any text as its dictionary, padded as numpy pads.
std::string file(const std::string& dictionary, const std::string& data, unsigned major = 1) {
  const std::size_t width = major == 1 ? 2 : 4;
  const std::size_t unpadded = 8 + width + dictionary.size() + 1;
  const std::size_t blanks = (64 - unpadded % 64) % 64;
  return "\x93NUMPY"s + static_cast<char>(major) + '\0' + little(dictionary.size() + blanks + 1, width) +
         dictionary + std::string(blanks, ' ') + "\n" + data;
}

std::string dictionary(const std::string& descr, const std::string& order, const std::string& shape) {
  return "{'descr': " + descr + ", 'fortran_order': " + order + ", 'shape': " + shape + ", }";
}

std::string f8(const std::string& shape, std::size_t bytes) {
  return file(dictionary("'<f8'", "False", shape), std::string(bytes, '\0'));
}

std::string tuple(const std::vector<std::size_t>& shape) {
  std::string text = "(";
  for (const std::size_t n : shape) text += std::to_string(n) + ",";
  return text + ")";
}

std::size_t product(const std::vector<std::size_t>& shape) {
  std::size_t count = 1;
  for (const std::size_t n : shape) count *= n;
  return count;
}

/// Where element `position` (C order) lies in a Fortran-ordered file: by division, not by the reader's
/// odometer.
std::size_t fortran_position(const std::vector<std::size_t>& shape, std::size_t position) {
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
std::string written(const Layout& layout, const std::string& type,
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

Layout any_layout() {
  return {
      *rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>(), *rc::gen::inRange(1u, 4u),
      *rc::gen::resize(5, rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, 5)))};
}

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

TEST(InputNpy, RefusesNumpysStructuresAndObjects) {
  EXPECT_EQ(error_of("\x93NUMPY"
                     "\x01\x00\x76\x00"s
                     "{'descr': [('a', '<f4'), ('b', '<i4')], 'fortran_order': False, 'shape': (1,), }"s +
                     std::string(37, ' ') +
                     "\n"s
                     "\x00\x00\x00\x00\x00\x00\x00\x00"s),
            "header key 'descr': expected a plain type, not a structured one, found "
            "'[('a', '<f4'), ('b', '<i4')], 'fortran_o...'");
  EXPECT_EQ(error_of("\x93NUMPY"
                     "\x01\x00\x76\x00"s
                     "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"s +
                     std::string(61, ' ') + "\n"s),
            "header key 'descr': expected '<' or '>' (the byte order), then f2, f4, f8, i4, i8 or u2, "
            "found '|O' (Python objects)");
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

/// Every proper prefix of a file is an error, and so is the file with a byte more.
RC_GTEST_PROP(InputNpy, NoPrefixAndNoExtensionIsAccepted, ()) {
  const Layout layout = any_layout();
  const std::string bytes = written(layout, "f4", std::vector<std::uint64_t>(product(layout.shape), 1));
  error_of(bytes.substr(0, *rc::gen::inRange<std::size_t>(0, bytes.size())));
  RC_ASSERT(error_of(bytes + "x").rfind("data: expected ", 0) == 0);
}

TEST(InputNpy, NamesWhatIsTruncated) {
  const std::string good = f8("(2,)", 16);
  EXPECT_EQ(error_of(""), R"(magic string: expected '\x93NUMPY', found an empty file)");
  EXPECT_EQ(error_of("\x93NU"), R"(magic string: expected '\x93NUMPY', found '\x93NU')");
  EXPECT_EQ(error_of("hello, world"), R"(magic string: expected '\x93NUMPY', found 'hello,')");
  EXPECT_EQ(error_of(good.substr(0, 7)),
            "format version: expected two bytes, found the end of the file after 7 bytes");
  EXPECT_EQ(error_of(good.substr(0, 9)),
            "header length: expected 2 bytes, found the end of the file after 9 bytes");
  EXPECT_EQ(error_of(file("{}", "", 2).substr(0, 11)),
            "header length: expected 4 bytes, found the end of the file after 11 bytes");
  EXPECT_EQ(error_of(good.substr(0, 100)),
            "header length: expected at most 90, the bytes that follow it, found 118");
  EXPECT_EQ(error_of("\x93NUMPY\x01\x00\x03\x00{}"s),
            "header length: expected at most 2, the bytes that follow it, found 3");
  EXPECT_EQ(error_of("\x93NUMPY\x02\x00\xff\xff\xff\xff{}"s),
            "header length: expected at most 2, the bytes that follow it, found 4294967295");
  EXPECT_EQ(error_of(f8("(2,)", 15)), "data: expected 16 bytes, for shape (2,) at 8 bytes a value, found 15");
  EXPECT_EQ(error_of(f8("(2,)", 17)), "data: expected 16 bytes, for shape (2,) at 8 bytes a value, found 17");
  EXPECT_EQ(error_of(f8("()", 0)), "data: expected 8 bytes, for shape () at 8 bytes a value, found 0");
}

TEST(InputNpy, RefusesOtherVersions) {
  EXPECT_EQ(error_of(file("{}", "", 4)), "format version: expected 1.0, 2.0 or 3.0, found 4.0");
  EXPECT_EQ(error_of("\x93NUMPY\x01\x01\x00\x00"s), "format version: expected 1.0, 2.0 or 3.0, found 1.1");
}

TEST(InputNpy, BelievesNoShapeThatTheDataDoesNotBack) {
  EXPECT_EQ(
      error_of(f8("(1152921504606846976, 2)", 16)),
      "data: expected more than 2^64 bytes, for shape (1152921504606846976, 2) at 8 bytes a value, found 16");
  EXPECT_EQ(error_of(f8("(1152921504606846976,)", 0)),
            "data: expected 9223372036854775808 bytes, for shape (1152921504606846976,) at 8 bytes a value, "
            "found 0");
  EXPECT_EQ(
      error_of(f8("(2305843009213693952,)", 0)),
      "data: expected more than 2^64 bytes, for shape (2305843009213693952,) at 8 bytes a value, found 0");
  EXPECT_NE(error_of(f8("(4294967296, 4294967296)", 0)).find("more than 2^64"), std::string::npos);
  EXPECT_NE(error_of(f8("(4294967296, 0, 4294967296)", 0)).find("more than 2^64"), std::string::npos);
  EXPECT_NE(error_of(f8("(18446744073709551616,)", 0)).find("a dimension from 0 to 2^64 - 1"),
            std::string::npos);
}

TEST(InputNpy, EmptyArraysAreArrays) {
  const Array array = parse(f8("(3, 0, 288230376151711744)", 0));
  EXPECT_EQ(array.shape, (std::vector<std::size_t>{3, 0, 288230376151711744}));
  EXPECT_TRUE(array.values.empty());
}

TEST(InputNpy, RefusesShapesThatAreNotFlatTuplesOfNaturals) {
  const auto expected = [](const std::string& shape) { return error_of(f8(shape, 8)); };
  const std::string dimension = "header key 'shape': expected a dimension from 0 to 2^64 - 1, found ";
  EXPECT_EQ(expected("(-1,)"), dimension + "'-1,), }'");
  EXPECT_EQ(expected("((1,),)"), dimension + "'(1,),), }'");
  EXPECT_EQ(expected("(,)"), dimension + "',), }'");
  EXPECT_EQ(expected("(01,)"), dimension + "'01,), }'");
  EXPECT_EQ(expected("(True,)"), dimension + "'True,), }'");
  EXPECT_EQ(expected("(1 2)"), "header key 'shape': expected ',' after the only dimension, found '2), }'");
  EXPECT_EQ(expected("(1)"), "header key 'shape': expected ',' after the only dimension, found '), }'");
  EXPECT_EQ(expected("(1, 2.0)"), "header key 'shape': expected ',' or ')', found '.0), }'");
  EXPECT_EQ(expected("1"), "header key 'shape': expected a tuple of dimensions, found '1, }'");
  EXPECT_EQ(expected("[1]"), "header key 'shape': expected a tuple of dimensions, found '[1], }'");
  EXPECT_NE(expected(tuple(std::vector<std::size_t>(65, 1))).find("at most 64 dimensions"),
            std::string::npos);
  EXPECT_EQ(parse(f8(tuple(std::vector<std::size_t>(64, 1)), 8)).values.size(), 1u);
}

TEST(InputNpy, RefusesOtherTypes) {
  for (const std::string descr :
       {"f8", "=f8", "|f8", "|b1", "|u1", "<u4", "<f16", "<c16", "<M8[ns]", "<U3", "", "<"}) {
    const std::string message =
        error_of(file(dictionary("'" + descr + "'", "False", "(1,)"), std::string(8, '\0')));
    EXPECT_EQ(
        message,
        "header key 'descr': expected '<' or '>' (the byte order), then f2, f4, f8, i4, i8 or u2, found '" +
            descr + "'");
  }
  EXPECT_EQ(error_of(file(dictionary("('<f8', (2,))", "False", "(1,)"), "")),
            "header key 'descr': expected a plain type, not a structured one, found "
            "'('<f8', (2,)), 'fortran_order': False, '...'");
  EXPECT_NE(error_of(file(dictionary("None", "False", "(1,)"), "")).find("a type in quotes"),
            std::string::npos);
  EXPECT_NE(error_of(file(dictionary("'<\\x66"
                                     "8'",
                                     "False", "(1,)"),
                          ""))
                .find("without escapes"),
            std::string::npos);
}

TEST(InputNpy, RefusesOtherDictionaries) {
  const auto expected = [](const std::string& text) { return error_of(file(text, std::string(8, '\0'))); };
  EXPECT_EQ(expected("{'descr': '<f8', 'fortran_order': False, }"),
            "header key 'shape': expected it to be there, found no such key");
  EXPECT_EQ(expected("{}"), "header key 'descr': expected it to be there, found no such key");
  EXPECT_EQ(expected("{'descr': '<f8', 'shape': (1,)}"),
            "header key 'fortran_order': expected it to be there, found no such key");
  EXPECT_EQ(expected("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,)}"),
            "header key 'descr': expected it once, found it twice");
  EXPECT_EQ(expected("{'shape': (1,), 'shape': (1,)}"),
            "header key 'shape': expected it once, found it twice");
  EXPECT_EQ(expected("{'fortran_order': True, 'fortran_order': True}"),
            "header key 'fortran_order': expected it once, found it twice");
  EXPECT_EQ(
      expected("{'co\x1blor': 1}"),
      R"(header: expected only the keys 'descr', 'fortran_order' and 'shape', found the key 'co\x1blor')");
  EXPECT_NE(expected(dictionary("'<f8'", "0", "(1,)")).find("'fortran_order': expected True or False"),
            std::string::npos);
  EXPECT_NE(expected(dictionary("'<f8'", "Falsehood", "(1,)")).find("expected ',' or '}'"),
            std::string::npos);
}

TEST(InputNpy, RefusesTextAroundTheDictionary) {
  const std::string good = dictionary("'<f8'", "False", "(1,)");
  const auto expected = [](const std::string& text) { return error_of(file(text, std::string(8, '\0'))); };
  EXPECT_EQ(expected(""), "header: expected a dictionary, found the end of the header");
  EXPECT_EQ(expected("dict()"), "header: expected a dictionary, found 'dict()'");
  EXPECT_EQ(expected(good + "{}"), "header: expected nothing but blanks and newlines after '}', found '{}'");
  EXPECT_NE(expected("{,}").find("header: expected a key in quotes, found ',}"), std::string::npos);
  EXPECT_NE(expected("{'descr' '<f8'}").find("header key 'descr': expected ':'"), std::string::npos);
  EXPECT_NE(expected("{'descr").find("header: expected a closing quote, found ''descr"), std::string::npos);
  EXPECT_EQ(error_of("\x93NUMPY\x01\x00\x01\x00{"s),
            "header: expected a key in quotes, found the end of the header");
}

TEST(InputNpy, NamesTheIntegerThatNoDoubleEquals) {
  const auto too_fine = static_cast<std::uint64_t>((1LL << 53) + 1);
  std::vector<std::uint64_t> patterns{1, 2, 3, 4, 5, 6};
  patterns[4] = too_fine;
  const std::string expected =
      "data at index (1, 1) (from 0): expected an integer that a double can hold, found 9007199254740993";
  EXPECT_EQ(error_of(written({false, false, 1, {2, 3}}, "i8", patterns)), expected);
  EXPECT_EQ(error_of(written({true, true, 3, {2, 3}}, "i8", patterns)), expected);
  EXPECT_NE(error_of(written({false, false, 1, {1}}, "i8", {~too_fine + 1})).find("found -9007199254740993"),
            std::string::npos);
  EXPECT_NE(error_of(written({false, false, 1, {}}, "i8", {INT64_MAX})).find("index () "), std::string::npos);
  EXPECT_EQ(parse(written({false, false, 1, {2}}, "i8", {too_fine + 1, 0x1FFull << 55})).values,
            (std::vector<double>{9007199254740994.0, -0x1p55}));
}

TEST(InputNpy, EscapesAndShortensNames) {
  try {
    parse_npy({}, "a\nb\x1b[31m\xE2\x80\xAE\xC3\xA9\xFF");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(std::string(error.what()).substr(0, 39),
              "a\\x0ab\\x1b[31m\\xe2\\x80\\xae\xC3\xA9\\xff: magic"s);
  }
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
}  // namespace sca::evidence
