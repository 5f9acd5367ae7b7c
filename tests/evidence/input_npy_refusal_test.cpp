// What the reader of .npy files refuses, in which words.
#include "evidence/input/npy.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/evidence/npy_file.hpp"

namespace sca::evidence {
namespace {

using namespace test;

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

}  // namespace
}  // namespace sca::evidence
