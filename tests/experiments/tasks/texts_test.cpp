#include "experiments/tasks/texts/text.hpp"

#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>

#include "evidence/input/error.hpp"
#include "evidence/sha256.hpp"
#include "experiments/tasks/texts/r_strings.hpp"
#include "tests/experiments/tasks/rows.hpp"

namespace sca::experiments::ablation {
namespace {

std::string all_of(const Text& text) {
  std::string all;
  for (const Document& document : text.documents) all += document.text;
  return all;
}

double entropy(const std::map<std::string, double>& counts, double n) {
  double bits = 0;
  for (const auto& [key, count] : counts) bits -= count / n * std::log2(count / n);
  return bits;
}

// Of a byte, and of a byte after another: that of pairs, less that of what comes first.
std::array<double, 2> entropies(const std::string& text) {
  std::map<std::string, double> bytes, firsts, pairs;
  for (std::size_t i = 0; i < text.size(); ++i) ++bytes[text.substr(i, 1)];
  for (std::size_t i = 0; i + 1 < text.size(); ++i) ++firsts[text.substr(i, 1)], ++pairs[text.substr(i, 2)];
  const auto n = static_cast<double>(text.size());
  return {entropy(bytes, n), entropy(pairs, n - 1) - entropy(firsts, n - 1)};
}

class WholeTexts : public testing::TestWithParam<bool> {
 protected:
  // An installed text that cannot be read is a failure.
  void SetUp() override {
    const char* const file =
        GetParam() ? "/usr/lib/R/site-library/janeaustenr/data/Rdata.rdb" : "/usr/bin/bible";
    if (!std::filesystem::exists(file)) {
      GTEST_SKIP() << "./sca setup text installs what is missing: " << file;
    }
    text = GetParam() ? &austen() : &kjv();
  }
  const Text* text = nullptr;
};

// The protocol's numbers, to the digits that it gives.
TEST_P(WholeTexts, HaveTheProtocolsEntropies) {
#ifdef SCA_SANITIZED
  GTEST_SKIP() << "takes twenty seconds there";
#endif
  const auto [zero, one] = entropies(all_of(*text));
  EXPECT_NEAR(zero, GetParam() ? 4.46 : 4.36, 0.005);
  EXPECT_NEAR(one, GetParam() ? 3.52 : 3.26, 0.005);
}

TEST_P(WholeTexts, AreSplitByWholeWorks) {
  std::map<Part, double> sizes;
  std::map<Part, std::size_t> chapters;
  std::map<std::string, std::set<Part>> parts;
  for (const Document& document : text->documents) {
    sizes[document.part] += static_cast<double>(document.text.size());
    ++chapters[document.part];
    parts[document.work].insert(document.part);
  }
  const double total = sizes[Part::training] + sizes[Part::selection] + sizes[Part::report];
  for (const Part part : {Part::selection, Part::report}) {
    EXPECT_GT(sizes[part], 0.045 * total);
    EXPECT_LE(sizes[part], (GetParam() ? 0.06 : 0.05) * total);
    EXPECT_GE(chapters[part], 15u);
  }
  EXPECT_EQ(parts.size(), GetParam() ? 6u : 66u);
  for (const auto& [work, its] : parts) {
    EXPECT_TRUE(its.size() == 1 || (work == "NORTHANGER ABBEY" && !its.contains(Part::training))) << work;
  }
}

TEST_P(WholeTexts, AreAskedForByChapter) {
  const auto task = make_task(GetParam() ? "bytes:text=austen" : "bytes");
  EXPECT_EQ(task->data(), evidence::sha256(all_of(*text)));
  std::set<std::int32_t> groups;
  for (const Row& row : rows_of(task->evaluation(Split::report))) groups.insert(row.groups[0]);
  EXPECT_GE(groups.size(), 15u);
}

INSTANTIATE_TEST_SUITE_P(Texts, WholeTexts, testing::Bool(),
                         [](const auto& text) { return text.param ? "austen" : "kjv"; });

TEST(Texts, KnowTheirChapters) {
  const Text& psalms = kjv_excerpt();
  ASSERT_EQ(psalms.documents.size(), 150u);
  EXPECT_EQ(psalms.documents[22].name, "Psa 23");
  EXPECT_TRUE(
      psalms.documents[22].text.starts_with("The LORD is my shepherd; I shall not want.\nHe maketh me"));
  EXPECT_TRUE(psalms.documents[149].text.ends_with("Praise ye the LORD.\n"));
  std::map<Part, std::size_t> documents;
  for (const Document& psalm : psalms.documents) ++documents[psalm.part];
  EXPECT_GE(documents[Part::selection], 5u);
  EXPECT_GE(documents[Part::report], 5u);
  EXPECT_EQ(psalms.digest, evidence::sha256(all_of(psalms)));
}

std::string text_of_row(const Row& row) {
  std::string text;
  for (const std::int64_t id : row.ids) text += static_cast<char>(id);
  return text + static_cast<char>(row.labels.back());
}

TEST(Bytes, AreTheTextsOwn) {
  const auto task = make_task("bytes:text=excerpt");
  const std::string learned = kjv_excerpt().joined(Part::training);
  for (const Row& row : learned_rows(*task, 2)) {
    ASSERT_EQ(row.ids.size(), 128u);
    ASSERT_TRUE(std::equal(row.ids.begin() + 1, row.ids.end(), row.labels.begin()));
    ASSERT_NE(learned.find(text_of_row(row)), std::string::npos);
  }
  for (const Split split : {Split::selection, Split::report}) {
    std::set<std::pair<std::int32_t, std::size_t>> places;
    for (const Row& row : rows_of(task->evaluation(split))) {
      const auto psalm = std::ranges::find(
          kjv_excerpt().documents, task->groups()[static_cast<std::size_t>(row.groups[0])], &Document::name);
      ASSERT_EQ(psalm->part, split == Split::selection ? Part::selection : Part::report);
      ASSERT_TRUE(
          std::ranges::all_of(row.groups, [&](std::int32_t group) { return group == row.groups[0]; }));
      ASSERT_TRUE(std::equal(row.ids.begin() + 1, row.ids.end(), row.labels.begin()));
      ASSERT_EQ(learned.find(text_of_row(row)), std::string::npos);
      std::size_t at = psalm->text.find(text_of_row(row));
      while (at != std::string::npos && at % 128 != 0) at = psalm->text.find(text_of_row(row), at + 1);
      ASSERT_NE(at, std::string::npos);
      ASSERT_TRUE(places.emplace(row.groups[0], at).second) << "a window twice";
    }
  }
}

// Places of training windows: each of ten equal pieces of the text is as likely.
TEST(Bytes, AreLearnedFromEverywhere) {
  const std::string learned = kjv_excerpt().joined(Part::training);
  std::array<std::int64_t, 10> counts{};
  std::int64_t n = 0;
  for (const Row& row : learned_rows(*make_task("bytes:text=excerpt"), 20)) {
    const std::size_t at = learned.find(text_of_row(row));
    ASSERT_NE(at, std::string::npos);
    ++counts.at(at * 10 / (learned.size() - 128));
    ++n;
  }
  for (const std::int64_t count : counts) EXPECT_TRUE(is_plausible(count, n, 0.1)) << count << " of " << n;
}

TEST(Needle, IsWhatTheLineSaid) {
  const auto task = make_task("needle:text=excerpt");
  EXPECT_EQ(task->labels_of_an_answer(), 4);
  std::array<std::int64_t, 10> digits{};
  std::array<std::int64_t, 4> distances{};
  std::int64_t n = 0;
  for (const Row& row : all_rows(*task)) {
    std::string text = text_of_row(row);
    const std::size_t planted = text.find("\nKEY="), asked = text.rfind("\nKEY=");
    ASSERT_EQ(asked, 256u - 8);
    const std::string needle = text.substr(planted + 5, 4);
    ASSERT_EQ(text.substr(planted + 9, 1), "\n");
    ASSERT_EQ(text.substr(asked + 5), needle);
    const std::string name = "distance=" + std::to_string(asked - planted);
    ASSERT_EQ(task->groups()[static_cast<std::size_t>(row.groups.back())], name);
    for (std::size_t t = 0; t < 256; ++t) ASSERT_EQ(row.labels[t], t < 252 ? -100 : needle[t - 252]);
    for (const char digit : needle) ++digits.at(static_cast<std::size_t>(digit - '0'));
    ++distances.at(static_cast<std::size_t>(row.groups.back()));
    ++n;
  }
  EXPECT_EQ(task->groups(),
            (std::vector<std::string>{"distance=32", "distance=64", "distance=128", "distance=248"}));
  for (const std::int64_t count : digits) EXPECT_TRUE(is_plausible(count, 4 * n, 0.1));
  for (const std::int64_t count : distances) EXPECT_TRUE(is_plausible(count, n, 0.25));
}

// What stands before the needle is prose of the part that it is asked in.
TEST(Needle, StandsInItsPartsText) {
  const auto task = make_task("needle:text=excerpt");
  const auto before = [](const Row& row) {
    const std::string text = text_of_row(row);
    return text.substr(0, text.find("\nKEY="));
  };
  const auto is_of = [&](const std::vector<Row>& rows, Part part) {
    const std::string prose = kjv_excerpt().joined(part);
    return std::ranges::all_of(rows,
                               [&](const Row& row) { return prose.find(before(row)) != std::string::npos; });
  };
  EXPECT_TRUE(is_of(learned_rows(*task, 2), Part::training));
  EXPECT_TRUE(is_of(rows_of(task->evaluation(Split::selection)), Part::selection));
  EXPECT_TRUE(is_of(rows_of(task->evaluation(Split::report)), Part::report));
}

// An R database of our own making.
std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xFFU);
  return bytes;
}

std::string r_record(const std::vector<std::string>& strings) {
  std::string plain = "X\n" + big_endian(3) + big_endian(0x040201) + big_endian(0x030500) + big_endian(5) +
                      "UTF-8" + big_endian(16) + big_endian(static_cast<std::uint32_t>(strings.size()));
  for (const std::string& string : strings) {
    plain += big_endian(0x00040009) + big_endian(static_cast<std::uint32_t>(string.size())) + string;
  }
  std::string packed(compressBound(plain.size()), '\0');
  uLongf size = packed.size();
  compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(plain.data()),
           plain.size());
  return big_endian(static_cast<std::uint32_t>(plain.size())) + packed.substr(0, size);
}

class RStrings : public testing::Test {
 protected:
  ~RStrings() override { std::filesystem::remove(path); }
  std::optional<std::vector<std::vector<std::string>>> read(const std::string& bytes) const {
    std::ofstream(path, std::ios::binary) << bytes;
    try {
      return read_r_strings(path);
    } catch (const evidence::InputError&) {
      return std::nullopt;
    }
  }
  std::filesystem::path path = testing::TempDir() + "r_strings_" + std::to_string(getpid()) + ".rdb";
};

TEST_F(RStrings, AreRead) {
  const std::vector<std::vector<std::string>> records{{"EMMA", "", "by Jane Austen"}, {}, {"x"}};
  EXPECT_EQ(read(r_record(records[0]) + r_record(records[1]) + r_record(records[2])), records);
}

TEST_F(RStrings, AreRefusedWhenCutOff) {
  const std::string whole = r_record({"EMMA", "by Jane Austen"});
  EXPECT_TRUE(read(whole).has_value());
  for (std::size_t size = 1; size < whole.size(); ++size) EXPECT_FALSE(read(whole.substr(0, size))) << size;
  EXPECT_FALSE(read(whole + "x"));
  std::string longer = whole;  // says one byte more than its stream has
  ++longer[3];
  EXPECT_FALSE(read(longer));
  EXPECT_FALSE(read(std::string("\0\0\0\4", 4) + "not zlib"));
}

}  // namespace
}  // namespace sca::experiments::ablation
