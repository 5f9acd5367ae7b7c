#include "evidence/cases/core_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>

#include "evidence/cases/regimes.hpp"
#include "evidence/hash.hpp"
#include "evidence/input/error.hpp"

namespace sca::evidence {
namespace {

constexpr std::string_view source_of_lines = "case";

/// Uniform in offset + scale [-1, 1), as float32.
void fill(reference::Tensor<double>& tensor, const reference::Shape& shape, std::uint64_t seed,
          std::uint64_t stream, double scale, double offset = 0) {
  tensor = reference::Tensor<double>::zeros(shape);
  for (std::size_t i = 0; i < tensor.data.size(); ++i)
    tensor.data[i] = static_cast<double>(static_cast<float>(offset + scale * signed_unit(seed, stream, i)));
}

std::uint64_t number(const std::string& field, const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    throw InputError(source_of_lines, field, "a number from 0 on", in_quotes(text));
  return value;
}

/// The words after the first two as field and value.
std::map<std::string, std::string> fields(std::istringstream& words) {
  std::map<std::string, std::string> found;
  for (std::string word; words >> word;) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) throw InputError(source_of_lines, word, "FIELD=VALUE", in_quotes(word));
    if (!found.emplace(word.substr(0, equals), word.substr(equals + 1)).second)
      throw InputError(source_of_lines, word.substr(0, equals), "one value", "two");
  }
  return found;
}

/// Every choice of Steps 2 and 5 by itself, as the seed has it, with numbers of its own.
reference::Dialect mixed_dialect(std::uint64_t seed) {
  const auto chosen = [&](std::uint64_t choice) { return mixed(mixed(seed + 8) + choice) % 2 == 0; };
  reference::Dialect dialect = reference::Dialect::released();
  dialect.name = "mixed";
  dialect.weight_clamp.reset();
  if (chosen(0)) dialect.weight_clamp = {0.125, 2};
  if (chosen(1)) dialect.softplus_switch.reset();
  dialect.saturate_distance = chosen(2);
  dialect.denominator_floor.reset();
  if (chosen(3)) dialect.denominator_floor = 1;
  dialect.readout_over_root_h = chosen(4);
  return dialect;
}

/// Which of the three, as the seed has it: 1 to 7.
reference::Dialect switched_dialect(std::uint64_t seed) {
  using reference::Dialect;
  const std::uint64_t which = 1 + mixed(seed + 9) % 7;
  Dialect dialect = mixed_dialect(seed);
  dialect.name = "switched";
  if ((which & 1U) != 0) dialect.phase = Dialect::Phase::inner_product;
  if ((which & 2U) != 0) dialect.summary = Dialect::Summary::plain;
  dialect.is_normalised = (which & 4U) == 0;
  return dialect;
}

}  // namespace

CoreInput make_input(const CoreCase& one) {
  const auto regime = std::ranges::find(regimes(), std::string_view(one.regime), &Regime::name);
  if (regime == regimes().end())
    throw InputError(source_of_lines, "regime", "a known regime", in_quotes(one.regime));
  const reference::LayerConfig& c = one.config;
  CoreInput input;
  input.z_act = reference::Tensor<double>::zeros({one.B, one.L, c.C()});
  for (std::size_t i = 0; i < one.B * one.L; ++i) {
    const std::uint64_t stream = 1000 + (i / one.L << 32U) + i % one.L;
    for (std::size_t j = 0; j < c.C(); ++j)
      input.z_act.row(i, c.C())[j] = 2 * signed_unit(one.seed, stream, j);
  }
  visit(c, input.parameters, [&](std::string_view name, const reference::Shape& shape, auto& tensor) {
    if (name.starts_with("theta")) fill(tensor, shape, one.seed, 1, 1.5);
    if (name == "w_int_raw") fill(tensor, shape, one.seed, 2, 1);
    if (name == "decay_slopes") fill(tensor, shape, one.seed, 3, 2, -3.5);
    if (name == "anchor_slopes") fill(tensor, shape, one.seed, 4, 2, -3.5);
    if (name == "score_scale") fill(tensor, shape, one.seed, 5, 0.5, 1);
    if (name == "score_bias") fill(tensor, shape, one.seed, 6, 0.5);
    if (name == "phase_scale") fill(tensor, shape, one.seed, 7, 1, 0.75);
  });
  regime->apply(one, input);
  return input;
}

std::string to_line(const CoreCase& one) {
  const reference::LayerConfig& c = one.config;
  const std::string maxlen = c.maxlen ? fmt::format(" maxlen={}", *c.maxlen) : "";
  return fmt::format("core {} B={} L={} K={} Kq={} M={} H={} anchors={}{} regime={} seed={}", one.dialect,
                     one.B, one.L, c.K, c.Kq, c.M, c.H, c.anchors, maxlen, one.regime, one.seed);
}

CoreCase parse_core_case(std::string_view line) {
  std::istringstream words{std::string(line)};
  CoreCase one;
  std::string kind;
  words >> kind >> one.dialect;
  if (kind != "core") throw InputError(source_of_lines, "kind", "core", in_quotes(kind));
  auto given = fields(words);
  const auto take = [&](const char* field) {
    const auto found = given.find(field);
    if (found == given.end())
      throw InputError(source_of_lines, field, std::string(field) + "=VALUE", "nothing");
    std::string value = found->second;
    given.erase(found);
    return value;
  };
  const auto size = [&](const char* field) {
    const std::uint64_t value = number(field, take(field));
    if (value > 1U << 20U) throw InputError(source_of_lines, field, "at most 2^20", std::to_string(value));
    return static_cast<std::size_t>(value);
  };
  one.B = size("B");
  one.L = size("L");
  one.config = {.D = 1,
                .K = size("K"),
                .Kq = size("Kq"),
                .M = size("M"),
                .H = size("H"),
                .ck = 1,
                .anchors = size("anchors"),
                .E = 1,
                .maxlen = given.contains("maxlen") ? std::optional(size("maxlen")) : std::nullopt};
  one.regime = take("regime");
  one.seed = number("seed", take("seed"));
  if (!given.empty()) throw InputError(source_of_lines, given.begin()->first, "no such field", "one");
  dialect_of(one);
  try {
    validate(one.config);
  } catch (const std::invalid_argument& error) {
    throw InputError(source_of_lines, "sizes", "those of an " + std::string(error.what()), "others");
  }
  return one;
}

reference::Dialect dialect_of(const CoreCase& one) {
  if (one.dialect == "released") return reference::Dialect::released();
  if (one.dialect == "paper" || is_recursive(one)) return reference::Dialect::paper();
  if (one.dialect == "mixed") return mixed_dialect(one.seed);
  if (one.dialect == "switched") return switched_dialect(one.seed);
  throw InputError(source_of_lines, "dialect", "released, paper, recursive, mixed or switched",
                   in_quotes(one.dialect));
}

bool is_recursive(const CoreCase& one) { return one.dialect == "recursive"; }

}  // namespace sca::evidence
