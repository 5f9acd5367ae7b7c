#include "cli/prove_output.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <ostream>

#include "evidence/reach_table.hpp"
#include "evidence/record.hpp"
#include "evidence/table.hpp"
#include "proofs_numeric/reach.hpp"
#include "proofs_numeric/retrieval.hpp"

namespace sca::cli {
namespace {

using evidence::Table;
using proofs::ClaimResult;
using Json = nlohmann::ordered_json;

constexpr std::size_t witness_width = 66;

/// What a reader wants beside the verdict: the witness of a refutation, the bound that was used up most
/// otherwise.
std::string beside(const ClaimResult& result) {
  const evidence::Finding& finding = result.deciding;
  if (result.verdict == evidence::Verdict::refuted || result.verdict == evidence::Verdict::undecided) {
    return finding.instance + (finding.witness.empty() ? "" : ": " + finding.witness);
  }
  return finding.clearance ? finding.instance + (finding.witness.empty() ? "" : ", " + finding.witness)
                           : finding.witness;
}

void print_claims(std::ostream& out, const std::vector<ClaimResult>& results) {
  Table table({{"claim"},
               {"reading"},
               {"n", Table::Align::right},
               {"error/bound", Table::Align::right},
               {"verdict"},
               {"witness or worst case"}});
  for (const ClaimResult& result : results) {
    const bool holds =
        result.verdict == evidence::Verdict::proved || result.verdict == evidence::Verdict::certified;
    const std::string verdict = result.instances == 0 ? "-" : std::string(to_string(result.verdict));
    table.add({result.entry->id, result.entry->title, std::to_string(result.instances),
               holds ? evidence::clearance_text(result.deciding) : "-", verdict,
               evidence::shortened(result.instances == 0 ? "no instance fits its hypotheses" : beside(result),
                                   witness_width)});
  }
  table.print(out, evidence::stdout_takes_colour());
}

void print_summary(std::ostream& out, const std::vector<ClaimResult>& results) {
  const auto count = [&](evidence::Verdict verdict) {
    return std::ranges::count_if(
        results, [&](const ClaimResult& r) { return r.instances > 0 && r.verdict == verdict; });
  };
  fmt::print(out, "{} claim{}: {} proved, {} certified, {} refuted, {} undecided; ", results.size(),
             results.size() == 1 ? "" : "s", count(evidence::Verdict::proved),
             count(evidence::Verdict::certified), count(evidence::Verdict::refuted),
             count(evidence::Verdict::undecided));
  std::vector<std::string> surprises;
  for (const ClaimResult& result : results) {
    if (result.instances > 0 && !result.as_expected()) {
      surprises.push_back(
          fmt::format("{} (expected {})", result.entry->id, to_string(result.entry->expected)));
    }
  }
  fmt::print(out, "{}\n",
             surprises.empty() ? "all as the ledger expects"
                               : fmt::format("NOT as the ledger expects: {}", fmt::join(surprises, ", ")));
}

/// The finding that holds the retrieval errors on `instance` to their bound.
const evidence::Finding* retrieval_finding(const std::vector<ClaimResult>& results, const std::string& claim,
                                           const std::string& instance) {
  for (const ClaimResult& result : results) {
    if (result.entry->id != claim) continue;
    for (const auto& finding : result.findings) {
      if (finding.instance == instance && finding.statement == proofs::retrieval_statement) return &finding;
    }
  }
  return nullptr;
}

std::string repeats_text(const proofs::GivenPrefix& given) {
  std::vector<std::string> parts;
  for (const auto& group : given.repeats) {
    if (parts.size() == 3) break;
    parts.push_back(fmt::format("row {} {} times", group.front(), group.size()));
  }
  const std::size_t more = given.repeats.size() - parts.size();
  return fmt::format("{}{}", fmt::join(parts, ", "), more > 0 ? fmt::format(", and {} more", more) : "");
}

void print_prefix_head(std::ostream& out, const proofs::GivenPrefix& given) {
  const proofs::Instance& instance = given.instance;
  std::size_t extra = 0;
  for (const auto& group : given.repeats) extra += group.size() - 1;
  fmt::print(out, "\nOn {}: {} tokens, {} distinct", instance.name, given.rows, given.rows - extra);
  if (instance.gaps) {
    const Interval euclidean = sqrt(to_interval(instance.gaps->euclidean_squared));
    fmt::print(out, "; delta_inf = {:.4g}, delta_2 = {:.4g}, D = {:.4g}",
               static_cast<double>(instance.gaps->sup), lower_double(euclidean),
               static_cast<double>(instance.gaps->spread));
  }
  fmt::print(out, "\n");
  if (given.repeats.empty()) return;
  fmt::print(out,
             "Theorem 1 asks for pairwise distinct tokens, and tokens repeat here ({}). At a token with c "
             "copies its "
             "query returns c h_j, not h_j (thm1/duplicates). {}\n",
             repeats_text(given),
             instance.distinct()
                 ? "Merged: each distinct token carries its copies' weight, and the target is t p_j h_j."
                 : "Kept: the readings below need distinct tokens and do not apply.");
}

/// A row of what retrieval takes, with the error that was found where a claim certified it.
Json reach_record(const std::vector<ClaimResult>& results, const std::string& instance,
                  const proofs::ReachRow& row) {
  const evidence::Finding* finding = retrieval_finding(results, row.claim, instance);
  return {{"claim", row.claim},
          {"measure", row.reading},
          {"parameter", row.parameter},
          {"points", row.points},
          {"worst_error", finding != nullptr ? finding->upper : "-"},
          {"error_over_bound", finding != nullptr ? evidence::clearance_text(*finding) : "-"},
          {"remark", row.remark}};
}

Json reach_records(const std::vector<ClaimResult>& results, const proofs::GivenPrefix& given,
                   const proofs::Settings& settings) {
  const proofs::Instance& instance = given.instance;
  Json rows = Json::array();
  if (!instance.distinct() || !instance.gaps) return rows;
  for (const proofs::ReachRow& row : proofs::reach(instance, settings.epsilon)) {
    rows.push_back(reach_record(results, instance.name, row));
  }
  return rows;
}

void print_reach(std::ostream& out, const Json& rows, const proofs::Settings& settings) {
  if (rows.empty()) return;
  fmt::print(out, "What retrieval of every token to {:g} max t p_k |h_k| takes:\n", settings.epsilon);
  evidence::reach_table(rows).print(out, evidence::stdout_takes_colour());
}

Json record(const ClaimResult& result) {
  Json findings = Json::array();
  for (const auto& finding : result.findings) findings.push_back(evidence::to_json(finding));
  return {{"claim", result.entry->id},
          {"where", result.entry->where},
          {"reading", result.entry->title},
          {"instances", result.instances},
          {"error_over_bound", evidence::clearance_text(result.deciding)},
          {"verdict", result.instances == 0 ? "-" : std::string(to_string(result.verdict))},
          {"expected", to_string(result.entry->expected)},
          {"witness", beside(result)},
          {"seconds", fmt::format("{:.3f}", result.seconds)},
          {"findings", findings}};
}

Json record(const proofs::GivenPrefix& given, const Json& reach, const proofs::Settings& settings) {
  const proofs::Instance& instance = given.instance;
  Json json{{"prefix", instance.name}, {"rows", given.rows}, {"distinct", instance.groups.size()}};
  if (instance.gaps) {
    json["delta_inf"] = instance.gaps->sup.str();
    json["D"] = instance.gaps->spread.str();
  }
  json["epsilon"] = fmt::format("{:g}", settings.epsilon);
  json["reach"] = reach;
  return json;
}

}  // namespace

void print_text(std::ostream& out, const evidence::Provenance& origin,
                const std::vector<ClaimResult>& results, const std::vector<proofs::GivenPrefix>& given,
                const proofs::Settings& settings) {
  out << to_line(origin) << "\n";
  print_claims(out, results);
  for (const proofs::GivenPrefix& prefix : given) {
    print_prefix_head(out, prefix);
    print_reach(out, reach_records(results, prefix, settings), settings);
  }
  out << "\n";
  print_summary(out, results);
}

void print_json(std::ostream& out, const evidence::Provenance& origin,
                const std::vector<ClaimResult>& results, const std::vector<proofs::GivenPrefix>& given,
                const proofs::Settings& settings) {
  out << Json{{"provenance", to_json(origin)}}.dump() << "\n";
  for (const ClaimResult& result : results) out << record(result).dump() << "\n";
  for (const proofs::GivenPrefix& prefix : given) {
    out << record(prefix, reach_records(results, prefix, settings), settings).dump() << "\n";
  }
}

int list_claims(std::ostream& out) {
  Table table({{"claim"}, {"reading"}, {"expected"}, {"where"}});
  for (const auto& entry : proofs::ledger()) {
    table.add({entry.id, entry.title, std::string(to_string(entry.expected)), entry.where});
  }
  table.print(out, evidence::stdout_takes_colour());
  return 0;
}

bool explain_claim(std::ostream& out, const std::string& id) {
  for (const auto& entry : proofs::ledger()) {
    if (entry.id != id) continue;
    fmt::print(out,
               "{} · {}\n  where          {}\n  formula        {}\n  hypotheses     {}\n  thought        {}\n"
               "  expected       {}\n  false variant  {}\n  source         {}\n",
               entry.id, entry.title, entry.where, entry.formula, entry.hypotheses, entry.thought,
               to_string(entry.expected), entry.false_variant, entry.source);
    return true;
  }
  return false;
}

}  // namespace sca::cli
