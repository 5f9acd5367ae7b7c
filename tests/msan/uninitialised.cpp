// Every kernel under MemorySanitizer: results and workspace start as memory that nobody has written, and what
// comes out must not depend on it. A program of its own, for GoogleTest is not instrumented; on one thread,
// for OpenMP is not either. ./run builds it and runs it.
#include <sanitizer/msan_interface.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <vector>

#include "evidence/hash.hpp"
#include "kernels/cpu/core/storage.hpp"
#include "kernels/registry.hpp"

namespace sca::kernels::test {
namespace {

/// Memory that nobody has written.
class Unwritten {
 public:
  explicit Unwritten(std::size_t bytes) : bytes_(bytes), lines_(bytes / sizeof(Line) + 1) {
    __msan_allocated_memory(lines_.data(), lines_.size() * sizeof(Line));
  }
  void* data() { return lines_.data(); }
  /// Reports what is still unwritten, and ends the program.
  void require_written() const { __msan_check_mem_is_initialized(lines_.data(), bytes_); }

 private:
  struct alignas(64) Line {
    std::byte bytes[64];
  };
  std::size_t bytes_;
  std::vector<Line> lines_;
};

/// A kernel's calls on one shape, with ordinary numbers.
template <class Stored>
class Calls {
 public:
  using Real = RealOf<Stored>;

  Calls(const sca_core_kernel& kernel, const sca_core_shape& shape) : kernel_(kernel), s_(shape) {
    in_.shape = shape;
    in_.rules = {1e-4, 5000, 20, 1e-4, shape.L, 0, 1, 0, 1};
    in_.parameters = {numbers<Real>(heads()), numbers<Real>(heads()), numbers<Real>(s_.K),
                      numbers<Real>(s_.K),    numbers<Real>(s_.K),    numbers<Real>(s_.K)};
    in_.key = tokens(s_.K * s_.H);
    in_.score = tokens(s_.K);
    in_.query = tokens(s_.Kq * s_.H * s_.M * 2);
  }

  void forward(sca_operation operation, bool has_state) {
    Results results;
    sca_core_state state{0, zeros(s_.B * s_.K), zeros(s_.B * heads()), zeros(s_.B * heads())};
    const sca_core_forward call{in_, results.tokens(s_, s_.K * 2 * s_.H), has_state ? &state : nullptr,
                                results.workspace(kernel_, operation, s_), 1};
    const int refused = operation == SCA_STEP ? kernel_.step(&call) : kernel_.forward(&call);
    if (refused == 0) results.require_written();
    __msan_check_mem_is_initialized(state.re, static_cast<std::size_t>(s_.B * heads()) * sizeof(Real));
  }
  void backward() {
    Results results;
    const auto upstream = tokens(s_.K * 2 * s_.H);
    const auto reals = [&](std::int64_t count) {
      return results.take(static_cast<std::size_t>(count) * sizeof(Real));
    };
    const sca_core_backward call{in_,
                                 upstream,
                                 results.tokens(s_, s_.K * s_.H),
                                 results.tokens(s_, s_.K),
                                 results.tokens(s_, s_.Kq * s_.H * s_.M * 2),
                                 reals(heads()),
                                 reals(heads()),
                                 reals(s_.K),
                                 reals(s_.K),
                                 reals(s_.K),
                                 reals(s_.K),
                                 results.workspace(kernel_, SCA_BACKWARD, s_),
                                 1};
    if (kernel_.backward(&call) == 0) results.require_written();
  }

 private:
  struct Results {
    std::vector<std::unique_ptr<Unwritten>> all;
    std::unique_ptr<Unwritten> scratch;

    void* take(std::size_t bytes) { return all.emplace_back(std::make_unique<Unwritten>(bytes))->data(); }
    sca_tokens tokens(const sca_core_shape& s, std::int64_t row) {
      return {take(static_cast<std::size_t>(s.B * s.L * row) * sizeof(Stored)), s.L * row, row};
    }
    void* workspace(const sca_core_kernel& kernel, sca_operation operation, const sca_core_shape& s) {
      scratch = std::make_unique<Unwritten>(kernel.workspace_bytes(operation, &s, 1));
      return scratch->data();
    }
    void require_written() const {
      for (const auto& one : all) one->require_written();
    }
  };

  std::int64_t heads() const { return s_.K * s_.H * s_.M; }
  template <class T>
  T* numbers(std::int64_t count) {
    auto& made = inputs_.emplace_back(std::make_unique<Real[]>(static_cast<std::size_t>(count)));
    auto* values = reinterpret_cast<T*>(made.get());
    for (std::int64_t i = 0; i < count; ++i)
      values[i] = store<T>(static_cast<Real>(evidence::signed_unit(7, 1, next_++)));
    return values;
  }
  sca_const_tokens tokens(std::int64_t row) { return {numbers<Stored>(s_.B * s_.L * row), s_.L * row, row}; }
  Real* zeros(std::int64_t count) {
    return inputs_.emplace_back(std::make_unique<Real[]>(static_cast<std::size_t>(count))).get();
  }

  const sca_core_kernel& kernel_;
  sca_core_shape s_;
  sca_core_inputs in_{};
  std::vector<std::unique_ptr<Real[]>> inputs_;
  std::uint64_t next_ = 0;
};

template <class Stored>
void call_all(const sca_core_kernel& kernel) {
  for (const sca_core_shape shape : {sca_core_shape{1, 1, 1, 1, 1, 1}, sca_core_shape{2, 37, 3, 1, 5, 2},
                                     sca_core_shape{1, 16, 2, 2, 16, 1}, sca_core_shape{1, 65, 4, 2, 17, 3},
                                     sca_core_shape{3, 1, 4, 4, 33, 5}}) {
    Calls<Stored> calls(kernel, shape);
    calls.forward(SCA_FORWARD, false);
    calls.forward(SCA_FORWARD, true);
    if (shape.L == 1) calls.forward(SCA_STEP, true);
    calls.backward();
  }
}

}  // namespace
}  // namespace sca::kernels::test

int main() {
  using namespace sca::kernels;
  for (const sca_core_kernel* kernel : core_kernels()) {
    switch (kernel->dtype) {
      case SCA_F64: test::call_all<double>(*kernel); break;
      case SCA_F32: test::call_all<float>(*kernel); break;
      case SCA_BF16: test::call_all<BFloat16>(*kernel); break;
      case SCA_F16: test::call_all<Float16>(*kernel); break;
    }
    std::printf("%s: reads nothing that was not written\n", kernel->name);
  }
}
