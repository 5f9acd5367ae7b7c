#include "kernels/cuda/ptx/memory/races.hpp"

#include <bit>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kernels/cuda/ptx/memory/clocks.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

/// A thread that a thread is not ordered after.
struct Culprit {
  U32 block, thread;
};

std::string named(const Culprit& culprit) {
  return "thread " + std::to_string(culprit.thread) + " of block " + std::to_string(culprit.block);
}

/// Of the lanes, one that the thread is not ordered after.
std::optional<U32> unordered(const Thread& thread, const Lanes& lanes) {
  for (U32 rest = lanes.lanes; rest != 0; rest &= rest - 1) {
    const U32 other = lanes.warp * 32 + static_cast<U32>(std::countr_zero(rest));
    if (!comes_before(thread, other, lanes.clock)) return other;
  }
  return std::nullopt;
}

std::optional<Culprit> unordered(const Thread& thread, const Touches& touches) {
  if (touches.none()) return std::nullopt;
  const U32 block = thread.block->index;
  const U32 first = touches.first.warp * 32 + static_cast<U32>(std::countr_zero(touches.first.lanes));
  if (touches.block != block || touches.other_blocks) return Culprit{touches.block, first};
  if (const auto found = unordered(thread, touches.first)) return Culprit{block, *found};
  if (touches.more == nullptr) return std::nullopt;
  for (const Lanes& lanes : *touches.more) {
    if (const auto found = unordered(thread, lanes)) return Culprit{block, *found};
  }
  return std::nullopt;
}

std::optional<Culprit> unordered_write(const Thread& thread, const Cell& cell) {
  if (cell.write_clock == 0) return std::nullopt;
  const bool ordered =
      cell.write_block == thread.block->index && comes_before(thread, cell.write_thread, cell.write_clock);
  return ordered ? std::nullopt : std::optional(Culprit{cell.write_block, cell.write_thread});
}

bool is_group_of(const Thread& thread, const Lanes& lanes) {
  return lanes.lanes != 0 && lanes.warp == thread.warp() && lanes.clock == thread.clock;
}

/// Whoever is ordered after this thread is ordered after those that this one is ordered after: they can be
/// forgotten.
void add_new(Thread& thread, Touches& touches, Lanes own) {
  if (!unordered(thread, touches.first)) {
    touches.first = own;
    own.lanes = 0;
  }
  if (touches.more != nullptr) {
    std::erase_if(*touches.more, [&](const Lanes& lanes) { return !unordered(thread, lanes); });
  }
  if (own.lanes == 0) return;
  if (touches.more == nullptr) touches.more = std::make_unique<std::vector<Lanes>>();
  touches.more->push_back(own);
}

void add(Thread& thread, Touches& touches) {
  const U32 own = U32{1} << thread.lane(), block = thread.block->index;
  if (touches.none() || touches.block != block) {
    const bool others = !touches.none();
    touches.clear();
    touches.other_blocks = others;
    touches.block = block;
    touches.first = {thread.warp(), thread.clock, own};
    return;
  }
  if (is_group_of(thread, touches.first)) {
    touches.first.lanes |= own;
    return;
  }
  if (touches.more != nullptr) {
    for (Lanes& lanes : *touches.more) {
      if (!is_group_of(thread, lanes)) continue;
      lanes.lanes |= own;
      return;
    }
  }
  add_new(thread, touches, {thread.warp(), thread.clock, own});
}

struct Clash {
  const char* earlier;
  Culprit culprit;
};

std::optional<Clash> clash(const Thread& thread, const Cell& cell, Access access) {
  if (const auto found = unordered_write(thread, cell)) return Clash{"write", *found};
  if (!is_strong(access)) {
    if (const auto found = unordered(thread, cell.atomics)) return Clash{"atomic", *found};
  }
  if (writes(access)) {
    if (const auto found = unordered(thread, cell.reads)) return Clash{"read", *found};
  }
  return std::nullopt;
}

void remember(Thread& thread, Cell& cell, Access access) {
  if (is_strong(access)) {
    add(thread, cell.atomics);
  } else if (access == Access::write) {
    cell.write_block = thread.block->index;
    cell.write_thread = thread.index;
    cell.write_clock = thread.clock;
    cell.reads.clear();
    cell.atomics.clear();
  } else {
    add(thread, cell.reads);
  }
}

const char* name_of(Access access) {
  return access == Access::atomic ? "atomic" : writes(access) ? "write" : "read";
}

void check_cell(Thread& thread, Cell& cell, Access access, const Region& region, std::size_t at) {
  if (const auto found = clash(thread, cell, access)) {
    fault(thread, "race on " + region.name + " byte " + std::to_string(at) + ": " + name_of(access) +
                      " after an unordered " + found->earlier + " by " + named(found->culprit));
  }
  if (access == Access::constant_read && (cell.write_clock != 0 || !cell.atomics.none())) {
    fault(thread, "non-coherent read of " + region.name + " byte " + std::to_string(at) +
                      ", which this launch has written");
  }
  remember(thread, cell, access);
}

}  // namespace

void check_races(Thread& thread, Region& region, std::size_t offset, std::size_t bytes, Access access) {
  const std::size_t granules = region.size / Granule::size + 1;
  if (region.granules.size() != granules) region.granules.resize(granules);
  for (std::size_t at = offset; at < offset + bytes;) {
    Granule& granule = region.granules[at / Granule::size];
    const std::size_t within = at % Granule::size;
    if (granule.era != region.era) granule.begin_era(region.era);
    if (within == 0 && offset + bytes - at >= Granule::size && granule.bytes == nullptr) {
      check_cell(thread, granule.whole, access, region, at);
      at += Granule::size;
    } else {
      granule.split();
      check_cell(thread, (*granule.bytes)[within], access, region, at);
      ++at;
    }
  }
}

}  // namespace sca::kernels::cuda::ptx
