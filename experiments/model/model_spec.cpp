#include "experiments/model/model_spec.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "evidence/input/error.hpp"
#include "experiments/model/matching.hpp"

namespace sca::experiments::ablation {
namespace {

using Json = nlohmann::ordered_json;
using reference::Dialect;

/// A choice by its name in plans and records.
template <class Choice, std::size_t n>
using Names = std::array<std::pair<const char*, Choice>, n>;

constexpr Names<ModelSpec::Placement, 3> placements{{{"released", ModelSpec::Placement::released},
                                                     {"first", ModelSpec::Placement::first},
                                                     {"middle", ModelSpec::Placement::middle}}};
constexpr Names<ModelSpec::Convolution, 3> convolutions{{{"sca", ModelSpec::Convolution::sca},
                                                         {"all", ModelSpec::Convolution::all},
                                                         {"none", ModelSpec::Convolution::none}}};
constexpr Names<bool, 2> decays{{{"released", true}, {"relative", false}}};
constexpr Names<Dialect::Phase, 2> phases{
    {{"elementwise", Dialect::Phase::elementwise}, {"inner_product", Dialect::Phase::inner_product}}};
constexpr Names<Dialect::Summary, 2> summaries{
    {{"gradient", Dialect::Summary::gradient}, {"plain", Dialect::Summary::plain}}};
constexpr Names<bool, 2> normalisers{{{"on", true}, {"off", false}}};

template <class Choice, std::size_t n>
const char* name_of(const Names<Choice, n>& names, Choice value) {
  for (const auto& [name, choice] : names) {
    if (choice == value) return name;
  }
  return "";
}

/// Reads fields of one object; what is missing stays as it is.
class Reader {
 public:
  Reader(const Json& fields, std::string_view where) : fields_(fields), where_(where) {}

  void number(const char* field, std::int64_t least, std::int64_t& value) const {
    const auto found = fields_.find(field);
    if (found == fields_.end()) return;
    constexpr std::int64_t most = 1 << 20;
    if (!found->is_number_integer() || *found < least || *found > most)
      fail(field, fmt::format("a whole number from {} to {}", least, most), *found);
    value = found->get<std::int64_t>();
  }
  template <class Choice, std::size_t n>
  void choice(const char* field, const Names<Choice, n>& names, Choice& value) const {
    const auto found = fields_.find(field);
    if (found == fields_.end()) return;
    std::string expected;
    for (const auto& [name, one] : names) {
      if (*found == name) {
        value = one;
        return;
      }
      expected += (expected.empty() ? "" : ", ") + std::string(name);
    }
    fail(field, "one of " + expected, *found);
  }
  [[noreturn]] void fail(const char* field, const std::string& expected, const Json& found) const {
    throw evidence::InputError(where_, field, expected, found.dump());
  }

 private:
  const Json& fields_;
  std::string where_;
};

void read_ratio(const Json& fields, const Reader& reader, ModelSpec& spec) {
  const auto found = fields.find("ratio");
  if (found != fields.end() && *found == "inf") {
    spec.ratio = spec.blocks;
    return;
  }
  reader.number("ratio", 0, spec.ratio);
  spec.ratio = std::min(spec.ratio, spec.blocks);
}

void read_switches(const Reader& reader, ModelSpec& spec) {
  reader.choice("placement", placements, spec.placement);
  reader.choice("convolution", convolutions, spec.convolution);
  reader.choice("decay", decays, spec.is_clamped);
  reader.choice("phase", phases, spec.phase);
  reader.choice("summary", summaries, spec.summary);
  reader.choice("normaliser", normalisers, spec.is_normalised);
}

void require_sense(const Json& fields, const Reader& reader, const ModelSpec& spec) {
  if (spec.D % spec.heads != 0 || spec.D / spec.heads % 2 != 0 || spec.heads % 4 != 0)
    reader.fail("heads", "a multiple of 4 that divides D into an even number", spec.heads);
  if (!(spec.theta_max > 0.001 && spec.theta_max <= 1000))
    reader.fail("theta_max", "above 0.001, at most 1000", fields.value("theta_max", Json()));
}

}  // namespace

ModelSpec model_spec(const Json& fields, std::string_view where) {
  const Reader reader(fields, where);
  ModelSpec spec;
  reader.number("D", 1, spec.D);
  reader.number("blocks", 1, spec.blocks);
  read_ratio(fields, reader, spec);
  reader.number("heads", 1, spec.heads);
  reader.number("K", 1, spec.K);
  reader.number("M", 1, spec.M);
  spec.H = std::max(std::int64_t{1}, 2 * spec.D / (spec.K * spec.M));
  reader.number("H", 1, spec.H);
  reader.number("E", 1, spec.E);
  reader.number("taps", 2, spec.taps);
  read_switches(reader, spec);
  if (const auto found = fields.find("theta_max"); found != fields.end()) {
    if (!found->is_number()) reader.fail("theta_max", "a number", *found);
    spec.theta_max = found->get<double>();
  }
  require_sense(fields, reader, spec);
  if (spec.E == 0) spec.E = matched_width(spec.D, spec.heads, spec.K, spec.H, spec.M);
  return spec;
}

Json to_json(const ModelSpec& spec) {
  const bool has_attention = spec.ratio < spec.blocks;
  Json made{{"D", spec.D}, {"blocks", spec.blocks}};
  made["ratio"] = has_attention ? Json(spec.ratio) : Json("inf");
  if (has_attention) {
    made["heads"] = spec.heads;
    if (spec.ratio > 0) made["placement"] = name_of(placements, spec.placement);
  }
  made["convolution"] = name_of(convolutions, spec.convolution);
  if (spec.convolution != ModelSpec::Convolution::none) made["taps"] = spec.taps;
  if (spec.ratio == 0) {
    // A convolution that only SCA blocks have is none here.
    if (spec.convolution == ModelSpec::Convolution::sca) {
      made["convolution"] = name_of(convolutions, ModelSpec::Convolution::none);
      made.erase("taps");
    }
    return made;
  }
  made["K"] = spec.K;
  made["M"] = spec.M;
  made["H"] = spec.H;
  made["E"] = spec.E;
  made["theta_max"] = spec.theta_max;
  made["decay"] = name_of(decays, spec.is_clamped);
  made["phase"] = name_of(phases, spec.phase);
  made["summary"] = name_of(summaries, spec.summary);
  made["normaliser"] = name_of(normalisers, spec.is_normalised);
  return made;
}

reference::ModelConfig config_of(const ModelSpec& spec, std::int64_t vocab, std::int64_t tokens) {
  const auto size = [](std::int64_t n) { return static_cast<std::size_t>(n); };
  reference::ModelConfig c;
  c.vocab = size(vocab);
  c.num_layers = size(spec.blocks);
  c.ratio = size(spec.ratio);
  switch (spec.placement) {
    case ModelSpec::Placement::released: break;
    case ModelSpec::Placement::first: c.shift = c.ratio; break;
    case ModelSpec::Placement::middle: c.shift = c.ratio / 2; break;
  }
  const bool has_taps = spec.convolution != ModelSpec::Convolution::none;
  c.layer = {.D = size(spec.D),
             .K = size(spec.K),
             .Kq = size(spec.K),
             .M = size(spec.M),
             .H = size(spec.H),
             .ck = has_taps ? size(spec.taps) : 1,
             .E = size(spec.E),
             .maxlen = size(tokens)};
  c.block = {.D = size(spec.D),
             .num_heads = size(spec.heads),
             .num_kv_heads = 4,
             .d_ff = size(8 * spec.D / 3),
             .qk_norm = true,
             .maxlen = size(tokens),
             .ck = spec.convolution == ModelSpec::Convolution::all ? size(spec.taps) : 0};
  return c;
}

reference::Dialect dialect_of(const ModelSpec& spec) {
  Dialect dialect = Dialect::released();
  dialect.name = "ablation";
  dialect.theta_span = spec.theta_max - dialect.theta_floor;
  dialect.phase = spec.phase;
  dialect.summary = spec.summary;
  dialect.is_normalised = spec.is_normalised;
  if (!spec.is_clamped) {
    dialect.weight_clamp.reset();
    dialect.denominator_floor.reset();
    dialect.saturate_distance = false;
    dialect.step_decay = Dialect::StepDecay::recursive;
  }
  return dialect;
}

}  // namespace sca::experiments::ablation
