#include "evidence/input/tokens.hpp"

#include "evidence/input/csv.hpp"
#include "evidence/input/error.hpp"
#include "evidence/input/npy.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace sca::evidence::tokens_input {
namespace {

using Values = std::vector<double>;

/// An own directory for each test, gone afterwards.
class InputTokens : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "sca_input_XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::filesystem::path path(const std::string& name) const { return directory_ / name; }

  std::filesystem::path file(const std::string& content, const std::string& name = "tokens") const {
    std::ofstream(path(name), std::ios::binary) << content;
    return path(name);
  }

  /// The message without the directory, after checking that it is one line that names the file.
  std::string error_of(const std::function<void()>& action) const {
    try {
      action();
    } catch (const InputError& error) {
      const std::string message = error.what();
      EXPECT_EQ(message.rfind(directory_.string() + "/", 0), 0u) << message;
      EXPECT_EQ(message.find('\n'), std::string::npos) << message;
      return message.substr(directory_.string().size() + 1);
    }
    ADD_FAILURE() << "accepted";
    return "";
  }
  std::string tokens_error(const std::filesystem::path& path) const {
    return error_of([&path] { read_tokens(path); });
  }
  std::string weights_error(const std::string& content, std::size_t count) const {
    const auto path = file(content);
    return error_of([&path, count] { read_weights(path, count); });
  }

 private:
  std::filesystem::path directory_;
};

std::string npy(const std::string& shape, const Values& values) {
  const std::string header = "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }\n";
  std::string bytes = std::string("\x93NUMPY\x01\0", 8) + static_cast<char>(header.size()) + '\0' + header;
  for (const double value : values) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (unsigned i = 0; i < 64; i += 8) bytes += static_cast<char>((bits >> i) & 255u);
  }
  return bytes;
}

TEST_F(InputTokens, TellsTheFormatByTheContent) {
  const TokenMatrix from_npy = read_tokens(file(npy("(2, 3)", {1, 2, 3, 4, 5, 6}), "misnamed.csv"));
  const TokenMatrix from_csv = read_tokens(file("x y z\n1 2 3\n4 5 6\n", "misnamed.npy"));
  EXPECT_EQ(from_npy.name, path("misnamed.csv").string());
  for (const TokenMatrix& tokens : {from_npy, from_csv}) {
    EXPECT_EQ(tokens.rows, 2u);
    EXPECT_EQ(tokens.columns, 3u);
    EXPECT_EQ(tokens.values, (Values{1, 2, 3, 4, 5, 6}));
  }
}

TEST_F(InputTokens, OneDimensionIsScalarTokens) {
  const TokenMatrix tokens = read_tokens(file(npy("(3,)", {1, 2, 3})));
  EXPECT_EQ(tokens.rows, 3u);
  EXPECT_EQ(tokens.columns, 1u);
}

TEST_F(InputTokens, RefusesOtherShapes) {
  const std::string shapes = "tokens: shape: expected [t, d], or [t] for scalar tokens, found ";
  EXPECT_EQ(tokens_error(file(npy("()", {1}))), shapes + "[]");
  EXPECT_EQ(tokens_error(file(npy("(1, 1, 1)", {1}))), shapes + "[1, 1, 1]");
  EXPECT_EQ(tokens_error(file(npy("(0, 3)", {}))),
            "tokens: shape: expected t >= 1, at least one token, found [0, 3]");
  EXPECT_EQ(tokens_error(file(npy("(0,)", {}))),
            "tokens: shape: expected t >= 1, at least one token, found [0]");
  EXPECT_EQ(tokens_error(file(npy("(3, 0)", {}))),
            "tokens: shape: expected d >= 1, at least one column, found [3, 0]");
}

TEST_F(InputTokens, NamesRowAndColumnOfWhatIsNotFinite) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(tokens_error(file(npy("(2, 3)", {1, 2, 3, 4, nan, 6}))),
            "tokens: row 1, column 1 (from 0): expected a finite number, found nan");
  EXPECT_EQ(tokens_error(file("x,y\n1,2\n3,-inf\n")),
            "tokens: row 1, column 1 (from 0): expected a finite number, found -inf");
  EXPECT_EQ(tokens_error(file(npy("(2,)", {1, std::numeric_limits<double>::infinity()}))),
            "tokens: row 1, column 0 (from 0): expected a finite number, found inf");
}

TEST_F(InputTokens, NamesWhatIsNoReadableFile) {
  const std::string readable = ": file: expected a readable file, found '";
  const std::string regular = ": file: expected a regular file, found ";
  EXPECT_EQ(tokens_error(path("absent.npy")), "absent.npy" + readable + "No such file or directory'");
  EXPECT_EQ(tokens_error(path("two\nlines")), "two\\x0alines" + readable + "No such file or directory'");
  std::filesystem::create_directory(path("folder"));
  EXPECT_EQ(tokens_error(path("folder")), "folder" + regular + "a directory");
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(tokens_error(path("pipe")), "pipe" + regular + "a FIFO or pipe");
  std::filesystem::create_symlink("/dev/zero", path("zeros"));
  EXPECT_EQ(tokens_error(path("zeros")), "zeros" + regular + "a character device");
  std::filesystem::create_symlink("loop", path("loop"));
  EXPECT_EQ(tokens_error(path("loop")).substr(0, 40), "loop" + readable.substr(0, 36));
  EXPECT_EQ(error_of([this] { read_npy(path("folder")); }), "folder" + regular + "a directory");
  EXPECT_EQ(error_of([this] { read_csv(path("folder")); }), "folder" + regular + "a directory");
}

TEST_F(InputTokens, NamesWhatMayNotBeRead) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const auto secret = file("1");
  std::filesystem::permissions(secret, std::filesystem::perms::none);
  EXPECT_EQ(tokens_error(secret), "tokens: file: expected a readable file, found 'Permission denied'");
}

TEST_F(InputTokens, RefusesWhatIsNeitherFormat) {
  EXPECT_EQ(tokens_error(file("")), "tokens: file: expected a .npy or CSV file, found an empty file");
  EXPECT_EQ(tokens_error(file("PK\x03\x04...")),
            "tokens: file: expected a .npy or CSV file, found a zip archive (an .npz? save one of its arrays "
            "as .npy)");
  EXPECT_EQ(tokens_error(file("\x93NUM")), R"(tokens: magic string: expected '\x93NUMPY', found '\x93NUM')");
  EXPECT_EQ(tokens_error(file("\x7f"
                              "ELF")),
            "tokens: rows: expected at least one line of numbers, found none");
  const auto large = file("1");
  std::filesystem::resize_file(large, (std::uintmax_t{1} << 31) + 1);
  EXPECT_EQ(tokens_error(large), "tokens: file: expected at most 2147483648 bytes, found 2147483649");
}

TEST_F(InputTokens, ReadsWeights) {
  EXPECT_EQ(read_weights(file(npy("(3,)", {1, 0x1p-1074, 3})), 3), (Values{1, 0x1p-1074, 3}));
  EXPECT_EQ(read_weights(file(npy("(3, 1)", {1, 2, 3})), 3), (Values{1, 2, 3}));
  EXPECT_EQ(read_weights(file("w\n1\n2\n"), 2), (Values{1, 2}));
  EXPECT_EQ(read_weights(file("1,2,3"), 3), (Values{1, 2, 3}));
}

TEST_F(InputTokens, NamesTheWeightThatIsNotPositive) {
  const std::string domain = " (from 0): expected a finite number above 0, found ";
  EXPECT_EQ(weights_error("1\n-0.5\n-2\n", 3), "tokens: weight 1" + domain + "-0.5");
  EXPECT_EQ(weights_error("1\n2\n0\n", 3), "tokens: weight 2" + domain + "0");
  EXPECT_EQ(weights_error("-0\n", 1), "tokens: weight 0" + domain + "-0");
  EXPECT_EQ(weights_error("1\ninf\n", 2), "tokens: weight 1" + domain + "inf");
  EXPECT_EQ(weights_error("nan\n", 1), "tokens: weight 0" + domain + "nan");
}

TEST_F(InputTokens, NamesTheCountOfWeights) {
  EXPECT_EQ(weights_error("1\n2\n", 3), "tokens: weights: expected 3, one a token, found 2");
  EXPECT_EQ(weights_error("1\n2\n3\n4\n", 3), "tokens: weights: expected 3, one a token, found 4");
  EXPECT_EQ(weights_error(npy("(0,)", {}), 3), "tokens: weights: expected 3, one a token, found 0");
  EXPECT_EQ(weights_error(npy("(0, 0)", {}), 3), "tokens: weights: expected 3, one a token, found 0");
  const std::string shape = "tokens: shape: expected one weight a token, in one row or column, found ";
  EXPECT_EQ(weights_error("1,2\n3,4\n", 4), shape + "[2, 2]");
  EXPECT_EQ(weights_error(npy("()", {1}), 1), shape + "[]");
  EXPECT_EQ(weights_error("", 1), "tokens: file: expected a .npy or CSV file, found an empty file");
}

TokenMatrix counted(std::size_t rows, std::size_t columns) {
  TokenMatrix tokens{rows, columns, {}, "x.npy"};
  for (std::size_t i = 0; i < rows * columns; ++i) tokens.values.push_back(static_cast<double>(i));
  return tokens;
}

RC_GTEST_PROP(InputRows, SelectsAsPythonDoes, ()) {
  const auto rows = *rc::gen::inRange<std::size_t>(1, 20);
  const auto columns = *rc::gen::inRange<std::size_t>(1, 4);
  const auto last = *rc::gen::inRange<std::size_t>(1, rows + 1);
  const auto first = *rc::gen::inRange<std::size_t>(0, last);
  const std::string a = first == 0 && *rc::gen::arbitrary<bool>() ? "" : std::to_string(first);
  const std::string b = last == rows && *rc::gen::arbitrary<bool>() ? "" : std::to_string(last);
  const TokenMatrix selected = select_rows(counted(rows, columns), a + ":" + b);
  RC_ASSERT(selected.rows == last - first);
  RC_ASSERT(selected.columns == columns);
  RC_ASSERT(selected.name == "x.npy");
  RC_ASSERT(selected.values.size() == selected.rows * columns);
  for (std::size_t i = 0; i < selected.values.size(); ++i) {
    RC_ASSERT(selected.values[i] == static_cast<double>(first * columns + i));
  }
}

TEST(InputRows, RefusesEveryOtherRange) {
  for (const std::string range :
       {"0:6", "5:", "3:3", "4:2", ":0", "-1:", "3", "", "a:b", "1:2:3", " 1:2", "1 :2", "+1:2", "6:7",
        "1.0:2", "1:2\n", "99999999999999999999:", ":99999999999999999999"}) {
    try {
      select_rows(counted(5, 2), range);
      ADD_FAILURE() << "accepted " << range;
    } catch (const InputError& error) {
      EXPECT_EQ(error.what(),
                "x.npy: rows: expected A:B with 0 <= A < B <= 5, found '" + one_line(range, 100) + "'");
    }
  }
}

}  // namespace
}  // namespace sca::evidence::tokens_input
