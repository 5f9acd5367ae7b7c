#include "kernels/cuda/ptx/memory/access.hpp"
#include "kernels/cuda/ptx/ops/lift.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

Outcome move(Thread& thread, const Instruction& instruction) {
  thread.r(instruction.to) = extended(thread.r(instruction.a), instruction.type);
  return Outcome::next;
}

U64 low_bits(int bytes) { return ~U64{0} >> (64 - 8 * bytes); }

Outcome pack(Thread& thread, const Instruction& instruction) {
  U64 result = 0;
  for (int i = 0; i < instruction.count; ++i) {
    const int slot = instruction.elements[static_cast<std::size_t>(i)];
    result |= (thread.r(slot) & low_bits(instruction.size)) << (8 * instruction.size * i);
  }
  thread.r(instruction.to) = result;
  return Outcome::next;
}

Outcome unpack(Thread& thread, const Instruction& instruction) {
  const U64 whole = thread.r(instruction.a);
  for (int i = 0; i < instruction.count; ++i) {
    const int slot = instruction.elements[static_cast<std::size_t>(i)];
    thread.r(slot) = whole >> (8 * instruction.size * i) & low_bits(instruction.size);
  }
  return Outcome::next;
}

/// mov.b64 d, {a, b}; or the other way round.
Instruction build_vector(Instruction instruction, std::string_view to, std::string_view from,
                         Assembler& assembler, const Statement& statement) {
  if (to.starts_with('{')) {
    assembler.destination_elements(to, instruction, statement);
    instruction.a = assembler.source(from, statement);
    instruction.execute = &unpack;
  } else {
    instruction.to = assembler.destination(to, statement);
    assembler.source_elements(from, instruction, statement);
    instruction.execute = &pack;
  }
  const int bytes = size_of(instruction.type);
  const bool divides = instruction.count > 1 && bytes % instruction.count == 0;
  if (!divides) statement.refuse("a vector that does not divide its register");
  instruction.size = bytes / instruction.count;
  return instruction;
}

Instruction build_move(Assembler& assembler, Statement& statement) {
  Instruction instruction;
  instruction.type = statement.take_type();
  const std::string_view to = statement.operand(), from = statement.operand();
  if (to.starts_with('{') || from.starts_with('{')) {
    return build_vector(instruction, to, from, assembler, statement);
  }
  instruction.to = assembler.destination(to, statement);
  instruction.a = assembler.source(from, statement);
  instruction.execute = &move;
  return instruction;
}

Outcome shift_address(Thread& thread, const Instruction& instruction) {
  thread.r(instruction.to) = thread.r(instruction.a) + static_cast<U64>(instruction.offset);
  return Outcome::next;
}

U64 window(Space space) {
  switch (space) {
    case Space::shared: return shared_window;
    case Space::local: return local_window;
    case Space::param: return parameter_window;
    default: return 0;
  }
}

/// -1 if none is named.
int take_space(Statement& statement) {
  constexpr Space spaces[] = {Space::global, Space::global, Space::shared,
                              Space::shared, Space::local,  Space::param};
  const int found = statement.take_any({"global", "const", "shared", "shared::cta", "local", "param"});
  return found < 0 ? -1 : static_cast<int>(spaces[found]);
}

Instruction build_convert_address(Assembler& assembler, Statement& statement) {
  const bool to_space = statement.take("to");
  const int space = take_space(statement);
  const Type type = statement.take_type();
  if (space < 0 || size_of(type) != 8) statement.refuse("a cvta that is not understood");
  Instruction instruction = with_operands(assembler, statement, 1);
  const U64 base = window(static_cast<Space>(space));
  instruction.offset = static_cast<S64>(to_space ? U64{0} - base : base);
  instruction.execute = &shift_address;
  return instruction;
}

Outcome is_in_space(Thread& thread, const Instruction& instruction) {
  thread.r(instruction.to) = to_bits(space_of(thread.r(instruction.a)) == instruction.space);
  return Outcome::next;
}

Instruction build_is_in_space(Assembler& assembler, Statement& statement) {
  if (statement.says("const")) statement.refuse("unknown modifier .const of isspacep");
  const int space = take_space(statement);
  if (space < 0) statement.refuse("an isspacep that is not understood");
  Instruction instruction = with_operands(assembler, statement, 1);
  instruction.space = static_cast<Space>(space);
  instruction.execute = &is_in_space;
  return instruction;
}

}  // namespace

void add_move(Table& table) {
  table[{"mov", Family::any}] = build_move;
  table[{"cvta", Family::any}] = build_convert_address;
  table[{"isspacep", Family::any}] = build_is_in_space;
}

}  // namespace sca::kernels::cuda::ptx
