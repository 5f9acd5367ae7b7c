#include "experiments/model/verification.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

#include "evidence/hash.hpp"
#include "evidence/judge/judge.hpp"
#include "evidence/kernels/check.hpp"
#include "evidence/networks/arithmetic.hpp"
#include "evidence/networks/computed.hpp"
#include "evidence/sha256.hpp"
#include "experiments/model/initial.hpp"
#include "experiments/model/network.hpp"
#include "experiments/train/sources.hpp"
#include "kernels/registry.hpp"

namespace sca::experiments::ablation {
namespace {

using evidence::judge::Dump;
using evidence::judge::Judgement;
using evidence::judge::Kind;
using evidence::judge::Verdict;

constexpr std::size_t every_so_many = 5;  // of the cases of `sca check`: seconds instead of half a minute
constexpr std::int64_t tokens = 6;

[[noreturn]] void refuse(const std::string& what) {
  throw std::runtime_error("the kernels do not pass their verification: " + what);
}

/// A line a tensor or property; nothing of it depends on the machine but what was computed.
std::string line_of(const std::string& of, std::string_view what, Verdict verdict, double clearance) {
  return fmt::format("{} {} {} {}\n", of, what, to_string(verdict), clearance);
}

std::string operators_verified(const kernels::Implementation<float>& by) {
  const auto make = [&](evidence::kernels::Oracle& oracle) {
    evidence::kernels::Subjects subjects = evidence::kernels::subjects_of(std::span(&by.core, 1), oracle);
    evidence::kernels::add_subjects(by.operators, oracle, subjects);
    return subjects;
  };
  const std::vector<evidence::kernels::Case> all = evidence::kernels::fixed_cases();
  std::vector<evidence::kernels::Case> some;
  for (std::size_t i = 0; i < all.size(); i += every_so_many) some.push_back(all[i]);
  const evidence::kernels::Tally tally =
      check_all(make, evidence::kernels::Selection(), some, {}, 1, [](std::size_t, std::size_t) {});
  std::string found;
  for (const evidence::kernels::Count& one : tally.counts()) {
    if (one.failed > 0) refuse(to_text(*one.smallest));
    found += line_of(one.kernel, one.property->name, one.verdict(), one.clearance);
  }
  return found;
}

template <class Real>
std::string judged(const Dump& inputs, const reference::Dialect& dialect,
                   const kernels::Implementation<Real>& by) {
  const evidence::judge::Precision arithmetic = evidence::networks::arithmetic_of(by);
  const evidence::judge::Report report = judge_dump(evidence::networks::computed(inputs, dialect, by),
                                                    {.dialect = dialect, .arithmetic = &arithmetic});
  std::string found;
  for (const Judgement& one : report.judgements) {
    if (one.verdict == Verdict::fail) refuse(inputs.file + ": " + one.tensor + " is out of its bound");
    found += line_of(inputs.file, one.tensor, one.verdict, one.clearance);
  }
  if (!report.any(Verdict::pass)) refuse(inputs.file + ": no bound says anything");
  return found;
}

/// Numbers of the size of a normalised stream's.
evidence::Array drawn(const char* name, const std::vector<std::size_t>& shape) {
  evidence::Array array{shape, {}, "<f4"};
  for (std::size_t i = 0; i < reference::volume(shape); ++i)
    array.values.push_back(evidence::signed_unit(1, evidence::hashed(name), i));
  return array;
}

/// The parameters whose names begin with `prefix`, called by what follows it.
void add_parameters(const kernels::Network<float>& network, const std::string& prefix, Dump& dump) {
  for (const kernels::Parameter& one : network.parameters()) {
    if (!one.name.starts_with(prefix)) continue;
    const auto values =
        network.values().subspan(static_cast<std::size_t>(one.offset), static_cast<std::size_t>(one.count));
    dump.tensors["p." + one.name.substr(prefix.size())] = {
        {one.shape.begin(), one.shape.end()}, {values.begin(), values.end()}, "<f4"};
  }
}

/// Block i at its real sizes, from its initial values.
Dump block_dump(const ModelSpec& spec, const kernels::Network<float>& network, std::int64_t i) {
  const reference::ModelConfig config = config_of(spec, network.sizes().vocab, tokens);
  Dump dump;
  const bool is_attention = network.sizes().is_attention(i);
  dump.file = is_attention ? "attention block" : "SCA block";
  dump.kind = is_attention ? Kind::transformer : Kind::block;
  dump.B = 1;
  dump.L = static_cast<std::size_t>(tokens);
  dump.layer = config.layer;
  dump.block = config.block;
  add_parameters(network, fmt::format("blocks.{}.", i), dump);
  dump.tensors["x"] = drawn("x", {1, dump.L, config.D()});
  dump.tensors["G"] = drawn("G", {1, dump.L, config.D()});
  return dump;
}

std::string blocks_verified(const ModelSpec& spec, const kernels::Implementation<float>& by) {
  const NetworkPlan plan = network_plan(spec, 2, tokens);
  kernels::Network<float> network(plan.sizes, plan.rules, plan.by);
  set_initial(network, 1);
  std::string found;
  for (const bool attention : {false, true}) {
    for (std::int64_t i = 0; i < spec.blocks; ++i) {
      if (plan.sizes.is_attention(i) != attention) continue;
      found += judged(block_dump(spec, network, i), dialect_of(spec), by);
      break;
    }
  }
  return found;
}

/// Few and narrow blocks of the same rules, both kinds where the model has both.
ModelSpec small_twin(ModelSpec spec) {
  const bool has_both = spec.ratio > 0 && spec.ratio < spec.blocks;
  spec.blocks = 3;
  spec.ratio = has_both ? 2 : std::min(spec.ratio, spec.blocks);
  spec.D = 8;
  spec.heads = 4;
  spec.K = 2;
  spec.H = 2;
  spec.E = 3;
  return spec;
}

kernels::Implementation<double> in_float64(const ModelSpec& spec) {
  const NetworkPlan plan = network_plan(spec, 2, tokens);
  kernels::Implementation<double> by{kernels::f64_operators().back(), nullptr, 1};
  for (const sca_core_kernel* core : kernels::core_kernels()) {
    if (core->dtype != SCA_F64) continue;
    const kernels::Implementation<double> tried{by.operators, core, 1};
    if (kernels::Layer<double>{plan.sizes.layer, plan.rules, {}, tried}.has_a_core_for_its_rules())
      by = tried;
  }
  return by;
}

std::string model_verified(const ModelSpec& spec) {
  constexpr std::size_t vocab = 5;
  const ModelSpec small = small_twin(spec);
  const NetworkPlan plan = network_plan(small, vocab, tokens);
  kernels::Network<float> network(plan.sizes, plan.rules, plan.by);
  set_initial(network, 1);
  Dump dump;
  dump.file = "small model";
  dump.kind = Kind::model;
  dump.B = 1;
  dump.L = static_cast<std::size_t>(tokens);
  dump.model = config_of(small, vocab, tokens);
  dump.prefill = 2;
  add_parameters(network, "", dump);
  dump.tensors["ids"] = {{1, dump.L}, {3, 0, 4, 3, 1, 2}, "<i8"};
  dump.tensors["G"] = drawn("G", {1, dump.L, vocab});
  return judged(dump, dialect_of(spec), in_float64(small));
}

/// What `verify` finds, kept under a name; looked up where it is kept already.
template <class Verify>
std::string kept(const std::filesystem::path& folder, const std::string& question, Verify verify) {
  const std::filesystem::path path =
      folder / evidence::sha256(fmt::format("{}\n{}", question, sources_digest()));
  if (std::ifstream in(path, std::ios::binary); in) return {std::istreambuf_iterator<char>(in), {}};
  std::string found = verify();
  std::filesystem::create_directories(folder);
  std::filesystem::path draft = path;
  draft += fmt::format(".{}", getpid());
  std::ofstream(draft, std::ios::binary) << found;
  std::filesystem::rename(draft, path);
  return found;
}

}  // namespace

std::string verified(const ModelSpec& spec, const kernels::Implementation<float>& by,
                     const std::filesystem::path& folder) {
  const std::string names = fmt::format("{} {}", by.operators->name, by.core->name);
  const std::string operators = kept(folder, names, [&] { return operators_verified(by); });
  const std::string networks = kept(folder, names + to_json(spec).dump(),
                                    [&] { return blocks_verified(spec, by) + model_verified(spec); });
  return evidence::sha256(operators + networks);
}

}  // namespace sca::experiments::ablation
