#include <cstring>

#include "kernels/cuda/ptx/load/text.hpp"
#include "kernels/cuda/ptx/ops/lift.hpp"
#include "kernels/cuda/ptx/run/block.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

Outcome branch(Thread& thread, const Instruction& instruction) {
  thread.next = instruction.target;
  return Outcome::jumped;
}

Outcome branch_by_index(Thread& thread, const Instruction& instruction) {
  const auto& table = thread.frame().function->branch_tables[static_cast<std::size_t>(instruction.target)];
  const U32 index = from_bits<U32>(thread.r(instruction.a));
  if (index >= table.size()) fault(thread, "branch to a target beyond the list");
  thread.next = table[index];
  return Outcome::jumped;
}

Outcome leave_kernel(Thread& thread, const Instruction&) {
  thread.state = State::exited;
  return Outcome::exited;
}

Outcome leave_function(Thread& thread, const Instruction& instruction) {
  if (!leave(thread)) return leave_kernel(thread, instruction);
  ++thread.next;  // behind the call
  return Outcome::jumped;
}

Outcome trap(Thread& thread, const Instruction&) { fault(thread, "trap"); }

Outcome nothing(Thread&, const Instruction&) { return Outcome::next; }

Outcome call(Thread& thread, const Instruction& instruction) {
  constexpr std::size_t deepest = 64;
  if (thread.depth == deepest) fault(thread, "calls without end");
  Frame& caller = thread.frame();
  const Call& call = caller.function->calls[static_cast<std::size_t>(instruction.target)];
  const Function& callee = *thread.block->module->functions[static_cast<std::size_t>(call.callee)];
  enter(thread, callee, &call);
  Frame& frame = thread.frame();
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    std::memcpy(frame.parameters.data() + callee.arguments[i].offset,
                caller.parameters.data() + call.arguments[i].offset, call.arguments[i].size);
  }
  return Outcome::jumped;
}

Instruction build_branch(Assembler& assembler, Statement& statement) {
  statement.take("uni");
  assembler.jump_to(statement.operand());
  Instruction instruction;
  instruction.execute = &branch;
  return instruction;
}

Instruction build_branch_by_index(Assembler& assembler, Statement& statement) {
  statement.take("uni");
  if (!statement.take("idx")) statement.refuse("a brx that is not understood");
  Instruction instruction;
  instruction.a = assembler.source(statement);
  instruction.target = assembler.branch_table(statement.operand(), statement);
  instruction.execute = &branch_by_index;
  return instruction;
}

std::vector<Parameter> take_parameters(std::string_view list, Assembler& assembler,
                                       const Statement& statement) {
  std::vector<Parameter> parameters;
  for (const std::string_view name : split_list(list.substr(1, list.size() - 2))) {
    parameters.push_back(assembler.parameter(name, statement));
  }
  return parameters;
}

void check_same(const std::vector<Parameter>& given, const std::vector<Parameter>& expected,
                const Statement& statement) {
  bool same = given.size() == expected.size();
  for (std::size_t i = 0; same && i < given.size(); ++i) same = given[i].size == expected[i].size;
  if (!same) statement.refuse("arguments or results of other sizes");
}

/// call (results), function, (arguments)
Instruction build_call(Assembler& assembler, Statement& statement) {
  statement.take("uni");
  Call made{};
  std::string_view operand = statement.operand();
  if (operand.starts_with('(')) {
    made.results = take_parameters(operand, assembler, statement);
    operand = statement.operand();
  }
  made.callee = assembler.functions().index_of(operand, statement);
  if (statement.has_operand()) made.arguments = take_parameters(statement.operand(), assembler, statement);
  const Function& callee = assembler.functions().at(made.callee);
  check_same(made.arguments, callee.arguments, statement);
  check_same(made.results, callee.results, statement);
  Instruction instruction;
  assembler.call(instruction, std::move(made));
  instruction.execute = &call;
  return instruction;
}

template <Execute execute>
Instruction build_plain(Assembler&, Statement& statement) {
  statement.take("uni");
  Instruction instruction;
  instruction.execute = execute;
  return instruction;
}

/// Fences order what one thread does as others see it. Here everybody sees everything at once; what fences
/// alone order between threads, without a barrier, is taken for a race.
Instruction build_fence(Assembler&, Statement& statement) {
  statement.ignore({"sc", "acq_rel"});
  if (statement.take_any({"cta", "gl", "gpu", "cluster", "sys"}) < 0)
    statement.refuse("a fence without a scope");
  Instruction instruction;
  instruction.execute = &nothing;
  return instruction;
}

Instruction build_sleep(Assembler& assembler, Statement& statement) {
  if (!statement.take("u32")) statement.refuse("unknown type of nanosleep");
  Instruction instruction;
  instruction.a = assembler.source(statement);
  instruction.execute = &nothing;
  return instruction;
}

}  // namespace

void add_control(Table& table) {
  table[{"bra", Family::any}] = build_branch;
  table[{"brx", Family::any}] = build_branch_by_index;
  table[{"call", Family::any}] = build_call;
  table[{"ret", Family::any}] = build_plain<&leave_function>;
  table[{"exit", Family::any}] = build_plain<&leave_kernel>;
  table[{"trap", Family::any}] = build_plain<&trap>;
  table[{"brkpt", Family::any}] = build_plain<&trap>;
  table[{"membar", Family::any}] = build_fence;
  table[{"fence", Family::any}] = build_fence;
  table[{"nanosleep", Family::any}] = build_sleep;
}

}  // namespace sca::kernels::cuda::ptx
