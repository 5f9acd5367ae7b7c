#include "experiments/train/train.hpp"

#include <chrono>
#include <cmath>

#include "evidence/networks/checkpoint.hpp"
#include "experiments/model/initial.hpp"
#include "experiments/model/network.hpp"
#include "experiments/model/verification.hpp"
#include "experiments/train/checkpoint.hpp"
#include "experiments/train/cost.hpp"
#include "experiments/train/evaluation.hpp"
#include "experiments/train/schedule.hpp"
#include "experiments/train/sources.hpp"

namespace sca::experiments::ablation {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t curve_points = 24;
constexpr std::int64_t curve_labels = 1024;
constexpr std::chrono::seconds between_checkpoints{30};

/// A run in progress.
class Training {
 public:
  Training(const RunConfig& config, const Task& task, const std::filesystem::path& folder)
      : config_(config),
        task_(task),
        folder_(folder),
        plan_(network_plan(config.model, task.vocab(), task.longest())),
        network_(plan_.sizes, plan_.rules, plan_.by),
        optimizer_(network_),
        sequences_(std::max(std::int64_t{1}, config.tokens / task.length())),
        pass_(network_, sequences_, task.length()),
        evaluator_(network_, task),
        evaluation_(task.evaluation(config.split)) {
    set_initial(network_, config.seed);
    progress_.id = run_id(config);
    load_checkpoint(checkpoint(), progress_, network_, optimizer_);
    before_ = progress_.seconds;
  }

  /// Whether it went to the end; else the gradient or the loss of step `step()` was not finite.
  bool run(const StepListener& listener) {
    Clock::time_point saved = Clock::now();
    while (progress_.step < config_.steps) {
      if (!step()) return false;
      if (Clock::now() - saved > between_checkpoints) {
        save();
        saved = Clock::now();
      }
      if (listener) listener(progress_.step);
    }
    save();
    return true;
  }

  std::int64_t step_number() const { return progress_.step; }
  const nlohmann::ordered_json& curve() const { return progress_.curve; }
  double seconds() const { return before_ + std::chrono::duration<double>(Clock::now() - started_).count(); }
  std::vector<Score> scores() { return evaluator_.scores(evaluation_); }
  void keep_model() const { evidence::networks::save(network_, folder_ / "model.safetensors"); }

 private:
  std::filesystem::path checkpoint() const { return folder_ / "checkpoint"; }

  bool step() {
    const std::int64_t number = progress_.step + 1;
    const Batch batch = task_.training(config_.seed, static_cast<std::uint64_t>(number), sequences_);
    pass_.forward(batch.ids.data());
    const double loss = pass_.backward(batch.ids.data(), batch.labels.data());
    const double rate = learning_rate(number, config_.steps, config_.rate);
    progress_.step = number;
    if (!std::isfinite(loss) || !std::isfinite(optimizer_.step(pass_.gradient(), rate))) return false;
    const std::int64_t interval = std::max(std::int64_t{1}, config_.steps / curve_points);
    if (number % interval == 0 || number == config_.steps) {
      const Score score = total(evaluator_.scores(first_labels(evaluation_, curve_labels)));
      progress_.curve.push_back({number, loss, score.value()});
    }
    return true;
  }

  void save() {
    progress_.seconds = seconds();
    save_checkpoint(checkpoint(), progress_, network_, optimizer_);
  }

  RunConfig config_;
  const Task& task_;
  std::filesystem::path folder_;
  NetworkPlan plan_;
  kernels::Network<float> network_;
  kernels::Optimizer<float> optimizer_;
  std::int64_t sequences_;
  kernels::TrainingPass<float> pass_;
  Evaluator evaluator_;
  std::vector<Batch> evaluation_;
  Progress progress_;
  Clock::time_point started_ = Clock::now();
  double before_ = 0;
};

nlohmann::ordered_json to_json(const Task& task, std::span<const Score> scores) {
  const std::vector<std::string> names = task.groups();
  auto groups = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (scores[i].count > 0)
      groups.push_back({{"name", names[i]}, {"count", scores[i].count}, {"value", scores[i].value()}});
  }
  return groups;
}

void add_costs(const RunConfig& config, nlohmann::ordered_json& record) {
  const RunCost cost = cost_of(config);
  record["parameters"] = cost.parameters;
  record["train_flops"] = cost.train_flops;
  record["decode_flops"] = cost.decode_flops;
  record["state_bytes"] = cost.state_bytes;
}

}  // namespace

nlohmann::ordered_json trained(const RunConfig& config, const std::filesystem::path& folder,
                               const StepListener& listener) {
  std::filesystem::create_directories(folder);
  const std::unique_ptr<const Task> task = make_task(config.task);
  const kernels::Implementation<float> by = network_plan(config.model, task->vocab(), task->longest()).by;
  const std::string verification = verified(config.model, by, folder.parent_path() / "verified");
  Training training(config, *task, folder);
  nlohmann::ordered_json record{{"kind", "run"}, {"id", run_id(config)}};
  record.update(to_json(config));
  const bool is_done = training.run(listener);
  record["status"] = is_done ? "done" : "diverged";
  if (!is_done) record["diverged_at"] = training.step_number();
  record["metric"] = task->metric() == Metric::accuracy ? "accuracy" : "bits_per_byte";
  record["chance"] = task->chance();
  record["in_context_chance"] = task->in_context_chance();
  record["value"] = nullptr;
  record["groups"] = nlohmann::ordered_json::array();
  if (is_done) {
    const std::vector<Score> scores = training.scores();
    record["value"] = total(std::span(scores).first(task->headline_groups())).value();
    record["groups"] = to_json(*task, scores);
    training.keep_model();
  }
  record["curve"] = training.curve();
  add_costs(config, record);
  record["verification"] = verification;
  record["sources"] = sources_digest();
  record["data"] = task->data();
  record["seconds"] = training.seconds();
  return record;
}

}  // namespace sca::experiments::ablation
