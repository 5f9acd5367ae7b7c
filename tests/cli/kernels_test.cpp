// `sca check`, `sca fuzz` and `sca replay` as their users meet them.

#include <nlohmann/json.hpp>

#include "tests/about_numbers.hpp"
#include "tests/cli/command.hpp"

namespace {

using sca::cli::test::a_case;
using sca::cli::test::Outcome;
using Json = nlohmann::json;

class Kernels : public sca::cli::test::Command {
 protected:
  static std::vector<Json> records(const std::string& text) {
    std::istringstream lines(text);
    std::vector<Json> all;
    for (std::string line; std::getline(lines, line);) all.push_back(Json::parse(line));
    return all;
  }
  static std::string below_provenance(const std::string& text) { return text.substr(text.find('\n')); }
  /// What stands between the quotes of the first `sca replay '…'`.
  static std::string first_replay(const std::string& text) {
    const std::string start = "sca replay '";
    const std::size_t at = text.find(start);
    if (at == std::string::npos) return "";
    return text.substr(at + start.size(), text.find('\'', at + start.size()) - at - start.size());
  }
};

TEST_F(Kernels, CheckSaysOfEachPropertyWhetherItHolds) {
  const Outcome run = sca("check core_step/f32/serial");
  EXPECT_EQ(run.code, 0) << run.out << run.err;
  EXPECT_EQ(run.err, "");
  EXPECT_TRUE(run.out.starts_with("# sca check core_step/f32/serial · sca ")) << run.out;
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 3)
      << "provenance, titles, the one property of a step";
  EXPECT_NE(run.out.find("f32/serial  step "), std::string::npos) << run.out;
  EXPECT_EQ(below_provenance(sca("check --jobs 1 core_step/f32/serial").out), below_provenance(run.out))
      << "the number of threads changes nothing";
}

TEST_F(Kernels, CheckKillsAMutantAndSaysByWhat) {
  const Outcome run = sca("check mutant/serial/imaginary_sign mutant/serial/carry_lost --json");
  EXPECT_EQ(run.code, 0) << run.out << run.err;
  const auto all = records(run.out);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_TRUE(all[0].contains("provenance"));
  for (const std::size_t i : {1U, 2U}) {
    EXPECT_EQ(all[i]["verdict"], "killed");
    EXPECT_EQ(sca("replay '" + first_replay(all[i]["replay"]) + "'").code, 1) << all[i];
  }
}

TEST_F(Kernels, CheckTakesMoreCases) {
  SCA_ABOUT_NUMBERS();
  const std::string lines = file("mine.txt", "# why\n* step " + a_case + "\n");
  const auto cases = [&](const std::string& more) {
    return records(sca("check core_step/f64/serial --json " + more).out).at(1)["cases"].get<int>();
  };
  const int without = cases("");
  EXPECT_EQ(cases("--corpus " + lines), without + 1);
  EXPECT_EQ(cases("--corpus " + folder.string()), without + 1);
}

TEST_F(Kernels, CheckLists) {
  const Outcome run = sca("check --list");
  EXPECT_EQ(run.code, 0);
  for (const char* word : {"core_backward/f64/serial\n", "backward-calls", "mutant/serial/conjugate_dropped"})
    EXPECT_NE(run.out.find(word), std::string::npos) << word;
}

TEST_F(Kernels, CheckMeasuresElementaryFunctionsAgainstWhatIsDeclared) {
  const Outcome run = sca("check --elementary --every 8192 'f32/*' --json");
  EXPECT_EQ(run.code, 0) << run.out << run.err;
  const auto all = records(run.out);
  ASSERT_GE(all.size(), 5U) << "provenance, four functions of a target or more";
  for (std::size_t i = 1; i < all.size(); ++i) {
    EXPECT_EQ(all[i]["verdict"], "pass") << all[i];
    EXPECT_EQ(all[i]["extent"], "sampled");
    EXPECT_TRUE(all[i]["kernel"].get<std::string>().starts_with("f32/"));
    EXPECT_LE(std::stod(all[i]["units"].get<std::string>()),
              std::stod(all[i]["declared"].get<std::string>()));
  }
}

TEST_F(Kernels, FuzzShrinksKeepsAndTellsHowToSeeItAgain) {
  const Outcome run =
      sca("fuzz mutant/serial/imaginary_sign --for 2s --seed 5 --save " + (folder / "kept").string());
  EXPECT_EQ(run.code, 1) << run.out << run.err;
  EXPECT_NE(run.out.find(" · seed 5\n"), std::string::npos) << run.out;
  const std::string line = first_replay(run.out);
  EXPECT_NE(line.find(" L=1 K=1 Kq=1 M=1 H=1 anchors=0 "), std::string::npos) << line;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "kept"))
    EXPECT_EQ(sca("replay " + entry.path().string()).code, 1);
}

TEST_F(Kernels, FuzzFindsNothingWrongAndSaysHowManyItTried) {
  const Outcome run = sca("fuzz core_step/f32/serial --for 1 --json");
  EXPECT_EQ(run.code, 0) << run.out << run.err;
  const auto all = records(run.out);
  EXPECT_NE(all.front()["provenance"]["seed"], "none");
  EXPECT_EQ(all[1]["property"], "step");
  const Json& summary = all.back()["summary"];
  EXPECT_GT(summary["cases"], 0);
  const double seconds = std::stod(summary["seconds"].get<std::string>());
  const double a_minute = std::stod(summary["a_minute"].get<std::string>());
  EXPECT_NEAR(a_minute * seconds / 60, summary["cases"].get<double>(), (0.5 * seconds + 0.05 * a_minute) / 60)
      << "as rounded as they are told";
}

TEST_F(Kernels, ReplayExplains) {
  const Outcome sound = sca("replay 'f32/serial forward " + a_case + "'");
  EXPECT_EQ(sound.code, 0) << sound.out << sound.err;
  for (const char* word :
       {"case     core released", "regime   uniform: ", "rules    weights in [0.0001, 5000]", "\noutput ",
        "\nZ ", "\npass; largest error/bound "})
    EXPECT_NE(sound.out.find(word), std::string::npos) << word << sound.out;
  const Outcome wrong = sca("replay 'mutant/serial/conjugate_dropped forward " + a_case + "' --json");
  EXPECT_EQ(wrong.code, 1);
  const Json record = records(wrong.out).at(1);
  EXPECT_EQ(record["verdict"], "fail");
  EXPECT_EQ(record["results"][0]["name"], "output");
  EXPECT_EQ(record["results"][0]["verdict"], "fail");
  EXPECT_NE(record["results"][0]["got_hex"].get<std::string>().find("0x"), std::string::npos);
}

TEST_F(Kernels, ReplayTakesPatternsForAllThatFit) {
  const auto all = records(sca("replay 'f*/serial * " + a_case + "' --json").out);
  EXPECT_GT(all.size(), 20U) << "every property of two kernels and more";
}

TEST_F(Kernels, BadInputGetsOneLineAndExit2) {
  refused("check f32/serail", {"f32/serail", "f32/serial"});
  refused("check --corpus " + file("bad.txt", "\nf32/serial forward core mine\n"),
          {"bad.txt", "line 2", "B=VALUE"});
  refused("check --corpus " + (folder / "absent.txt").string(), {"absent.txt"});
  refused("check --elementary f32/serial", {"f32/serial"});
  refused("check --elementary core_step/f32", {"--elementary", "f32/"});
  refused("check --every 2", {"--elementary"});
  refused("check --elementary --plugin x.so", {"--plugin"});
  refused("fuzz core_sidestep", {"core_sidestep"});
  refused("fuzz --for 0", {"--for"});
  refused("fuzz --for 3 parsecs", {"parsecs"});
  refused("fuzz --seed x", {"--seed"});
  refused("fuzz --save " + file("no_folder", "a file"), {"--save", "no_folder"});
  refused("replay", {"LINE"});
  refused("replay 'f32/serial forward'", {"kind"});
  refused("replay 'f32/serial sideways " + a_case + "'", {"property", "sideways"});
  refused("replay 'f32/paper forward " + a_case + "'", {"f32/paper"});
  refused("replay " + file("empty.txt", "# nothing\n"), {"empty.txt"});
}

}  // namespace
