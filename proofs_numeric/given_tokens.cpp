#include "proofs_numeric/given_tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "embedded.hpp"
#include "evidence/input/error.hpp"
#include "evidence/input/npy.hpp"

namespace sca::proofs {
namespace {

// About ten minutes of two cores: a pairwise certificate costs some 2 us an axis and pair.
constexpr double most_products = 3e8;
constexpr std::size_t genesis_rows = 128;  // of the 256 there are: what the default run has time for

Prefix<Rational> exact_prefix(const evidence::TokenMatrix& tokens,
                              const std::optional<std::vector<double>>& weights) {
  std::vector<Rational> values(tokens.values.begin(), tokens.values.end());
  Prefix<Rational> prefix = uniform_prefix(std::move(values), tokens.columns);
  if (weights) prefix.weights.assign(weights->begin(), weights->end());
  return prefix;
}

}  // namespace

GivenPrefix given_prefix(const evidence::TokenMatrix& tokens,
                         const std::optional<std::vector<double>>& weights, Duplicates duplicates) {
  Prefix<Rational> prefix = exact_prefix(tokens, weights);
  GivenPrefix given;
  given.rows = tokens.rows;
  for (auto& group : coincidences(prefix)) {
    if (group.size() > 1) given.repeats.push_back(std::move(group));
  }
  std::ranges::stable_sort(given.repeats, std::ranges::greater{}, &std::vector<std::size_t>::size);
  if (duplicates == Duplicates::merge) prefix = merged(prefix);
  const double products =
      static_cast<double>(prefix.t) * static_cast<double>(prefix.t) * static_cast<double>(prefix.d);
  if (products > most_products) {
    throw evidence::InputError(
        tokens.name, "tokens",
        fmt::format(
            "t^2 d <= {:.0e}, since every pair is certified on every axis (choose rows with --rows A:B)",
            most_products),
        fmt::format("{}^2 x {} = {:.1e}", prefix.t, prefix.d, products));
  }
  std::string name = fmt::format("{}, d={} t={}", tokens.name, prefix.d, prefix.t);
  given.instance = make_instance(std::move(name), std::move(prefix));
  return given;
}

std::vector<evidence::TokenMatrix> genesis_prefixes() {
  std::vector<evidence::TokenMatrix> result;
  for (const char* file : {"data/genesis_8.npy", "data/genesis_64.npy"}) {
    evidence::Array array = evidence::parse_npy(embedded(file), file);
    result.push_back({array.shape[0], array.shape[1], std::move(array.values), file});
    result.back() = evidence::select_rows(std::move(result.back()), fmt::format("0:{}", genesis_rows));
  }
  return result;
}

std::vector<std::string> genesis_words() {
  std::vector<std::string> words;
  std::string_view text = embedded_text("data/genesis_words.txt");
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

}  // namespace sca::proofs
