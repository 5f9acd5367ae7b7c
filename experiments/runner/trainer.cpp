#include "experiments/runner/trainer.hpp"

#include "experiments/train/sources.hpp"

namespace sca::experiments::ablation {

Trainer trainer() {
  return {.id = run_id,
          .cost = cost_of,
          .train = trained,
          .sources = std::string(sources_digest()),
          .data = [](const std::string& task) { return make_task(task)->data(); }};
}

}  // namespace sca::experiments::ablation
