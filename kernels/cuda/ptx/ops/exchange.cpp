#include "kernels/cuda/ptx/ops/exchange.hpp"

#include <string>
#include <vector>

#include "kernels/cuda/ptx/memory/clocks.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

void set(Thread& thread, U64 value) {
  const Instruction& at = *thread.waits_at;
  if (at.to >= 0) thread.r(at.to) = value;
}

void set(Thread& thread, U64 value, bool predicate) {
  const int second = thread.waits_at->second_to;
  set(thread, value);
  if (second >= 0) thread.r(second) = to_bits(predicate);
}

/// The lane that a shuffle reads, and whether it lies in the segment: as in the PTX manual.
struct Source {
  U32 lane;
  bool inside;
};

Source shuffle_source(Collective kind, U32 lane, U32 b, U32 c) {
  const S32 own = static_cast<S32>(lane), by = static_cast<S32>(b & 31);
  const S32 clamp = static_cast<S32>(c & 31), segment = static_cast<S32>(c >> 8 & 31);
  const S32 most = (own & segment) | (clamp & ~segment), least = own & segment;
  S32 from = 0;
  switch (kind) {
    case Collective::up: from = own - by; break;
    case Collective::down: from = own + by; break;
    case Collective::butterfly: from = own ^ by; break;
    default: from = least | (by & ~segment); break;
  }
  const bool inside = kind == Collective::up ? from >= most : from <= most;
  return {static_cast<U32>(inside ? from : own), inside};
}

template <Collective kind>
void shuffle(const Group& group) {
  group.each([&](Thread& thread) {
    const Contribution& own = thread.contribution;
    const Source source = shuffle_source(kind, thread.lane(), own.b, own.c);
    if ((group.mask >> source.lane & 1) == 0) {
      fault(thread, "shuffle reads lane " + std::to_string(source.lane) + ", which its mask does not have");
    }
    set(thread, from_bits<U32>(group.lanes[source.lane].contribution.value), source.inside);
  });
}

template <Collective kind>
void vote(const Group& group) {
  U32 ballot = 0;
  group.each([&](const Thread& thread) {
    ballot |= static_cast<U32>(thread.contribution.value & 1) << thread.lane();
  });
  U64 result = ballot;
  if (kind == Collective::any) result = ballot != 0 ? 1 : 0;
  if (kind == Collective::all) result = ballot == group.mask ? 1 : 0;
  if (kind == Collective::uniform) result = ballot == 0 || ballot == group.mask ? 1 : 0;
  group.each([&](Thread& thread) { set(thread, result); });
}

template <Collective kind>
void match(const Group& group) {
  group.each([&](Thread& thread) {
    U32 equal = 0;
    group.each([&](const Thread& other) {
      if (other.contribution.value == thread.contribution.value) equal |= U32{1} << other.lane();
    });
    const bool all = equal == group.mask;
    if (kind == Collective::match_any) {
      set(thread, equal);
    } else {
      set(thread, all ? equal : 0, all);
    }
  });
}

U64 reduced(int operation, Type type, U64 x, U64 y) {
  const U32 a = from_bits<U32>(x), b = from_bits<U32>(y);
  const bool less = is_signed(type) ? from_bits<S32>(x) < from_bits<S32>(y) : a < b;
  switch (operation) {
    case 0: return a + b;
    case 1: return less ? a : b;
    case 2: return less ? b : a;
    case 3: return a & b;
    case 4: return a | b;
    default: return a ^ b;
  }
}

void reduce(const Group& group) {
  bool first = true;
  U64 result = 0;
  group.each([&](const Thread& thread) {
    const Instruction& at = *thread.waits_at;
    const U64 value = from_bits<U32>(thread.contribution.value);
    result = first ? value : from_bits<U32>(reduced(at.mode, at.type, result, value));
    first = false;
  });
  group.each([&](Thread& thread) { set(thread, result); });
}

/// The one collective that orders memory.
void synchronise_lanes(const Group& group) {
  std::vector<U32> members;
  group.each([&](const Thread& thread) { members.push_back(thread.index); });
  synchronise(*group.lanes.front().block, members, members);
}

using Resolve = void (*)(const Group&);

// In the order of Collective.
constexpr Resolve resolvers[] = {&shuffle<Collective::up>,
                                 &shuffle<Collective::down>,
                                 &shuffle<Collective::butterfly>,
                                 &shuffle<Collective::index>,
                                 &vote<Collective::ballot>,
                                 &vote<Collective::any>,
                                 &vote<Collective::all>,
                                 &vote<Collective::uniform>,
                                 &match<Collective::match_any>,
                                 &match<Collective::match_all>,
                                 &reduce,
                                 &synchronise_lanes};

}  // namespace

void exchange(Collective collective, const Group& group) {
  resolvers[static_cast<std::size_t>(collective)](group);
}

}  // namespace sca::kernels::cuda::ptx
