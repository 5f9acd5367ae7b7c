#include <algorithm>

#include "evidence/operators/definition.hpp"
#include "reference/transformer_block.hpp"

namespace sca::evidence::operators {
namespace {

struct Position {
  static constexpr std::string_view name = "position";
  static constexpr std::string_view what = "rotary position embedding, then a norm over the head";
  static constexpr Size sizes[]{{"B", 1, 2, 3},          {"L", 1, 3, 9},         {"heads", 1, 3, 9},
                                {"half", 1, 9, 33},      {"position", 0, 2, 40},  // of the first token
                                {"normalises", 0, 1, 1}, {"cache", 0, 1, 1}};
  static constexpr double epsilon = 1e-6;

  static reference::Shape shape(const OperatorCase& one) {
    return {one.size("B"), one.size("L"), one.size("heads"), 2 * one.size("half")};
  }
  static reference::Shape cache(const OperatorCase& one) {
    return {one.size("B"), one.size("position") + one.size("L") + 1, one.size("heads"), 2 * one.size("half")};
  }

  static std::vector<Input> inputs(const OperatorCase& one) {
    // Any numbers, no rotations: a product with a wrong one shows.
    const reference::Shape table{one.size("position") + one.size("L"), one.size("half")};
    std::vector<Input> all{
        {"x", shape(one)}, {"cosine", table, Input::Kind::constant}, {"sine", table, Input::Kind::constant}};
    if (one.size("cache") == 1) all.push_back({"cache", cache(one), Input::Kind::state});
    return all;
  }

  template <class Real>
  static Named<Real> outputs(const Given<Real>& given) {
    reference::TransformerBlock<Real> block{{.D = given.size("heads") * 2 * given.size("half"),
                                             .num_heads = given.size("heads"),
                                             .qk_norm = given.size("normalises") == 1},
                                            epsilon,
                                            {},
                                            {given["cosine"], given["sine"]}};
    Named<Real> all{{"y", given["x"]}};
    const std::size_t L = given.size("L");
    const std::size_t width = block.config.D;
    reference::Tensor<Real>& y = all["y"];
    for (std::size_t i = 0; i < given.size("B") * L; ++i)
      reference::position<Real>(block, given.size("position") + i % L, y.row(i, width));
    if (given.size("cache") == 0) return all;
    reference::Tensor<Real> kept = given["cache"];
    for (std::size_t i = 0; i < given.size("B") * L; ++i) {
      const std::size_t row = i / L * kept.shape[1] + given.size("position") + i % L;
      std::ranges::copy(y.row(i, width), kept.row(row, width).begin());
    }
    all["cache.out"] = std::move(kept);
    return all;
  }

  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    const std::int64_t width = a.size("heads") * 2 * a.size("half");
    const bool into_cache = a.size("cache") == 1;
    const auto first = a.one().size("position") * static_cast<std::size_t>(width);
    const auto rows = static_cast<std::int64_t>(cache(a.one())[1]);
    kernels.position({.B = a.size("B"),
                      .L = a.size("L"),
                      .heads = a.size("heads"),
                      .hd = 2 * a.size("half"),
                      .position = a.size("position"),
                      .normalises = a.size("normalises") == 1,
                      .epsilon = epsilon,
                      .cosine = a.in("cosine"),
                      .sine = a.in("sine"),
                      .x = a.in("x"),
                      .y = into_cache ? a.in_out("cache", first) : a.out("y", shape(a.one())),
                      .y_stride = (into_cache ? rows : a.size("L")) * width,
                      .threads = a.threads()});
  }

  template <class Real>
  static void backward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    kernels.position_backward({.B = a.size("B"),
                               .L = a.size("L"),
                               .heads = a.size("heads"),
                               .hd = 2 * a.size("half"),
                               .position = a.size("position"),
                               .normalises = a.size("normalises") == 1,
                               .epsilon = epsilon,
                               .cosine = a.in("cosine"),
                               .sine = a.in("sine"),
                               .x = a.in("x"),
                               .y_gradient = a.cotangent("y", shape(a.one())),
                               .x_gradient = a.gradient("x"),
                               .threads = a.threads()});
  }
};

}  // namespace

Definition position() { return define<Position>(); }

}  // namespace sca::evidence::operators
