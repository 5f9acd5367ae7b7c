#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "evidence/hash.hpp"
#include "experiments/runner/run_plan.hpp"

namespace sca::experiments::ablation::test {

using Json = nlohmann::ordered_json;

/// Trains nothing: chains a hash through the steps, with a checkpoint every fourth.
struct StubTrainer {
  std::chrono::microseconds step{0};

  static std::string id(const RunConfig& config) {
    return fmt::format("{:016x}", evidence::hashed(to_json(config).dump()));
  }
  static RunCost cost(const RunConfig& config) {
    return {.parameters = 1000, .train_flops = 1e6 * static_cast<double>(config.steps)};
  }

  Json train(const RunConfig& config, const std::filesystem::path& folder,
             const StepListener& listener) const {
    const std::filesystem::path checkpoint = folder / "checkpoint";
    std::int64_t at = 0;
    std::uint64_t state = evidence::hashed(to_json(config).dump());
    std::ifstream(checkpoint) >> at >> state;
    Json curve = Json::array();
    while (at < config.steps) {
      state = evidence::mixed(state);
      if (++at % 4 == 0) {
        const std::filesystem::path draft = folder / fmt::format("draft.{}", getpid());
        std::ofstream(draft) << at << " " << state;
        std::filesystem::rename(draft, checkpoint);
      }
      std::this_thread::sleep_for(step);
      listener(at);
    }
    std::ofstream(folder / "model.safetensors") << state;
    Json record{{"kind", "run"}, {"id", id(config)}};
    record.update(to_json(config));
    record["status"] = "done";
    record["metric"] = "accuracy";
    record["value"] = static_cast<double>(state >> 11U) * 0x1p-53;
    record["curve"] = {{at, 0.0, record["value"]}};
    record["seconds"] = 0.001;
    record["train_flops"] = cost(config).train_flops;
    return record;
  }

  Trainer trainer() const {
    return {.id = id,
            .cost = cost,
            .train = [stub = *this](
                         const RunConfig& config, const std::filesystem::path& folder,
                         const StepListener& listener) { return stub.train(config, folder, listener); },
            .sources = "stub",
            .data = [](const std::string& task) { return "data of " + task; }};
  }
};

/// `cells` cells of two rates and three seeds: five runs each.
inline Plan stub_plan(std::size_t cells, std::int64_t steps) {
  std::string widths;
  for (std::size_t i = 0; i < cells; ++i) widths += fmt::format("{}{}", i == 0 ? "" : ", ", i + 1);
  return parse_plan(fmt::format(R"(name = "stub"
question = "none"
rates = [1e-3, 1e-2]
[profile.tiny]
steps = {}
pilot_steps = 6
seeds = [1, 2, 3]
selection_seed = 9
tasks = ["mqar"]
[[arm]]
name = "widths"
grid = {{E = [{}]}}
)",
                                steps, widths),
                    "stub.toml");
}

/// All lines of all record files, seconds left out.
inline std::multiset<std::string> recorded_lines(const std::filesystem::path& folder) {
  std::multiset<std::string> lines;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!entry.path().filename().string().starts_with("records-")) continue;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      if (in.eof()) break;
      Json record = Json::parse(line);
      record.erase("seconds");
      lines.insert(record.dump());
    }
  }
  return lines;
}

/// Runs the plan in a process of its own, which leads a process group.
template <typename Body>
pid_t in_a_group(const Body& body) {
  const pid_t child = fork();
  if (child == 0) {
    setpgid(0, 0);
    int code = 99;
    try {
      code = body();
    } catch (const std::exception& error) {
      fmt::print(stderr, "{}\n", error.what());
    }
    _exit(code);
  }
  setpgid(child, child);
  return child;
}

inline int exit_code(pid_t process) {
  int status = 0;
  waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// A test with a folder of its own.
class InFolder : public testing::Test {
 protected:
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / fmt::format("sca_runner_{}", getpid());
  void SetUp() override { std::filesystem::create_directories(folder); }
  void TearDown() override { std::filesystem::remove_all(folder); }

  /// A whole run in a process of its own; its exit code is 0 where all is recorded.
  pid_t start(const Plan& plan, const Trainer& trainer, const RunRequest& request) const {
    return in_a_group([&] {
      const RunResult result = run_plan(plan, expand(plan, "tiny"), trainer, request);
      return result.failed == 0 && result.signal == 0 && result.done == result.total ? 0 : 1;
    });
  }
};

}  // namespace sca::experiments::ablation::test
