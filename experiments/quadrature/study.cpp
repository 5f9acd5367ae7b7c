#include "experiments/quadrature/study.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "experiments/quadrature/prefixes.hpp"
#include "experiments/random.hpp"

namespace sca::experiments {
namespace {

/// Where the prefixes come from.
struct Source {
  std::string name;
  std::size_t d;
  const evidence::TokenMatrix* file;  // null: synthetic

  Prefix<double> prefix(std::uint64_t seed) const {
    return file == nullptr ? synthetic_prefix(d, seed) : file_prefix(*file, seed);
  }
};

/// Softmax's scale c: scores c <q, h_k> up to 4, so that attention is neither uniform nor one-hot.
constexpr double largest_score = 4;

Target make_target(const std::string& kind, const Prefix<double>& prefix, std::uint64_t seed) {
  if (kind == "token") return token_target(prefix, below(prefix.t, seed, 0));
  double top = 0;
  for (std::size_t k = 0; k < prefix.t; ++k) top = std::max(top, euclidean_norm(prefix.token(k)));
  const double query = euclidean_norm(prefix.token(prefix.t - 1));
  const double scale = largest_score / (query * top);
  if (kind == "attention-oracle") return attention_oracle_target(prefix, scale);
  // sigma^2 = c |q|/max |h|: the probe c q/sigma^2 is as long as the longest token.
  return attention_token_target(prefix, scale, std::sqrt(scale * query / top));
}

std::vector<Target> make_targets(const std::string& kind, const Source& source, std::size_t first,
                                 std::size_t count, std::uint64_t seed) {
  std::vector<Target> targets;
  for (std::uint64_t i = first; targets.size() < count; ++i) {
    const std::uint64_t own = derived(seed, source.d, i);
    const Prefix<double> prefix = source.prefix(own);
    if (prefix.t >= 2) targets.push_back(make_target(kind, prefix, derived(own, 1)));
  }
  return targets;
}

std::vector<Rule> all_rules() {
  std::vector<Rule> rules = tensor_rules();
  for (auto more : {point_rules(), equispaced_rules(), shift_rules(), fitted_rules(), learned_rules()})
    rules.insert(rules.end(), more.begin(), more.end());
  return rules;
}

bool applies(const Rule& rule, const std::string& target, std::size_t d) {
  if (d > rule.most_dimensions) return false;
  if (target == "token") return true;
  if (rule.id.starts_with("shifts/")) return false;  // a scan has no token of its own
  // One window each: what Corollary 4 and Theorem 6.4 are about.
  return rule.band == "fixed" && rule.window == (target == "attention-oracle" ? "cube" : "gaussian");
}

}  // namespace

const std::vector<std::string>& target_ids() {
  static const std::vector<std::string> ids{"token", "attention-oracle", "attention-token"};
  return ids;
}

std::vector<std::string> rule_ids() {
  std::vector<std::string> ids;
  for (const Rule& rule : all_rules()) {
    if (std::ranges::find(ids, rule.id) == ids.end()) ids.push_back(rule.id);
  }
  return ids;
}

std::vector<Unit> units(const StudySettings& settings) {
  std::vector<Source> sources;
  for (const std::size_t d : settings.dims) sources.push_back({"synthetic", d, nullptr});
  for (const auto& tokens : settings.tokens) sources.push_back({tokens.name, tokens.columns, &tokens});
  std::vector<Unit> result;
  for (const std::string& target : target_ids()) {
    if (!is_asked_for(target, settings.targets)) continue;
    for (const Source& source : sources) {
      const auto problem = std::make_shared<const Problem>(
          Problem{.targets = make_targets(target, source, 0, settings.instances, settings.seed),
                  .calibration =
                      make_targets(target, source, 2 * settings.instances, settings.instances, settings.seed),
                  .nodes = settings.nodes,
                  .phase = settings.phase,
                  .seed = settings.seed});
      for (Rule& rule : all_rules()) {
        if (!is_asked_for(rule.id, settings.rules) || !applies(rule, target, source.d)) continue;
        const SeriesKey key{target, source.name, rule.id, rule.window, rule.band, source.d};
        result.push_back({key, [problem, key, run = std::move(rule.run)] {
                            Series series{.key = key, .sizes = {}, .own_theory = {}, .total_theory = {}};
                            run(*problem, series);
                            return judged(series, problem->seed);
                          }});
      }
    }
  }
  return result;
}

}  // namespace sca::experiments
