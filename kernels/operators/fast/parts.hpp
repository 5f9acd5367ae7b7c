#pragma once

#include <cstdint>

namespace sca::kernels::fast {

/// What is done in parts that share no result: whichever thread does one, no bit changes.
struct Parts {
  std::int64_t count;
  std::int64_t work;    // of all together, in vector operations, roughly: a little is not worth a thread
  std::int32_t wanted;  // threads, at most; 0: as many as the machine has
};

/// As many as are wanted, or as the machine has.
std::int64_t most_threads(std::int32_t wanted);

void for_each_part(const Parts& parts, void (*work)(const void* context, std::int64_t part),
                   const void* context);

/// f(part)
template <class F>
void for_each_part(const Parts& parts, const F& f) {
  for_each_part(
      parts, [](const void* context, std::int64_t part) { (*static_cast<const F*>(context))(part); }, &f);
}

/// The numbers that one part of `count`, cut into pieces of `size`, has.
struct Piece {
  Piece(std::int64_t part, std::int64_t size, std::int64_t count)
      : first(part * size), last(first + size < count ? first + size : count) {}
  static std::int64_t pieces(std::int64_t size, std::int64_t count) { return (count + size - 1) / size; }

  std::int64_t first, last;
};

}  // namespace sca::kernels::fast
