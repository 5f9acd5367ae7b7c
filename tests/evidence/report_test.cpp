#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "evidence/input/error.hpp"
#include "evidence/markdown.hpp"
#include "evidence/records_file.hpp"
#include "evidence/table.hpp"

namespace sca::evidence {
namespace {

using Json = nlohmann::ordered_json;

const std::vector<Json> records{{{"provenance", {{"command", "sca prove"}, {"version", "1"}}}},
                                {{"claim", "thm1/bohr"},
                                 {"reading", "a|b"},
                                 {"instances", 3},
                                 {"error_over_bound", "0.5"},
                                 {"verdict", "certified"}},
                                {{"claim", "cor4/no-go"},
                                 {"reading", "c"},
                                 {"instances", 1},
                                 {"error_over_bound", "-"},
                                 {"verdict", "proved"}}};

TEST(Markdown, TablesAreMadeAnewAndTheRestStays) {
  const std::string before = "head\n<!-- table claims thm1 -->\nold\n<!-- end table -->\ntail\n";
  const std::string once = with_tables(before, {records}, "x.md");
  EXPECT_TRUE(once.starts_with("head\n<!-- table claims thm1 -->\n"));
  EXPECT_TRUE(once.ends_with("<!-- end table -->\ntail\n"));
  EXPECT_NE(once.find("| `thm1/bohr` | a\\|b | 3 | 0.5 | **certified** |"), std::string::npos);
  EXPECT_EQ(once.find("old"), std::string::npos);
  EXPECT_EQ(once.find("cor4"), std::string::npos);
  EXPECT_EQ(with_tables(once, {records}, "x.md"), once);
}

TEST(Markdown, UnknownUnendedOrUnfedTablesAreErrors) {
  EXPECT_THROW(with_tables("<!-- table nonsense -->\n<!-- end table -->\n", {records}, "x.md"), InputError);
  EXPECT_THROW(with_tables("<!-- table claims -->\n", {records}, "x.md"), InputError);
  EXPECT_THROW(with_tables("<!-- table claims zzz -->\n<!-- end table -->\n", {records}, "x.md"), InputError);
}

class RecordsFile : public testing::Test {
 protected:
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("sca_records_" + std::to_string(getpid()));
  void write(const std::string& text) { std::ofstream(path, std::ios::binary) << text; }
  void TearDown() override { std::filesystem::remove(path); }
};

TEST_F(RecordsFile, ARecordIsWholeOrAbsent) {
  write("{\"a\":1}\n{\"b\":2}\n{\"c\":");
  EXPECT_EQ(read_records(path).size(), 2U);
}

TEST_F(RecordsFile, ABrokenLineIsNamed) {
  write("{\"a\":1}\nnot json\n{}\n");
  try {
    read_records(path);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("line 2"), std::string::npos) << error.what();
  }
}

TEST(TableText, ColumnsAlignByCharactersNotBytes) {
  Table table({{"name"}, {"n", Table::Align::right}});
  table.add({"Fejér", "1"});
  table.add({"Gauss", "23"});
  std::ostringstream out;
  table.print(out, false);
  EXPECT_EQ(out.str(), "name    n\nFejér   1\nGauss  23\n");
}

TEST(TableText, ShorteningCountsCharacters) {
  EXPECT_EQ(shortened("Fejér", 5), "Fejér");
  EXPECT_EQ(shortened("Fejér", 4), "Fej…");
}

}  // namespace
}  // namespace sca::evidence
