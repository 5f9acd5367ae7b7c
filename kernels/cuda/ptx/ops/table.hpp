#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernels/cuda/ptx/load/assembler.hpp"

namespace sca::kernels::cuda::ptx {

/// Makes an instruction of a statement; takes all that it understands.
/// errors   Fault
using Builder = Instruction (*)(Assembler&, Statement&);

/// What a mnemonic means depends on the first type that is said.
enum class Family { any, integer, predicate, floating, half };
Family family_of(Type type);

using Table = std::map<std::pair<std::string_view, Family>, Builder>;

/// errors   Fault if the mnemonic is unknown, or unknown for such a type
Builder builder_of(const Statement& statement);

/// "add.half", "bra": all that there is, in order. COVERAGE.md has the same list.
std::vector<std::string> instruction_names();

// Each file's part of the table.
void add_integer(Table& table);
void add_carry(Table& table);
void add_bitwise(Table& table);
void add_fields(Table& table);
void add_floating(Table& table);
void add_approximate(Table& table);
void add_half(Table& table);
void add_convert(Table& table);
void add_compare(Table& table);
void add_select(Table& table);
void add_move(Table& table);
void add_memory(Table& table);
void add_atomic(Table& table);
void add_copy(Table& table);
void add_control(Table& table);
void add_collective(Table& table);
void add_barrier(Table& table);

}  // namespace sca::kernels::cuda::ptx
