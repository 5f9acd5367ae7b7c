#include "kernels/cuda/ptx/load/statement.hpp"

#include <algorithm>

#include "kernels/cuda/ptx/load/text.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

/// Takes the first word off `rest`.
std::string_view take_word(std::string_view& rest) {
  rest = trimmed(rest);
  const std::size_t end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest = trimmed(rest.substr(end));
  return word;
}

}  // namespace

Statement::Statement(std::string_view text) : text_(on_one_line(text)) {
  std::string_view rest = text_;
  std::string_view word = take_word(rest);
  if (word.starts_with('@')) {
    guard_ = word.substr(1);
    word = take_word(rest);
  }
  std::size_t dot = word.find('.');
  mnemonic_ = word.substr(0, dot);
  while (dot != std::string_view::npos) {
    word.remove_prefix(dot + 1);
    dot = word.find('.');
    modifiers_.emplace_back(word.substr(0, dot));
  }
  for (const std::string_view operand : split_list(rest)) operands_.emplace_back(operand);
}

bool Statement::says(std::string_view modifier) const {
  return std::find(modifiers_.begin(), modifiers_.end(), modifier) != modifiers_.end();
}

bool Statement::take(std::string_view modifier) {
  const auto found = std::find(modifiers_.begin(), modifiers_.end(), modifier);
  if (found == modifiers_.end()) return false;
  modifiers_.erase(found);
  return true;
}

int Statement::take_any(std::initializer_list<std::string_view> modifiers) {
  int index = 0;
  for (const std::string_view modifier : modifiers) {
    if (take(modifier)) return index;
    ++index;
  }
  return -1;
}

void Statement::ignore(std::initializer_list<std::string_view> modifiers) {
  for (const std::string_view modifier : modifiers) take(modifier);
}

Type Statement::first_type() const {
  for (const std::string& modifier : modifiers_) {
    if (const Type type = type_named(modifier); type != Type::none) return type;
  }
  return Type::none;
}

Type Statement::take_type_if_any() {
  for (auto modifier = modifiers_.begin(); modifier != modifiers_.end(); ++modifier) {
    const Type type = type_named(*modifier);
    if (type == Type::none) continue;
    modifiers_.erase(modifier);
    return type;
  }
  return Type::none;
}

Type Statement::take_type() {
  const Type type = take_type_if_any();
  if (type == Type::none) refuse("no type that is known");
  return type;
}

std::string_view Statement::operand() {
  if (!has_operand()) refuse("an operand is missing");
  return operands_[next_++];
}

void Statement::finish() const {
  if (!modifiers_.empty()) refuse("unknown modifier ." + modifiers_.front() + " of " + mnemonic_);
  if (has_operand()) refuse("unexpected operand " + operands_[next_]);
}

void Statement::refuse(std::string_view what) const { ptx::refuse(what, text_); }

}  // namespace sca::kernels::cuda::ptx
