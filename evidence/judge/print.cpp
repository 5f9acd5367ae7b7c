#include "evidence/judge/print.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "evidence/judge/results.hpp"
#include "evidence/table.hpp"

namespace sca::evidence::judge {
namespace {

std::string short_number(double x) { return fmt::format("{:.2g}", x); }
std::string hex(double x) { return fmt::format("{:a}", x); }
std::string decimal(double x) { return fmt::format("{:.17g}", x); }

std::string index_of(const Judgement& one) { return fmt::format("[{}]", fmt::join(one.index, ",")); }

/// In whole percent, rounded down: 100 % is all of them.
std::string share(const Judgement& one) {
  return fmt::format("{:.0f} %", std::floor(100 * one.informative_share()));
}

/// What stands in the last column.
std::string remark(const Judgement& one) {
  if (one.verdict == Verdict::fail)
    return fmt::format("expected {}, got {}", hex(one.expected), hex(one.got));
  return one.note;
}

std::string summary(const Report& report) {
  std::vector<std::string> parts;
  for (const Verdict verdict : {Verdict::pass, Verdict::fail, Verdict::vacuous, Verdict::skipped}) {
    const auto count = std::ranges::count(report.judgements, verdict, &Judgement::verdict);
    if (count > 0) parts.push_back(fmt::format("{} {}", count, to_string(verdict)));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

double worst_clearance(const Report& report) {
  double worst = 0;
  for (const Judgement& one : report.judgements) worst = std::max(worst, one.clearance);
  return worst;
}

}  // namespace

std::string to_text(const Report& report, bool colour) {
  using Align = Table::Align;
  Table table({{"tensor"},
               {"verdict"},
               {"clearance", Align::right},
               {"bound/size", Align::right},
               {"informative", Align::right},
               {"precision"},
               {"worst at"},
               {""}});
  for (const Judgement& one : report.judgements) {
    const bool judged = one.verdict != Verdict::skipped;
    table.add({one.tensor, std::string(to_string(one.verdict)), judged ? short_number(one.clearance) : "-",
               judged ? short_number(one.relative_bound) : "-", judged ? share(one) : "-", one.precision,
               judged ? index_of(one) : "-", remark(one)});
  }
  std::ostringstream out;
  table.print(out, colour);
  for (const auto& [precision, count] : report.kinks) {
    if (count > 0)
      out << fmt::format("kinks: {} comparison{} in {} that rounding may turn; either side is accepted\n",
                         count, count == 1 ? "" : "s", precision);
  }
  for (const std::string& note : report.notes) out << "note: " << note << "\n";
  if (report.diagnosis)
    out << "first off: " << report.diagnosis->step << ": " << report.diagnosis->reason << "\n";
  out << fmt::format("{}: {}; worst clearance {}\n", report.file, summary(report),
                     short_number(worst_clearance(report)));
  return out.str();
}

std::vector<nlohmann::ordered_json> to_records(const Report& report) {
  std::vector<nlohmann::ordered_json> records;
  for (const Judgement& one : report.judgements) {
    nlohmann::ordered_json record{{"file", report.file},
                                  {"tensor", one.tensor},
                                  {"verdict", to_string(one.verdict)},
                                  {"precision", one.precision},
                                  {"entries", one.entries}};
    if (one.verdict != Verdict::skipped) {
      record.update({{"clearance", decimal(one.clearance)},
                     {"bound", decimal(one.bound)},
                     {"relative_bound", decimal(one.relative_bound)},
                     {"blind", one.blind},
                     {"index", one.index},
                     {"expected", decimal(one.expected)},
                     {"expected_hex", hex(one.expected)},
                     {"got", decimal(one.got)},
                     {"got_hex", hex(one.got)}});
    }
    record["note"] = one.note;
    records.push_back(std::move(record));
  }
  nlohmann::ordered_json whole{{"file", report.file},
                               {"summary", summary(report)},
                               {"worst_clearance", decimal(worst_clearance(report))},
                               {"kinks", report.kinks},
                               {"notes", report.notes}};
  if (report.diagnosis)
    whole["first_off"] = {{"step", report.diagnosis->step}, {"reason", report.diagnosis->reason}};
  records.push_back(std::move(whole));
  return records;
}

}  // namespace sca::evidence::judge
