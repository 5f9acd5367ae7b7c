#include "kernels/cuda/ptx/load/assembler.hpp"

#include <array>
#include <optional>

#include "kernels/cuda/ptx/load/number.hpp"
#include "kernels/cuda/ptx/load/text.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

// What a register holds before anything is written to it: neither zero nor anybody's pointer.
constexpr U64 garbage = 0xdeadbeefdeadbeefULL;

constexpr std::array<std::pair<std::string_view, Special>, 20> special_names{
    {{"%tid.x", Special::tid_x},
     {"%tid.y", Special::tid_y},
     {"%tid.z", Special::tid_z},
     {"%ntid.x", Special::ntid_x},
     {"%ntid.y", Special::ntid_y},
     {"%ntid.z", Special::ntid_z},
     {"%ctaid.x", Special::ctaid_x},
     {"%ctaid.y", Special::ctaid_y},
     {"%ctaid.z", Special::ctaid_z},
     {"%nctaid.x", Special::nctaid_x},
     {"%nctaid.y", Special::nctaid_y},
     {"%nctaid.z", Special::nctaid_z},
     {"%laneid", Special::laneid},
     {"%warpid", Special::warpid},
     {"%nwarpid", Special::nwarpid},
     {"%lanemask_eq", Special::lanemask_eq},
     {"%lanemask_lt", Special::lanemask_lt},
     {"%lanemask_le", Special::lanemask_le},
     {"%lanemask_gt", Special::lanemask_gt},
     {"%lanemask_ge", Special::lanemask_ge}}};

std::optional<Special> special_named(std::string_view name) {
  for (const auto& [text, kind] : special_names) {
    if (text == name) return kind;
  }
  return std::nullopt;
}

std::vector<std::string_view> elements_of(std::string_view operand) {
  if (!operand.starts_with('{')) return {operand};
  return split_list(operand.substr(1, operand.size() - 2));
}

}  // namespace

void Assembler::declare_registers(std::string_view names, std::string_view text) {
  const auto declare = [&](std::string_view name) {
    const U64 slot = function_.registers.size();
    if (!scopes_.declare(name, {Symbol::Kind::reg, slot})) refuse("declared twice", text);
    function_.registers.push_back(garbage);
  };
  for (const std::string_view name : split_list(names)) {
    const std::size_t open = name.find('<');
    if (open == std::string_view::npos) {
      declare(name);
      continue;
    }
    const std::optional<U64> count = parse_number(trimmed(name.substr(open + 1, name.find('>') - open - 1)));
    if (!count) refuse("not a number of registers", text);
    for (U64 i = 0; i < *count; ++i) declare(std::string(name.substr(0, open)) + std::to_string(i));
  }
}

void Assembler::declare_variable(const Declaration& declaration, std::string_view text) {
  Symbol symbol{Symbol::Kind::local, 0, declaration.bytes};
  const auto place = [&](std::size_t& used) {
    used = aligned_up(used, declaration.alignment);
    symbol.value = used;
    used += declaration.bytes;
  };
  if (declaration.space == "local") {
    place(function_.local_bytes);
  } else if (declaration.space == "param") {
    symbol.kind = Symbol::Kind::parameter;
    place(function_.parameter_bytes);
  } else if (declaration.space == "shared") {
    symbol.kind = Symbol::Kind::shared;
    symbol.value = add_shared(function_.shared, declaration);
  } else {
    refuse("unknown directive ." + declaration.space + " in a function", text);
  }
  if (!scopes_.declare(declaration.name, symbol)) refuse("declared twice", text);
}

int Assembler::constant(U64 value) {
  const auto [at, fresh] = constants_.try_emplace(value, static_cast<int>(function_.registers.size()));
  if (fresh) function_.registers.push_back(value);
  return at->second;
}

int Assembler::special(Special kind, U64 offset) {
  const int slot = static_cast<int>(function_.registers.size());
  const auto [at, fresh] = specials_.try_emplace(std::pair(kind, offset), slot);
  if (fresh) {
    function_.registers.push_back(0);
    function_.specials.push_back({slot, kind, offset});
  }
  return at->second;
}

int Assembler::slot_of_symbol(const Symbol& symbol) {
  switch (symbol.kind) {
    case Symbol::Kind::reg: return static_cast<int>(symbol.value);
    case Symbol::Kind::local: return special(Special::local, symbol.value);
    case Symbol::Kind::dynamic_shared: return special(Special::dynamic_shared, 0);
    default: return constant(symbol.value);
  }
}

int Assembler::source(std::string_view operand, const Statement& statement) {
  if (const std::optional<Symbol> symbol = scopes_.find(operand)) return slot_of_symbol(*symbol);
  if (const std::optional<U64> value = parse_number(operand)) return constant(*value);
  if (const std::optional<Special> kind = special_named(operand)) return special(*kind, 0);
  if (operand == "WARP_SZ") return constant(32);
  statement.refuse("unknown name " + std::string(operand));
}

int Assembler::destination(std::string_view operand, const Statement& statement) {
  if (operand == "_") return constant(garbage);  // written, never read: no literal is like it
  const std::optional<Symbol> symbol = scopes_.find(operand);
  if (!symbol || symbol->kind != Symbol::Kind::reg)
    statement.refuse("not a register: " + std::string(operand));
  return static_cast<int>(symbol->value);
}

void Assembler::destinations(Instruction& instruction, Statement& statement) {
  const std::string_view operand = statement.operand();
  const std::size_t bar = operand.find('|');
  instruction.to = destination(trimmed(operand.substr(0, bar)), statement);
  if (bar != std::string_view::npos) {
    instruction.second_to = destination(trimmed(operand.substr(bar + 1)), statement);
  }
}

int Assembler::predicate(std::string_view operand, bool& negated, const Statement& statement) {
  negated = operand.starts_with('!');
  if (negated) operand.remove_prefix(1);
  return source(trimmed(operand), statement);
}

void Assembler::source_elements(std::string_view operand, Instruction& instruction,
                                const Statement& statement) {
  const std::vector<std::string_view> elements = elements_of(operand);
  if (elements.size() > instruction.elements.size()) statement.refuse("a vector of too many elements");
  instruction.count = static_cast<int>(elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i) instruction.elements[i] = source(elements[i], statement);
}

void Assembler::destination_elements(std::string_view operand, Instruction& instruction,
                                     const Statement& statement) {
  const std::vector<std::string_view> elements = elements_of(operand);
  if (elements.size() > instruction.elements.size()) statement.refuse("a vector of too many elements");
  instruction.count = static_cast<int>(elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i)
    instruction.elements[i] = destination(elements[i], statement);
}

void Assembler::address(std::string_view operand, Instruction& instruction, const Statement& statement) {
  if (!operand.starts_with('[') || !operand.ends_with(']')) statement.refuse("not an address");
  const std::string_view inside = trimmed(operand.substr(1, operand.size() - 2));
  const std::size_t plus = inside.find('+');
  const std::string_view base = trimmed(inside.substr(0, plus));
  if (plus != std::string_view::npos) {
    const std::optional<U64> offset = parse_number(trimmed(inside.substr(plus + 1)));
    if (!offset) statement.refuse("not an address");
    instruction.offset = static_cast<S64>(*offset);
  }
  instruction.a = source(base, statement);
}

Parameter Assembler::parameter(std::string_view name, const Statement& statement) const {
  const std::optional<Symbol> symbol = scopes_.find(name);
  if (!symbol || symbol->kind != Symbol::Kind::parameter) {
    statement.refuse("not a parameter: " + std::string(name));
  }
  return {symbol->value, symbol->size};
}

S64 Assembler::literal(Statement& statement) const {
  const std::string_view operand = statement.operand();
  const std::optional<U64> value = parse_number(operand);
  if (!value) statement.refuse("not a number: " + std::string(operand));
  return static_cast<S64>(*value);
}

void Assembler::jump_to(std::string_view label) { jumps_.emplace_back(function_.code.size(), label); }

void Assembler::call(Instruction& instruction, Call call) {
  instruction.target = static_cast<int>(function_.calls.size());
  function_.calls.push_back(std::move(call));
}

void Assembler::define_label(std::string_view label, std::string_view text) {
  if (!labels_.emplace(std::string(label), static_cast<int>(function_.code.size())).second) {
    refuse("a label that is there twice", text);
  }
}

void Assembler::define_branch_table(std::string_view name, const std::vector<std::string_view>& labels) {
  tables_[std::string(name)] = static_cast<int>(table_labels_.size());
  table_labels_.emplace_back(labels.begin(), labels.end());
}

int Assembler::branch_table(std::string_view name, const Statement& statement) const {
  const auto found = tables_.find(name);
  if (found == tables_.end()) statement.refuse("unknown list of branch targets " + std::string(name));
  return found->second;
}

void Assembler::add(Instruction instruction, const Statement& statement) {
  if (!statement.guard().empty()) {
    instruction.guard = predicate(statement.guard(), instruction.guard_negated, statement);
  }
  instruction.text = static_cast<int>(function_.lines.size());
  function_.lines.push_back(statement.text());
  function_.code.push_back(instruction);
}

int Assembler::label(const std::string& name) const {
  const auto found = labels_.find(name);
  if (found == labels_.end()) refuse("undefined label " + name + " in", function_.name);
  return found->second;
}

void Assembler::finish() {
  for (const auto& [at, name] : jumps_) function_.code[at].target = label(name);
  for (const std::vector<std::string>& labels : table_labels_) {
    std::vector<int>& table = function_.branch_tables.emplace_back();
    for (const std::string& name : labels) table.push_back(label(name));
  }
}

}  // namespace sca::kernels::cuda::ptx
