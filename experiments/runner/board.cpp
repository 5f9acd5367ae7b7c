#include "experiments/runner/board.hpp"

#include <sys/mman.h>

#include <cerrno>
#include <memory>
#include <system_error>

namespace sca::experiments::ablation {

Board::Board(std::size_t seats, std::size_t slots) {
  static_assert(std::atomic<std::int64_t>::is_always_lock_free && std::atomic<Mark>::is_always_lock_free);
  const std::size_t bytes = seats * sizeof(Seat) + slots * sizeof(std::atomic<Mark>);
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "shared memory");
  memory_ = {memory, [bytes](void* begin) { munmap(begin, bytes); }};
  auto* first_seat = static_cast<Seat*>(memory);
  std::uninitialized_value_construct_n(first_seat, seats);
  seats_ = {first_seat, seats};
  auto* first_slot = reinterpret_cast<std::atomic<Mark>*>(first_seat + seats);
  std::uninitialized_value_construct_n(first_slot, slots);
  slots_ = {first_slot, slots};
}

}  // namespace sca::experiments::ablation
