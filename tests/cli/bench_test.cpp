// `sca bench` as its users meet it.

#include <nlohmann/json.hpp>

#include "tests/cli/command.hpp"

namespace {

using sca::cli::test::Outcome;

class Bench : public sca::cli::test::Command {
 protected:
  /// A short run's records in a file.
  std::string records(const std::string& name) const {
    const std::string path = (folder / name).string();
    EXPECT_EQ(
        sca("bench core_forward/f32/serial core_step/f32/serial --heads 2 --channels 3 --lengths 4:16:x2 "
            "--for 0.1s --repetitions 9 --json",
            " >" + path)
            .code,
        0);
    return path;
  }
};

TEST_F(Bench, ListNamesTheKernels) {
  const Outcome run = sca("bench --list 'core_*/f32/serial'");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(
      run.out,
      "core_forward/f32/serial\ncore_step/f32/serial\ncore_backward/f32/serial\ncore_training/f32/serial\n");
}

TEST_F(Bench, NetworksAreTimedByName) {
  const Outcome list = sca("bench --list 'layer_*/f32/serial' model_decode/bf16/serial");
  EXPECT_EQ(list.out,
            "layer_forward/f32/serial\nlayer_training/f32/serial\nlayer_step/f32/serial\n"
            "model_decode/bf16/serial\n")
      << list.err;
  const Outcome run = sca(
      "bench layer_step/bf16/serial --heads 2 --channels 3 --threads 1 --for 0.1s --repetitions 5 --json");
  EXPECT_EQ(run.code, 0) << run.err;
  const auto record = nlohmann::ordered_json::parse(run.out.substr(run.out.find('\n') + 1));
  EXPECT_EQ(record["kernel"], "layer_step/bf16/serial");
  EXPECT_EQ(record["D"], 6);
  EXPECT_EQ(record["verdict"], "pass");
  EXPECT_GT(record["state_bytes"], 0);
}

TEST_F(Bench, RecordsMakeTheTableAndTheComparison) {
  const std::string path = records("old.jsonl");
  const Outcome table = sca("bench --from " + path);
  EXPECT_EQ(table.code, 0) << table.err;
  EXPECT_TRUE(table.out.starts_with("# sca bench core_forward/f32/serial")) << table.out;
  EXPECT_EQ(std::count(table.out.begin(), table.out.end(), '\n'), 2 + 4)
      << table.out;  // three lengths and a step
  EXPECT_NE(table.out.find("clearance"), std::string::npos);
  const Outcome same = sca("bench --from " + path + " --compare " + path);
  EXPECT_EQ(same.code, 0) << same.out << same.err;
  EXPECT_NE(same.out.find("same"), std::string::npos);
  EXPECT_EQ(same.out.find("slower"), std::string::npos);
}

TEST_F(Bench, WhatGotSlowerIsExit1) {
  const std::string path = records("old.jsonl");
  std::ifstream in(path);
  std::string slower;
  for (std::string line; std::getline(in, line);) {
    auto record = nlohmann::ordered_json::parse(line);
    if (record.contains("samples")) {
      for (auto& one : record["samples"]) one = std::to_string(1e3 * std::stod(one.get<std::string>()));
    }
    slower += record.dump() + "\n";
  }
  const std::string now = file("now.jsonl", slower);
  EXPECT_EQ(sca("bench --from " + now + " --compare " + path).code, 1);
  EXPECT_EQ(sca("bench --from " + path + " --compare " + now).code, 0);  // faster
}

TEST_F(Bench, DrawsFromRecords) {
  if (sca("doctor").out.find("missing: apt-get install gnuplot-nox") != std::string::npos)
    GTEST_SKIP() << "no gnuplot";
  const std::string figure = (folder / "cost of it's.svg").string();
  const Outcome run = sca("bench --from " + records("old.jsonl") + " --plot \"" + figure + "\"");
  EXPECT_EQ(run.code, 0) << run.err;
  std::ostringstream text;
  text << std::ifstream(figure).rdbuf();
  EXPECT_NE(text.str().find("<svg"), std::string::npos);
  for (const char* word : {"core_forward/f32 ", "serial", "floor"})
    EXPECT_NE(text.str().find(word), std::string::npos) << word;
}

TEST_F(Bench, BadInputGetsOneLineAndExit2) {
  refused("bench f32/none", {"f32/none"});
  refused("bench --lengths 128:", {"--lengths", "'128:'"});
  refused("bench --threads 0", {"--threads", "'0'"});
  refused("bench --threads 5000", {"--threads", "1024"});
  refused("bench --heads 4 --query-heads 3", {"--query-heads"});
  refused("bench decode_sca --contexts 0", {"--contexts", "'0'"});
  refused("bench model_prefill --lengths 16777216", {"model_prefill", "GB"});
  refused("bench --for 0s", {"--for"});
  refused("bench --for 1d", {"--for"});
  refused("bench --repetitions 4", {"--repetitions"});
  refused("bench --plot cost.gif", {"--plot", "cost.gif"});
  refused("bench --from " + (folder / "absent").string(), {"absent"});
  refused("bench --from " + file("empty.jsonl", ""), {"empty.jsonl", "provenance"});
  refused("bench --from " + file("other.jsonl", "{\"provenance\":{}}\n{\"claim\":\"x\"}\n"), {"other.jsonl"});
  refused("bench --from " + file("text.jsonl", "no JSON\n"), {"text.jsonl", "line 1"});
  refused("bench --batches 1048576 --lengths 1048576", {"core_forward", "GB"});
}

}  // namespace
