#include "evidence/input/safetensors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace sca::evidence::safetensors_input {
namespace {

using namespace std::string_literals;

std::string little(std::uint64_t value, std::size_t width) {
  std::string bytes;
  for (std::size_t i = 0; i < width; ++i) bytes += static_cast<char>((value >> (8 * i)) & 255u);
  return bytes;
}

std::string file(const std::string& header, const std::string& data) {
  return little(header.size(), 8) + header + data;
}

std::string tensor(const std::string& name, const std::string& dtype, const std::string& shape,
                   std::size_t begin, std::size_t end) {
  return "\"" + name + R"(":{"dtype":")" + dtype + R"(","shape":[)" + shape + R"(],"data_offsets":[)" +
         std::to_string(begin) + "," + std::to_string(end) + "]}";
}

Safetensors open(const std::string& bytes) { return {std::as_bytes(std::span(bytes)), "x.safetensors"}; }

template <class Action>
std::string error_in(Action action) {
  try {
    action();
  } catch (const InputError& error) {
    const std::string message = error.what();
    EXPECT_EQ(message.rfind("x.safetensors: ", 0), 0u) << message;
    EXPECT_EQ(message.find_first_of("\r\n"), std::string::npos) << message;
    EXPECT_LT(message.size(), 1000u);
    return message.substr(15);
  }
  ADD_FAILURE() << "accepted";
  return "";
}

std::string error_of(const std::string& bytes) {
  return error_in([&bytes] { open(bytes); });
}

/// Of a header alone, with four bytes of data.
std::string header_error(const std::string& header) { return error_of(file(header, "1234")); }

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Reads one tensor of `patterns`, each `width` bytes.
std::vector<double> decoded(const std::string& dtype, std::size_t width,
                            const std::vector<std::uint64_t>& patterns) {
  std::string data;
  for (const std::uint64_t bits : patterns) data += little(bits, width);
  const std::string bytes =
      file("{" + tensor("t", dtype, std::to_string(patterns.size()), 0, data.size()) + "}", data);
  return open(bytes).read("t").values;
}

bool same(double a, double b) {
  return std::isnan(a) ? std::isnan(b) : std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

TEST(InputSafetensors, EveryBf16IsExact) {
  std::vector<std::uint64_t> patterns(65536);
  for (std::size_t i = 0; i < patterns.size(); ++i) patterns[i] = i;
  const std::vector<double> values = decoded("BF16", 2, patterns);
  for (std::uint32_t i = 0; i < 65536; ++i) {
    const int exponent = static_cast<int>((i >> 7) & 255u);
    const auto mantissa = static_cast<double>(i & 127u);
    double expected = exponent == 0 ? std::ldexp(mantissa, -133) : std::ldexp(128 + mantissa, exponent - 134);
    if (exponent == 255) expected = mantissa > 0 ? NAN : INFINITY;
    ASSERT_TRUE(same(values[i], (i & 0x8000u) != 0 ? -expected : expected)) << i;
  }
}

RC_GTEST_PROP(InputSafetensors, F32AndF64RoundTrip, (const std::vector<std::uint64_t>& patterns)) {
  const std::vector<double> f64 = decoded("F64", 8, patterns);
  const std::vector<double> f32 = decoded("F32", 4, patterns);
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    RC_ASSERT(same(f64[i], std::bit_cast<double>(patterns[i])));
    RC_ASSERT(same(f32[i], std::bit_cast<float>(static_cast<std::uint32_t>(patterns[i]))));
  }
}

TEST(InputSafetensors, IntegersAtTheirEnds) {
  EXPECT_EQ(decoded("I8", 1, {0x80, 0x7f, 0xff}), (std::vector<double>{-128, 127, -1}));
  EXPECT_EQ(decoded("U8", 1, {0x80, 0xff}), (std::vector<double>{128, 255}));
  EXPECT_EQ(decoded("I16", 2, {0x8000, 0x7fff}), (std::vector<double>{-32768, 32767}));
  EXPECT_EQ(decoded("U16", 2, {0xffff}), std::vector<double>{65535});
  EXPECT_EQ(decoded("I32", 4, {0x80000000u, 0xffffffffu}), (std::vector<double>{-0x1p31, -1}));
  EXPECT_EQ(decoded("U32", 4, {0xffffffffu}), std::vector<double>{0x1p32 - 1});
  EXPECT_EQ(decoded("I64", 8, {1ull << 63, (1ull << 53) - 1}), (std::vector<double>{-0x1p63, 0x1p53 - 1}));
  EXPECT_EQ(decoded("U64", 8, {1ull << 63}), std::vector<double>{0x1p63});
  EXPECT_EQ(decoded("BOOL", 1, {0, 1}), (std::vector<double>{0, 1}));
  EXPECT_EQ(decoded("F16", 2, {0x3c00, 0x0001}), (std::vector<double>{1, 0x1p-24}));
  EXPECT_EQ(
      error_in([] {
        decoded("U64", 8, {7, (1ull << 53) + 1});
      }),
      "tensor 't', value 1 (from 0): expected a U64 that a double can hold, found the bits 9007199254740993");
  EXPECT_TRUE(has(error_in([] { decoded("BOOL", 1, {2}); }), "a BOOL that a double can hold"));
}

TEST(InputSafetensors, ReadsNamesMetadataAndScalars) {
  const std::string bytes = file(R"({"__metadata__":{"format":"pt"},)" + tensor("b.w", "F32", "", 0, 4) +
                                     "," + tensor("a", "U8", "2,0", 4, 4) + "}   ",
                                 "\0\0\xc0\x3f"s);
  const Safetensors opened = open(bytes);
  EXPECT_EQ(opened.header().tensors.size(), 2u);
  EXPECT_EQ(opened.header().metadata.at("format"), "pt");
  EXPECT_EQ(opened.read("b.w").values, std::vector<double>{1.5});
  EXPECT_EQ(opened.read("b.w").dtype, "F32");
  EXPECT_TRUE(opened.read("b.w").shape.empty());
  EXPECT_EQ(opened.read("a").shape, (std::vector<std::size_t>{2, 0}));
  EXPECT_EQ(error_in([&] { opened.read("c"); }), "tensor 'c': expected it to be there, found no such tensor");
  EXPECT_TRUE(open(file("{}", "")).header().tensors.empty());
}

TEST(InputSafetensors, RefusesHeadersThatDoNotFit) {
  EXPECT_EQ(error_of("123"), "header length: expected 8 bytes, found the end of the file after 3");
  EXPECT_EQ(error_of(little(1ull << 63, 8) + "{}"),
            "header length: expected at most 2, the bytes that follow it, found 9223372036854775808");
  EXPECT_EQ(error_of(little(0, 8) + "{}"), "header: expected a JSON object, found nothing");
  EXPECT_EQ(error_of(file("[]", "")), "header: expected a JSON object, found '[]'");
  EXPECT_EQ(error_of(file(" {}", "")), "header: expected a JSON object, found ' {}'");
  EXPECT_TRUE(has(error_of(file("{", "")), "expected JSON"));
  EXPECT_TRUE(has(error_of(file("{}{}", "")), "expected JSON"));
  EXPECT_TRUE(has(error_of(file("{\"a\xff\":{}}", "")), "invalid string: ill-formed UTF-8 byte"));
  EXPECT_TRUE(has(error_of(file("{" + std::string(100000, '['), "")), "expected JSON"));
}

TEST(InputSafetensors, RefusesOtherJson) {
  EXPECT_EQ(header_error(R"({"a":[1]})"), "tensor 'a': expected an object, found an array");
  EXPECT_EQ(header_error(R"({"a":null})"), "tensor 'a': expected an object, found null");
  EXPECT_TRUE(has(header_error(R"({"a":{"dtype":{}}})"), "found an object for the key 'dtype'"));
  EXPECT_TRUE(has(header_error(R"({"a":{"dtype":1}})"), "found the number 1 for the key 'dtype'"));
  EXPECT_TRUE(has(header_error(R"({"a":{"extra":"x"}})"), "found the string 'x' for the key 'extra'"));
  EXPECT_TRUE(has(header_error(R"({"a":{"shape":[[1]]}})"), "found an array for the key 'shape'"));
  EXPECT_TRUE(has(header_error(R"({"a":{"shape":[-1]}})"), "found -1 for the key 'shape'"));
  EXPECT_TRUE(has(header_error(R"({"a":{"shape":[1.0]}})"), "found '1.0' for the key 'shape'"));
  EXPECT_TRUE(
      has(header_error(R"({"a":{"shape":[18446744073709551616]}})"), "whole numbers from 0 to 2^64 - 1"));
  EXPECT_TRUE(
      has(header_error(R"({"__metadata__":{"a":1}})"), "__metadata__: expected a string for the key 'a'"));
  EXPECT_EQ(header_error(R"({"a":{}})"), "tensor 'a': expected the key 'dtype', found no such key");
  std::string ones = "1";
  for (int i = 0; i < 64; ++i) ones += ",1";
  EXPECT_EQ(header_error("{" + tensor("a", "U8", ones, 0, 1) + "}"),
            "tensor 'a': expected at most 64 numbers, found more");
}

TEST(InputSafetensors, RefusesWhatStandsTwice) {
  const std::string a = tensor("a", "U8", "2", 0, 2);
  EXPECT_EQ(header_error("{" + a + "," + a + "}"), "tensor 'a': expected it once, found it twice");
  EXPECT_EQ(header_error(R"({"a":{"dtype":"U8","dtype":"U8"}})"),
            "tensor 'a': expected the key 'dtype' once, found it twice");
  EXPECT_TRUE(
      has(header_error(R"({"__metadata__":{},"__metadata__":{}})"), "__metadata__: expected it once"));
  EXPECT_TRUE(has(header_error(R"({"__metadata__":{"x":"1","x":"1"}})"), "the key 'x' once"));
}

TEST(InputSafetensors, BelievesNoShapeThatTheOffsetsDoNotBack) {
  const auto with = [](const std::string& dtype, const std::string& shape, std::size_t begin,
                       std::size_t end) {
    return header_error("{" + tensor("a", dtype, shape, begin, end) + "}");
  };
  EXPECT_EQ(
      with("F32", "9223372036854775808,4", 0, 4),
      "tensor 'a': expected more than 2^64 bytes, for F32 of shape [9223372036854775808,4], found 4 between "
      "its data_offsets");
  EXPECT_TRUE(has(with("F64", "9223372036854775808,0,4", 0, 0), "more than 2^64 bytes"));
  EXPECT_TRUE(has(with("F32", "4294967296,4294967296", 0, 0), "more than 2^64 bytes"));
  EXPECT_TRUE(has(with("F32", "2", 0, 4), "expected 8 bytes, for F32 of shape [2], found 4"));
  EXPECT_TRUE(has(with("U16", "1", 0, 3), "expected 2 bytes"));
  EXPECT_TRUE(has(with("F8_E4M3", "4", 0, 4), "found 'F8_E4M3'"));
  EXPECT_TRUE(has(with("f32", "1", 0, 4), "found 'f32'"));
}

TEST(InputSafetensors, TensorsTileTheData) {
  const auto two = [](std::size_t b1, std::size_t e1, std::size_t b2, std::size_t e2) {
    return header_error("{" + tensor("a", "U8", std::to_string(e1 - b1), b1, e1) + "," +
                        tensor("b", "U8", std::to_string(e2 - b2), b2, e2) + "}");
  };
  EXPECT_EQ(two(0, 3, 2, 4),
            "tensor 'b': expected it to begin at 3, where the one before ends, found 2 (an overlap)");
  EXPECT_EQ(two(0, 1, 2, 4),
            "tensor 'b': expected it to begin at 1, where the one before ends, found 2 (a hole)");
  EXPECT_EQ(two(0, 4, 0, 4),
            "tensor 'b': expected it to begin at 4, where the one before ends, found 0 (an overlap)");
  EXPECT_EQ(two(0, 1, 1, 3), "data: expected 3 bytes, where the last tensor ends, found 4");
  EXPECT_TRUE(has(two(0, 4, 4, 5), "0 <= begin <= end <= 4, found [4,5]"));
  EXPECT_TRUE(has(header_error("{" + tensor("a", "U8", "1", 3, 2) + "}"), "found [3,2]"));
  EXPECT_TRUE(has(header_error(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0]}})"), "found [0]"));
  EXPECT_TRUE(has(header_error(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,18446744073709551615]}})"),
                  "found [0,18446744073709551615]"));
}

class InputSafetensorsFile : public ::testing::Test {
 protected:
  void write(const std::string& bytes) const { std::ofstream(path, std::ios::binary) << bytes; }
  void TearDown() override { std::filesystem::remove(path); }

  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("sca-input-" + std::to_string(::getpid()) + ".safetensors");
};

/// 3 GiB, of which the disk holds a page: opening it reads the header alone.
TEST_F(InputSafetensorsFile, ReadsOneTensorOfALargeCheckpoint) {
  const std::size_t large = std::size_t{3} << 30;
  write(file("{" + tensor("big", "BF16", std::to_string(large / 2), 4, large + 4) + "," +
                 tensor("small", "F32", "1", 0, 4) + "}",
             "\0\0\xc0\x3f"s));
  std::filesystem::resize_file(path, std::filesystem::file_size(path) + large);
  const Safetensors opened(path);
  EXPECT_EQ(opened.read("small").values, std::vector<double>{1.5});
  EXPECT_EQ(opened.header().tensors.at("big").shape, std::vector<std::size_t>{large / 2});
}

TEST_F(InputSafetensorsFile, AFileThatShrinksIsAnError) {
  write(file("{" + tensor("a", "F64", "2", 0, 16) + "}", std::string(16, '\0')));
  const Safetensors opened(path);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 8);
  EXPECT_THROW(opened.read("a"), InputError);
}

TEST_F(InputSafetensorsFile, RefusesWhatIsNoFile) {
  EXPECT_THROW(Safetensors{path}, InputError);
  EXPECT_THROW(Safetensors{"/dev/null"}, InputError);
  EXPECT_THROW(Safetensors{std::filesystem::temp_directory_path()}, InputError);
}

}  // namespace
}  // namespace sca::evidence::safetensors_input
