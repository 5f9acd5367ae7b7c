#include "experiments/train/cost.hpp"

#include "experiments/model/network.hpp"
#include "kernels/network/training_pass.hpp"
#include "reference/parameter_count.hpp"

namespace sca::experiments::ablation {

RunCost cost_of(const RunConfig& config) {
  const std::unique_ptr<const Task> task = make_task(config.task);
  const auto L = static_cast<std::size_t>(task->length());
  const reference::ModelConfig model = config_of(config.model, task->vocab(), task->longest());
  const auto decoded = totals(components(model, L));
  const auto average = totals(components(model, (L + 1) / 2));  // what attention meets over a sequence
  RunCost cost;
  cost.parameters = static_cast<std::int64_t>(decoded.parameters);
  cost.decode_flops = static_cast<double>(decoded.flops);
  cost.state_bytes = 4 * static_cast<double>(decoded.state);
  const auto tokens = static_cast<double>(config.steps * config.tokens);
  cost.train_flops = 3 * static_cast<double>(average.flops) * tokens;
  cost.checkpoint_bytes = 3 * 4 * static_cast<double>(cost.parameters);
  const NetworkPlan plan = network_plan(config.model, task->vocab(), task->longest());
  const kernels::Network<float> network(plan.sizes, plan.rules, plan.by);
  const std::int64_t B = std::max(std::int64_t{1}, config.tokens / task->length());
  const kernels::TrainingPass<float> pass(network, B, task->length());
  cost.memory_bytes = cost.checkpoint_bytes + 2 * static_cast<double>(pass.bytes());
  return cost;
}

}  // namespace sca::experiments::ablation
