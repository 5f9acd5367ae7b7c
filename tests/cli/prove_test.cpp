// The command as its users meet it: exit codes, one line for bad input, nothing but the result on stdout.

#include <nlohmann/json.hpp>

#include "tests/about_numbers.hpp"
#include "tests/cli/command.hpp"

namespace {

using sca::cli::test::Outcome;

class Prove : public sca::cli::test::Command {};

/// A .npy 1.0 file with the header given, padded as numpy pads it.
std::string npy(const std::string& shape, const std::string& data) {
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
  while ((10 + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  const char low = static_cast<char>(header.size() & 0xFF);
  const char high = static_cast<char>(header.size() >> 8);
  return std::string("\x93NUMPY\x01\x00", 8) + low + high + header + data;
}

TEST_F(Prove, DecidesClaimsAndPrintsProvenanceFirst) {
  const Outcome run = sca("prove thm1/bohr-sharp cor4/no-go");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(run.err, "");
  EXPECT_TRUE(run.out.starts_with("# sca prove thm1/bohr-sharp cor4/no-go · sca ")) << run.out;
  EXPECT_NE(run.out.find("2 claims: 2 proved"), std::string::npos) << run.out;
}

TEST_F(Prove, JsonIsALinePerRecordWithTheProvenanceFirst) {
  const Outcome run = sca("prove cor3.1 --json");
  EXPECT_EQ(run.code, 0) << run.err;
  std::istringstream lines(run.out);
  std::vector<nlohmann::json> records;
  for (std::string line; std::getline(lines, line);) records.push_back(nlohmann::json::parse(line));
  ASSERT_GE(records.size(), 4U);
  EXPECT_TRUE(records[0].contains("provenance"));
  EXPECT_EQ(records[1]["claim"], "cor3.1/printed");
  EXPECT_EQ(records[1]["verdict"], "refuted");
  EXPECT_EQ(records[2]["verdict"], "certified");
}

TEST_F(Prove, ASignErrorShowsInTheFalseVariants) {
  const Outcome run = sca("prove cor3.1/corrected --false-variants");
  EXPECT_EQ(run.code, 1);
  EXPECT_NE(run.out.find("NOT as the ledger expects: cor3.1/corrected"), std::string::npos) << run.out;
}

TEST_F(Prove, OneDigitAndFiveThousand) {
  EXPECT_EQ(sca("prove cor4/vacuous thm1/bohr-sharp --digits 1").code, 0);
  EXPECT_EQ(sca("prove cor4/vacuous thm1/bohr-sharp --digits 5000").code, 0);
  refused("prove --digits 0", {"digits"});
}

TEST_F(Prove, RepeatedTokensAreSaidAndMergedOrKept) {
  const std::string csv = file("tokens.csv", "1,2\n3,4\n1,2\n");
  const Outcome merged = sca("prove thm1/duplicates thm1/gaussian --tokens " + csv);
  EXPECT_EQ(merged.code, 0) << merged.err;
  EXPECT_NE(merged.out.find("3 tokens, 2 distinct"), std::string::npos) << merged.out;
  EXPECT_NE(merged.out.find("row 0 2 times"), std::string::npos) << merged.out;
  const Outcome kept = sca("prove thm1/duplicates --duplicates keep --tokens " + csv);
  EXPECT_EQ(kept.code, 0) << kept.err;
  EXPECT_NE(kept.out.find("do not apply"), std::string::npos) << kept.out;
}

TEST_F(Prove, OneTokenIsAPrefix) {
  SCA_ABOUT_NUMBERS();
  EXPECT_EQ(sca("prove --tokens " + file("one.csv", "0.5 0.25\n")).code, 0);
}

TEST_F(Prove, BadTokensGetOneLineAndExit2) {
  refused("prove --tokens " + (folder / "absent.npy").string(), {"absent.npy"});
  refused("prove --tokens " + file("short.npy", npy("(4, 2)", std::string(12, '\0'))), {"short.npy"});
  refused("prove --tokens " + file("huge.npy", npy("(1152921504606846976, 2)", "")), {"huge.npy"});
  refused("prove --tokens " + file("nan.npy", npy("(1, 2)", std::string("\0\0\xC0\x7F\0\0\x80\x3F", 8))),
          {"nan.npy", "row 0"});
  refused("prove --tokens " + file("inf.csv", "1,2\ninf,3\n"), {"inf.csv"});
  refused("prove --tokens " + file("ragged.csv", "1,2\n3\n"), {"ragged.csv"});
  refused("prove --tokens " + file("d0.npy", npy("(3, 0)", "")), {"d0.npy"});
  refused("prove --tokens " + file("empty.csv", ""), {"empty.csv"});
}

TEST_F(Prove, BadWeightsGetOneLineAndExit2) {
  const std::string tokens = "prove --tokens " + file("t.csv", "1\n2\n3\n") + " --weights ";
  refused(tokens + file("negative.csv", "1\n-2\n3\n"), {"negative.csv", "-2"});
  refused(tokens + file("two.csv", "1\n2\n"), {"two.csv", "3"});
  refused(tokens + file("none.csv", ""), {"none.csv"});
  refused("prove --weights " + file("w.csv", "1\n"), {"--tokens"});
}

TEST_F(Prove, WhatWouldTakeForeverIsSaid) {
  std::string rows;
  for (int i = 0; i < 100000; ++i) rows += std::to_string(i) + "\n";
  refused("prove --tokens " + file("many.csv", rows), {"many.csv", "--rows"});
  EXPECT_EQ(sca("prove thm1/gaussian --rows 0:5 --tokens " + file("many.csv", rows)).code, 0);
}

TEST_F(Prove, UnknownWordsSuggestTheNearOnes) {
  refused("prove thm1/bhor", {"unknown claim 'thm1/bhor'", "thm1/bohr"});
  refused("prove --explain cor4/nogo", {"cor4/no-go"});
  refused("porve", {"unknown verb 'porve'", "prove"});
  refused("prove --rwos 1:2", {"--rwos"});
}

TEST_F(Prove, ListAndExplainDecideNothing) {
  EXPECT_NE(sca("prove --list").out.find("cor4/softmax-gaussian"), std::string::npos);
  const Outcome run = sca("prove --explain thm1/literal");
  EXPECT_EQ(run.code, 0);
  EXPECT_NE(run.out.find("companion.md"), std::string::npos) << run.out;
}

TEST_F(Prove, AnUnwritableStdoutIsExit2) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full";
  const Outcome run = sca("prove cor4/no-go", " >/dev/full");
  EXPECT_EQ(run.code, 2);
  EXPECT_NE(run.err.find("stdout"), std::string::npos) << run.err;
}

TEST_F(Prove, HelpAndVersionAreEverywhere) {
  for (const char* arguments :
       {"--help", "--version", "prove --help", "eval --help", "report --help", "doctor --help"}) {
    const Outcome run = sca(arguments);
    EXPECT_EQ(run.code, 0) << arguments;
    EXPECT_NE(run.out, "") << arguments;
  }
}

TEST_F(Prove, ReportRewritesTablesAndChecksThem) {
  const std::string records = (folder / "records.jsonl").string();
  EXPECT_EQ(sca("prove cor4/no-go --json", " >" + records).code, 0);
  const std::string document = file("x.md", "<!-- table claims -->\n<!-- end table -->\n");
  EXPECT_EQ(sca("report --check --tables " + records + " " + document).code, 1);
  EXPECT_EQ(sca("report --tables " + records + " " + document).code, 0);
  EXPECT_EQ(sca("report --check --tables " + records + " " + document).code, 0);
  refused("report --tables " + (folder / "absent").string() + " " + document, {"absent"});
}

}  // namespace
