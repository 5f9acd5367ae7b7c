#include "tests/kernels/cuda/ptx/planted.hpp"

#include <gtest/gtest.h>

namespace sca::kernels::cuda::ptx::testing {

std::vector<std::uint32_t> run(const Trial& trial, const Options& options) {
  PtxRunner runner(trial.text, options);
  void* pointers[8] = {runner.allocate(4 * trial.out_words, "out")};
  for (std::size_t i = 0; i < trial.in.size(); ++i) {
    pointers[i + 1] = runner.allocate(4 * trial.in[i].size(), "in" + std::to_string(i + 1));
    runner.upload(pointers[i + 1], trial.in[i].data(), 4 * trial.in[i].size());
  }
  runner.launch({"k", {trial.blocks, 1, 1}, trial.threads, trial.shared_bytes, pointers, sizeof pointers});
  std::vector<std::uint32_t> out(trial.out_words);
  runner.download(out.data(), pointers[0], 4 * trial.out_words);
  return out;
}

std::vector<std::uint32_t> run_in_every_order(const Trial& tried) {
  std::vector<std::uint32_t> first = run(tried);
  for (const Schedule schedule : {Schedule::round_robin, Schedule::reverse, Schedule::random}) {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
      Options options;
      options.schedule = schedule;
      options.preempt = seed != 0;
      options.seed = seed;
      EXPECT_EQ(run(tried, options), first);
    }
  }
  return first;
}

std::string fault_of(const Trial& tried, const Options& options) {
  try {
    run(tried, options);
  } catch (const Fault& fault) {
    return fault.what();
  }
  return {};
}

}  // namespace sca::kernels::cuda::ptx::testing
