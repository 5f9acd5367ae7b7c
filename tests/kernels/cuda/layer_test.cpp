// The composed layer on device pointers: the same bits as of its calls one by one, each on memory of its own.

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "kernels/cuda/fiber/kernels.hpp"
#include "kernels/cuda/here.hpp"
#include "kernels/network/layer.hpp"
#include "tests/kernels/cuda/mirrored.hpp"

namespace sca::kernels::cuda::test {
namespace {

constexpr std::int64_t B = 2, L = 70;  // two chunks of the core's
constexpr LayerSizes sizes{
    .D = 12, .K = 4, .Kq = 2, .H = 5, .M = 2, .ck = 3, .anchors = 1, .E = 3, .maxlen = 0};
constexpr Rules rules{.grid = {.theta_is_bounded = true,
                               .theta_floor = 0.001,
                               .theta_span = 3,
                               .theta_increment = 1e-4,
                               .omega_is_normalised = true,
                               .omega_epsilon = 1e-9,
                               .softplus_switch = 20},
                      .weight_low = 1e-4,
                      .weight_high = 5000,
                      .softplus_switch = 20,
                      .weight_floor = 1e-4,
                      .saturate_distance = false,
                      .recursive_decay = false,
                      .over_root_h = true,
                      .inner_product_phase = false,
                      .plain_summary = false,
                      .unnormalised = false,
                      .step_origin = 512,
                      .gate_after = false,
                      .silu_readout = false,
                      .norm_epsilon = 1e-5};

Runner& fibers(std::uint64_t) {
  static FiberRunner runner(host_kernels());
  return runner;
}

/// Numbers like a layer's: no two alike, below 1/2.
float number(std::size_t i) { return static_cast<float>(i * 7919 % 1009) / 1009 - 0.5F; }

/// An arena on a runner, or on the host without one.
class Memory {
 public:
  explicit Memory(Runner* runner)
      : runner_(runner),
        pages_(runner == nullptr ? bytes : 0),
        first_(runner == nullptr ? pages_.data()
                                 : static_cast<std::byte*>(runner->allocate(bytes, "the layer's memory"))),
        arena_(first_) {}
  ~Memory() {
    if (runner_ != nullptr) runner_->release(first_);
  }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  Arena& arena() { return arena_; }
  /// So many numbers, `scale` times number().
  float* take(std::int64_t count, float scale) {
    std::vector<float> numbers(static_cast<std::size_t>(count));
    for (float& one : numbers) one = scale * number(next_++);
    auto* const at = arena_.take<float>(count);
    const std::size_t size = numbers.size() * sizeof(float);
    if (runner_ == nullptr) {
      std::memcpy(at, numbers.data(), size);
    } else {
      runner_->upload(at, numbers.data(), size);
    }
    return at;
  }
  std::vector<float> read(const float* from, std::int64_t count) const {
    std::vector<float> numbers(static_cast<std::size_t>(count));
    const std::size_t size = numbers.size() * sizeof(float);
    if (runner_ == nullptr) {
      std::memcpy(numbers.data(), from, size);
    } else {
      runner_->download(numbers.data(), from, size);
    }
    return numbers;
  }

 private:
  static constexpr std::size_t bytes = std::size_t{1} << 20;

  Runner* runner_;
  Pages pages_;
  std::byte* first_;
  Arena arena_;
  std::size_t next_ = 0;
};

std::int64_t volume(const Extents& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

LayerParameters<float> taken(Memory& memory, float scale) {
  LayerParameters<float> p{};
  visit(sizes, p, [&](const std::string&, const Extents& shape, float*& pointer, bool) {
    pointer = memory.take(volume(shape), scale);
  });
  return p;
}

using Results = std::vector<std::vector<float>>;

/// Outputs and all gradients of a forward and backward.
void pass(const Layer<float>& layer, Memory& memory, Results& results) {
  const std::int64_t tokens = B * L * sizes.D;
  LayerActivations<float> a = layer.place_activations(B, L, memory.arena());
  LayerGradients<float> g = layer.place_gradients(B, L, memory.arena());
  LayerParameters<float> by = taken(memory, 0);
  const float* x = memory.take(tokens, 1);
  float* out = memory.take(tokens, 1);  // added to
  float* by_x = memory.take(tokens, 0);
  layer.forward(B, L, x, a, nullptr, out, true);
  layer.backward(B, L, x, a, memory.take(tokens, 1), g, by, by_x);
  results.push_back(memory.read(out, tokens));
  results.push_back(memory.read(by_x, tokens));
  visit(sizes, by, [&](const std::string&, const Extents& shape, float*& pointer, bool) {
    results.push_back(memory.read(pointer, volume(shape)));
  });
}

/// Outputs of some steps, and the state after them.
void steps(const Layer<float>& layer, Memory& memory, Results& results) {
  LayerActivations<float> a = layer.place_activations(B, 1, memory.arena());
  const std::int64_t conv = B * (sizes.ck - 1) * sizes.C();
  LayerState<float> state{memory.take(B * sizes.K, 0), memory.take(B * sizes.KHM(), 0),
                          memory.take(B * sizes.KHM(), 0), memory.take(conv, 0), 0};
  float* out = memory.take(B * sizes.D, 0);
  layer.prepare(a);
  for (int i = 0; i < 3; ++i) {
    layer.step(B, memory.take(B * sizes.D, 1), a, state, out, false);
    results.push_back(memory.read(out, B * sizes.D));
  }
  EXPECT_EQ(state.position, 3);
  results.push_back(memory.read(state.den, B * sizes.K));
  results.push_back(memory.read(state.re, B * sizes.KHM()));
  results.push_back(memory.read(state.im, B * sizes.KHM()));
  results.push_back(memory.read(state.conv, conv));
}

Results results_of(const Implementation<float>& by, Runner* runner) {
  Memory memory(runner);
  const LayerParameters<float> parameters = taken(memory, 1);
  const Layer<float> layer{sizes, rules, read_only(parameters), by};
  Results results;
  pass(layer, memory, results);
  steps(layer, memory, results);
  return results;
}

/// Of all calls, one after the other.
class RunnerScratch final : public Scratch {
 public:
  explicit RunnerScratch(Runner& runner) : runner_(runner) {}
  ~RunnerScratch() override {
    for (void* one : taken_) runner_.release(one);
  }
  void* take(std::size_t bytes) override {
    return taken_.emplace_back(runner_.allocate(bytes, "a call's workspace"));
  }

 private:
  Runner& runner_;
  std::vector<void*> taken_;
};

TEST(CudaLayer, OnDevicePointersHasTheBitsOfItsCallsOneByOne) {
  Runner& runner = fibers(0);
  PlainProducts products(runner);
  RunnerScratch scratch(runner);
  const Place place{runner, products, scratch};
  const Here here(place);
  const Results on_device = results_of(implementation_here(), &runner);
  const Results one_by_one = results_of(mirrored<fibers>(), nullptr);
  EXPECT_EQ(on_device.size(), 2U + 13 + 3 + 4);
  EXPECT_EQ(on_device, one_by_one);  // no NaN among them, or they would differ
}

TEST(CudaLayer, WithoutAPlaceACallIsAFault) {
  std::vector<float> x(4), sum(4);
  EXPECT_THROW(implementation_here().operators->accumulate({4, x.data(), sum.data()}), Fault);
}

}  // namespace
}  // namespace sca::kernels::cuda::test
