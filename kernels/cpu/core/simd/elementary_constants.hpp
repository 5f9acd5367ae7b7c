#pragma once

#include <array>

namespace sca::kernels::simd {

/// What elementary-inl.hpp computes with. The polynomials are minimax (Remez exchange at 60 digits), their
/// coefficients rounded one after the other, lowest degree first, each time fitting the rest again;
/// approximation alone errs by at most 0.07 u (sin, cos; of the result) and 0.14 u (exp, log1p; relative).
template <class Real>
struct Elementary;

template <>
struct Elementary<float> {
  static constexpr float to_integer =
      0x1.8p23F;  // x + this - this rounds x; the integer is in the sum's low bits
  static constexpr int exponent_bias = 127;
  static constexpr int mantissa_bits = 23;

  // sin x = x S(x^2), cos x = C(x^2) on |x| <= 3.
  static constexpr std::array sine_to_3{
      1.0F,           -0x1.555554p-3F, 0x1.1110eep-7F, -0x1.a014f6p-13F, 0x1.718610p-19F, -0x1.a829ccp-26F,
      0x1.2852d4p-33F};
  static constexpr std::array cosine_to_3{
      1.0F, -0.5F, 0x1.555542p-5F, -0x1.6c13f6p-10F, 0x1.9fcf7cp-16F, -0x1.24498cp-22F, 0x1.e899fap-30F};

  // sin r = r + r^3 S(r^2), cos r = 1 - r^2/2 + r^4 C(r^2) on |r| <= pi/4.
  static constexpr float two_over_pi = 0x1.45f306p-1F;
  // Of x - n pi/2 every step but the last is exact, where the parts end with 2^-7, 2^-17 and 2^-24: for |n| <
  // 2^14.
  static constexpr std::array pi_half_parts{0x1.92p+0F, 0x1.f8p-12F, 0x1.a8p-19F, 0x1.110b46p-26F};
  static constexpr float reduced_up_to = 0x1p14F;
  static constexpr std::array sine{-0x1.555546p-3F, 0x1.11077ap-7F, -0x1.99549ap-13F};
  static constexpr std::array cosine{0x1.55554ap-5F, -0x1.6c0c1ap-10F, 0x1.99e0e4p-16F};

  // e^r = 1 + r + r^2 E(r) on |r| <= ln(2)/2; below the lowest argument 0 comes out, above the highest
  // infinity.
  static constexpr float log2_e = 0x1.715476p+0F;
  static constexpr std::array ln2{0x1.62e4p-1F, 0x1.7f7d1cp-20F};
  static constexpr float exp_lowest = -104;
  static constexpr float exp_highest = 89;
  static constexpr std::array exponential{0x1p-1F, 0x1.5554dcp-3F, 0x1.5554b8p-5F, 0x1.120c6ep-7F,
                                          0x1.6d76bcp-10F};

  // log(1 + g) = 2 s + s^3 L(s^2) for s = g / (2 + g), on 1/sqrt(2) <= 1 + g <= sqrt(2).
  static constexpr float root_half = 0x1.6a09e6p-1F;
  static constexpr std::array logarithm{0x1.55555cp-1F, 0x1.997abp-2F, 0x1.2f2786p-2F};
};

template <>
struct Elementary<double> {
  static constexpr double to_integer = 0x1.8p52;
  static constexpr int exponent_bias = 1023;
  static constexpr int mantissa_bits = 52;

  static constexpr std::array sine_to_3{1.0,
                                        -0x1.5555555555555p-3,
                                        0x1.11111111110efp-7,
                                        -0x1.a01a01a018fb0p-13,
                                        0x1.71de3a5530103p-19,
                                        -0x1.ae64566f8f2d6p-26,
                                        0x1.61245eb081fbep-33,
                                        -0x1.ae7eb897dbf42p-41,
                                        0x1.951ac481c12bep-49,
                                        -0x1.2dd4d6cf911b5p-57,
                                        0x1.4ec24e5e64f6cp-66};
  static constexpr std::array cosine_to_3{1.0,
                                          -0.5,
                                          0x1.5555555555555p-5,
                                          -0x1.6c16c16c16bf1p-10,
                                          0x1.a01a01a019308p-16,
                                          -0x1.27e4fb77636a4p-22,
                                          0x1.1eed8ef6fd21fp-29,
                                          -0x1.9397481cc789dp-37,
                                          0x1.ae7eca4d07645p-45,
                                          -0x1.68196157eb2f2p-53,
                                          0x1.e31694f84c039p-62,
                                          -0x1.e8a3add5f2d30p-71};

  static constexpr double two_over_pi = 0x1.45f306dc9c883p-1;
  // The parts end with 2^-32 and 2^-53: for |n| < 2^20.
  static constexpr std::array pi_half_parts{0x1.921fb544p+0, 0x1.0b462p-34, -0x1.cb3b399d747f2p-55};
  static constexpr double reduced_up_to = 0x1p20;
  static constexpr std::array sine{-0x1.5555555555549p-3, 0x1.111111110f892p-7,   -0x1.a01a019c121a7p-13,
                                   0x1.71de3576bbb25p-19, -0x1.ae5e64a6229d5p-26, 0x1.5d925cb73a297p-33};
  static constexpr std::array cosine{0x1.555555555554cp-5,   -0x1.6c16c16c15210p-10, 0x1.a01a019cbcdc5p-16,
                                     -0x1.27e4f8104a45fp-22, 0x1.1ee9ef579a111p-29,  -0x1.8fb004fa53f19p-37};

  static constexpr double log2_e = 0x1.71547652b82fep+0;
  static constexpr std::array ln2{0x1.62e42fefa4p-1, -0x1.8432a1b0e2634p-43};
  static constexpr double exp_lowest = -746;
  static constexpr double exp_highest = 710;
  static constexpr std::array exponential{0x1.0000000000001p-1,  0x1.5555555555558p-3,  0x1.5555555553d03p-5,
                                          0x1.111111110f795p-7,  0x1.6c16c178b0eabp-10, 0x1.a01a01b04152ep-13,
                                          0x1.a019b87daf373p-16, 0x1.71ddf61bd13a3p-19, 0x1.28922f76ca27ap-22,
                                          0x1.af644cc888b33p-26};

  static constexpr double root_half = 0x1.6a09e667f3bcdp-1;
  static constexpr std::array logarithm{0x1.5555555555558p-1, 0x1.99999999951abp-2, 0x1.2492492e1f520p-2,
                                        0x1.c71c62a5ba5f6p-3, 0x1.7462c76b24e84p-3, 0x1.39fbe87bfd293p-3,
                                        0x1.2b76f72ecc83dp-3};
};

}  // namespace sca::kernels::simd
