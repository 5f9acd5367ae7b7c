#include "evidence/input/csv.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <bit>
#include <clocale>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <locale>
#include <string>
#include <string_view>
#include <vector>

namespace sca::evidence::csv_input {
namespace {

using Values = std::vector<double>;
using Shape = std::vector<std::size_t>;

/// The message of the InputError that `text` causes, after checking that it is one line and names the file.
std::string error_of(std::string_view text) {
  try {
    parse_csv(text, "x.csv");
  } catch (const InputError& error) {
    const std::string message = error.what();
    EXPECT_EQ(message.rfind("x.csv: ", 0), 0u) << message;
    EXPECT_EQ(message.find_first_of("\r\n"), std::string::npos) << message;
    return message.substr(7);
  }
  ADD_FAILURE() << "accepted: " << text;
  return "";
}

void expect_table(std::string_view text, const Shape& shape, const Values& values) {
  const Array array = parse_csv(text, "x.csv");
  EXPECT_EQ(array.shape, shape) << text;
  EXPECT_EQ(array.values, values) << text;
  EXPECT_EQ(array.dtype, "csv");
}

std::string written(double value, const char* format) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

/// Doubles by their bits: all magnitudes, subnormals, infinities, NaN.
RC_GTEST_PROP(InputCsv, RoundTrips, ()) {
  const auto rows = *rc::gen::inRange<std::size_t>(1, 5);
  const auto columns = *rc::gen::inRange<std::size_t>(1, 5);
  const auto any = rc::gen::arbitrary<std::uint64_t>();
  const auto bits = *rc::gen::container<std::vector<std::uint64_t>>(rows * columns, any);
  const std::string separator = *rc::gen::element<std::string>(",", ";", "\t", " ", " , ", ";\t", "   ");
  const std::string end =
      *rc::gen::element<std::string>("\n", "\r\n", "  \n", " # note\n", "\n\n#c\n \t\r\n");
  const char* const format = *rc::gen::element<const char*>("%.17g", "%a", "%+.16e", "%25.17g");
  std::string text = *rc::gen::element<std::string>("", "# written by a test\n", "\xEF\xBB\xBF", "\n\n");
  const std::string name = *rc::gen::element<std::string>("", "x_1", "\"Größe\"");
  for (std::size_t c = 0; c < columns && !name.empty(); ++c)
    text += name + (c + 1 < columns ? separator : end);
  for (std::size_t i = 0; i < bits.size(); ++i) {
    text += written(std::bit_cast<double>(bits[i]), format) + ((i + 1) % columns != 0 ? separator : end);
  }
  const Array array = parse_csv(text, "x.csv");
  RC_ASSERT(array.shape == (Shape{rows, columns}));
  for (std::size_t i = 0; i < bits.size(); ++i) {
    const auto expected = std::bit_cast<double>(bits[i]);
    const bool same = std::bit_cast<std::uint64_t>(array.values[i]) == bits[i];
    RC_ASSERT(same || (std::isnan(expected) && std::isnan(array.values[i])));
  }
}

TEST(InputCsv, TakesOneKindOfSeparatorAFile) {
  expect_table("1,2\n3,4\n", {2, 2}, {1, 2, 3, 4});
  expect_table("1 ;\t2\n3;4", {2, 2}, {1, 2, 3, 4});
  expect_table("1\t2\r\n 3\t4 \r\n", {2, 2}, {1, 2, 3, 4});
  expect_table("  1   2\n3 4  \n", {2, 2}, {1, 2, 3, 4});
  expect_table("7", {1, 1}, {7});
  expect_table("7\n8", {2, 1}, {7, 8});
  EXPECT_EQ(error_of("1,2\n3;4\n"),
            "line 2, column 1: expected a number between commas, as in line 1, found '3;4'");
  EXPECT_EQ(error_of("1,2\n3 4\n"),
            "line 2, column 1: expected a number between commas, as in line 1, found '3 4'");
  EXPECT_EQ(error_of("1\n3,4\n"),
            "line 2, column 1: expected a number between blanks, as in line 1, found '3,4'");
  EXPECT_EQ(error_of("1;2\n3;4,5\n"),
            "line 2, column 2: expected a number between semicolons, as in line 1, found '4,5'");
  EXPECT_EQ(error_of("1\t2\n3\t4;5\n"),
            "line 2, column 2: expected a number between tabs, as in line 1, found '4;5'");
  EXPECT_EQ(error_of("1,5;2,5\n"),
            "line 1, column 2: expected a number between commas, as in line 1, found '5;2'");
}

TEST(InputCsv, SkipsOneHeaderCommentsAndBlankLines) {
  expect_table("x,y\n1,2\n", {1, 2}, {1, 2});
  expect_table("# by hand\n\n \"x\" , y z\n# more\n1,2 # last\n\n", {1, 2}, {1, 2});
  expect_table(
      "\xEF\xBB\xBF"
      "x\n1\n",
      {1, 1}, {1});
  EXPECT_TRUE(std::isnan(parse_csv("nan\n1\n", "x.csv").values.at(0)));
  EXPECT_EQ(error_of("x,y\nx,y\n1,2\n"), "line 2, column 1: expected a number, found 'x'");
  EXPECT_EQ(error_of("1,2\nx,y\n"), "line 2, column 1: expected a number, found 'x'");
  EXPECT_EQ(error_of("x,y\n1,2,3\n"),
            "line 2, column 3: expected the end of the line (2 a row, as in line 1), found '3'");
}

TEST(InputCsv, TakesNoDamagedNumberForAHeader) {
  EXPECT_EQ(error_of("1.0,2.o\n3,4\n"), "line 1, column 2: expected a number, found '2.o'");
  EXPECT_EQ(error_of("x,1\n3,4\n"), "line 1, column 1: expected a number, found 'x'");
  EXPECT_EQ(error_of("1.o\n3\n"), "line 1, column 1: expected a number, found '1.o'");
  EXPECT_EQ(error_of("-\n3\n"), "line 1, column 1: expected a number, found '-'");
  EXPECT_EQ(error_of("1e999\n3\n"),
            "line 1, column 1: expected a number in the range of a double, found '1e999'");
  EXPECT_EQ(error_of(",x\n1,2\n"), "line 1, column 1: expected a number, found an empty field");
}

TEST(InputCsv, NamesRaggedRows) {
  EXPECT_EQ(error_of("1,2,3\n\n4,5\n"),
            "line 3, column 3: expected a number (3 a row, as in line 1), found the end of the line");
  EXPECT_EQ(error_of("# c\n1,2\n4,5,6\n"),
            "line 3, column 3: expected the end of the line (2 a row, as in line 2), found '6'");
  EXPECT_EQ(error_of("1 2\n4\n"),
            "line 2, column 2: expected a number (2 a row, as in line 1), found the end of the line");
}

TEST(InputCsv, NamesEmptyFields) {
  const std::string empty = ": expected a number, found an empty field";
  EXPECT_EQ(error_of("1,,3\n"), "line 1, column 2" + empty);
  EXPECT_EQ(error_of("1,2\n,4\n"), "line 2, column 1" + empty);
  EXPECT_EQ(error_of("1,2\n3, \n"), "line 2, column 2" + empty);
  EXPECT_EQ(error_of("1,2,\n"), "line 1, column 3" + empty);
  EXPECT_EQ(error_of("1\t\t3\n"), "line 1, column 2" + empty);
  EXPECT_EQ(error_of("1;2\n;\n"), "line 2, column 1" + empty);
}

TEST(InputCsv, NamesWhatIsNoNumber) {
  for (const std::string field : {"abc", "1.2.3", "1e", "--1", "+-1", "-+1", "+ 1", "0x", "0xinf", "0x-1",
                                  "0xnan", "1f", "1d3", "1_000", "'1'", "-0x", "0x1p", "0x1g", "\xC2\xBD"}) {
    EXPECT_EQ(error_of("0,0\n0," + field + "\n").rfind("line 2, column 2: expected a number", 0), 0u)
        << field;
  }
  EXPECT_EQ(error_of(std::string("0\n1\0\x1b\n", 6)),
            R"(line 2, column 1: expected a number, found '1\x00\x1b')");
  EXPECT_EQ(error_of("0\r1\r"), R"(line 1, column 1: expected a number, found '0\x0d1')");
  EXPECT_EQ(error_of("0\n" + std::string(1000, 'a')),
            "line 2, column 1: expected a number, found '" + std::string(40, 'a') + "...'");
}

TEST(InputCsv, RoundsCorrectlyAndRefusesWhatNoDoubleHolds) {
  expect_table(
      "5e-324,1.7976931348623157e308,0.1,+1e0,-0,1e23", {1, 6},
      {std::numeric_limits<double>::denorm_min(), std::numeric_limits<double>::max(), 0.1, 1, -0.0, 1e23});
  expect_table("9007199254740993,-inf,INFINITY", {1, 3}, {9007199254740992.0, -INFINITY, INFINITY});
  expect_table("0x1.8p-3,-0X.8,0x10,+0x1.00000000000008p0,0x1.000000000000080001p0", {1, 5},
               {0.1875, -0.5, 16, 1, 1 + 0x1p-52});
  for (const std::string field : {"1e400", "-1e400", "1e-400", "0x1p2000", "0x1p-2000"}) {
    EXPECT_EQ(error_of("0\n" + field),
              "line 2, column 1: expected a number in the range of a double, found '" + field + "'");
  }
}

TEST(InputCsv, RefusesTablesWithoutRows) {
  for (const std::string text : {"", "\n\n", "# only a comment\n", "x,y\n", "\xEF\xBB\xBF"}) {
    EXPECT_EQ(error_of(text), "rows: expected at least one line of numbers, found none");
  }
}

struct DecimalComma : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
};

/// C's locale too, where a German one is installed; the C++ one needs none.
TEST(InputCsv, DoesNotAskTheLocale) {
  const std::string c_before = std::setlocale(LC_NUMERIC, nullptr);
  const std::locale before = std::locale::global(std::locale(std::locale::classic(), new DecimalComma));
  std::setlocale(LC_NUMERIC, "de_DE.UTF-8");
  expect_table("1.5,0x1.8", {1, 2}, {1.5, 1.5});
  EXPECT_EQ(error_of("0\n1.5x"), "line 2, column 1: expected a number, found '1.5x'");
  std::locale::global(before);
  std::setlocale(LC_NUMERIC, c_before.c_str());
}

}  // namespace
}  // namespace sca::evidence::csv_input
