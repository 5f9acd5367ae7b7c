#include <algorithm>

#include "evidence/operators/definition.hpp"
#include "reference/transformer_block.hpp"

namespace sca::evidence::operators {
namespace {

struct Attention {
  static constexpr std::string_view name = "attention";
  static constexpr std::string_view what =
      "softmax(q k / sqrt(hd)) v, causal, keys shared by groups of query heads";
  static constexpr Size sizes[]{
      {"B", 1, 2, 2},     {"L", 1, 5, 40},    {"kv_heads", 1, 2, 3},
      {"group", 1, 2, 3}, {"half", 1, 4, 17}, {"position", 0, 1, 90},  // beyond 0: k and v in a cache
      {"mask", 0, 1, 1}};

  static std::size_t heads(const OperatorCase& one) { return one.size("kv_heads") * one.size("group"); }
  static bool is_masked(const OperatorCase& one) {
    return one.size("mask") == 1 && one.size("position") == 0;
  }
  /// Tokens that there is room for in k and v.
  static std::size_t room(const OperatorCase& one) {
    const std::size_t position = one.size("position");
    return position == 0 ? one.size("L") : position + one.size("L") + 2;
  }
  static reference::Shape query_shape(const OperatorCase& one) {
    return {one.size("B"), one.size("L"), heads(one), 2 * one.size("half")};
  }

  static std::vector<Input> inputs(const OperatorCase& one) {
    const reference::Shape kept{one.size("B"), room(one), one.size("kv_heads"), 2 * one.size("half")};
    std::vector<Input> all{{"q", query_shape(one)}, {"k", kept}, {"v", kept}};
    // A number from 0 to 2 for every key: 0 masks it.
    if (is_masked(one)) all.push_back({"kept", {one.size("B"), one.size("L")}, Input::Kind::integer, 3});
    return all;
  }

  template <class Real>
  static Named<Real> outputs(const Given<Real>& given) {
    const std::size_t L = given.size("L");
    const std::size_t width = heads(given.one) * 2 * given.size("half");
    const reference::TransformerBlock<Real> block{{.D = width,
                                                   .num_heads = heads(given.one),
                                                   .num_kv_heads = given.size("kv_heads"),
                                                   .maxlen = room(given.one)},
                                                  0,
                                                  {},
                                                  {}};
    const reference::BlockState<Real> state{given["k"], given["v"], {}, given.size("position") + L};
    auto y = reference::Tensor<Real>::zeros(query_shape(given.one));
    auto log_sum = reference::Tensor<Real>::zeros({given.size("B"), L, heads(given.one)});
    for (std::size_t i = 0; i < given.size("B") * L; ++i) {
      const std::size_t keys = is_masked(given.one) ? L : given.size("position") + i % L + 1;
      std::vector<Real> scores;  // of all heads
      const auto score = [&](std::size_t key, const Real& s) {
        scores.push_back(
            is_masked(given.one) ? reference::masked(s, is_kept(given, i / L * L + key), key > i % L) : s);
        return scores.back();
      };
      const auto row = reference::attend<Real>(block, given["q"].row(i, width), i / L, state, keys, score);
      std::ranges::copy(row, y.row(i, width).begin());
      for (std::size_t h = 0; h < heads(given.one); ++h) {
        const std::span<const Real> of_head(scores.data() + h * keys, keys);
        log_sum.data[i * heads(given.one) + h] = reference::log_sum_exp<Real>(of_head);
      }
    }
    return {{"y", std::move(y)}, {"log_sum", std::move(log_sum)}};
  }

  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    call(kernels, a);
  }

  /// From position 0 only.
  template <class Real>
  static void backward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    if (a.size("position") > 0) return;
    const sca::kernels::AttentionForward<Real> forward = call(kernels, a);
    kernels.attention_backward({.B = forward.B,
                                .L = forward.L,
                                .heads = forward.heads,
                                .kv_heads = forward.kv_heads,
                                .hd = forward.hd,
                                .q = forward.q,
                                .k = forward.k,
                                .v = forward.v,
                                .mask = forward.mask,
                                .y = forward.y,
                                .log_sum = forward.log_sum,
                                .y_gradient = a.cotangent("y", query_shape(a.one())),
                                .q_gradient = a.gradient("q"),
                                .k_gradient = a.gradient("k"),
                                .v_gradient = a.gradient("v"),
                                .threads = a.threads()});
  }

 private:
  template <class Real>
  static Real is_kept(const Given<Real>& given, std::size_t key) {
    return Real(given.integers.find("kept")->second.data[key] == 0 ? 0 : 1);
  }

  template <class Real>
  static const Real* mask(Arguments<Real>& a) {
    const std::size_t count = a.one().size("B") * a.one().size("L");
    const std::int64_t* kept = a.integers("kept");
    Real* result = a.scratch({count});
    std::transform(kept, kept + count, result, [](std::int64_t x) { return Real(x == 0 ? 0 : 1); });
    return result;
  }

  template <class Real>
  static sca::kernels::AttentionForward<Real> call(const sca::kernels::Operators<Real>& kernels,
                                                   Arguments<Real>& a) {
    const std::int64_t hd = 2 * a.size("half");
    const bool is_wanted = a.size("position") == 0 || a.one().seed % 2 == 0;  // the backward's log sum
    const sca::kernels::AttentionForward<Real> made{
        .B = a.size("B"),
        .L = a.size("L"),
        .heads = static_cast<std::int64_t>(heads(a.one())),
        .kv_heads = a.size("kv_heads"),
        .hd = hd,
        .position = a.size("position"),
        .kv_stride = static_cast<std::int64_t>(room(a.one())) * a.size("kv_heads") * hd,
        .q = a.in("q"),
        .k = a.in("k"),
        .v = a.in("v"),
        .mask = is_masked(a.one()) ? mask(a) : nullptr,
        .y = a.out("y", query_shape(a.one())),
        .log_sum = is_wanted ? a.real_out("log_sum", {a.one().size("B"), a.one().size("L"), heads(a.one())})
                             : nullptr,
        .threads = a.threads()};
    kernels.attention(made);
    return made;
  }
};

}  // namespace

Definition attention() { return define<Attention>(); }

}  // namespace sca::evidence::operators
