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
Outcome call_refused(int status) { return skipped(fmt::format("the kernel refused with {}", status)); }
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
          {"off alignment by an element", {.layout = {.gap = 3, .misalignment = 1}}},
          {"at the end of a page", {.layout = {.fence = Fence::page}}}};
}

std::vector<Variant> variants_of_forward() {
  std::vector<Variant> all = variants();
  all.push_back({"without a state", {.with_state = false}});
  all.push_back({"three threads, without a state", {.threads = 3, .with_state = false}});
  return all;
}

/// In what both kept.
std::string difference(const Forward& a, const Forward& b, const Call& call_of_b) {
  std::string found = difference("output", a.output, b.output);
  if (!call_of_b.with_state || !found.empty()) return found;
  found = difference("Z", a.weight, b.weight);
  if (found.empty()) found = difference("R", a.re, b.re);
  return found.empty() ? difference("I", a.im, b.im) : found;
}

std::string difference(const Backward& a, const Backward& b, const Call&) {
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
Outcome variants_agree(const std::vector<Variant>& all, Run run) {
  const auto plain = run(Call{});
  if (plain.status != 0) return call_refused(plain.status);
  for (const Variant& one : all) {
    const auto other = run(one.call);
    if (other.status != 0) return failed(fmt::format("{}: refused with {}", one.name, other.status));
    if (!other.is_intact) return failed(fmt::format("{}: touched what lies around its arguments", one.name));
    if (const std::string found = difference(plain, other, one.call); !found.empty())
      return failed(fmt::format("{}: {}", one.name, found));
  }
  return {};
}

/// Runs the kernel on the problem and on `changed`, and compares the outputs where `counts` says so.
Outcome outputs_agree(const sca_core_kernel& kernel, const Problem& problem, const Problem& changed,
                      const std::function<bool(std::size_t)>& counts) {
  const Forward before = run_forward(kernel, problem, {.with_state = false});
  const Forward after = run_forward(kernel, changed, {.with_state = false});
  if (before.status != 0) return call_refused(before.status);
  if (after.status != 0) return call_refused(after.status);
  const std::string found = difference("output", before.output, after.output, counts);
  return found.empty() ? Outcome{} : failed(found);
}

/// Where an entry of the output stands.
struct Place {
  std::size_t b, t, k, h;
};
Place place(const CoreCase& one, std::size_t entry) {
  const std::size_t token = entry / (2 * one.config.KH());
  return {token / one.L, token % one.L, entry / (2 * one.config.H) % one.config.K, entry % one.config.H};
}

// One that no sum or rounding of bits can take for another number's.
const double nan_of_all_bits = std::bit_cast<double>(~std::uint64_t{0});

/// Something that a NaN may come in by, and how far it goes.
struct Input {
  std::string_view name;
  Tensor<double> Problem::*tensor;
  enum class Reach { from_its_token, its_token, everywhere } reach;
  bool is_of_channel;  // the head's other channels may stay numbers
};
constexpr Input nan_inputs[]{{"key", &Problem::key, Input::Reach::from_its_token, true},
                             {"score", &Problem::score, Input::Reach::from_its_token, false},
                             {"query", &Problem::query, Input::Reach::its_token, true},
                             {"theta", &Problem::theta, Input::Reach::everywhere, true},
                             {"omega", &Problem::omega, Input::Reach::everywhere, true},
                             {"rate", &Problem::rate, Input::Reach::everywhere, false},
                             {"score_scale", &Problem::score_scale, Input::Reach::everywhere, false},
                             {"score_bias", &Problem::score_bias, Input::Reach::everywhere, false},
                             {"phase_scale", &Problem::phase_scale, Input::Reach::everywhere, false}};

/// An entry of an input, and the token, the head (of a query: its own) and the channel that it belongs to.
struct Spot {
  std::size_t entry;
  Place at;
  std::size_t memory_heads;  // that read it: 1, or of a query K / Kq
};
Spot spot_in(const Input& input, const Problem& problem) {
  const CoreCase& one = problem.origin;
  const bool is_query = input.reach == Input::Reach::its_token;
  const std::size_t heads = is_query ? one.config.Kq : one.config.K;
  const std::size_t tokens = input.reach == Input::Reach::everywhere ? 1 : one.B * one.L;
  const std::size_t width = (problem.*input.tensor).data.size() / tokens / heads;
  const std::size_t token = mixed(one.seed + 4) % tokens;
  const std::size_t k = mixed(one.seed + 6) % heads;
  const std::size_t i = mixed(one.seed + 7) % width;
  return {(token * heads + k) * width + i,
          {token / one.L, token % one.L, k, input.is_of_channel ? i / (width / one.config.H) : 0},
          is_query ? one.config.n() : 1};
}

/// A NaN there reaches this place, or may do so.
bool reaches(const Input& input, const Spot& spot, const Place& place) {
  if (place.k / spot.memory_heads != spot.at.k) return false;
  switch (input.reach) {
    case Input::Reach::everywhere: return true;
    case Input::Reach::its_token: return place.b == spot.at.b && place.t == spot.at.t;
    case Input::Reach::from_its_token: return place.b == spot.at.b && place.t >= spot.at.t;
  }
  return false;
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
  return variants_agree(variants_of_forward(),
                        [&](const Call& call) { return run_forward(kernel, problem, call); });
}

Outcome backward_calls_agree(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle) {
  const Problem& problem = oracle.problem(one, kernel.dtype);
  return variants_agree(variants(), [&](const Call& call) { return run_backward(kernel, problem, call); });
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
  const Forward before = run_forward(kernel, problem, {.with_state = false});
  if (before.status != 0) return call_refused(before.status);
  for (const Input& input : nan_inputs) {
    const Spot spot = spot_in(input, problem);
    Problem changed = problem;
    (changed.*input.tensor).data[spot.entry] = nan_of_all_bits;
    const Forward after = run_forward(kernel, changed, {.with_state = false});
    if (after.status != 0) return call_refused(after.status);
    for (std::size_t i = 0; i < after.output.data.size(); ++i) {
      const Place at = place(one, i);
      const bool is_in_reach = reaches(input, spot, at);
      const bool is_right =
          is_in_reach ? std::isnan(after.output.data[i]) || (input.is_of_channel && at.h != spot.at.h)
                      : same(before.output.data[i], after.output.data[i]);
      if (is_right) continue;
      return failed(fmt::format("a NaN at {}[{}] {} output[{}]", input.name,
                                fmt::join(judge::index_of(spot.entry, (problem.*input.tensor).shape), ", "),
                                is_in_reach ? "does not reach" : "reaches",
                                fmt::join(judge::index_of(i, after.output.shape), ", ")));
    }
  }
  return {};
}

}  // namespace sca::evidence::kernels
