#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernels/cuda/ptx/load/declaration.hpp"
#include "kernels/cuda/ptx/load/function.hpp"
#include "kernels/cuda/ptx/load/scope.hpp"
#include "kernels/cuda/ptx/load/statement.hpp"

namespace sca::kernels::cuda::ptx {

/// Looks functions up by name.
/// errors   Fault
class Functions {
 public:
  virtual ~Functions() = default;
  virtual int index_of(std::string_view name, const Statement& statement) const = 0;
  virtual const Function& at(int index) const = 0;
};

/// Turns the operands of a function's statements into registers.
class Assembler {
 public:
  Assembler(Function& function, const Functions& functions, Scopes scopes, int& requests)
      : function_(function), functions_(functions), scopes_(std::move(scopes)), requests_(requests) {}

  Scopes& scopes() { return scopes_; }
  Function& function() { return function_; }
  const Functions& functions() const { return functions_; }

  /// "%r<10>" or "%r"
  void declare_registers(std::string_view names, std::string_view text);
  void declare_variable(const Declaration& declaration, std::string_view text);

  /// A register, special register, literal or address. Literals have the bits of `type`.
  /// errors   Fault if it is none of these
  int source(std::string_view operand, const Statement& statement);
  int source(Statement& statement) { return source(statement.operand(), statement); }
  /// A register; "_" is one that nobody reads.
  int destination(std::string_view operand, const Statement& statement);
  int destination(Statement& statement) { return destination(statement.operand(), statement); }
  /// "p" or "p|q"
  void destinations(Instruction& instruction, Statement& statement);
  /// "p" or "!p"
  int predicate(std::string_view operand, bool& negated, const Statement& statement);
  /// "{a, b}", or one: into instruction.elements and .count.
  void source_elements(std::string_view operand, Instruction& instruction, const Statement& statement);
  void destination_elements(std::string_view operand, Instruction& instruction, const Statement& statement);
  /// "[register + 4]", "[symbol]": into instruction.a (-1: none) and .offset.
  void address(std::string_view operand, Instruction& instruction, const Statement& statement);
  /// A name in parameter space.
  Parameter parameter(std::string_view name, const Statement& statement) const;
  /// A literal as its value.
  /// errors   Fault if it is something else
  S64 literal(Statement& statement) const;

  /// The instruction's target is a label that may come later.
  void jump_to(std::string_view label);
  void call(Instruction& instruction, Call call);
  void define_label(std::string_view label, std::string_view text);
  void define_branch_table(std::string_view name, const std::vector<std::string_view>& labels);
  int branch_table(std::string_view name, const Statement& statement) const;
  int next_request() { return requests_++; }

  void add(Instruction instruction, const Statement& statement);
  /// When all statements are there.
  /// errors   Fault if a label is missing
  void finish();

 private:
  int slot_of_symbol(const Symbol& symbol);
  int constant(U64 value);
  int special(Special kind, U64 offset);
  int label(const std::string& name) const;

  Function& function_;
  const Functions& functions_;
  Scopes scopes_;
  int& requests_;
  std::map<U64, int> constants_;
  std::map<std::pair<Special, U64>, int> specials_;
  std::map<std::string, int, std::less<>> labels_, tables_;
  std::vector<std::pair<std::size_t, std::string>> jumps_;
  std::vector<std::vector<std::string>> table_labels_;
};

}  // namespace sca::kernels::cuda::ptx
