#include "kernels/cuda/fiber/shared_memory.hpp"

#include <cstring>

#include "kernels/cuda/fiber/sanitizers.hpp"

namespace sca::kernels::cuda::fiber {

SharedMemory::SharedMemory() : pages_(limit + around + most_pieces * 2 * around) {}

void SharedMemory::begin_block(std::size_t dynamic_bytes) {
  if constexpr (sanitizers::thread) pages_.renew();
  sanitizers::forbid(pages_.begin(), pages_.bytes());
  fill(pages_.begin(), sanitizers::address ? 0 : around);
  next_ = pages_.begin() + around;
  static_bytes_ = 0;
  pieces_taken_ = 0;
  take(dynamic_bytes, nullptr, "[dynamic]");
}

SharedMemory::Piece& SharedMemory::take(std::size_t bytes, void** owner, const char* type) {
  Piece& piece = pieces_[pieces_taken_++];
  piece = {next_, bytes, owner, type};
  next_ += (bytes + around - 1) / around * around + around;
  const auto with_border = static_cast<std::size_t>(next_ - piece.begin);
  sanitizers::allow(piece.begin, bytes);
  fill(piece.begin, sanitizers::address ? bytes : with_border);
  sanitizers::forget(piece.begin, with_border);
  return piece;
}

void* SharedMemory::acquire(std::size_t bytes, void** owner, const char* type) {
  const std::size_t all = static_bytes_ + bytes;
  if (all > static_limit || all + pieces_[0].bytes > limit || pieces_taken_ == most_pieces) return nullptr;
  static_bytes_ = all;
  return *owner = take(bytes, owner, type).begin;
}

bool SharedMemory::is_intact(const Piece& piece) const {
  if constexpr (sanitizers::address) return true;
  const char* border = piece.begin + piece.bytes;
  const std::size_t bytes = (around - piece.bytes % around) % around + around;
  sanitizers::trust(piece.begin - around, around);
  sanitizers::trust(border, bytes);
  return is_filled(border, bytes) && is_filled(piece.begin - around, around);
}

void SharedMemory::end_block(Failure& failure) {
  for (std::size_t i = 0; i < pieces_taken_; ++i) {
    const Piece& piece = pieces_[i];
    if (piece.owner != nullptr) *piece.owner = nullptr;
    if (piece.bytes == 0 || is_intact(piece)) continue;
    const char* which = std::strchr(piece.type, '[');  // of a function's name, what its parameters are
    failure.record("something was written outside of the %zu bytes of shared memory %s", piece.bytes,
                   which == nullptr ? piece.type : which);
  }
}

}  // namespace sca::kernels::cuda::fiber
