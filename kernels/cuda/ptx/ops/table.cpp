#include "kernels/cuda/ptx/ops/table.hpp"

#include <array>

namespace sca::kernels::cuda::ptx {
namespace {

const Table& table() {
  static const Table all = [] {
    Table result;
    for (const auto add : {add_integer, add_carry, add_bitwise, add_fields, add_floating, add_approximate,
                           add_half, add_convert, add_compare, add_select, add_move, add_memory, add_atomic,
                           add_copy, add_control, add_collective, add_barrier}) {
      add(result);
    }
    return result;
  }();
  return all;
}

constexpr std::array<std::string_view, 5> family_names{"", ".integer", ".predicate", ".floating", ".half"};

}  // namespace

Family family_of(Type type) {
  switch (type) {
    case Type::none: return Family::any;
    case Type::pred: return Family::predicate;
    case Type::f32:
    case Type::f64: return Family::floating;
    case Type::f16:
    case Type::bf16:
    case Type::f16x2:
    case Type::bf16x2: return Family::half;
    default: return Family::integer;
  }
}

Builder builder_of(const Statement& statement) {
  const std::string_view mnemonic = statement.mnemonic();
  for (const Family family : {family_of(statement.first_type()), Family::any}) {
    if (const auto found = table().find({mnemonic, family}); found != table().end()) return found->second;
  }
  const auto other = table().lower_bound({mnemonic, Family::any});
  const bool known = other != table().end() && other->first.first == mnemonic;
  statement.refuse((known ? "unknown type of " : "unknown instruction ") + statement.mnemonic());
}

std::vector<std::string> instruction_names() {
  std::vector<std::string> names;
  for (const auto& [key, builder] : table()) {
    names.push_back(std::string(key.first) + std::string(family_names[static_cast<std::size_t>(key.second)]));
  }
  return names;
}

}  // namespace sca::kernels::cuda::ptx
