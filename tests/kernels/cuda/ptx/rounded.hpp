#pragma once

#include <mpfr.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "tests/kernels/cuda/ptx/evaluate.hpp"

namespace sca::kernels::cuda::ptx::testing {

/// A binary format as IEEE has it.
struct Format {
  int precision, most_exponent;  // bits of the significand; the largest exponent
  int width() const { return precision == 53 ? 64 : precision == 24 ? 32 : 16; }
};
constexpr Format binary64{53, 1023}, binary32{24, 127}, binary16{11, 15}, bfloat16{8, 127};

/// A number of MPFR's, with bits enough for every sum of products of doubles.
class Number {
 public:
  Number() { mpfr_init2(value_, 4400); }
  ~Number() { mpfr_clear(value_); }
  Number(const Number&) = delete;
  Number& operator=(const Number&) = delete;
  operator mpfr_ptr() { return value_; }

 private:
  mpfr_t value_;
};

/// What the bits mean, exactly.
void decode(mpfr_ptr to, std::uint64_t bits, const Format& format);
/// The bits of the number rounded to the format; NaN gives ~0.
std::uint64_t encode(mpfr_srcptr number, const Format& format, mpfr_rnd_t rounding);
bool is_nan(std::uint64_t bits, const Format& format);

/// Numbers of the format that rounding is likely to get wrong, and random ones.
std::vector<Operands> float_operands(std::size_t count, std::uint64_t seed, const Format& format);

constexpr std::pair<const char*, mpfr_rnd_t> roundings[] = {
    {"rn", MPFR_RNDN}, {"rz", MPFR_RNDZ}, {"rm", MPFR_RNDD}, {"rp", MPFR_RNDU}};

}  // namespace sca::kernels::cuda::ptx::testing
