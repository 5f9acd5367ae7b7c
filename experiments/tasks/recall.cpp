#include "experiments/tasks/recall.hpp"

#include "experiments/tasks/sampling.hpp"

namespace sca::experiments::ablation {

std::vector<std::int64_t> KeysAndValues::keys(evidence::Draws& draws, std::int64_t count) const {
  return distinct_ids(draws, count, 1, key_count());
}

std::vector<std::int64_t> KeysAndValues::values(evidence::Draws& draws, std::int64_t count) const {
  return distinct_ids(draws, count, first_value(), V - 1);
}

std::string KeysAndValues::word(std::int64_t id) const {
  if (id == 0) return ".";
  return id < first_value() ? "k" + std::to_string(id) : "v" + std::to_string(id - first_value());
}

Sequence fillers(evidence::Draws& draws, std::int64_t tokens, std::int64_t first, std::int64_t last) {
  Sequence result;
  for (std::int64_t t = 0; t < tokens; ++t) result.ids.push_back(id_draw(draws, first, last));
  result.labels.assign(result.ids.size(), not_asked);
  return result;
}

}  // namespace sca::experiments::ablation
