// The project's own kernels, in all orders: no sanitizer has anything to say, and the order changes no bit.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

#include "kernels/cuda/fiber/kernels.hpp"
#include "kernels/cuda/host/core.hpp"
#include "kernels/cuda/host/operators.hpp"

namespace {

using namespace sca::kernels;
using namespace sca::kernels::cuda;

using Reals = std::vector<float>;

/// Numbers in [-1, 1), none of which repeats soon.
Reals numbers(std::int64_t count, std::uint32_t seed) {
  Reals all(static_cast<std::size_t>(count));
  for (float& one : all) {
    seed = seed * 1664525U + 1013904223U;
    one = static_cast<float>(static_cast<std::int32_t>(seed)) * 0x1p-31F;
  }
  return all;
}

/// What calls leave, one after another.
class Results {
 public:
  float* take(std::int64_t count) {
    all_.push_back(numbers(count, 7));
    return all_.back().data();
  }
  bool operator==(const Results& other) const {
    for (std::size_t i = 0; i < all_.size(); ++i)
      if (std::memcmp(all_[i].data(), other.all_[i].data(), all_[i].size() * sizeof(float)) != 0)
        return false;
    return true;
  }

 private:
  std::vector<Reals> all_;
};

/// Two chunks, the second ragged; two memory heads that share a query head, one of them an anchor.
struct Core {
  sca_core_shape s{2, 70, 2, 1, 5, 3};
  Reals theta = numbers(30, 1), omega = numbers(30, 2), head = numbers(2, 3), key = numbers(1400, 4),
        score = numbers(280, 5), query = numbers(4200, 6), by_output = numbers(2800, 8);

  sca_core_inputs inputs() const {
    sca_core_rules rules{};
    rules.weight_high = 1e30;
    rules.softplus_switch = 20;
    rules.weight_floor = 1e-6;
    rules.horizon = 100;
    rules.anchors = 1;
    return {s,
            rules,
            {theta.data(), omega.data(), head.data(), head.data(), head.data(), head.data()},
            {key.data(), 700, 10},
            {score.data(), 140, 2},
            {query.data(), 2100, 30}};
  }
  void run(Runner& runner, Results& results) const {
    sca_core_state state{0, results.take(4), results.take(60), results.take(60)};
    const sca_core_forward forward{inputs(), {results.take(2800), 1400, 20}, &state, nullptr, 1};
    forward_on(runner, forward, SCA_F32);
    const sca_core_backward backward{inputs(),
                                     {by_output.data(), 1400, 20},
                                     {results.take(1400), 700, 10},
                                     {results.take(280), 140, 2},
                                     {results.take(4200), 2100, 30},
                                     results.take(30),
                                     results.take(30),
                                     results.take(2),
                                     results.take(2),
                                     results.take(2),
                                     results.take(2),
                                     nullptr,
                                     1};
    backward_on(runner, backward, SCA_F32);
  }
};

/// Of 5 rows of 70: more than one warp's lanes, and no multiple of a vector.
struct RowsOf70 {
  Reals x = numbers(700, 11), gate = numbers(350, 12), gain = numbers(70, 13), by_y = numbers(350, 14),
        taps = numbers(140, 15);

  void run(Runner& runner, Results& results) const {
    run_on(
        runner,
        GatedNormForward<float>{5, 70, 1e-5, false, x.data(), gate.data(), gain.data(), results.take(350), 1},
        SCA_F32);
    run_on(runner,
           GatedNormBackward<float>{5, 70, 1e-5, true, x.data(), gate.data(), gain.data(), by_y.data(),
                                    results.take(350), results.take(350), results.take(70), 1},
           SCA_F32);
    run_on(runner, SwigluForward<float>{5, 70, x.data(), results.take(350), 1}, SCA_F32);
    run_on(runner, SwigluBackward<float>{5, 70, x.data(), by_y.data(), results.take(700), 1}, SCA_F32);
    run_on(runner, MixForward<float>{1, 10, 35, 4, x.data(), taps.data(), results.take(350), nullptr, 1},
           SCA_F32);
    run_on(runner,
           MixBackward<float>{1, 10, 35, 4, x.data(), taps.data(), by_y.data(), results.take(350),
                              results.take(140), 1},
           SCA_F32);
  }
};

/// Of 3 heads, one of them an anchor, with 5 channels of 3 points.
struct GridOf45 {
  static constexpr GridRules rules{true, 0.001, 3, 1e-4, true, 1e-9, 20};
  Reals theta = numbers(45, 16), omega = numbers(45, 17), slopes = numbers(2, 18), anchor = numbers(1, 19),
        by_theta = numbers(45, 20), by_omega = numbers(45, 21), by_rate = numbers(3, 22);

  void run(Runner& runner, Results& results) const {
    run_on(runner,
           GridForward<float>{3, 5, 3, 1, rules, theta.data(), omega.data(), slopes.data(), anchor.data(),
                              results.take(45), results.take(45), results.take(3)},
           SCA_F32);
    run_on(runner,
           GridBackward<float>{3, 5, 3, 1, rules, theta.data(), omega.data(), slopes.data(), anchor.data(),
                               by_theta.data(), by_omega.data(), by_rate.data(), results.take(45),
                               results.take(45), results.take(2), results.take(1)},
           SCA_F32);
  }
};

}  // namespace

int main() {
  using fiber::Order;
  std::vector<Results> all;
  for (const Order order : {Order::forward, Order::reverse, Order::shuffled}) {
    FiberRunner runner(host_kernels(), {order, order, 1});
    Results& results = all.emplace_back();
    Core().run(runner, results);
    RowsOf70().run(runner, results);
    GridOf45().run(runner, results);
  }
  const bool is_same = all[0] == all[1] && all[0] == all[2];
  std::printf("the order of threads and blocks changes %s\n", is_same ? "nothing" : "bits");
  return is_same ? 0 : 1;
}
