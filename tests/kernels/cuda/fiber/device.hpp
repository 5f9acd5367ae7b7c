#pragma once

#include <span>

#include "kernels/cuda/fiber/runner.hpp"
#include "tests/kernels/cuda/fiber/samples.cuh"

namespace sca::kernels::cuda::test {

inline constexpr HostKernel samples[] = {
    {"totals", host_body<totals<true>>},       {"doubles", host_body<doubles>},
    {"block_scan", host_body<block_scan<64>>}, {"warp_scan", host_body<warp_scan>},
    {"block_sum", host_body<block_sum<96>>},   {"reverse", host_body<reverse>},
    {"histogram", host_body<histogram>},       {"votes", host_body<votes>},
};

/// `count` numbers in a runner's memory, until the end of scope.
template <class T>
class Numbers {
 public:
  Numbers(Runner& runner, int count, const char* name = "numbers")
      : runner_(runner),
        count_(count),
        data_(static_cast<T*>(runner.allocate(sizeof(T) * static_cast<std::size_t>(count), name))) {}
  ~Numbers() { runner_.release(data_); }
  Numbers(const Numbers&) = delete;
  Numbers& operator=(const Numbers&) = delete;

  T* data() const { return data_; }
  int count() const { return count_; }
  template <class Value>
  void set(Value value) {
    for (int i = 0; i < count_; ++i) {
      const T x = value(i);
      runner_.upload(data_ + i, &x, sizeof x);
    }
  }
  T operator[](int i) const {
    T x;
    runner_.download(&x, data_ + i, sizeof x);
    return x;
  }

 private:
  Runner& runner_;
  int count_;
  T* data_;
};

template <class Argument>
void launch(Runner& runner, const char* kernel, Grid grid, unsigned threads, const Argument& argument,
            std::size_t shared_bytes = 0) {
  runner.launch({kernel, grid, threads, shared_bytes, &argument, sizeof argument});
}

/// Small integers.
inline float sample(int i) { return static_cast<float>(i * 7 % 13 - 6); }

}  // namespace sca::kernels::cuda::test
