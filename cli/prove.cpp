#include "cli/prove.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <iostream>
#include <thread>

#include "cli/prove_output.hpp"
#include "cli/usage.hpp"
#include "evidence/input/error.hpp"
#include "evidence/progress.hpp"

namespace sca::cli {
namespace {

struct ProveOptions {
  std::vector<std::string> claims;
  std::string tokens;
  std::string rows;
  std::string weights;
  std::string duplicates = "merge";
  std::string explain;
  proofs::Settings settings;
  unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  bool json = false;
  bool list = false;
  bool false_variants = false;
};

void declare(CLI::App& app, ProveOptions& o) {
  app.add_option("CLAIM", o.claims,
                 "claims to decide: ids or their first parts (thm1, cor4/no-go); default: all");
  app.add_option("--tokens", o.tokens, "your own tokens, one a row: .npy (f2 f4 f8 i4 i8) or CSV");
  app.add_option("--rows", o.rows, "rows A:B of the tokens, half-open, from 0");
  app.add_option("--weights", o.weights, "one weight > 0 a token, .npy or CSV; default: 1/t each");
  app.add_option("--duplicates", o.duplicates, "tokens that coincide: merge their weights, or keep them")
      ->check(CLI::IsMember({"merge", "keep"}));
  app.add_option("--digits", o.settings.digits, "decimal digits to which equalities are decided (30)")
      ->check(CLI::Range(1, 100000));
  app.add_option("--epsilon", o.settings.epsilon,
                 "retrieval error, relative to the largest token, that windows are sized for (0.01)")
      ->check(CLI::Range(1e-300, 0.5));
  app.add_option("--jobs", o.jobs, "threads; default: one a core")->check(CLI::Range(1, 1024));
  app.add_flag("--json", o.json, "JSON lines: provenance, then one record a claim");
  app.add_flag("--list", o.list, "the claims, with the ledger's expected verdicts; decides nothing");
  app.add_option("--explain", o.explain, "everything the ledger says of one claim; decides nothing");
  app.add_flag("--false-variants", o.false_variants,
               "decide each claim's deliberately false variant instead: all verdicts must turn");
}

std::vector<std::string> all_ids() {
  std::vector<std::string> ids;
  for (const auto& entry : proofs::ledger()) ids.push_back(entry.id);
  return ids;
}

[[noreturn]] void unknown_claim(const std::string& word) {
  std::string line = "unknown claim '" + word + "'";
  const auto near = nearest(word, all_ids());
  if (!near.empty()) line += "; did you mean " + fmt::format("{}", fmt::join(near, " or ")) + "?";
  throw UsageError(line + " (--list shows all)");
}

std::vector<proofs::RegisteredClaim> chosen_claims(const std::vector<std::string>& words) {
  std::vector<proofs::RegisteredClaim> all = proofs::registry();
  if (words.empty()) return all;
  std::vector<bool> wanted(all.size());
  for (const std::string& word : words) {
    bool found = false;
    for (std::size_t c = 0; c < all.size(); ++c) {
      const std::string& id = all[c].entry->id;
      if (id != word && !id.starts_with(word + "/")) continue;
      found = wanted[c] = true;
    }
    if (!found) unknown_claim(word);
  }
  std::vector<proofs::RegisteredClaim> result;
  for (std::size_t c = 0; c < all.size(); ++c) {
    if (wanted[c]) result.push_back(std::move(all[c]));
  }
  return result;
}

/// The prefixes that the user gave, or Genesis.
std::vector<proofs::GivenPrefix> given_prefixes(const ProveOptions& o) {
  const auto duplicates = o.duplicates == "keep" ? proofs::Duplicates::keep : proofs::Duplicates::merge;
  std::vector<proofs::GivenPrefix> result;
  if (o.tokens.empty()) {
    if (!o.rows.empty() || !o.weights.empty()) throw UsageError("--rows and --weights go with --tokens");
    for (const auto& tokens : proofs::genesis_prefixes()) {
      result.push_back(proofs::given_prefix(tokens, std::nullopt, duplicates));
    }
    return result;
  }
  evidence::TokenMatrix tokens = evidence::read_tokens(o.tokens);
  if (!o.rows.empty()) tokens = evidence::select_rows(std::move(tokens), o.rows);
  std::optional<std::vector<double>> weights;
  if (!o.weights.empty()) weights = evidence::read_weights(o.weights, tokens.rows);
  result.push_back(proofs::given_prefix(tokens, weights, duplicates));
  return result;
}

int exit_code(const std::vector<proofs::ClaimResult>& results) {
  const auto any = [&](auto condition) { return std::ranges::any_of(results, condition); };
  const auto undecided_claim = [](const proofs::ClaimResult& r) {
    return r.instances > 0 && r.verdict == evidence::Verdict::undecided;
  };
  if (any([&](const auto& r) { return r.instances > 0 && !undecided_claim(r) && !r.as_expected(); }))
    return failed;
  return any(undecided_claim) ? undecided : good;
}

int run(const ProveOptions& o, const std::vector<std::string>& arguments) {
  const auto claims = chosen_claims(o.claims);
  const auto given = given_prefixes(o);
  std::vector<proofs::Instance> instances = proofs::builtin_instances();
  for (const auto& prefix : given) instances.push_back(prefix.instance);

  evidence::ProgressLine line;
  const auto variant = o.false_variants ? proofs::Variant::false_twin : proofs::Variant::stated;
  auto results = proofs::prove(
      claims, instances, o.settings, variant, o.jobs,
      [&](std::size_t done, std::size_t total, const std::string& claim) { line.show(done, total, claim); });
  const auto origin = evidence::provenance("prove", arguments);
  // What retrieval takes is about the tokens: not asked for where single claims are, unless the tokens are
  // the user's.
  const auto shown = o.claims.empty() || !o.tokens.empty() ? given : std::vector<proofs::GivenPrefix>{};
  if (o.json) {
    print_json(std::cout, origin, results, shown, o.settings);
  } else {
    print_text(std::cout, origin, results, shown, o.settings);
  }
  return exit_code(results);
}

}  // namespace

int prove(const std::vector<std::string>& arguments) {
  CLI::App app(
      "Decides the claims of the paper's section 2 by interval arithmetic: `proved` (the quantifier is "
      "covered), `certified` (holds on the instances named), `refuted` (with a witness), `undecided`. Runs "
      "on "
      "built-in exact prefixes and on a real one: words of Genesis, or your tokens.",
      "sca prove");
  ProveOptions o;
  declare(app, o);
  if (const auto code = parse(app, arguments)) return *code;
  if (o.list) return list_claims(std::cout);
  if (!o.explain.empty()) {
    if (!explain_claim(std::cout, o.explain)) unknown_claim(o.explain);
    return good;
  }
  return run(o, arguments);
}

}  // namespace sca::cli
