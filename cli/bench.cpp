#include "cli/bench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>

#include "bench/pinning.hpp"
#include "bench/plot.hpp"
#include "bench/runner.hpp"
#include "bench/sweep.hpp"
#include "cli/bench_output.hpp"
#include "cli/usage.hpp"
#include "evidence/progress.hpp"
#include "evidence/provenance.hpp"
#include "kernels/registry.hpp"

namespace sca::cli {
namespace {

using bench::Change;
using bench::Measurement;

constexpr const char* bench_footer =
    R"(SWEEP is N, A:B:xFACTOR, A:B:+STEP or a list of these. Times are medians of samples that the kernels of one
operation take by turns; ± is the samples' median deviation. "x floor" is the time over the least that this machine
needs for the operation's memory traffic and arithmetic, by probes of the same run. A kernel that fails its check gets
no time. Tensors are those of the released layer, in ordinary pages, beyond the cores' own caches.
Without a KERNEL the core operator is timed. Networks are by their names, and the serial ones (minutes for a prefill)
only by a pattern that says serial:
  layer_forward, layer_training, layer_step     an SCA layer of these sizes, D = K H
  model_decode, model_prefill                   a token, or 512, of the paper's 371.9 M parameters; random weights
  model_training                                a step on 64 x 32 tokens of the ablation's smallest model
  decode_sca, decode_hybrid, decode_attention   a token of three blocks of the paper's, against --contexts
State and scratch are a sequence's; bf16: matrices are read as bf16, all else is float32.
--compare: times in floors of their own run; slower is what differs by more than three standard deviations of both
runs' samples and in the samples' ranks (Mann-Whitney, 1 % for all comparisons together).
Exit code: 1 if a kernel fails its check or has become slower, 3 if one of these cannot be decided.)";

constexpr const char* usual_length = "1024";
constexpr const char* usual_prefill = "512";

struct BenchOptions {
  std::vector<std::string> kernels;
  std::string lengths, batches = "1", heads = "16", query_heads, channels = "64", nodes = "2";
  std::string contexts = "512";
  std::string threads = std::to_string(bench::usable_cpus());
  double seconds = 60;
  int repetitions = 11;
  std::string compare, from, plot;
  bool json = false;
  bool list = false;
};

void declare_sweeps(CLI::App& app, BenchOptions& o) {
  app.add_option("--lengths", o.lengths, "L: SWEEP; default: 1024, and 512 of model_prefill");
  app.add_option("--batches", o.batches, "B: SWEEP")->capture_default_str();
  app.add_option("--heads", o.heads, "K: SWEEP")->capture_default_str();
  app.add_option("--query-heads", o.query_heads, "Kq: SWEEP; default: K");
  app.add_option("--channels", o.channels, "H: SWEEP")->capture_default_str();
  app.add_option("--nodes", o.nodes, "M: SWEEP")->capture_default_str();
  app.add_option("--contexts", o.contexts, "tokens that a decoded one sees, itself included: SWEEP")
      ->capture_default_str();
  app.add_option("--threads", o.threads, "SWEEP; default: one a CPU");
}

void declare(CLI::App& app, BenchOptions& o) {
  app.add_option(
      "KERNEL", o.kernels,
      "names, their first parts or patterns (core_forward/f32, 'core_*/*/serial'); default: the core");
  declare_sweeps(app, o);
  const std::map<std::string, double> units{{"s", 1}, {"m", 60}, {"h", 3600}};
  app.add_option("--for", o.seconds, "seconds to spend on samples, about (60s); 5m, 1h")
      ->transform(CLI::AsNumberWithUnit(units, CLI::AsNumberWithUnit::CASE_SENSITIVE, "TIME"))
      ->check(CLI::PositiveNumber);
  app.add_option("--repetitions", o.repetitions, "samples of each")
      ->check(CLI::Range(5, 100))
      ->capture_default_str();
  app.add_option("--compare", o.compare, "records of an earlier run: what has become slower since");
  app.add_option("--from", o.from, "run nothing: tables and figures from these records");
  app.add_option("--plot", o.plot,
                 "what a token costs against L, or its context, into a .svg, .png or .pdf (needs gnuplot)");
  app.add_flag("--json", o.json, "JSON lines: provenance, then one record a measurement");
  app.add_flag("--list", o.list, "the kernels' names; times nothing");
  app.footer(bench_footer);
}

std::vector<std::int64_t> threads(const BenchOptions& o) {
  constexpr std::int64_t most = 1024;
  auto all = bench::parse_sweep("--threads", o.threads);
  if (std::ranges::max(all) > most) throw UsageError(fmt::format("--threads: expected at most {}", most));
  return all;
}

/// A busy machine's times are true and worth little: said, for the table alone does not show it.
void warn_if_busy(const std::vector<std::int64_t>& threads) {
  double load = 0;
  if (getloadavg(&load, 1) != 1) return;
  const double cpus = bench::usable_cpus();
  if (load + static_cast<double>(std::ranges::max(threads)) <= cpus + 0.5) return;
  std::cerr << fmt::format("sca bench: the machine is busy: load {:.1f} on {:.0f} CPUs before this run\n",
                           load, cpus);
}

bench::Selection everything() { return bench::everything(kernels::core_kernels(), bench::implementations()); }

bench::Plan plan(const BenchOptions& o) {
  bench::Sizes sizes{.L = bench::parse_sweep("--lengths", o.lengths.empty() ? usual_length : o.lengths),
                     .B = bench::parse_sweep("--batches", o.batches),
                     .K = bench::parse_sweep("--heads", o.heads),
                     .Kq = {},
                     .H = bench::parse_sweep("--channels", o.channels),
                     .M = bench::parse_sweep("--nodes", o.nodes)};
  if (!o.query_heads.empty()) sizes.Kq = bench::parse_sweep("--query-heads", o.query_heads);
  const bench::Selection chosen = bench::chosen_to_time(everything(), o.kernels);
  return {.subjects = chosen.subjects,
          .shapes = bench::shapes(sizes),
          .threads = threads(o),
          .seconds = o.seconds,
          .samples = o.repetitions,
          .networks = chosen.networks,
          .prefills = bench::parse_sweep("--lengths", o.lengths.empty() ? usual_prefill : o.lengths),
          .contexts = bench::parse_sweep("--contexts", o.contexts)};
}

/// Records go out as they are made: a run that is killed leaves whole ones.
BenchRun measured(const BenchOptions& o, const nlohmann::ordered_json& provenance) {
  BenchRun result{provenance, {}};
  const bench::Plan chosen = plan(o);
  evidence::ProgressLine line;
  const auto take = [&](const Measurement& one) {
    if (o.json && result.measurements.empty()) print_provenance(std::cout, "provenance", provenance);
    if (o.json) std::cout << to_json(one).dump() << std::endl;
    result.measurements.push_back(one);
  };
  const auto progress = [&](std::size_t done, std::size_t total, const std::string& what) {
    if (done == 0) warn_if_busy(chosen.threads);
    line.show(done, total, what);
  };
  bench::run(chosen, {take, progress});
  return result;
}

int exit_code(const std::vector<Measurement>& measurements,
              const std::vector<bench::Comparison>& comparisons) {
  const auto is = [](const char* verdict) {
    return [verdict](const Measurement& m) { return m.verdict == verdict; };
  };
  const auto has = [](Change change) {
    return [change](const bench::Comparison& c) { return c.change == change; };
  };
  if (std::ranges::any_of(measurements, is("fail")) || std::ranges::any_of(comparisons, has(Change::slower)))
    return failed;
  const bool is_open = std::ranges::any_of(measurements, is("vacuous")) ||
                       std::ranges::any_of(comparisons, has(Change::undecided));
  return is_open ? undecided : good;
}

int run(const BenchOptions& o, const std::vector<std::string>& arguments) {
  if (!o.plot.empty()) evidence::require_gnuplot(o.plot);
  std::optional<BenchRun> before;
  if (!o.compare.empty()) before = read_bench_run(o.compare);
  const BenchRun now = o.from.empty() ? measured(o, to_json(evidence::provenance("bench", arguments, "1")))
                                      : read_bench_run(o.from);
  std::vector<bench::Comparison> comparisons;
  if (before) comparisons = compared(*before, now, o.compare);
  if (!o.plot.empty()) evidence::draw(o.plot, drawing(bench::cost_figure(now.measurements, now.provenance)));
  if (o.json) {
    if (!o.from.empty()) print_records(std::cout, now);
    for (const auto& one : comparisons) std::cout << to_json(one).dump() << "\n";
  } else {
    print_text(std::cout, now, before, comparisons);
  }
  return exit_code(now.measurements, comparisons);
}

}  // namespace

int bench(const std::vector<std::string>& arguments) {
  CLI::App app(
      "Times the core operator's kernels, layers and models against this machine's own floors; only what "
      "passes its check.",
      "sca bench");
  BenchOptions options;
  declare(app, options);
  if (const auto code = parse(app, arguments)) return *code;
  if (!options.list) return run(options, arguments);
  for (const std::string& name : bench::chosen(everything(), options.kernels).names())
    std::cout << name << "\n";
  return good;
}

}  // namespace sca::cli
