#include "evidence/judge/results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string_view>

namespace sca::evidence::judge {
namespace {

struct Place {
  std::string_view name;
  std::string_view step;
};

/// Results in the order in which a layer makes them: forward, decoding, then gradients, backwards. A name
/// ends with one of these, after whatever block it is in.
constexpr std::array places{
    Place{"i.z_act", "Step 1: projection, convolution, SiLU"},
    Place{"i.p_w", "Step 2: contribution weights"},
    Place{"i.theta", "Step 3: spectral nodes"},
    Place{"i.den", "Step 4: accumulation"},
    Place{"i.re", "Steps 3 and 4: phase, accumulation"},
    Place{"i.im", "Steps 3 and 4: phase, accumulation"},
    Place{"i.w_int", "Step 5: integration weights"},
    Place{"i.o", "Step 5: readout"},
    Place{"i.y_act", "Step 6: gated norm, gated linear unit"},
    Place{"i.hidden", "the residual stream"},
    Place{"out", "Step 6: norm, gated linear unit, output projection"},
    Place{"logits", "the head"},
    Place{"pf.pos", "the prefill's position"},
    Place{"pf.conv", "Step 1: the prefill's convolution state"},
    Place{"pf.den", "Steps 2 and 4: the prefill's weights"},
    Place{"pf.re", "Steps 3 and 4: the prefill's state"},
    Place{"pf.im", "Steps 3 and 4: the prefill's state"},
    Place{"st.pos", "the decoding position"},
    Place{"st.conv", "Step 1: the decoding convolution's state"},
    Place{"st.den", "Steps 2 and 4: weights in decoding"},
    Place{"st.re", "Steps 3 and 4: the state in decoding"},
    Place{"st.im", "Steps 3 and 4: the state in decoding"},
    Place{"step_out", "decoding"},
    Place{"gi.y_act", "gradient of Step 6: output projection"},
    Place{"g.out_proj.weight", "gradient of Step 6: output projection"},
    Place{"g.W_readout", "gradient of Step 6: gated linear unit"},
    Place{"g.gated_norm.weight", "gradient of Step 6: gated norm"},
    Place{"g.gate_proj.weight", "gradient of Step 6: the norm's gate"},
    Place{"gi.o", "gradient of Step 6"},
    Place{"g.w_int_raw", "gradient of Step 5: integration weights"},
    Place{"g.theta_raw", "gradient of Step 3: spectral nodes"},
    Place{"g.theta_d_raw", "gradient of Step 3: spectral nodes"},
    Place{"g.phase_scale", "gradient of Step 3: phase"},
    Place{"g.score_scale", "gradient of Step 2: content gate"},
    Place{"g.score_bias", "gradient of Step 2: content gate"},
    Place{"g.decay_slopes", "gradient of Step 2: decay"},
    Place{"g.anchor_slopes", "gradient of Step 2: anchors' decay"},
    Place{"gi.z_act", "gradient of Steps 2 to 5"},
    Place{"g.conv_weight", "gradient of Step 1: convolution"},
    Place{"g.in_proj.weight", "gradient of Step 1: projection"},
    Place{"gx", "gradient by the input: Step 1, and Step 6's gate"},
};

std::size_t place(std::string base) {
  if (base.starts_with("g.attn.")) base.erase(2, 5);  // in a block
  const auto found = std::ranges::find(places, std::string_view(base), &Place::name);
  return static_cast<std::size_t>(found - places.begin());
}

bool is_input(const Dump& dump, const std::string& name) {
  constexpr std::array inputs{"cfg", "x", "G", "ids", "mask", "st.t"};
  if (std::ranges::count(inputs, name) != 0 || name.starts_with("p.")) return true;
  if (dump.is_core_only() && (name == "i.z_act" || name == "gi.o")) return true;
  return name.starts_with("gi.") &&
         dump.has("gv." + name.substr(3));  // indices of a large gradient's entries
}

/// Bits of bfloat16, which numpy does not know, as 16-bit integers.
std::vector<double> from_bits(const Dump& dump, const std::string& name, const Array& array) {
  std::vector<double> values;
  for (const std::size_t bits : counts(dump.file, name, array)) {
    if (bits > 0xFFFF) throw InputError(dump.file, name, "bfloat16 bits below 65536", std::to_string(bits));
    values.push_back(static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16U)));
  }
  return values;
}

Result result_of(const Dump& dump, const std::string& name, const Array& array) {
  const StatedName stated = stated_name(name);
  Result result{dump.file, name, stated.base, array.shape, array.values, stated.arithmetic, stated.storage};
  if (result.storage == nullptr) result.storage = storage_of(array.dtype);
  if (result.storage == precision("bf16") && array.dtype.ends_with("u2"))
    result.values = from_bits(dump, name, array);
  return result;
}

bool is_narrower(const Precision& storage, const Precision& arithmetic) {
  return storage.format.u() > arithmetic.format.u();
}

double relative_distance(const Array& a, const Array& b) {
  double difference = 0;
  double size = 0;
  for (std::size_t i = 0; i < std::min(a.values.size(), b.values.size()); ++i) {
    difference += (a.values[i] - b.values[i]) * (a.values[i] - b.values[i]);
    size += a.values[i] * a.values[i];
  }
  return std::sqrt(difference / size);
}

/// Why released steps are not the released forward, for this configuration; "" where they are.
std::string step_differs(const Dump& dump) {
  const reference::LayerConfig& c = dump.kind == Kind::model ? dump.model.layer : dump.layer;
  if (dump.kind == Kind::transformer) return dump.has("mask") ? "a step never masks, the forward does" : "";
  if (!c.maxlen)
    return "without a maximum length a step counts positions towards 2048, the forward towards L";
  if (c.anchors > 0 && dump.L > *c.maxlen)
    return "beyond the maximum length a step's position stops, and with it the anchor heads' decay; the "
           "forward's does not";
  return "";
}

}  // namespace

std::vector<Result> results_of(const Dump& dump, const Precision* arithmetic) {
  std::vector<Result> results;
  bool any_double = false;
  for (const auto& [name, array] : dump.tensors) {
    if (is_input(dump, name)) continue;
    results.push_back(result_of(dump, name, array));
    any_double = any_double || (results.back().arithmetic == nullptr && array.dtype.ends_with("f8"));
  }
  const Precision* unstated = arithmetic != nullptr ? arithmetic : precision(any_double ? "f64" : "f32");
  for (Result& result : results) {
    if (result.arithmetic == nullptr) result.arithmetic = unstated;
    if (result.storage != nullptr && !is_narrower(*result.storage, *result.arithmetic))
      result.storage = nullptr;
  }
  std::ranges::stable_sort(results, {}, [](const Result& result) { return order(result.base); });
  return results;
}

Dump restricted_to(const Dump& dump, const std::vector<Result>& results, const Precision& arithmetic) {
  Dump restricted = dump;
  for (const Result& result : results) restricted.tensors.erase(result.name);
  for (const Result& result : results) {
    if (result.arithmetic != &arithmetic) continue;
    const std::string dtype(result.storage == nullptr ? arithmetic.name : result.storage->name);
    restricted.tensors[result.base] = {result.shape, result.values, dtype};
  }
  return restricted;
}

bool has_intermediates(const Dump& dump) {
  return std::ranges::any_of(dump.tensors, [](const auto& tensor) { return tensor.first.starts_with("i."); });
}

std::vector<std::string> oddities(const Dump& dump, const reference::Dialect& dialect) {
  const std::string why = step_differs(dump);
  if (why.empty() || dialect.name != reference::Dialect::released().name) return {};
  std::vector<std::string> found;
  constexpr std::array pairs{std::pair{"out", "step_out"}, std::pair{"logits", "step_logits"}};
  for (const auto& [whole, steps] : pairs) {
    if (!dump.has(whole) || !dump.has(steps)) continue;
    const double apart = relative_distance(dump.tensors.at(whole), dump.tensors.at(steps));
    found.push_back(
        fmt::format("{} and {} are {:.2g} % apart, both as released: {}", steps, whole, 100 * apart, why));
  }
  return found;
}

std::vector<std::size_t> index_of(std::size_t entry, const std::vector<std::size_t>& shape) {
  std::vector<std::size_t> index(shape.size());
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    index[axis] = entry % shape[axis];
    entry /= shape[axis];
  }
  return index;
}

std::size_t order(const std::string& base) { return place(base); }

std::string step_of(const std::string& base) {
  const std::size_t at = place(base);
  return at == places.size() ? std::string() : std::string(places[at].step);
}

}  // namespace sca::evidence::judge
