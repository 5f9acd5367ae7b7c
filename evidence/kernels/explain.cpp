#include "evidence/kernels/explain.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>

#include "evidence/kernels/problem.hpp"
#include "evidence/table.hpp"

namespace sca::evidence::kernels {
namespace {

using judge::Judgement;
using judge::Verdict;
using reference::Tensor;
using Json = nlohmann::ordered_json;

// As many numbers as a reader takes in at a glance; of longer tensors the range is told.
constexpr std::size_t most_values = 8;

std::string hex(double x) { return fmt::format("{:a}", x); }
std::string hex_and_decimal(double x) { return fmt::format("{:a} = {:.9g}", x, x); }

std::string values(const Tensor<double>& tensor) {
  const auto& data = tensor.data;
  if (data.empty()) return "-";
  if (data.size() > most_values) {
    const auto [least, most] = std::ranges::minmax_element(data);
    return fmt::format("{} … {} ({:.3g} … {:.3g})", hex(*least), hex(*most), *least, *most);
  }
  std::vector<std::string> words;
  for (const double x : data) words.push_back(hex(x));
  return fmt::format("{}", fmt::join(words, " "));
}

std::string rules(const sca_core_rules& rules) {
  return fmt::format(
      "weights in [{:g}, {:g}], softplus(x) = x above {:g}, Z at least {:g}, distances towards {}{}, "
      "{} anchor{}{}{}{}{}{}",
      rules.weight_low, rules.weight_high, rules.softplus_switch, rules.weight_floor, rules.horizon - 1,
      rules.saturate_distance != 0 ? " and no further" : "", rules.anchors, rules.anchors == 1 ? "" : "s",
      rules.recursive_decay != 0 ? ", recursive decay" : "",
      rules.over_root_h != 0 ? ", output / sqrt(H)" : "",
      rules.inner_product_phase != 0 ? ", phases summed over channels" : "",
      rules.plain_summary != 0 ? ", plain summary" : "", rules.unnormalised != 0 ? ", no division by Z" : "");
}

/// What the case's numbers are.
struct Stated {
  std::string rules;  // "": an operator has none beside its sizes
  std::vector<std::pair<std::string, Tensor<double>>> inputs;
};

Stated stated(const CoreCase& one, sca_dtype dtype, const Property& property) {
  const Problem p = make_problem(one, dtype);
  Stated all{rules(p.rules),
             {{"key", p.key},
              {"score", p.score},
              {"query", p.query},
              {"theta", p.theta},
              {"omega", p.omega},
              {"rate", p.rate},
              {"score_scale", p.score_scale},
              {"score_bias", p.score_bias},
              {"phase_scale", p.phase_scale}}};
  if (property.operation == SCA_BACKWARD) all.inputs.emplace_back("output_gradient", p.output_gradient);
  return all;
}

Stated stated(const operators::OperatorCase& one, sca_dtype dtype, const Property&) {
  const operators::Given<double> given = operators::make_given(one, dtype);
  Stated all{"", {given.numbers.begin(), given.numbers.end()}};
  for (const auto& [name, values] : given.integers) {
    all.inputs.emplace_back(
        name, reference::tensor_cast<double>(values, [](std::int64_t i) { return static_cast<double>(i); }));
  }
  return all;
}

Stated stated(const Trial& trial, sca_dtype dtype, const Property& property) {
  return std::visit([&](const auto& one) { return stated(one, dtype, property); }, trial.one);
}

void print_judged(std::ostream& out, const Outcome& outcome, bool colour) {
  constexpr auto right = Table::Align::right;
  Table table({{"result"},
               {"entries", right},
               {"verdict"},
               {"error/bound", right},
               {"worst at"},
               {"expected"},
               {"got"},
               {"largest bound", right}});
  for (const Judgement& one : outcome.judged) {
    table.add({one.tensor, std::to_string(one.entries), std::string(to_string(one.verdict)),
               fmt::format("{:.3g}", one.clearance), fmt::format("[{}]", fmt::join(one.index, ",")),
               hex_and_decimal(one.expected), hex_and_decimal(one.got), fmt::format("{:.3g}", one.bound)});
  }
  table.print(out, colour);
}

}  // namespace

std::string to_text(const Trial& trial, sca_dtype dtype, const Outcome& outcome, bool colour) {
  const Property& property = *properties_that_fit(trial.property, trial.one).front();
  const Stated numbers = stated(trial, dtype, property);
  std::ostringstream out;
  out << fmt::format("{} {}: {}\n", trial.kernel, property.name, property.what);
  out << fmt::format("case     {}\n", to_line(trial.one));
  out << fmt::format("regime   {}: {}\n", regime_of(trial.one), meaning_of_regime(trial.one));
  if (!numbers.rules.empty()) out << fmt::format("rules    {}\n", numbers.rules);
  out << "\n";
  Table table({{"input"}, {"shape"}, {"values"}});
  for (const auto& [name, tensor] : numbers.inputs)
    table.add({name, fmt::format("[{}]", fmt::join(tensor.shape, ",")), values(tensor)});
  table.print(out, colour);
  out << "\n";
  if (!outcome.judged.empty()) {
    print_judged(out, outcome, colour);
    out << "\n";
  }
  out << to_string(outcome.verdict);
  if (!outcome.what.empty()) out << ": " << outcome.what;
  if (!outcome.judged.empty()) {
    out << fmt::format("; largest error/bound {:.3g}; {} comparisons that rounding may turn",
                       outcome.clearance, outcome.kinks);
  }
  out << "\n";
  return out.str();
}

Json to_json(const Trial& trial, sca_dtype dtype, const Outcome& outcome) {
  const Stated numbers = stated(trial, dtype, *properties_that_fit(trial.property, trial.one).front());
  Json json{{"trial", to_line(trial)},    {"kernel", trial.kernel},
            {"property", trial.property}, {"case", to_line(trial.one)},
            {"rules", numbers.rules},     {"verdict", to_string(outcome.verdict)},
            {"what", outcome.what},       {"clearance", fmt::format("{:.17g}", outcome.clearance)},
            {"kinks", outcome.kinks}};
  for (const auto& [name, tensor] : numbers.inputs)
    json["inputs"].push_back({{"name", name}, {"shape", tensor.shape}, {"values", values(tensor)}});
  for (const Judgement& one : outcome.judged) {
    json["results"].push_back({{"name", one.tensor},
                               {"verdict", to_string(one.verdict)},
                               {"entries", one.entries},
                               {"clearance", fmt::format("{:.17g}", one.clearance)},
                               {"index", one.index},
                               {"expected_hex", hex(one.expected)},
                               {"got_hex", hex(one.got)},
                               {"bound", fmt::format("{:.17g}", one.bound)}});
  }
  return json;
}

}  // namespace sca::evidence::kernels
