// `sca judge` as its users meet it.

#include <nlohmann/json.hpp>

#include "tests/cli/command.hpp"

namespace {

using sca::cli::test::Outcome;

const std::string golden = SCA_SOURCE_DIR "/tests/data/golden/";

class Judge : public sca::cli::test::Command {
 protected:
  /// A golden file with the byte at `offset` changed.
  std::string damaged(const std::string& name, std::size_t offset) const {
    std::string bytes = contents(golden + name);
    bytes.at(offset) = static_cast<char>(bytes.at(offset) ^ 0x5A);
    return file(name, bytes);
  }
  static std::string contents(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }
};

TEST_F(Judge, SaysOfEachTensorWhetherItPasses) {
  const Outcome run = sca("judge " + golden + "sca_00.npz " + golden + "block_02.npz");
  EXPECT_EQ(run.code, 0) << run.out << run.err;
  EXPECT_EQ(run.err, "");
  EXPECT_TRUE(run.out.starts_with("# sca judge ")) << run.out;
  EXPECT_NE(run.out.find("step_out"), std::string::npos);
  EXPECT_NE(run.out.find("block_02.npz: "), std::string::npos);
  EXPECT_NE(run.out.find("note: step_out and out are"), std::string::npos) << run.out;
}

TEST_F(Judge, ExitsWith1ForAFailureAnd3ForAVacuousBound) {
  const Outcome wrong = sca("judge --dialect paper " + golden + "sca_00.npz");
  EXPECT_EQ(wrong.code, 1);
  EXPECT_NE(wrong.out.find("first off: "), std::string::npos) << wrong.out;
  EXPECT_NE(wrong.out.find("expected 0x"), std::string::npos) << wrong.out;
  EXPECT_EQ(sca("judge --arithmetic f16 " + golden + "tblock_03.npz").code, 3);
}

TEST_F(Judge, JsonHasARecordATensorWithHexFloats) {
  const Outcome run = sca("judge --json --against f64 " + golden + "sca_10.npz");
  EXPECT_EQ(run.code, 0) << run.err;
  std::istringstream lines(run.out);
  std::vector<nlohmann::json> records;
  for (std::string line; std::getline(lines, line);) records.push_back(nlohmann::json::parse(line));
  ASSERT_GE(records.size(), 20U);
  EXPECT_TRUE(records.front().contains("provenance"));
  EXPECT_EQ(records[1]["verdict"], "pass");
  EXPECT_TRUE(records[1]["expected_hex"].get<std::string>().find("0x") != std::string::npos);
  EXPECT_TRUE(records.back().contains("summary"));
}

TEST_F(Judge, BadFilesGetOneLineAndExit2) {
  refused("judge " + (folder / "absent.npz").string(), {"absent.npz"});
  refused("judge " + file("text.npz", "no archive"), {"text.npz"});
  refused("judge " + file("cut.npz", contents(golden + "sca_00.npz").substr(0, 5000)), {"cut.npz"});
  refused("judge " + damaged("sca_00.npz", 200), {"sca_00.npz"});
  refused("judge --arithmetic f8 " + golden + "sca_00.npz", {"--arithmetic"});
  refused("judge --prefix x. " + golden + "sca_00.npz", {"--parameters"});
  refused("judge", {"FILE"});
  refused("judge --budget 1e-6 " + golden + "sca_00.npz", {"sca_00.npz", "--budget"});
}

TEST_F(Judge, ParametersMayComeFromACheckpoint) {
  refused("judge --parameters " + file("bad.safetensors", "12345678") + " " + golden + "sca_00.npz",
          {"bad.safetensors"});
  const std::string header = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
  std::string bytes(8, '\0');
  bytes[0] = static_cast<char>(header.size());
  const std::string one = file("one.safetensors", bytes + header + std::string(4, '\0'));
  refused("judge --parameters " + one + " --prefix blocks.0. " + golden + "sca_00.npz",
          {"one.safetensors", "blocks.0."});
  EXPECT_EQ(sca("judge --parameters " + one + " " + golden + "sca_00.npz").code, 0);
}

}  // namespace
