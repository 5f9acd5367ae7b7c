#include "experiments/run.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "evidence/input/error.hpp"
#include "experiments/journal.hpp"
#include "experiments/quadrature/tasks.hpp"

namespace sca::experiments {
namespace {

StudySettings small_study() {
  StudySettings settings;
  settings.rules = {"tensor/midpoint", "qmc/sobol-scrambled", "lattice/shift"};
  settings.targets = {"token"};
  settings.dims = {1, 2};
  settings.nodes = {2, 4, 8, 16, 32};
  settings.instances = 8;
  return settings;
}

Lines all_lines(unsigned jobs, const std::map<std::string, Lines>& known = {},
                std::size_t* computed = nullptr) {
  Lines all;
  run(tasks(units(small_study())), known, jobs,
      {[&](const Lines& lines) { all.insert(all.end(), lines.begin(), lines.end()); },
       [&](const Lines&) {
         if (computed != nullptr) ++*computed;
       },
       [](std::size_t, std::size_t, const std::string&) {}});
  return all;
}

TEST(Run, DoesNotDependOnTheThreads) {
  const Lines one = all_lines(1);
  EXPECT_FALSE(one.empty());
  EXPECT_EQ(one, all_lines(3));
}

TEST(Run, ReportsBothErrorsOfEverySeries) {
  for (const auto& line : all_lines(1)) {
    if (line["kind"] == "fit") {
      EXPECT_TRUE(line["first"].is_string() && line["last"].is_string()) << line.dump();
      EXPECT_TRUE(line["end"]) << line.dump();
      continue;
    }
    EXPECT_TRUE(line.contains("total")) << line.dump();
    EXPECT_EQ(line.contains("own"), line["band"] == "fixed") << line.dump();
  }
}

class JournalFile : public testing::Test {
 protected:
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("sca_journal_" + std::to_string(getpid()) + ".jsonl");
  nlohmann::ordered_json header{{"provenance", "this run"}, {"settings", "this study"}};

  void SetUp() override { std::filesystem::remove(path); }
  void TearDown() override { std::filesystem::remove(path); }

  std::string text() const {
    std::ostringstream all;
    all << std::ifstream(path).rdbuf();
    return all.str();
  }
  void write_whole_study() const {
    Journal journal(path, header, name_of_line);
    run(tasks(units(small_study())), {}, 2,
        {[](const Lines&) {}, [&](const Lines& lines) { journal.append(lines); },
         [](std::size_t, std::size_t, const std::string&) {}});
  }
};

TEST_F(JournalFile, KilledAnywhereItResumesToTheSameRecords) {
  write_whole_study();
  const std::string whole = text();
  const Lines expected = all_lines(1);
  const std::size_t header_end = whole.find('\n') + 1;
  // Every kind of cut: after the header, inside a line, between two lines of a series, at the end.
  for (std::size_t cut = header_end; cut <= whole.size(); cut += whole.size() / 7 + 1) {
    std::ofstream(path, std::ios::binary) << whole.substr(0, cut);
    std::size_t computed = 0;
    Lines resumed;
    {
      Journal journal(path, header, name_of_line);
      const std::size_t known = journal.known().size();
      resumed = all_lines(2, journal.known(), &computed);
      EXPECT_EQ(computed + known, units(small_study()).size()) << cut;
    }
    EXPECT_EQ(resumed, expected) << cut;
    EXPECT_TRUE(whole.starts_with(text())) << "the torn series is dropped";
  }
}

TEST_F(JournalFile, RefusesAnotherStudysRecords) {
  write_whole_study();
  const std::string before = text();
  nlohmann::ordered_json other = header;
  other["settings"] = "another study";
  EXPECT_THROW(Journal(path, other, name_of_line), evidence::InputError);
  std::ofstream(path, std::ios::binary) << "no header";
  EXPECT_THROW(Journal(path, header, name_of_line), evidence::InputError);
  EXPECT_THROW(Journal("/nowhere/at/all.jsonl", header, name_of_line), evidence::InputError);
}

}  // namespace
}  // namespace sca::experiments
