#pragma once

#include "kernels/cuda/core/head.cuh"

namespace sca::kernels::cuda {

/// The samples that a block works on at a time, and the calling thread's own one.
struct Samples {
  /// Of one group of a head's channels and one pass over their samples.
  __device__ Samples(const Split& split, const sca_core_shape& shape, int group, int pass)
      : pass_of_channel(pass),
        first_channel(group * split.channels),
        channels(min(split.channels, static_cast<int>(shape.H) - first_channel)),
        first_sample(pass * split.samples),
        samples(min(split.samples, static_cast<int>(shape.M) - first_sample)),
        channel(static_cast<int>(threadIdx.x) / samples),
        is_mine(channel < channels),
        index((first_channel + channel) * shape.M + first_sample + static_cast<int>(threadIdx.x) % samples) {}

  /// Where the first of them is in a head's [H, M].
  __device__ std::int64_t first(const sca_core_shape& shape) const {
    return first_channel * shape.M + first_sample;
  }
  __device__ int count() const { return channels * samples; }

  int pass_of_channel;
  int first_channel, channels;
  int first_sample, samples;  // of each channel
  int channel;                // the thread's, from the first of these on
  bool is_mine;               // there is one for the thread
  std::int64_t index;         // in a head's [H, M]
};

/// R and I of one sample.
struct Sums {
  float re = 0, im = 0;
};

/// A thread's sample: what it needs at every token.
struct Sample {
  template <class Stored>
  __device__ Sample(const Head<Stored>& head, const Samples& samples)
      : theta(samples.is_mine ? head.theta()[samples.index] : 0.0F), discount(head.discount()) {}

  /// Steps 3 and 4 for one token.
  template <class Stored>
  __device__ void absorb(const Head<Stored>& head, float key, float weight, Sums& sums) const {
    float sine = 0;
    float cosine = 0;
    sin_cos(theta * head.encoded(key), sine, cosine);
    const float value = weight * key;
    if (head.is_recursive) {
      sums.re = fmaf(discount, sums.re, value * cosine);
      sums.im = fmaf(discount, sums.im, value * sine);
    } else {
      sums.re = fmaf(value, cosine, sums.re);
      sums.im = fmaf(value, sine, sums.im);
    }
  }

  float theta, discount;
};

}  // namespace sca::kernels::cuda
