#include "evidence/kernels/invariance.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <bit>
#include <cmath>
#include <functional>
#include <limits>

#include "evidence/hash.hpp"
#include "evidence/judge/results.hpp"

namespace sca::evidence::kernels {
namespace {

using judge::Verdict;
using reference::Tensor;

Outcome skipped(std::string why) { return {.verdict = Verdict::skipped, .what = std::move(why)}; }
Outcome refused(int status) { return skipped(fmt::format("the kernel refused with {}", status)); }
Outcome failed(std::string what) { return {.verdict = Verdict::fail, .what = std::move(what)}; }

/// A NaN is a NaN, whatever its bits.
bool same(double a, double b) {
  return std::isnan(a) ? std::isnan(b) : std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// The first entry that differs, told; "" if none does. Only entries for which `counts` says so are compared.
std::string difference(
    std::string_view name, const Tensor<double>& a, const Tensor<double>& b,
    const std::function<bool(std::size_t)>& counts = [](std::size_t) { return true; }) {
  for (std::size_t i = 0; i < a.data.size(); ++i) {
    if (!counts(i) || same(a.data[i], b.data[i])) continue;
    return fmt::format("{}[{}]: {:a} and {:a}", name, fmt::join(judge::index_of(i, a.shape), ", "), a.data[i],
                       b.data[i]);
  }
  return "";
}

/// Calls that must give the bits of the plain one.
struct Variant {
  std::string_view name;
  Call call;
};

std::vector<Variant> variants() {
  return {{"two threads", {.threads = 2}},
          {"three threads", {.threads = 3}},
          {"as many threads as there are", {.threads = 0}},
          {"gaps between tokens", {.layout = {.gap = 5}}},
          {"off alignment by an element", {.layout = {.gap = 3, .misalignment = 1}}}};
}

std::string difference(const Forward& a, const Forward& b) {
  std::string found = difference("output", a.output, b.output);
  if (found.empty()) found = difference("Z", a.weight, b.weight);
  if (found.empty()) found = difference("R", a.re, b.re);
  return found.empty() ? difference("I", a.im, b.im) : found;
}

std::string difference(const Backward& a, const Backward& b) {
  const std::pair<std::string_view, Tensor<double> Backward::*> parts[] = {
      {"key", &Backward::key},
      {"score", &Backward::score},
      {"query", &Backward::query},
      {"theta", &Backward::theta},
      {"omega", &Backward::omega},
      {"rate", &Backward::rate},
      {"score_scale", &Backward::score_scale},
      {"score_bias", &Backward::score_bias},
      {"phase_scale", &Backward::phase_scale}};
  for (const auto& [name, part] : parts) {
    if (std::string found = difference(name, a.*part, b.*part); !found.empty()) return found;
  }
  return "";
}

template <class Run>
Outcome variants_agree(Run run) {
  const auto plain = run(Call{});
  if (plain.status != 0) return refused(plain.status);
  for (const Variant& one : variants()) {
    const auto other = run(one.call);
    if (other.status != 0) return failed(fmt::format("{}: refused with {}", one.name, other.status));
    if (!other.is_intact) return failed(fmt::format("{}: wrote outside of its outputs", one.name));
    if (const std::string found = difference(plain, other); !found.empty())
      return failed(fmt::format("{}: {}", one.name, found));
  }
  return {};
}

/// Runs the kernel on the problem and on `changed`, and compares the outputs where `counts` says so.
Outcome outputs_agree(const sca_core_kernel& kernel, const Problem& problem, const Problem& changed,
                      const std::function<bool(std::size_t)>& counts) {
  const Forward before = run_forward(kernel, problem, {.with_state = false});
  const Forward after = run_forward(kernel, changed, {.with_state = false});
  if (before.status != 0) return refused(before.status);
  if (after.status != 0) return refused(after.status);
  const std::string found = difference("output", before.output, after.output, counts);
  return found.empty() ? Outcome{} : failed(found);
}

/// Where an entry of the output stands.
struct Place {
  std::size_t b, t, k;
};
Place place(const CoreCase& one, std::size_t entry) {
  const std::size_t token = entry / (2 * one.config.KH());
  return {token / one.L, token % one.L, entry / (2 * one.config.H) % one.config.K};
}

/// f(entry of the row of token t) for every row of [B, L, ...] from `first` on.
template <class F>
void each_row_from(Tensor<double>& tensor, std::size_t first, F f) {
  const std::size_t L = tensor.shape[1];
  const std::size_t rows = tensor.shape[0] * L;
  for (std::size_t i = 0; i < rows; ++i) {
    if (i % L < first) continue;
    for (double& x : tensor.row(i, tensor.data.size() / rows)) f(x);
  }
}

}  // namespace

Outcome calls_agree(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle) {
  const Problem& problem = oracle.problem(one, kernel.dtype);
  const Outcome found = variants_agree([&](const Call& call) { return run_forward(kernel, problem, call); });
  if (found.verdict != Verdict::pass) return found;
  const Forward kept = run_forward(kernel, problem, {});
  const Forward not_kept = run_forward(kernel, problem, {.with_state = false});
  if (not_kept.status != 0) return refused(not_kept.status);
  const std::string differs = difference("output without a state", kept.output, not_kept.output);
  return differs.empty() ? Outcome{} : failed(differs);
}

Outcome backward_calls_agree(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle) {
  const Problem& problem = oracle.problem(one, kernel.dtype);
  return variants_agree([&](const Call& call) { return run_backward(kernel, problem, call); });
}

Outcome later_tokens_change_nothing(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle) {
  if (one.L < 2) return skipped("one token");
  const Problem& problem = oracle.problem(one, kernel.dtype);
  const std::size_t first = 1 + mixed(one.seed + 2) % (one.L - 1);
  Problem changed = problem;
  for (Tensor<double>* tensor : {&changed.key, &changed.score, &changed.query})
    each_row_from(*tensor, first, [](double& x) { x = x == 1 ? 2 : 1; });
  return outputs_agree(kernel, problem, changed, [&](std::size_t i) { return place(one, i).t < first; });
}

Outcome sequences_are_independent(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle) {
  if (one.B < 2) return skipped("one sequence");
  const Problem& problem = oracle.problem(one, kernel.dtype);
  const std::size_t b = mixed(one.seed + 3) % one.B;
  Problem changed = problem;
  for (Tensor<double>* tensor : {&changed.key, &changed.score, &changed.query}) {
    const std::size_t width = tensor->data.size() / one.B;
    for (std::size_t i = 0; i < tensor->data.size(); ++i) {
      if (i / width != b) tensor->data[i] = std::numeric_limits<double>::quiet_NaN();
    }
  }
  return outputs_agree(kernel, problem, changed, [&](std::size_t i) { return place(one, i).b == b; });
}

Outcome query_heads_may_be_repeated(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle) {
  if (one.config.Kq == one.config.K) return skipped("a query head for every memory head");
  const Problem& problem = oracle.problem(one, kernel.dtype);
  Problem full = problem;
  full.origin.config.Kq = one.config.K;
  full.shape.Kq = problem.shape.K;
  const std::size_t width = 2 * one.config.H * one.config.M;
  full.query = Tensor<double>::zeros({one.B, one.L, one.config.K, one.config.H, one.config.M, 2});
  for (std::size_t i = 0; i < one.B * one.L * one.config.K; ++i) {
    const std::size_t from = i / one.config.K * one.config.Kq + i % one.config.K / one.config.n();
    std::ranges::copy(problem.query.row(from, width), full.query.row(i, width).begin());
  }
  return outputs_agree(kernel, problem, full, [](std::size_t) { return true; });
}

Outcome nan_stays_where_it_belongs(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle) {
  if (one.L == 0 || one.B == 0) return skipped("no token");
  const Problem& problem = oracle.problem(one, kernel.dtype);
  const reference::LayerConfig& c = one.config;
  const std::size_t b = mixed(one.seed + 4) % one.B;
  const std::size_t t = mixed(one.seed + 5) % one.L;
  const std::size_t k = mixed(one.seed + 6) % c.K;
  const std::size_t token = b * one.L + t;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Forward before = run_forward(kernel, problem, {.with_state = false});
  if (before.status != 0) return refused(before.status);
  enum class Kind { key, score, query };
  for (const Kind kind : {Kind::key, Kind::score, Kind::query}) {
    Problem changed = problem;
    if (kind == Kind::key) changed.key.row(token * c.K + k, c.H)[mixed(one.seed + 7) % c.H] = nan;
    if (kind == Kind::score) changed.score.data[token * c.K + k] = nan;
    const std::size_t query_width = 2 * c.H * c.M;
    if (kind == Kind::query) {
      changed.query.row(token * c.Kq + k / c.n(), query_width)[mixed(one.seed + 7) % query_width] = nan;
    }
    const Forward after = run_forward(kernel, changed, {.with_state = false});
    if (after.status != 0) return refused(after.status);
    bool is_seen = false;
    for (std::size_t i = 0; i < after.output.data.size(); ++i) {
      const Place at = place(one, i);
      const bool in_head = kind == Kind::query ? at.k / c.n() == k / c.n() : at.k == k;
      const bool in_time = kind == Kind::query ? at.t == t : at.t >= t;
      const bool is_nan = std::isnan(after.output.data[i]);
      if (at.b == b && in_head && in_time) {
        // A key reaches its own channel, a score all of its head, a query its channel in every head that
        // reads it.
        if (kind == Kind::score && !is_nan) {
          return failed(fmt::format("a NaN score at [{}, {}, {}] is lost: output[{}] = {:a}", b, t, k,
                                    fmt::join(judge::index_of(i, after.output.shape), ", "),
                                    after.output.data[i]));
        }
        is_seen = is_seen || (is_nan && at.t >= t);
        continue;
      }
      if (!same(before.output.data[i], after.output.data[i])) {
        return failed(fmt::format("a NaN at [{}, {}, {}] reaches output[{}]", b, t, k,
                                  fmt::join(judge::index_of(i, after.output.shape), ", ")));
      }
    }
    if (!is_seen) return failed(fmt::format("a NaN at [{}, {}, {}] is lost", b, t, k));
  }
  return {};
}

}  // namespace sca::evidence::kernels
