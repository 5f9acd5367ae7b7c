#include <bit>
#include <cstdio>

#include "kernels/cuda/fiber/block.hpp"

namespace sca::kernels::cuda::fiber {
namespace {

bool is_in(unsigned mask, unsigned lane) { return (mask >> lane & 1U) != 0; }

/// Lanes may come to a __syncwarp of one mask by different ways, to what moves values only by one.
bool meet(const WarpCall& a, const WarpCall& b) {
  if (a.mask != b.mask || a.operation != b.operation) return false;
  return a.operation == WarpOperation::synchronize || a.where == b.where;
}

}  // namespace

std::uint64_t Block::wait_for_warp(const WarpCall& call) {
  Thread& thread = *running_;
  const unsigned warp = number(thread) / 32;
  const unsigned lane = number(thread) % 32;
  const bool orders = call.operation == WarpOperation::synchronize;
  check_call(call, lane);
  ++statistics_.warp_collectives;
  thread.call = call;
  thread.state = State::in_warp;
  const unsigned before = warps_[warp].waiting & call.mask;
  warps_[warp].waiting |= 1U << lane;
  const bool all_wait = (before | 1U << lane) == call.mask;
  // One of those before is enough to see most mistakes at once; all are compared when all wait, or when
  // nobody can run.
  const bool differs =
      before != 0 && !meet(call, threads_[warp * 32 + static_cast<unsigned>(std::countr_zero(before))].call);
  if (all_wait || differs || (warps_[warp].elsewhere & call.mask) != 0) meet_warp(warp, lane, call);
  char* tag = orders ? ordering_.reach_warp_barrier(warp, call.mask) : nullptr;
  suspend();
  if (orders) ordering_.leave_warp_barrier(tag);
  return thread.result;
}

void Block::check_call(const WarpCall& call, unsigned lane) {
  const bool moves = call.operation == WarpOperation::read_up || call.operation == WarpOperation::read_down ||
                     call.operation == WarpOperation::read_xor;
  if (!is_in(call.mask, lane)) fail(call.where, "the lane that calls is not in its own mask");
  if (call.width < 1 || call.width > 32 || (call.width & (call.width - 1)) != 0)
    fail(call.where, "a shuffle's width must be a power of two up to 32");
  if (moves && (call.argument < 0 || call.argument > 31)) fail(call.where, "a shuffle by more than 31 lanes");
}

/// All lanes of the mask go on; or one of them never comes here; or it waits for others first, without this
/// one.
void Block::meet_warp(unsigned warp, unsigned lane, const WarpCall& call) {
  const int stranger = find_stranger(warp, call);
  if (stranger < 0) return deliver(warp, call);
  const auto other = static_cast<unsigned>(stranger);
  const bool comes_later =
      !is_in(warps_[warp].elsewhere, other) &&
      (!is_in(warps_[warp].waiting, other) || !is_in(threads_[warp * 32 + other].call.mask, lane));
  if (comes_later) return;
  char text[160];
  char where[80];
  std::snprintf(text, sizeof text, "lane %u of the mask %s", other, whereabouts(warp, other, where));
  fail(call.where, text);
}

int Block::find_stranger(unsigned warp, const WarpCall& call) const {
  for (unsigned lane = 0; lane < 32; ++lane)
    if (is_in(call.mask, lane) &&
        (!is_in(warps_[warp].waiting, lane) || !meet(call, threads_[warp * 32 + lane].call)))
      return static_cast<int>(lane);
  return -1;
}

const char* Block::whereabouts(unsigned warp, unsigned lane, char (&text)[80]) const {
  if (warp * 32 + lane >= threads_.size()) return "is beyond the block";
  const Thread& thread = threads_[warp * 32 + lane];
  switch (thread.state) {
    case State::exited: return "has exited";
    case State::at_barrier:
      std::snprintf(text, sizeof text, "waits at __syncthreads, %.40s:%d", file_name(thread.barrier.file),
                    thread.barrier.line);
      return text;
    case State::in_warp:
      std::snprintf(text, sizeof text, "is at another collective, %.40s:%d",
                    file_name(thread.call.where.file), thread.call.where.line);
      return text;
    default: return "has not come";
  }
}

/// Which lane is read: the own one where the other is outside of the segment, as on the device.
unsigned Block::source_lane(const WarpCall& call, unsigned lane) {
  const auto own = static_cast<int>(lane);
  const int first = own & ~(call.width - 1);
  const int end = first + call.width;
  int source = own;
  switch (call.operation) {
    case WarpOperation::read_lane: source = first + (call.argument & (call.width - 1)); break;
    case WarpOperation::read_up: source = own - call.argument >= first ? own - call.argument : own; break;
    case WarpOperation::read_down: source = own + call.argument < end ? own + call.argument : own; break;
    case WarpOperation::read_xor: source = (own ^ call.argument) < end ? own ^ call.argument : own; break;
    default: break;
  }
  return static_cast<unsigned>(source);
}

void Block::deliver(unsigned warp, const WarpCall& completing) {
  Thread* lanes = &threads_[warp * 32];
  std::uint64_t ballot = 0;
  for (unsigned lane = 0; lane < 32; ++lane)
    if (is_in(completing.mask, lane)) ballot |= (lanes[lane].call.bits & 1U) << lane;
  for (unsigned lane = 0; lane < 32; ++lane) {
    if (!is_in(completing.mask, lane)) continue;
    const unsigned source = source_lane(lanes[lane].call, lane);
    if (!is_in(completing.mask, source))
      fail(completing.where, "a shuffle reads a lane that is not in the mask");
    lanes[lane].result = completing.operation == WarpOperation::ballot ? ballot : lanes[source].call.bits;
    lanes[lane].state = State::ready;
  }
  warps_[warp].waiting &= ~completing.mask;
}

}  // namespace sca::kernels::cuda::fiber
