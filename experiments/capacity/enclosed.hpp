#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "experiments/capacity/series.hpp"

namespace sca::experiments::capacity {

constexpr unsigned first_bits = 64;
constexpr unsigned most_bits = 8192;

/// What `make` returned first that was something: it is called at 64 bits, 128, ... and must build every
/// interval anew, and return none.
template <class T>
struct Decided {
  std::optional<T> value;
  unsigned bits = first_bits;
};

template <class Make>
auto decided(Make make) {
  Decided<typename decltype(make())::value_type> result;
  for (unsigned bits = first_bits; bits <= most_bits && !result.value; bits *= 2) {
    const PrecisionScope scope(bits);
    result = {make(), bits};
  }
  return result;
}

/// Samples of one size, each at the least precision that decides it.
class EnclosedSamples {
 public:
  void add(const Decided<Sample>& sample) {
    bits_ = std::max(bits_, sample.bits);
    if (sample.value) {
      samples_.push_back(*sample.value);
    } else {
      ++undecided_;
    }
  }

  Size size(double x) && {
    Size size;
    size.x = x;
    size.samples = std::move(samples_);
    size.undecided = undecided_;
    size.arithmetic = "enclosed, " + std::to_string(bits_) + " bits";
    return size;
  }

 private:
  std::vector<Sample> samples_;
  std::size_t undecided_ = 0;
  unsigned bits_ = first_bits;
};

/// Whether an enclosure is as good as a double: no wider than what a double would round of its value.
inline bool is_tight(const Enclosure& value) {
  return value.high - value.low <= std::numeric_limits<double>::epsilon() * std::abs(value.middle());
}

}  // namespace sca::experiments::capacity
