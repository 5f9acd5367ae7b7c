#pragma once

#include <span>
#include <string_view>

namespace sca::evidence::cuda {

/// A card by its datasheet. Nothing of it has been measured here.
struct Card {
  std::string_view name;
  int architecture;         // 80: sm_80
  double bytes_per_second;  // of its memory
  double flops;             // FP32 operations a second; a fused multiply-add is two
};

std::span<const Card> cards();

/// A model: no kernel is faster than its traffic or than its instructions, and this one reaches the worse of
/// the two.
struct ModelTime {
  double seconds = 0;
  std::string_view bound;  // "memory" or "instructions"
};

/// bytes         that go between the card and its memory
/// instructions  of threads, each taken for an FP32 fused multiply-add: two operations, whatever it does
ModelTime model_time(const Card& card, double bytes, double instructions);

}  // namespace sca::evidence::cuda
