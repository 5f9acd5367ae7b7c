#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>

namespace sca::experiments::ablation {

/// What worker processes tell each other and their parent, in memory that they share: made before they are.
class Board {
 public:
  struct Seat {
    std::atomic<std::int64_t> slot{-1};  // what the worker computes; -1: nothing
    std::atomic<std::int64_t> step{0};
  };

  Board(std::size_t seats, std::size_t slots);

  Seat& seat(std::size_t worker) { return seats_[worker]; }
  std::span<Seat> seats() { return seats_; }
  /// Computed by one of these workers, or by one that died of it.
  bool is_taken(std::size_t slot) const { return slots_[slot] != Mark::open; }
  void take(std::size_t slot) { slots_[slot] = Mark::taken; }
  void leave(std::size_t slot) { slots_[slot] = Mark::open; }
  /// Its worker died: left to the next time.
  bool is_given_up(std::size_t slot) const { return slots_[slot] == Mark::given_up; }
  void give_up(std::size_t slot) { slots_[slot] = Mark::given_up; }

 private:
  enum class Mark : std::uint8_t { open, taken, given_up };

  std::shared_ptr<void> memory_;
  std::span<Seat> seats_;
  std::span<std::atomic<Mark>> slots_;
};

}  // namespace sca::experiments::ablation
