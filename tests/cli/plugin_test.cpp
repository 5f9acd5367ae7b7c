// Plugins as their users meet them: `--plugin LIB` of check and fuzz, and replay of their lines.

#include <nlohmann/json.hpp>

#include "kernels/plugin.h"
#include "tests/cli/command.hpp"

namespace {

using sca::cli::test::a_case;
using sca::cli::test::Outcome;
using Json = nlohmann::json;

const std::string plugins = SCA_PLUGINS "/";

class Plugin : public sca::cli::test::Command {
 protected:
  Outcome replay(const std::string& library, const std::string& kernel, const std::string& property) const {
    return sca("replay '" + plugins + library + ":" + kernel + " " + property + " " + a_case + "'");
  }
  /// A property fails on a plugin whose kernel does this, and the command goes on to tell so.
  void fails(const std::string& library, const std::string& what) const {
    const Outcome run = replay(library, "f32/misbehaving", "forward");
    EXPECT_EQ(run.code, 1) << run.out << run.err;
    EXPECT_NE(run.out.find("fail: " + what), std::string::npos) << run.out << run.err;
  }
};

TEST_F(Plugin, AGoodOnePasses) {
  const Outcome run = sca("check --json --plugin " + plugins + "plain_c.so");
  EXPECT_EQ(run.code, 0) << run.out << run.err;
  EXPECT_EQ(run.err, "");
  std::istringstream lines(run.out);
  std::string line;
  std::getline(lines, line);
  std::size_t properties = 0;
  for (; std::getline(lines, line); ++properties) {
    const Json record = Json::parse(line);
    EXPECT_EQ(record["kernel"], plugins + "plain_c.so:f32/plain_c");
    EXPECT_EQ(record["verdict"], "pass") << line;
  }
  EXPECT_GE(properties, 8U) << "those of forward and step";
}

TEST_F(Plugin, APlantedBugIsFoundWithALineThatShowsItAgain) {
  const Outcome run =
      sca("fuzz --json --for 6 --seed 1 --plugin " + plugins + "planted_bug.so core_forward/f32/plain_c");
  EXPECT_EQ(run.code, 1) << run.out << run.err;
  std::istringstream lines(run.out);
  std::string found;
  for (std::string line; std::getline(lines, line);) {
    const Json record = Json::parse(line);
    if (record.contains("failure") && record["property"] == "forward") found = record["failure"];
    if (record.contains("cases") && record["property"] == "forward") {
      EXPECT_GE(3 * record["failed"].get<int>(), record["cases"].get<int>()) << "as docs/plugins.md says";
    }
  }
  ASSERT_NE(found, "");
  const Outcome again = sca("replay '" + found + "'");
  EXPECT_EQ(again.code, 1) << again.out << again.err;
  EXPECT_NE(again.out.find("times its bound"), std::string::npos) << again.out;
  // The same case on the plugin without the bug.
  EXPECT_EQ(sca("replay '" + found.replace(found.find("planted_bug"), 11, "plain_c") + "'").code, 0);
}

TEST_F(Plugin, WhatItLacksIsSkipped) {
  const Outcome run = replay("plain_c.so", "f32/plain_c", "backward");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_NE(run.out.find("skipped"), std::string::npos) << run.out;
}

TEST_F(Plugin, ACrashAnExitAndAHangAreVerdicts) {
  fails("crashing.so", "crashed with signal 6");
  fails("exiting.so", "exited with 7");
  fails("hanging.so", "no answer in 10 s");
}

// By the worker of another thread, or by one that is started again after a crash.
TEST_F(Plugin, ACrashWhenItIsLoadedAgainIsAVerdictToo) {
  const std::string mark = (folder / "mark").string();
  setenv("SCA_TEST_MARK", mark.c_str(), 1);
  const Outcome replayed = replay("crashing_when_loaded_again.so", "f32/misbehaving", "*");
  EXPECT_EQ(replayed.code, 1) << replayed.err;
  EXPECT_NE(replayed.out.find("fail: crashed with signal 6"), std::string::npos) << replayed.out;
  EXPECT_NE(replayed.out.find("fail: could not be loaded again: crashed with signal 6"), std::string::npos)
      << replayed.out;
  std::filesystem::remove(mark);
  const Outcome searched =
      sca("fuzz --for 1 --seed 1 --jobs 2 --plugin " + plugins + "crashing_when_loaded_again.so");
  EXPECT_EQ(searched.code, 1) << searched.err;
  EXPECT_EQ(searched.err, "");
  // What does not survive being loaded once is no plugin.
  refused("check --plugin " + plugins + "crashing_when_loaded_again.so", {"loading", "signal 6"});
  unsetenv("SCA_TEST_MARK");
}

TEST_F(Plugin, ACrashIsFoundOnTheSmallestCaseAndTheSearchGoesOn) {
  const Outcome run = sca("fuzz --for 1 --seed 1 --plugin " + plugins + "crashing.so");
  EXPECT_EQ(run.code, 1) << run.err;
  EXPECT_NE(run.out.find("misbehaving forward: crashed with signal 6"), std::string::npos) << run.out;
  EXPECT_NE(run.out.find(" L=0 K=1 Kq=1 M=1 H=1 anchors=0 regime=uniform"), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("misbehaving  nan "), std::string::npos) << run.out;
}

TEST_F(Plugin, WhatIsNoPluginGetsOneLine) {
  refused("check --plugin " + plugins + "of_another_version.so",
          {"of_another_version.so", "version", std::to_string(SCA_PLUGIN_VERSION), "99"});
  refused("fuzz --plugin " + plugins + "without_symbol.so", {"without_symbol.so", "sca_get_plugin"});
  refused("check --plugin " + plugins + "absent.so", {"absent.so", "shared library"});
  refused("check --plugin " + file("text.so", "not a library"), {"text.so", "shared library"});
  refused("replay '" + plugins + "absent.so:f32/x forward " + a_case + "'", {"absent.so"});
  refused("check --plugin " + plugins + "plain_c.so f64", {"unknown kernel 'f64'"});
}

TEST_F(Plugin, PythonIsAPluginToo) {
  if (std::system("python3 -c 'import numpy' 2> /dev/null") != 0) GTEST_SKIP() << "no python3 with numpy";
  EXPECT_EQ(replay("python_plugin.so", "f32/numpy", "forward").code, 0);
  const Outcome run = sca("fuzz --for 2 --seed 1 --plugin " + plugins + "python_plugin.so");
  EXPECT_EQ(run.code, 0) << run.out << run.err;
  EXPECT_NE(run.out.find("f32/numpy  nan "), std::string::npos) << run.out;
}

}  // namespace
