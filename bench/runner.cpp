#include "bench/runner.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <list>
#include <map>

#include "bench/group.hpp"
#include "bench/pinning.hpp"

namespace sca::bench {
namespace {

constexpr double longest_sample = 0.2;  // seconds: beyond that more samples say more than longer ones

/// Gathers every repetition's seconds a call by the benchmark's name.
class Collector : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type != Run::RT_Iteration) continue;
      samples_[run.run_name.function_name].push_back(run.real_accumulated_time /
                                                     static_cast<double>(run.iterations));
    }
  }
  const std::vector<double>& samples(const std::string& name) { return samples_[name]; }

 private:
  std::map<std::string, std::vector<double>> samples_;
};

/// Repetitions of different benchmarks take turns in random order.
void initialise_google_benchmark() {
  std::array<std::string, 2> words{"sca", "--benchmark_enable_random_interleaving=true"};
  std::array<char*, 3> pointers{words[0].data(), words[1].data(), nullptr};
  int count = static_cast<int>(words.size());
  benchmark::Initialize(&count, pointers.data());
}

/// One group: the calls that are admitted, their times.
class Session {
 public:
  Session(const Group& group, Gate& gate) : pinning_(group.threads) {
    for (const auto& row : group.rows) admit(*row, gate);
  }

  void time(int samples, double seconds_a_sample) {
    for (Entry& entry : entries_) {
      benchmark::RegisterBenchmark(entry.measurement.kernel.c_str(),
                                   [&entry](benchmark::State& state) {
                                     for (auto _ : state) entry.ready->call();
                                   })
          ->UseRealTime()
          ->MinTime(seconds_a_sample)
          ->Repetitions(samples);
    }
    Collector collector;
    if (!entries_.empty()) benchmark::RunSpecifiedBenchmarks(&collector);
    benchmark::ClearRegisteredBenchmarks();
    for (Entry& entry : entries_) entry.measurement.samples = collector.samples(entry.measurement.kernel);
  }

  /// The machine's rates, each the better of now and any earlier call: what a shared machine has to give may
  /// change while its calls are timed.
  void probe(Machine& machine) {
    machine.forget();
    for (Entry& entry : entries_) {
      const Measurement& m = entry.measurement;
      const Rates now =
          machine.rates(entry.row->dtype(), entry.ready->footprint(), m.threads, entry.row->traffic());
      entry.measurement.rates = {std::max(m.rates.bytes, now.bytes), std::max(m.rates.flops, now.flops),
                                 std::max(m.rates.sincos, now.sincos)};
    }
  }

  void hand_over(const Listener& listener) const {
    for (const Measurement& one : refused_) listener.take(one);
    for (const Entry& entry : entries_) listener.take(entry.measurement);
  }

 private:
  struct Entry {
    const Timed* row;
    Measurement measurement;
    std::unique_ptr<Ready> ready;
  };

  void admit(const Timed& row, Gate& gate) {
    const Admission admission = row.admit(gate);
    Measurement m = row.row();
    m.is_pinned = pinning_.is_in_force();
    m.verdict = to_string(admission.verdict);
    m.clearance = admission.clearance;
    m.remark = admission.what;
    if (!admission.is_granted()) {
      refused_.push_back(std::move(m));
      return;
    }
    Entry entry{&row, std::move(m), row.prepare()};
    if (const int refusal = entry.ready->call(); refusal != 0) {
      entry.measurement.verdict = to_string(evidence::judge::Verdict::skipped);
      entry.measurement.remark = "the kernel does not do this shape: it returned " + std::to_string(refusal);
      refused_.push_back(std::move(entry.measurement));
      return;
    }
    entry.ready->describe(entry.measurement.network);
    entries_.push_back(std::move(entry));
  }

  Pinning pinning_;
  std::list<Entry> entries_;
  std::vector<Measurement> refused_;
};

}  // namespace

void run(const Plan& plan, const Listener& listener) {
  const std::vector<Group> all = groups(plan);
  require_memory(all);
  std::size_t rows = 0;
  for (const Group& group : all) rows += group.rows.size();
  const double seconds_a_sample =
      std::min(longest_sample, plan.seconds / static_cast<double>(rows) / plan.samples);
  initialise_google_benchmark();
  Gate gate;
  Machine machine;
  for (std::size_t i = 0; i < all.size(); ++i) {
    listener.progress(i, all.size(), all[i].what + " " + all[i].sizes);
    Session session(all[i], gate);
    session.probe(machine);
    session.time(plan.samples, seconds_a_sample);
    session.probe(machine);
    session.hand_over(listener);
  }
}

}  // namespace sca::bench
