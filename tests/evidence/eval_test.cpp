#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "evidence/eval/compare.hpp"
#include "evidence/eval/evaluate.hpp"
#include "evidence/eval/kinds.hpp"
#include "evidence/eval/print.hpp"

namespace sca::evidence::eval {
namespace {

std::string data(const std::string& name) { return std::string(SCA_SOURCE_DIR) + "/tests/data/" + name; }

Json one_case(const std::string& kind, Json input) {
  return {{"format", cases_format},
          {"cases", Json::array({{{"id", "it"}, {"kind", kind}, {"input", std::move(input)}}})}};
}

Json output_of(const std::string& kind, Json input, int digits = 20) {
  return evaluate(one_case(kind, std::move(input)), "F", {digits, 600})["cases"][0]["output"];
}

// The first case of a kind in the reference file.
Json reference_case(const std::string& kind) {
  const Json document = read_cases(data("cases.json"));
  for (const Json& one : document["cases"]) {
    if (one["kind"] == kind) return one;
  }
  throw std::out_of_range(kind);
}

std::string refusal(const std::string& kind, const Json& input, Settings settings = {}) {
  try {
    evaluate(one_case(kind, input), "F", settings);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

std::string refusal_with(const std::string& kind, const std::string& field, const Json& value) {
  Json input = reference_case(kind)["input"];
  input[field] = value;
  return refusal(kind, input);
}

class EvalFiles : public testing::TestWithParam<const char*> {};

TEST_P(EvalFiles, AgreesToAtLeast59Digits) {
  const Json theirs = read_cases(data(GetParam()));
  const auto rows = compare(evaluate(theirs, "F", {}), theirs, "F");
  EXPECT_GT(rows.size(), 100u);
  for (const auto& row : rows) {
    EXPECT_EQ(row.match, Match::agree) << row.id << " " << row.field << " " << row.detail;
    if (row.agreement) {
      EXPECT_GE(*row.agreement, 59) << row.id << " " << row.field;
    }
  }
}

// Rounded correctly at 20 digits and at 100, a number differs from the file's in the last place at most.
TEST_P(EvalFiles, AgreesAtOtherPrecisions) {
  const Json theirs = read_cases(data(GetParam()));
  for (const int digits : {1, 20, 100}) {
    for (const auto& row : compare(evaluate(theirs, "F", {digits, 600}), theirs, "F")) {
      EXPECT_EQ(row.match, Match::agree) << digits << " " << row.id << " " << row.field << " " << row.detail;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Files, EvalFiles, testing::Values("cases.json", "more_cases.json"));

TEST(Eval, PrintsTheReferenceFileCharacterForCharacter) {
  const Json theirs = read_cases(data("cases.json"));
  const Json ours = evaluate(theirs, "F", {});
  EXPECT_EQ(ours["count"], theirs["count"]);
  for (std::size_t i = 0; i < ours["cases"].size(); ++i) {
    // As text: the order of the fields is part of the format.
    EXPECT_EQ(ours["cases"][i]["output"].dump(), theirs["cases"][i]["output"].dump());
    EXPECT_EQ(ours["cases"][i]["note"], theirs["cases"][i]["note"]);
  }
}

TEST(Eval, KnowsEveryKind) {
  EXPECT_EQ(kinds().size(), 12u);
  for (const Kind& kind : kinds()) EXPECT_NO_THROW(reference_case(std::string(kind.name)));
}

TEST(Eval, ReachesManyDigits) {
  // sqrt(2), by a route that has nothing to do with ours.
  const Json output = output_of(
      "cube", {{"tokens", {{0, 0}, {1, 1}}}, {"weights", {"1/2", "1/2"}}, {"T", "3"}, {"j", 0}}, 1000);
  const auto text = output["delta_2"].get<std::string>();
  EXPECT_EQ(text.size(), 1001u);
  const Rational root(Integer(text.substr(0, 1) + text.substr(2)));
  const Rational two(2 * boost::multiprecision::pow(Integer(10), 2 * 999));
  const Rational half(1, 2);
  EXPECT_TRUE(square(Rational(root - half)) < two && two < square(Rational(root + half)));
}

TEST(Eval, AZeroThatIsNotRecognisedIsBoundedAndAgreesWithZero) {
  const Json input = {
      {"tokens", {{-1}, {0}, {1}}}, {"weights", {"1/3", "1/3", "1/3"}}, {"T", "5/7"}, {"j", 1}};
  const Json output = output_of("cube", input);
  EXPECT_TRUE(output["bohr_error"].get<std::string>().starts_with("0e-1")) << output["bohr_error"];
  Json theirs = one_case("cube", input);
  theirs["cases"][0]["output"] = {{"bohr_error", "0"}, {"bohr", {"0"}}};
  for (const auto& row : compare(evaluate(theirs, "F", {}), theirs, "F")) EXPECT_NE(row.match, Match::differ);
}

TEST(Eval, UndefinedQuantitiesSaySo) {
  const Json output = output_of("cube", {{"tokens", {{"1/2"}}}, {"weights", {1}}, {"T", 3}, {"j", 0}});
  EXPECT_EQ(output["delta_inf"], "undefined");
  EXPECT_EQ(output["bohr_error"], "0");
}

TEST(EvalInput, OneLineNamesFileCaseFieldAndExpectation) {
  EXPECT_EQ(refusal_with("cube", "T", "1/0"),
            "F: case it: T: expected an exact rational such as \"-3/4\", found '1/0'");
  EXPECT_EQ(refusal_with("cube", "j", 5), "F: case it: j: expected an integer from 0 to 4, found 5");
  EXPECT_EQ(refusal_with("cube", "weights", {"1/5", "1/5", "-1/5", "1/5", "1/5"}),
            "F: case it: weights[2]: expected a number >= 0, found '-1/5'");
  EXPECT_EQ(refusal_with("cube", "tokens", {{"1"}, {"1", "2"}}),
            "F: case it: tokens[1]: expected 1 numbers, as in the first row, found 2");
  EXPECT_EQ(refusal("cubes", Json::object()).substr(0, 40), "F: case it: kind: expected one of summar");
  EXPECT_EQ(refusal("cube", Json::object()), "F: case it: tokens: expected a value, found no such field");
}

TEST(EvalInput, RefusesWhatIsNotAnExactNumber) {
  for (const Json& value : {Json("0.5"),
                            Json("1e3"),
                            Json(0.5),
                            Json("0x10"),
                            Json(" 1"),
                            Json("+1"),
                            Json("--1"),
                            Json(""),
                            Json("1/"),
                            Json("/2"),
                            Json("1/-2"),
                            Json("inf"),
                            Json("nan"),
                            Json(nullptr),
                            Json(true),
                            Json::array({1}),
                            Json("1\n2"),
                            Json(std::string(30'000, '1')),
                            Json("-1"),
                            Json("0"),
                            Json("1" + std::string(1000, '0')),
                            Json("1/1" + std::string(1000, '0'))}) {
    const std::string message = refusal_with("cube", "T", value);
    EXPECT_TRUE(message.starts_with("F: case it: T: expected ")) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos);
  }
  EXPECT_EQ(refusal_with("cube", "T", "0010/03"), "accepted");
}

TEST(EvalInput, RefusesWhatItsKindDoesNotAllow) {
  EXPECT_NE(refusal_with("dft", "tokens", {{"1/2"}, {1}, {2}, {3}, {4}}), "accepted");
  EXPECT_NE(refusal_with("dft", "N", 0), "accepted");
  EXPECT_NE(refusal_with("prony", "tokens", {1, 1}), "accepted");
  EXPECT_NE(refusal_with("prony", "weights", {0, 1}), "accepted");
  EXPECT_NE(refusal_with("finite_M", "theta", Json::array({Json::array({1})})), "accepted");
  EXPECT_NE(refusal_with("sca_channel", "report_t", {5}), "accepted");
  EXPECT_NE(refusal_with("sca_channel", "omega", Json::array({Json::array({1})})), "accepted");
  EXPECT_NE(refusal_with("quadrature_kernel", "n", 0), "accepted");
  EXPECT_NE(refusal_with("quadrature_kernel", "n", 1'000'000'000), "accepted");
  EXPECT_NE(refusal_with("summary", "tokens", Json::array()), "accepted");
  EXPECT_NE(refusal_with("summary", "tokens", Json::array({Json::array()})), "accepted");
  Json window = reference_case("window")["input"];
  window["params"]["delta"] = window["params"]["D"];
  EXPECT_NE(refusal("window", window), "accepted");
}

TEST(EvalInput, RefusesWhatWouldTakeForEver) {
  Json tokens = Json::array();
  for (int i = 0; i < 800; ++i) tokens.push_back({i});
  const std::string message = refusal("gram", {{"tokens", tokens}, {"T", 4}});
  EXPECT_NE(message.find("of work (--budget)"), std::string::npos) << message;
  EXPECT_NE(refusal("gram", {{"tokens", {{1}, {2}}}, {"T", 4}}, {60, 1e-9}), "accepted");
}

class EvalRead : public testing::Test {
 protected:
  std::string refusal_of(const std::string& text) {
    std::ofstream(path_, std::ios::binary) << text;
    try {
      read_cases(path_);
    } catch (const InputError& error) {
      return std::string(error.what()).substr(path_.size());
    }
    return "accepted";
  }
  void TearDown() override { std::filesystem::remove(path_); }

 private:
  std::string path_ = testing::TempDir() + "sca_eval_read_test.json";
};

TEST_F(EvalRead, RefusesWhatIsNotAFileOfCases) {
  EXPECT_EQ(refusal_of("[1]"), ": file: expected a JSON object, found a list of 1");
  EXPECT_EQ(refusal_of("{}"), ": format: expected \"sca reference cases v1\", found no such field");
  const std::string head = "{\"format\":\"sca reference cases v1\"";
  EXPECT_EQ(refusal_of(head + "}"), ": cases: expected a list, found no such field");
  EXPECT_EQ(refusal_of(head + ",\"count\":2,\"cases\":[]}"),
            ": count: expected 0, the number of cases, found 2");
  EXPECT_EQ(refusal_of(head + ",\"cases\":[{\"id\":1}]}"), ": cases[0]: id: expected a string, found 1");
  EXPECT_EQ(refusal_of(head + ",\"cases\":[{\"id\":\"a\",\"kind\":\"cube\"}]}"),
            ": case a: input: expected an object, found no such field");
  EXPECT_EQ(refusal_of(std::string(100'000, '[')), ": file: expected at most 100 nested levels, found more");
  EXPECT_TRUE(refusal_of(head).starts_with(": file: expected JSON, found parse error at line 1"));
  EXPECT_TRUE(refusal_of("").starts_with(": file: expected JSON"));
  EXPECT_TRUE(refusal_of("\xff\xfe{").starts_with(": file: expected JSON"));
  EXPECT_THROW(read_cases("/nonexistent/file.json"), InputError);
  EXPECT_THROW(read_cases("/"), InputError);
}

// One comparison of one field of a cube.
FieldComparison compare_field(const std::string& field, const Json& theirs) {
  Json document = one_case("cube", reference_case("cube")["input"]);
  document["cases"][0]["output"] = {{field, theirs}};
  for (const auto& row : compare(evaluate(document, "F", {}), document, "F")) {
    if (row.field == field) return row;
  }
  throw std::out_of_range(field);
}

TEST(EvalCompare, ADigitBeyondTheLastPlaceDiffers) {
  // bohr_error = 2.8162945416959…e-3
  EXPECT_EQ(compare_field("bohr_error", "2.81629454170e-3").match, Match::agree);
  EXPECT_EQ(compare_field("bohr_error", "2.816294541696e-3").match, Match::agree);
  EXPECT_EQ(compare_field("bohr_error", "2.8162945417e-3").match, Match::agree);
  const auto wrong = compare_field("bohr_error", "2.8162945516959e-3");
  EXPECT_EQ(wrong.match, Match::differ);
  EXPECT_EQ(fmt::format("{:.2f}", wrong.agreement.value()), "8.45");
  EXPECT_EQ(compare_field("bohr_error", "-2.8162945417e-3").match, Match::differ);
  EXPECT_EQ(compare_field("bohr_error", "0").match, Match::differ);
  EXPECT_EQ(compare_field("bohr_error", "undefined").match, Match::differ);
  EXPECT_EQ(compare_field("bohr_error", "2.8e-99999999999999").match, Match::differ);
  EXPECT_EQ(compare_field("bohr_error", Json::array({"2.8162945417e-3"})).match, Match::differ);
  EXPECT_EQ(compare_field("bohr", Json::array({"1", "2"})).match, Match::differ);
  EXPECT_EQ(compare_field("no_such_field", "1").match, Match::differ);
}

TEST(EvalCompare, AVectorIsJudgedAsAWhole) {
  const Json ours = {{"cases", {{{"id", "it"}, {"output", {{"v", {"1.00000", "1.23456e-9"}}}}}}}};
  const auto match = [&](const char* small) {
    Json theirs = ours;
    theirs["cases"][0]["output"]["v"][1] = small;
    return compare(ours, theirs, "F")[0].match;
  };
  EXPECT_EQ(match("1.33333e-9"), Match::agree);
  EXPECT_EQ(match("1.33333e-3"), Match::differ);
}

TEST(EvalCompare, MissingAndUndecidedAreNeitherAgreementNorDifference) {
  const Json ours = {{"cases", {{{"id", "it"}, {"output", {{"a", "undecided"}, {"b", "1.0"}}}}}}};
  const Json theirs = {{"cases", {{{"id", "it"}, {"output", {{"a", "1.0"}}}}}}};
  const auto rows = compare(ours, theirs, "F");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].match, Match::undecided);
  EXPECT_EQ(rows[1].match, Match::missing);
}

TEST(EvalPrint, TablesHaveALineAField) {
  const Json theirs = read_cases(data("cases.json"));
  const Json ours = evaluate(theirs, "F", {});
  const auto rows = compare(ours, theirs, "F");
  const std::string table = comparison_table(rows);
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(table, '\n')), rows.size() + 2);
  EXPECT_TRUE(table.ends_with(std::to_string(rows.size()) + " agree\n")) << table.substr(table.size() - 100);
  EXPECT_EQ(comparison_json(rows)["cases"].size(), theirs["cases"].size());
  const std::string values = values_table(ours);
  EXPECT_NE(values.find("39_prony"), std::string::npos);
  EXPECT_NE(values.find("steps[2].kappa_R"), std::string::npos);
}

}  // namespace
}  // namespace sca::evidence::eval
