#pragma once

#include <cstddef>

#include "kernels/cuda/fiber/failure.hpp"
#include "kernels/cuda/fiber/pages.hpp"

namespace sca::kernels::cuda::fiber {

/// The shared memory of one block at a time, with something around each piece that nobody may write.
class SharedMemory {
 public:
  static constexpr std::size_t limit = std::size_t{227} << 10;
  static constexpr std::size_t static_limit = std::size_t{48} << 10;

  SharedMemory();

  /// Nothing of the block before is left.
  void begin_block(std::size_t dynamic_bytes);
  void* dynamic() const { return pieces_[0].bytes == 0 ? nullptr : pieces_[0].begin; }
  /// Null where it would be too much. `owner` becomes null at the end of the block; `type` is for who
  /// overruns it.
  void* acquire(std::size_t bytes, void** owner, const char* type);
  /// Tells of pieces that were overrun.
  void end_block(Failure& failure);

 private:
  struct Piece {
    char* begin;
    std::size_t bytes;
    void** owner;
    const char* type;
  };
  Piece& take(std::size_t bytes, void** owner, const char* type);
  bool is_intact(const Piece& piece) const;

  static constexpr std::size_t around = 256;  // before and behind, up to the next piece's alignment
  static constexpr std::size_t most_pieces = 64;

  Pages pages_;
  char* next_ = nullptr;
  std::size_t static_bytes_ = 0;
  std::size_t pieces_taken_ = 0;
  Piece pieces_[most_pieces]{};
};

}  // namespace sca::kernels::cuda::fiber
