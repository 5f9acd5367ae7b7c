// A layer of the released size: the authors' results and, beside them, those of our kernels, by one
// evaluation of the reference, which takes minutes. The file has a seed in place of parameters, and of their
// gradients some entries, sums, norms and products with a fixed direction.

#include <gtest/gtest.h>

#include <cmath>

#include "evidence/judge/generated.hpp"
#include "evidence/judge/judge.hpp"
#include "evidence/judge/print.hpp"
#include "evidence/networks/computed.hpp"
#include "tests/evidence/implementations.hpp"

namespace sca::evidence::judge {
namespace {

/// Ours, of everything that the file knows by name.
Dump ours(const Dump& file) {
  Dump layer = file;
  layer.kind = Kind::layer;
  return networks::computed(layer, reference::Dialect::released(), networks::test::in_double());
}

Array sums(const Array& gradient, std::uint64_t seed) {
  double sum = 0;
  double squares = 0;
  double along = 0;
  for (std::size_t i = 0; i < gradient.values.size(); ++i) {
    const double g = gradient.values[i];
    sum += g;
    squares += g * g;
    along += g * generated_number(seed, 200, i);
  }
  return {{3}, {sum, std::sqrt(squares), along}, "<f8"};
}

/// The result of that name, of ours; nothing where the file's is no result, or in float32.
std::optional<Array> like(const std::string& name, const Dump& file, const Dump& own) {
  if (name == "step_out_last") {
    Array last = own.tensors.at("step_out");
    last.values.erase(last.values.begin(), last.values.end() - static_cast<std::ptrdiff_t>(file.layer.D));
    return Array{{file.B, file.layer.D}, last.values, last.dtype};
  }
  if (name == "gs.z_act") return sums(own.tensors.at("gi.z_act"), file.seed);
  if (name.starts_with("gs.")) return sums(own.tensors.at("g." + name.substr(3)), file.seed);
  if (name.starts_with("gv.")) {
    Array some = file.tensors.at(name);
    const Array& indices = file.tensors.at("gi." + name.substr(3));
    const Array& all = own.tensors.at("g." + name.substr(3));
    for (std::size_t i = 0; i < some.values.size(); ++i)
      some.values[i] = all.values.at(static_cast<std::size_t>(indices.values[i]));
    return some;
  }
  const bool is_result = name == "out" || name == "gx" || name == "i.o" || name.starts_with("st.");
  return is_result ? std::optional(own.tensors.at(name)) : std::nullopt;
}

TEST(Big00, TheAuthorsResultsAndOursAreWithinTheBoundsOfOneEvaluation) {
  Dump both = read_dump(SCA_SOURCE_DIR "/tests/data/golden/big_00.npz");
  const Dump file = both;
  const Dump own = ours(file);
  std::size_t count = 0;
  for (const auto& [name, array] : file.tensors) {
    const auto result = like(name, file, own);
    if (!result) continue;
    both.tensors[name + "_f64"] = *result;  // what our arithmetic declares is within what is assumed of f64
    both.tensors[name + "_f64"].dtype = "<f8";
    ++count;
  }
  EXPECT_EQ(count, 32U);
  const Report report = judge_dump(both, {});
  EXPECT_EQ(report.judgements.size(), 35 + count) << to_text(report, false);
  for (const Judgement& one : report.judgements) {
    // A worst case of float32 over so large a layer says nothing of its end.
    const Verdict expected = one.tensor == "out_f32" ? Verdict::vacuous : Verdict::pass;
    EXPECT_EQ(one.verdict, expected) << one.tensor << "\n" << to_text(report, false);
  }
}

}  // namespace
}  // namespace sca::evidence::judge
