#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/cuda/ptx/type.hpp"

namespace sca::kernels::cuda::ptx {

/// The text of one instruction, to be taken piece by piece. What remains when its meaning is known was not
/// understood, and is refused: nothing is skipped by oversight.
class Statement {
 public:
  /// Without the semicolon; a guard may come first.
  explicit Statement(std::string_view text);

  const std::string& text() const { return text_; }
  const std::string& mnemonic() const { return mnemonic_; }
  const std::string& guard() const { return guard_; }  // empty, "%p1" or "!%p1"

  /// Is there such a modifier?
  bool says(std::string_view modifier) const;
  /// The same. Then it is taken.
  bool take(std::string_view modifier);
  /// Which of them is there, as an index; -1 if none is.
  int take_any(std::initializer_list<std::string_view> modifiers);
  /// All of them that are there, for modifiers that mean nothing to this machine.
  void ignore(std::initializer_list<std::string_view> modifiers);
  /// Without taking it.
  Type first_type() const;
  /// The first type among the modifiers that remain; Type::none if there is none.
  Type take_type_if_any();
  /// errors   Fault if there is none
  Type take_type();

  bool has_operand() const { return next_ < operands_.size(); }
  /// errors   Fault if none is left
  std::string_view operand();
  std::size_t operands_left() const { return operands_.size() - next_; }

  /// errors   Fault that names what was not taken
  void finish() const;
  /// errors   throws Fault
  [[noreturn]] void refuse(std::string_view what) const;

 private:
  std::string text_, mnemonic_, guard_;
  std::vector<std::string> modifiers_;
  std::vector<std::string> operands_;
  std::size_t next_ = 0;
};

}  // namespace sca::kernels::cuda::ptx
