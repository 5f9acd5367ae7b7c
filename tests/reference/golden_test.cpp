#include "tests/reference/golden.hpp"

#include <fmt/format.h>

#include "tests/reference/roundoff.hpp"

namespace sca::reference::test {
namespace {

template <class Real>
using Outputs = std::map<std::string, Tensor<Real>>;

/// Rows t of a list of [B, …] tensors, as [B, L, …].
template <class Real>
Tensor<Real> stack(const std::vector<Tensor<Real>>& rows) {
  const std::size_t B = rows.at(0).shape[0];
  Tensor<Real> result{rows[0].shape, {}};
  result.shape.insert(result.shape.begin() + 1, rows.size());
  const std::size_t width = rows[0].data.size() / B;
  for (std::size_t b = 0; b < B; ++b) {
    for (const Tensor<Real>& row : rows) {
      const auto part = row.row(b, width);
      result.data.insert(result.data.end(), part.begin(), part.end());
    }
  }
  return result;
}

template <class Real>
Tensor<Real> counts(const std::vector<long>& pos) {
  Tensor<Real> result{{pos.size()}, {}};
  for (const long t : pos) result.data.push_back(Real(static_cast<double>(t)));
  return result;
}

template <class Real>
void put_state(const LayerState<Real>& state, const std::string& prefix, Outputs<Real>& outputs) {
  const std::map<std::string, Tensor<Real>> parts{{"den", state.den},
                                                  {"re", state.re},
                                                  {"im", state.im},
                                                  {"conv", state.conv},
                                                  {"pos", counts<Real>(state.pos)}};
  for (const auto& [name, tensor] : parts) {
    auto& all = outputs[prefix + name].data;  // in the file, states have a leading axis of recorded times
    all.insert(all.end(), tensor.data.begin(), tensor.data.end());
  }
}

/// Forward, steps and states of kinds 0 (Layer) and 1 (ScaBlock).
template <class Real, class L>
void run(const Golden& g, const L& layer, const Layer<Real>& inner, Outputs<Real>& outputs) {
  const auto x = g.tensor<Real>("x");
  const LayerTrace<Real> trace = forward(layer, x);
  outputs["out"] = trace.out;
  outputs["i.theta"] = inner.grid.theta;
  outputs["i.w_int"] = inner.grid.omega;
  visit_intermediates(trace, [&](const char* name, const Tensor<Real>& tensor) {
    outputs[std::string("i.") + name] = tensor;
  });
  put_state(final_state(inner.config, trace), "pf.", outputs);
  auto state = initial_state<Real>(inner.config, g.size(1));
  std::vector<Tensor<Real>> rows;
  const auto& recorded = g.arrays.at("st.t").values;
  for (std::size_t t = 0; t < g.size(2); ++t) {
    rows.push_back(step(layer, slice(x, t), state));
    if (std::ranges::count(recorded, static_cast<double>(t)) != 0) put_state(state, "st.", outputs);
  }
  outputs["step_out"] = stack(rows);
}

template <class Real>
void run_transformer(const Golden& g, Outputs<Real>& outputs) {
  const double epsilon = Dialect::released().norm_epsilon;
  const auto config = block_config(g);
  const auto block =
      make_transformer_block(config, epsilon, read_block_parameters<Real>(config, g.source<Real>()));
  const auto x = g.tensor<Real>("x");
  outputs["out"] = forward(block, x, g.has("mask") ? g.tensor<Real>("mask") : Tensor<Real>{}).out;
  outputs["cos"] = block.rotary.cosine;
  outputs["sin"] = block.rotary.sine;
  auto state = initial_state<Real>(config, g.size(1));
  std::vector<Tensor<Real>> rows;
  for (std::size_t t = 0; t < g.size(2); ++t) rows.push_back(step(block, slice(x, t), state));
  outputs["step_out"] = stack(rows);
  outputs["k_cache"] = state.k;
  outputs["v_cache"] = state.v;
}

Ids columns(const Ids& ids, std::size_t count) {
  Ids result{{ids.shape[0], count}, {}};
  for (std::size_t b = 0; b < ids.shape[0]; ++b) {
    for (std::size_t t = 0; t < count; ++t) result.data.push_back(ids.data[b * ids.shape[1] + t]);
  }
  return result;
}

template <class Real>
void run_model(const Golden& g, Outputs<Real>& outputs) {
  const auto model = read_model<Real>(model_config(g), Dialect::released(), g.source<Real>());
  const auto ids = tensor_cast<std::size_t>(g.tensor<double>("ids"),
                                            [](double id) { return static_cast<std::size_t>(id); });
  outputs["logits"] = forward(model, ids).logits;
  const auto continued = [&](std::size_t L0) {
    auto prefill = forward(model, columns(ids, L0));
    auto state = L0 == 0 ? initial_state(model, g.size(1)) : prefill.state;
    std::vector<Tensor<Real>> rows;
    for (std::size_t t = 0; t < L0; ++t) rows.push_back(slice(prefill.logits, t));
    for (std::size_t t = L0; t < g.size(2); ++t) rows.push_back(step<Real>(model, slice(ids, t).data, state));
    return stack(rows);
  };
  outputs["step_logits"] = continued(0);
  outputs["prefill_step_logits"] = continued(g.size(18));
}

template <class Real>
Outputs<Real> evaluate(const Golden& g) {
  Outputs<Real> outputs;
  if (g.kind() == 0) {
    const auto layer = make_layer(layer_config(g), Dialect::released(),
                                  read_layer_parameters<Real>(layer_config(g), g.source<Real>()));
    run<Real>(g, layer, layer, outputs);
  } else if (g.kind() == 1) {
    const auto block = read_sca_block<Real>(layer_config(g), Dialect::released(), g.source<Real>());
    run<Real>(g, block, block.attn, outputs);
  } else if (g.kind() == 2) {
    run_transformer<Real>(g, outputs);
  } else if (g.kind() == 3) {
    run_model<Real>(g, outputs);
  }
  return outputs;
}

/// What is off, or "". Widths are of interval evaluations of the same formulas: see roundoff.hpp.
std::string judge(const Golden& g, bool print) {
  const DigitsScope digits(50);
  const PrecisionScope bits(judging_bits);
  if (working_bits() > 51) return "the widths are not those of a coarser arithmetic than double's";
  const auto exact = evaluate<Float>(g);
  const auto ours = evaluate<double>(g);
  const auto enclosures = evaluate<Interval>(g);
  std::string problems;
  for (const auto& [name, enclosure] : enclosures) {
    if (!g.has(name)) continue;
    const double unit = g.arrays.at(name).dtype == "<f4" ? 0x1p-24 : 0;
    const double theirs = clearance(g.tensor<double>(name), exact.at(name), enclosure, unit);
    const double our = clearance(ours.at(name), exact.at(name), enclosure);
    if (print) {
      fmt::print("{:24} {:20} released {:.2g}, ours {:.2g}, bound/rms {:.2g}\n", g.name, name, theirs, our,
                 relative_bound(enclosure));
    }
    if (!(theirs <= 1))
      problems += fmt::format("{}: the released float64 result is {} bounds off\n", name, theirs);
    // A bound that zeros would meet says nothing. A model's widths compound (stage by stage they would not).
    const double vacuous = g.kind() == 3 ? 1 : 1e-9;
    if (name == "out" && !(relative_bound(enclosure) < vacuous))
      problems += fmt::format("{}: vacuous\n", name);
    if (!(our <= 1)) problems += fmt::format("{}: our double result is {} bounds off\n", name, our);
  }
  return problems;
}

TEST(Golden, EveryCaseIsReproducedToRoundingOnly) {
  std::size_t cases = 0;
  for (const auto& file : golden_files()) {
    const Golden g = read_golden(file);
    if (g.kind() > 3) continue;
    ++cases;
    EXPECT_EQ(judge(g, std::getenv("SCA_GOLDEN_PRINT") != nullptr), "") << g.name;
  }
  EXPECT_GE(cases, 15u);
}

TEST(Golden, AChangeOfTwoBoundsIsFound) {
  Golden g = read_golden(SCA_SOURCE_DIR "/tests/data/golden/sca_05.npz");
  const PrecisionScope bits(judging_bits);
  const auto enclosures = evaluate<Interval>(g);
  for (const char* name : {"out", "step_out", "i.o", "i.p_w", "st.re"}) {
    Golden changed = g;
    changed.arrays.at(name).values.at(7) += 2.5 * width(enclosures.at(name).data.at(7));
    EXPECT_NE(judge(changed, false).find(name), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace sca::reference::test
