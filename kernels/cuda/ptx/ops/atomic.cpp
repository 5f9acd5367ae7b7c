// Compiled with -frounding-math -ffp-contract=off.
#include <algorithm>
#include <cstring>

#include "kernels/cuda/ptx/memory/access.hpp"
#include "kernels/cuda/ptx/ops/integer.hpp"
#include "kernels/cuda/ptx/ops/lift.hpp"
#include "kernels/cuda/ptx/ops/qualifiers.hpp"
#include "kernels/cuda/ptx/ops/rounding.hpp"
#include "kernels/cuda/ptx/ops/small_float.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

enum class Operation { add, min, max, inc, dec, exch, cas, bit_and, bit_or, bit_xor };

template <class T>
T combined_integer(Operation operation, T old, T b, T c) {
  switch (operation) {
    case Operation::add: return wrapping_add(old, b);
    case Operation::min: return std::min(old, b);
    case Operation::max: return std::max(old, b);
    case Operation::inc: return old >= b ? T{0} : static_cast<T>(old + 1);
    case Operation::dec: return old == 0 || old > b ? b : static_cast<T>(old - 1);
    case Operation::exch: return b;
    case Operation::cas: return old == b ? c : old;
    case Operation::bit_and: return static_cast<T>(old & b);
    case Operation::bit_or: return static_cast<T>(old | b);
    default: return static_cast<T>(old ^ b);
  }
}

template <class T>
T combined(const Instruction& instruction, T old, T b, T c, bool flush) {
  if constexpr (std::is_integral_v<T>) {
    return combined_integer(static_cast<Operation>(instruction.mode), old, b, c);
  } else {
    if (!flush) return canonical(old + b);
    return flushed(canonical(flushed(old) + flushed(b)));
  }
}

/// Reads, combines, writes: nothing comes between, as no other thread runs meanwhile.
template <class T>
Outcome atomic(Thread& thread, const Instruction& instruction) {
  const Request request{instruction.space, effective_address(thread, instruction), sizeof(T), Access::atomic,
                        instruction.request};
  U8* bytes = checked(thread, request);
  T old;
  std::memcpy(&old, bytes, sizeof old);
  const T b = from_bits<T>(thread.r(instruction.b));
  const T c = instruction.c >= 0 ? from_bits<T>(thread.r(instruction.c)) : T{};
  // Hardware adds singles in global memory without subnormals, in shared memory with them.
  const bool in_global = instruction.space == Space::global ||
                         (instruction.space == Space::generic && space_of(request.address) == Space::global);
  const T combination = combined(instruction, old, b, c, in_global && std::is_same_v<T, float>);
  std::memcpy(bytes, &combination, sizeof combination);
  if (instruction.to >= 0) thread.r(instruction.to) = to_bits(old);
  return Outcome::next;
}

/// Addition of halves, each on its own.
Outcome atomic_halves(Thread& thread, const Instruction& instruction) {
  const std::size_t size = 2 * static_cast<std::size_t>(instruction.count);
  U8* bytes = checked(thread, {instruction.space, effective_address(thread, instruction), size,
                               Access::atomic, instruction.request});
  U64 old = 0, sum = 0;
  std::memcpy(&old, bytes, size);
  for (int i = 0; i < instruction.count; ++i) {
    const auto half = [&](U64 both) { return widened(static_cast<U16>(both >> (16 * i)), instruction.type); };
    const double exact = sum_to_odd(half(old), half(thread.r(instruction.b)));
    sum |= U64{narrowed(exact, instruction.type, Rounding::nearest)} << (16 * i);
  }
  std::memcpy(bytes, &sum, size);
  if (instruction.to >= 0) thread.r(instruction.to) = old;
  return Outcome::next;
}

Execute execute_of(Type type, Operation operation) {
  const bool adds = operation == Operation::add;
  switch (type) {
    case Type::f32: return adds ? &atomic<float> : nullptr;
    case Type::f64: return adds ? &atomic<double> : nullptr;
    case Type::f16:
    case Type::bf16: return adds ? &atomic_halves : nullptr;
    case Type::b16: return operation == Operation::cas ? &atomic<U16> : nullptr;
    default:
      if (size_of(type) < 4 || type == Type::pred) return nullptr;
      return for_integer(type, []<class T>(T) -> Execute { return &atomic<T>; });
  }
}

Instruction build(Assembler& assembler, Statement& statement, bool reduces) {
  Instruction instruction;
  statement.ignore({"relaxed", "acquire", "release", "acq_rel"});
  statement.ignore({"cta", "cluster", "gpu", "sys"});
  instruction.space = take_access_space(statement, false);
  const int operation =
      statement.take_any({"add", "min", "max", "inc", "dec", "exch", "cas", "and", "or", "xor"});
  const Type type = statement.take_type();
  instruction.type = element_of(type);
  instruction.count = instruction.type == type ? 1 : 2;
  if (family_of(type) == Family::half) statement.take("noftz");
  if (operation < 0) statement.refuse("an operation that is not understood");
  if (!reduces) instruction.to = assembler.destination(statement);
  assembler.address(statement.operand(), instruction, statement);
  instruction.b = assembler.source(statement);
  if (operation == static_cast<int>(Operation::cas)) instruction.c = assembler.source(statement);
  instruction.mode = operation;
  instruction.request = assembler.next_request();
  set_execute(instruction, execute_of(instruction.type, static_cast<Operation>(operation)), statement);
  return instruction;
}

}  // namespace

void add_atomic(Table& table) {
  table[{"atom", Family::any}] = [](Assembler& a, Statement& s) { return build(a, s, false); };
  table[{"red", Family::any}] = [](Assembler& a, Statement& s) { return build(a, s, true); };
}

}  // namespace sca::kernels::cuda::ptx
