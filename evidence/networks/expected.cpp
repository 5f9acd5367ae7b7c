#include "evidence/networks/expected.hpp"

#include "evidence/judge/recompute.hpp"
#include "evidence/networks/network_case.hpp"
#include "reference/model.hpp"

namespace sca::evidence::networks {
namespace {

using operators::Given;
using reference::Float;
using reference::Tensor;

Array array_of(const Tensor<double>& tensor) { return {tensor.shape, tensor.data, "<f8"}; }

/// The case as somebody's file with all results in it: what is in it is recomputed.
judge::Dump dump_of(const Given<double>& given) {
  judge::Dump dump;
  dump.file = "case";
  dump.kind = judge::Kind::model;
  dump.B = given.size("B");
  dump.L = given.size("L");
  dump.model = config_of(given.one);
  dump.prefill = prefill_of(given.one);
  const auto& ids = given.integers.at("ids");
  dump.tensors["ids"] = {ids.shape, {ids.data.begin(), ids.data.end()}, "<i8"};
  dump.tensors["G"] = array_of(operators::cotangent(given, "logits", logits_shape(given.one)));
  for (const char* result : {"logits", "step_logits", "prefill_step_logits"}) dump.tensors[result] = {};
  for (const auto& [name, values] : given.numbers) {
    dump.tensors["p." + name] = array_of(values);
    dump.tensors["g." + name] = {};
  }
  return dump;
}

}  // namespace

operators::Expected expected(const Given<double>& given, const reference::FloatingPoint& arithmetic) {
  const reference::FloatingPointScope scope(arithmetic);
  operators::Expected result;
  for (auto& [name, tensor] :
       judge::recompute<reference::Bounded>(dump_of(given), dialect_of(given.one), judge::Stages::chained))
    result.results.emplace(name, std::move(tensor));
  result.kinks = reference::FloatingPointScope::open_comparisons();
  return result;
}

operators::Difference along_direction(const Given<double>& given) {
  const Tensor<double> cotangent = operators::cotangent(given, "logits", logits_shape(given.one));
  const operators::Named<double> direction = operators::direction(given);
  const auto& drawn = given.integers.at("ids");
  const reference::Ids ids{drawn.shape, {drawn.data.begin(), drawn.data.end()}};
  return operators::difference([&](const Float& s) {
    const operators::Named<Float> moved = operators::moved(given, direction, s);
    const auto source = [&](const std::string& name, const reference::Shape&) { return moved.at(name); };
    const auto model = reference::read_model<Float>(config_of(given.one), dialect_of(given.one), source);
    const Tensor<Float> logits = reference::forward(model, ids).logits;
    Float sum = 0;
    for (std::size_t i = 0; i < logits.data.size(); ++i) sum += Float(cotangent.data[i]) * logits.data[i];
    return sum;
  });
}

}  // namespace sca::evidence::networks
