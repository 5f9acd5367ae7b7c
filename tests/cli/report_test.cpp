// `sca report` as its users meet it.

#include "tests/cli/command.hpp"

namespace {

using sca::cli::test::Outcome;

class Report : public sca::cli::test::Command {
 protected:
  const std::string head = R"({"provenance":{"command":"sca prove --json","version":"1"}})"
                           "\n";
  const std::string claim =
      R"({"claim":"thm1/x","reading":"a claim","instances":1,"error_over_bound":"2","verdict":"refuted","expected":"proved"})"
      "\n";
  std::string in_folder() const { return folder.string(); }
  std::string page() const { return (folder / "page.html").string(); }
  std::string text() const {
    std::ostringstream all;
    all << std::ifstream(page()).rdbuf();
    return all.str();
  }
};

TEST_F(Report, APageOpensWithWhatIsRefuted) {
  file("prove.jsonl", head + claim);
  const Outcome run = sca("report " + in_folder() + " -o " + page());
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(run.out, "");
  const std::string html = text();
  EXPECT_NE(html.find("1 claims: 1 refuted"), std::string::npos);
  EXPECT_NE(html.find("thm1/x: a claim, unexpectedly"), std::string::npos);
  EXPECT_NE(html.find("<code>sca prove --json</code>"), std::string::npos);
}

TEST_F(Report, BadInputGetsOneLineAndExit2AndLeavesThePage) {
  refused("report " + in_folder() + " -o " + page(), {"records", "*.jsonl"});
  refused("report " + in_folder() + "/absent -o " + page(), {"absent", "a folder"});
  refused("report " + in_folder(), {"DIR -o"});
  file("page.html", "as it was");
  file("a.jsonl", claim);
  refused("report " + in_folder() + " -o " + page(), {"a.jsonl", "provenance"});
  file("a.jsonl", head + claim + "{\"what\":1}\n");
  refused("report " + in_folder() + " -o " + page(), {"a.jsonl", "line 3"});
  file("a.jsonl", head + "no JSON\n");
  refused("report " + in_folder() + " -o " + page(), {"a.jsonl", "line 2"});
  file("a.jsonl", head + R"({"kind":"point","rule":"x/y","M":"2","target":"token"})"
                         "\n");
  refused("report " + in_folder() + " -o " + page(), {"a.jsonl", "line 2", "data"});
  EXPECT_EQ(text(), "as it was");
  file("a.jsonl", head + claim);
  refused("report " + in_folder() + " -o " + in_folder() + "/no/such/page.html", {"page.html", "writable"});
}

}  // namespace
