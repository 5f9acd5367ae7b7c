#include <algorithm>
#include <bit>
#include <span>

#include "kernels/cuda/ptx/memory/clocks.hpp"
#include "kernels/cuda/ptx/ops/collective.hpp"
#include "kernels/cuda/ptx/ops/lift.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

/// The lanes that take part in one collective; all of them are waiting in it.
struct Group {
  std::span<Thread> lanes;  // the whole warp
  U32 mask;

  template <class Visit>
  void each(Visit visit) const {
    for (U32 lane = 0; lane < 32; ++lane) {
      if ((mask >> lane & 1) != 0) visit(lanes[lane]);
    }
  }
};

using Resolve = void (*)(const Group&);

/// The collective's results for every lane of it.
enum class Kind {
  up,
  down,
  butterfly,
  index,
  ballot,
  any,
  all,
  uniform,
  match_any,
  match_all,
  reduce,
  barrier
};

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

Source shuffle_source(Kind kind, U32 lane, U32 b, U32 c) {
  const S32 own = static_cast<S32>(lane), by = static_cast<S32>(b & 31);
  const S32 clamp = static_cast<S32>(c & 31), segment = static_cast<S32>(c >> 8 & 31);
  const S32 most = (own & segment) | (clamp & ~segment), least = own & segment;
  S32 from = 0;
  switch (kind) {
    case Kind::up: from = own - by; break;
    case Kind::down: from = own + by; break;
    case Kind::butterfly: from = own ^ by; break;
    default: from = least | (by & ~segment); break;
  }
  const bool inside = kind == Kind::up ? from >= most : from <= most;
  return {static_cast<U32>(inside ? from : own), inside};
}

template <Kind kind>
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

template <Kind kind>
void vote(const Group& group) {
  U32 ballot = 0;
  group.each([&](const Thread& thread) {
    ballot |= static_cast<U32>(thread.contribution.value & 1) << thread.lane();
  });
  U64 result = ballot;
  if (kind == Kind::any) result = ballot != 0 ? 1 : 0;
  if (kind == Kind::all) result = ballot == group.mask ? 1 : 0;
  if (kind == Kind::uniform) result = ballot == 0 || ballot == group.mask ? 1 : 0;
  group.each([&](Thread& thread) { set(thread, result); });
}

template <Kind kind>
void match(const Group& group) {
  group.each([&](Thread& thread) {
    U32 equal = 0;
    group.each([&](const Thread& other) {
      if (other.contribution.value == thread.contribution.value) equal |= U32{1} << other.lane();
    });
    const bool all = equal == group.mask;
    if (kind == Kind::match_any) {
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

constexpr Resolve resolvers[] = {&shuffle<Kind::up>,
                                 &shuffle<Kind::down>,
                                 &shuffle<Kind::butterfly>,
                                 &shuffle<Kind::index>,
                                 &vote<Kind::ballot>,
                                 &vote<Kind::any>,
                                 &vote<Kind::all>,
                                 &vote<Kind::uniform>,
                                 &match<Kind::match_any>,
                                 &match<Kind::match_all>,
                                 &reduce,
                                 &synchronise_lanes};

/// Has the lane come to the collective that `thread` waits in?
/// errors   Fault if it never will
bool has_arrived(Thread& thread, const Thread& other) {
  const auto wrong = [&](const char* what) {
    fault(thread, "warp collective: lane " + std::to_string(other.lane()) + " of the mask " + what);
  };
  if (other.state == State::exited) wrong("has exited");
  if (other.state == State::at_barrier) wrong("waits at a barrier of the block");
  if (other.state != State::in_collective) return false;
  const Instruction& mine = *thread.waits_at;
  const Instruction& theirs = *other.waits_at;
  const bool barriers = is_warp_barrier(mine) && is_warp_barrier(theirs);
  if (other.contribution.mask != thread.contribution.mask || (&mine != &theirs && !barriers)) {
    wrong("is in another collective");
  }
  return true;
}

/// Waits; the last lane to arrive does the work for all.
Outcome join(Thread& thread, const Instruction& instruction) {
  thread.state = State::in_collective;
  thread.waits_at = &instruction;
  const U32 mask = thread.contribution.mask, first = thread.index - thread.lane();
  if ((mask >> thread.lane() & 1) == 0)
    fault(thread, "warp collective: its mask does not have the thread itself");
  std::vector<Thread>& threads = thread.block->threads;
  for (U32 rest = mask; rest != 0; rest &= rest - 1) {
    const U32 other = first + static_cast<U32>(std::countr_zero(rest));
    if (other >= threads.size())
      fault(thread, "warp collective: its mask has lanes that the block does not have");
    if (!has_arrived(thread, threads[other])) return Outcome::blocked;
  }
  const Group group{std::span(threads).subspan(first, std::min<std::size_t>(32, threads.size() - first)),
                    mask};
  resolvers[instruction.second_mode](group);
  group.each([](Thread& lane) {
    lane.state = State::ready;
    ++lane.next;
  });
  ++thread.block->counts->collectives;
  return Outcome::jumped;
}

Outcome execute(Thread& thread, const Instruction& instruction) {
  Contribution& own = thread.contribution;
  own.mask = from_bits<U32>(thread.r(instruction.d));
  own.value = instruction.a >= 0 ? thread.r(instruction.a) : 0;
  if (instruction.size != 0) own.value &= ~U64{0} >> (64 - 8 * instruction.size);
  if (instruction.negated) own.value = ~own.value;
  own.b = instruction.b >= 0 ? from_bits<U32>(thread.r(instruction.b)) : 0;
  own.c = instruction.c >= 0 ? from_bits<U32>(thread.r(instruction.c)) : 0;
  return join(thread, instruction);
}

Instruction of_kind(Kind kind) {
  Instruction instruction;
  instruction.execute = &execute;
  instruction.second_mode = static_cast<int>(kind);
  return instruction;
}

void need_sync(Statement& statement) {
  if (!statement.take("sync")) statement.refuse("a collective without .sync");
}

Instruction build_shuffle(Assembler& assembler, Statement& statement) {
  need_sync(statement);
  const int kind = statement.take_any({"up", "down", "bfly", "idx"});
  if (kind < 0 || !statement.take("b32")) statement.refuse("a shuffle that is not understood");
  Instruction instruction = of_kind(static_cast<Kind>(kind));
  assembler.destinations(instruction, statement);
  instruction.a = assembler.source(statement);
  instruction.b = assembler.source(statement);
  instruction.c = assembler.source(statement);
  instruction.d = assembler.source(statement);
  return instruction;
}

Instruction build_vote(Assembler& assembler, Statement& statement) {
  need_sync(statement);
  const int kind = statement.take_any({"ballot", "any", "all", "uni"});
  const bool type = kind == 0 ? statement.take("b32") : statement.take("pred");
  if (kind < 0 || !type) statement.refuse("a vote that is not understood");
  Instruction instruction = of_kind(static_cast<Kind>(static_cast<int>(Kind::ballot) + kind));
  instruction.to = assembler.destination(statement);
  instruction.a = assembler.predicate(statement.operand(), instruction.negated, statement);
  instruction.d = assembler.source(statement);
  return instruction;
}

Instruction build_match(Assembler& assembler, Statement& statement) {
  need_sync(statement);
  const int kind = statement.take_any({"any", "all"});
  const Type type = statement.take_type();
  if (kind < 0 || (type != Type::b32 && type != Type::b64))
    statement.refuse("a match that is not understood");
  Instruction instruction = of_kind(kind == 0 ? Kind::match_any : Kind::match_all);
  instruction.size = size_of(type);
  assembler.destinations(instruction, statement);
  instruction.a = assembler.source(statement);
  instruction.d = assembler.source(statement);
  return instruction;
}

Instruction build_reduce(Assembler& assembler, Statement& statement) {
  need_sync(statement);
  Instruction instruction = of_kind(Kind::reduce);
  instruction.mode = statement.take_any({"add", "min", "max", "and", "or", "xor"});
  instruction.type = statement.take_type();
  if (instruction.mode < 0 || family_of(instruction.type) != Family::integer ||
      size_of(instruction.type) != 4) {
    statement.refuse("a reduction that is not understood");
  }
  instruction.to = assembler.destination(statement);
  instruction.a = assembler.source(statement);
  instruction.d = assembler.source(statement);
  return instruction;
}

/// Of what may be executing together, each thread of a warp may be alone. It says so, whatever the schedule.
Instruction build_active_mask(Assembler& assembler, Statement& statement) {
  if (!statement.take("b32")) statement.refuse("unknown type of activemask");
  Instruction instruction;
  instruction.to = assembler.destination(statement);
  instruction.execute = [](Thread& thread, const Instruction& i) {
    thread.r(i.to) = U64{1} << thread.lane();
    return Outcome::next;
  };
  return instruction;
}

}  // namespace

bool is_warp_barrier(const Instruction& instruction) {
  return instruction.execute == &execute && instruction.second_mode == static_cast<int>(Kind::barrier);
}

Instruction build_warp_barrier(Assembler& assembler, Statement& statement) {
  Instruction instruction = of_kind(Kind::barrier);
  instruction.d = assembler.source(statement);
  return instruction;
}

void add_collective(Table& table) {
  table[{"shfl", Family::any}] = build_shuffle;
  table[{"vote", Family::any}] = build_vote;
  table[{"match", Family::any}] = build_match;
  table[{"redux", Family::any}] = build_reduce;
  table[{"activemask", Family::any}] = build_active_mask;
}

}  // namespace sca::kernels::cuda::ptx
