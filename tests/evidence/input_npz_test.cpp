#include "evidence/input/npz.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <zip.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace sca::evidence::npz_input {
namespace {

using namespace std::string_literals;
using Members = std::vector<std::pair<std::string, std::string>>;

std::map<std::string, Array> parse(const std::string& bytes) {
  return parse_npz(std::as_bytes(std::span(bytes)), "x.npz");
}

/// The message of the InputError that `bytes` cause, after checking that it is one line and names the file.
std::string error_of(const std::string& bytes) {
  try {
    parse(bytes);
  } catch (const InputError& error) {
    const std::string message = error.what();
    EXPECT_EQ(message.rfind("x.npz: ", 0), 0u) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    EXPECT_LT(message.size(), 1000u);
    return message.substr(7);
  }
  ADD_FAILURE() << "accepted";
  return "";
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string npy(const std::string& descr, const std::string& shape, const std::string& data) {
  const std::string text = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
  return "\x93NUMPY\x01"s + '\0' + static_cast<char>(text.size()) + '\0' + text + data;
}

std::string doubles(const std::vector<double>& values) {
  std::string data(values.size() * sizeof(double), '\0');
  if (!values.empty()) std::memcpy(data.data(), values.data(), data.size());
  return npy("<f8", "(" + std::to_string(values.size()) + ",)", data);
}

/// libzip's own archive of `members`, which refuses to write what we want to see refused: see `edited`.
std::string archive_of(const Members& members, zip_int32_t method) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_t* const archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  zip_source_keep(target);
  for (const auto& [name, bytes] : members) {
    zip_source_t* const source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    EXPECT_GE(index, 0);
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), method, 0);
  }
  EXPECT_EQ(zip_close(archive), 0);
  std::string bytes;
  zip_source_open(target);
  std::string buffer(1 << 16, '\0');
  for (zip_int64_t got = 1; got > 0;) {
    got = zip_source_read(target, buffer.data(), buffer.size());
    bytes.append(buffer.data(), static_cast<std::size_t>(std::max<zip_int64_t>(got, 0)));
  }
  zip_source_close(target);
  zip_source_free(target);
  zip_error_fini(&error);
  return bytes;
}

std::string stored(const Members& members) { return archive_of(members, ZIP_CM_STORE); }
std::string deflated(const Members& members) { return archive_of(members, ZIP_CM_DEFLATE); }

/// `bytes` with every `from` replaced by `to`, which is as long.
std::string edited(std::string bytes, const std::string& from, const std::string& to) {
  EXPECT_EQ(from.size(), to.size());
  EXPECT_TRUE(has(bytes, from));
  for (std::size_t at = bytes.find(from); at != std::string::npos; at = bytes.find(from, at + from.size())) {
    bytes.replace(at, to.size(), to);
  }
  return bytes;
}

/// Sets the two bytes at `local` after each local header's signature and at `central` after each directory
/// entry's.
std::string patched(std::string bytes, std::size_t local, std::size_t central, const std::string& value) {
  for (const auto& [signature, offset] : {std::pair{"PK\x03\x04"s, local}, {"PK\x01\x02"s, central}}) {
    for (std::size_t at = bytes.find(signature); at != std::string::npos;
         at = bytes.find(signature, at + 1)) {
      bytes.replace(at + offset, value.size(), value);
    }
  }
  return bytes;
}

RC_GTEST_PROP(InputNpz, RoundTripsStoredAndDeflated, (const std::vector<std::vector<double>>& contents)) {
  RC_PRE(!contents.empty());
  Members members;
  for (const std::vector<double>& values : contents) {
    members.emplace_back("p." + std::to_string(members.size()) + ".npy", doubles(values));
  }
  const auto arrays = parse(*rc::gen::arbitrary<bool>() ? stored(members) : deflated(members));
  RC_ASSERT(arrays.size() == contents.size());
  for (std::size_t i = 0; i < contents.size(); ++i) {
    RC_ASSERT(arrays.at("p." + std::to_string(i)).values == contents[i]);
    RC_ASSERT(arrays.at("p." + std::to_string(i)).dtype == "<f8");
  }
}

TEST(InputNpz, KeepsEveryMembersOwnTypeAndShape) {
  const auto arrays = parse(
      deflated({{"cfg.npy", npy("<i8", "(1, 2)", "\x05\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff"s)},
                {"p.conv_weight.npy", npy("<f4", "()", "\0\0\xc0\x3f"s)}}));
  ASSERT_EQ(arrays.size(), 2u);
  EXPECT_EQ(arrays.at("cfg").dtype, "<i8");
  EXPECT_EQ(arrays.at("cfg").shape, (std::vector<std::size_t>{1, 2}));
  EXPECT_EQ(arrays.at("cfg").values, (std::vector<double>{5, -1}));
  EXPECT_EQ(arrays.at("p.conv_weight").values, std::vector<double>{1.5});
}

/// Python's zipfile with force_zip64, as numpy.savez calls it, writing to a pipe: zip64 fields in the local
/// header, and the sizes only in a data descriptor behind the data.
TEST(InputNpz, ReadsWhatPythonStreams) {
  std::string bytes;
  std::ifstream file(SCA_SOURCE_DIR "/tests/fuzz/corpus/npz_fuzz/streamed.npz", std::ios::binary);
  bytes.assign(std::istreambuf_iterator<char>(file), {});
  EXPECT_EQ(parse(bytes).at("a").values, std::vector<double>{1});
  EXPECT_EQ(read_npz(SCA_SOURCE_DIR "/tests/fuzz/corpus/npz_fuzz/deflated_zip64.npz").at("a").values,
            std::vector<double>(64, 0));
}

TEST(InputNpz, RefusesWhatIsNoWholeArchive) {
  const std::string good = deflated({{"a.npy", doubles({1, 2, 3})}});
  EXPECT_EQ(error_of(""), "file: expected a zip archive, found an empty file");
  EXPECT_EQ(error_of("hello"), "file: expected a whole zip archive, found 'Not a zip archive'");
  for (std::size_t size = 1; size < good.size(); ++size) {
    EXPECT_TRUE(has(error_of(good.substr(0, size)), "expected a whole")) << size;
  }
  EXPECT_EQ(error_of("PK\x05\x06"s + std::string(18, '\0')),
            "members: expected at least one array, found none");
}

TEST(InputNpz, ChecksTheCrc) {
  const std::string good = stored({{"a.npy", doubles({1, 2, 3})}});
  const std::string one = "\0\0\0\0\0\0\xf0\x3f"s;
  const std::string two = "\0\0\0\0\0\0\xf0\x40"s;
  EXPECT_EQ(error_of(edited(good, one, two)), "member 'a': expected a whole member, found 'CRC error'");
}

TEST(InputNpz, RefusesOtherNames) {
  const std::string array = doubles({1});
  EXPECT_EQ(error_of(stored({{"a.npy", array}, {"notes.txt", "hello"}})),
            "member 1 (from 0): expected a name that ends in '.npy', found 'notes.txt'");
  EXPECT_TRUE(has(error_of(stored({{".npy", array}})), "a name that ends in '.npy', found '.npy'"));
  EXPECT_TRUE(has(error_of(stored({{"d/", ""}})), "found 'd/'"));
  EXPECT_EQ(error_of(edited(stored({{"a.npy", array}, {"b.npy", array}}), "b.npy", "a.npy")),
            "member 'a': expected it once, found it twice");
}

TEST(InputNpz, NamesTheMemberWhoseArrayIsDamaged) {
  EXPECT_EQ(error_of(stored({{"gx.npy", npy("<f8", "(2,)", "1234567")}})),
            "member 'gx': data: expected 16 bytes, for shape (2,) at 8 bytes a value, found 7");
  EXPECT_TRUE(has(error_of(stored({{"o.npy", npy("|O", "(2,)", "")}})), "member 'o': header key 'descr'"));
}

TEST(InputNpz, RefusesEncryptedMembersAndOtherMethods) {
  const std::string good = stored({{"a.npy", doubles({1})}});
  EXPECT_EQ(error_of(patched(good, 6, 8, "\x01"s)),
            "member 'a': expected a member that is not encrypted, found an encrypted one");
  EXPECT_EQ(error_of(patched(good, 8, 10, "\x0e\x00"s)),
            "member 'a': expected compression method 0 (stored) or 8 (deflated), found 14");
}

TEST(InputNpz, DoesNotInflateBombs) {
  const std::string zeros = npy("<f8", "(9437184,)", std::string(72u << 20, '\0'));
  EXPECT_EQ(error_of(deflated({{"a.npy", zeros}})),
            "member 'a': expected at most 67108864 bytes inflated from an archive of this size, found " +
                std::to_string(zeros.size()) + " after 0");
  const std::string half = npy("<f8", "(4718592,)", std::string(36u << 20, '\0'));
  const std::string message = error_of(deflated({{"a.npy", half}, {"b.npy", half}}));
  EXPECT_TRUE(has(message, "member 'b': expected at most 67108864 bytes")) << message;
  EXPECT_TRUE(has(message, " after " + std::to_string(half.size()))) << message;
}

/// The directory says 100 bytes, the stream holds more: what it says is not believed, and no more is
/// inflated.
TEST(InputNpz, CountsWhatItInflates) {
  const std::string good = deflated({{"a.npy", npy("<f8", "(131072,)", std::string(1u << 20, '\0'))}});
  const std::string lie = patched(good, 22, 24, "\x64\0\0\0"s);
  const std::string message = error_of(lie);
  EXPECT_TRUE(has(message, "member 'a': expected ")) << message;
}

TEST(InputNpz, RefusesAbsurdMemberCounts) {
  std::string end = "PK\x05\x06"s + std::string(18, '\0');
  end[8] = end[9] = end[10] = end[11] = '\x7f';
  EXPECT_TRUE(has(error_of(end), "expected a whole zip archive"));
  // zip64: 2^60 members in a directory of no bytes
  std::string zip64 = "PK\x06\x06"s + "\x2c"s + std::string(7, '\0') + "\x2d\0\x2d\0"s + std::string(8, '\0');
  const std::string count = std::string(7, '\0') + "\x10"s;
  zip64 += count + count + std::string(16, '\0');
  zip64 += "PK\x06\x07"s + std::string(12, '\0') + "\x01\0\0\0"s;
  zip64 += "PK\x05\x06"s + std::string(4, '\0') + std::string(12, '\xff') + "\0\0"s;
  EXPECT_TRUE(has(error_of(zip64), "expected a whole zip archive"));
}

}  // namespace
}  // namespace sca::evidence::npz_input
