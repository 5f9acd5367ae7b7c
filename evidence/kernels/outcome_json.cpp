#include "evidence/kernels/outcome_json.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace sca::evidence::kernels {
namespace {

using judge::Judgement;
using judge::Verdict;
using Message = nlohmann::json;

// JSON has neither infinities nor NaNs.
std::string hex_text(double x) { return fmt::format("{:a}", x); }
double number(const Message& json) {
  return std::strtod(json.get_ref<const std::string&>().c_str(), nullptr);
}

Message to_json(const Judgement& one) {
  return {{"tensor", one.tensor},
          {"verdict", static_cast<int>(one.verdict)},
          {"precision", one.precision},
          {"entries", one.entries},
          {"blind", one.blind},
          {"clearance", hex_text(one.clearance)},
          {"worst", one.worst},
          {"index", one.index},
          {"expected", hex_text(one.expected)},
          {"got", hex_text(one.got)},
          {"bound", hex_text(one.bound)},
          {"relative_bound", hex_text(one.relative_bound)},
          {"note", one.note}};
}

Judgement judgement_from(const Message& json) {
  return {.tensor = json.at("tensor"),
          .verdict = static_cast<Verdict>(json.at("verdict").get<int>()),
          .precision = json.at("precision"),
          .entries = json.at("entries"),
          .blind = json.at("blind"),
          .clearance = number(json.at("clearance")),
          .worst = json.at("worst"),
          .index = json.at("index").get<std::vector<std::size_t>>(),
          .expected = number(json.at("expected")),
          .got = number(json.at("got")),
          .bound = number(json.at("bound")),
          .relative_bound = number(json.at("relative_bound")),
          .note = json.at("note")};
}

}  // namespace

Message to_json(const Outcome& outcome) {
  Message judged = Message::array();
  for (const Judgement& one : outcome.judged) judged.push_back(to_json(one));
  return {{"verdict", static_cast<int>(outcome.verdict)},
          {"clearance", hex_text(outcome.clearance)},
          {"tensors", outcome.tensors},
          {"vacuous", outcome.vacuous},
          {"kinks", outcome.kinks},
          {"what", outcome.what},
          {"judged", std::move(judged)}};
}

Outcome outcome_from(const Message& json) {
  Outcome outcome{.verdict = static_cast<Verdict>(json.at("verdict").get<int>()),
                  .clearance = number(json.at("clearance")),
                  .tensors = json.at("tensors"),
                  .vacuous = json.at("vacuous"),
                  .kinks = json.at("kinks"),
                  .what = json.at("what")};
  for (const Message& one : json.at("judged")) outcome.judged.push_back(judgement_from(one));
  return outcome;
}

}  // namespace sca::evidence::kernels
