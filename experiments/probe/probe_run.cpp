#include "experiments/probe/probe_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "evidence/input/error.hpp"
#include "evidence/networks/checkpoint.hpp"
#include "experiments/model/initial.hpp"
#include "experiments/model/network.hpp"

namespace sca::experiments::ablation {
namespace {

constexpr std::int64_t most_sequences = 64;
constexpr std::int64_t fewest_sequences = 4;
constexpr std::uint64_t shuffling_seed = 1;

/// Appends up to `count` of a batch's sequences.
void append_sequences(const Batch& from, std::int64_t count, Batch& to) {
  const auto numbers = static_cast<std::ptrdiff_t>(std::min(count, from.B) * from.L);
  to.ids.insert(to.ids.end(), from.ids.begin(), from.ids.begin() + numbers);
  to.labels.insert(to.labels.end(), from.labels.begin(), from.labels.begin() + numbers);
  to.B += std::min(count, from.B);
}

}  // namespace

Batch probe_sequences(const Task& task) {
  Batch all;
  all.L = task.length();
  for (const Batch& batch : task.evaluation(Split::report)) {
    if (batch.L == all.L) append_sequences(batch, most_sequences - all.B, all);
  }
  if (all.B < fewest_sequences)
    throw evidence::InputError("probe", "sequences", fmt::format("{} or more", fewest_sequences),
                               std::to_string(all.B));
  return all;
}

std::vector<nlohmann::ordered_json> probe_run(const std::filesystem::path& folder, const RunConfig& config) {
  const std::unique_ptr<const Task> task = make_task(config.task);
  const NetworkPlan plan = network_plan(config.model, task->vocab(), task->longest());
  kernels::Network<float> trained(plan.sizes, plan.rules, plan.by);
  kernels::Network<float> initial(plan.sizes, plan.rules, plan.by);
  evidence::networks::load(trained, folder / "model.safetensors");
  set_initial(initial, config.seed);
  const Batch sequences = probe_sequences(*task);
  std::vector<nlohmann::ordered_json> records;
  const auto add = [&](const kernels::Network<float>& network, bool is_trained, bool is_shuffled) {
    nlohmann::ordered_json name{{"model", run_id(config)},
                                {"task", config.task},
                                {"is_trained", is_trained},
                                {"is_shuffled", is_shuffled}};
    auto made =
        probe({network, config_of(config.model, task->vocab(), task->longest()), dialect_of(config.model),
               is_shuffled ? shuffled(sequences, shuffling_seed) : sequences, std::move(name)});
    std::ranges::move(made, std::back_inserter(records));
  };
  add(trained, true, false);
  add(trained, true, true);
  add(initial, false, false);
  return records;
}

}  // namespace sca::experiments::ablation
