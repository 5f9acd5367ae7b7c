#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "evidence/cases/core_case.hpp"
#include "evidence/operators/operator_case.hpp"

namespace sca::evidence::kernels {

/// What a kernel is tried on: numbers for the core operator, or for another one, or for a network of them.
using Case = std::variant<CoreCase, operators::OperatorCase>;

inline constexpr std::string_view core_kind = "core";
inline constexpr std::string_view network_kind = "network";
/// core_kind, network_kind, or the operator's name: the line's first word.
std::string_view kind_of(const Case& one);

/// One line that `parse_case` reads back.
std::string to_line(const Case& one);

/// "core …" or "linear …". errors   InputError that names the word
Case parse_case(std::string_view line);

/// How much work a case is, roughly: terms of the core's sums, or the product of an operator's sizes.
std::size_t volume(const Case& one);

/// The name of its regime, and what that means.
std::string_view regime_of(const Case& one);
std::string_view meaning_of_regime(const Case& one);

}  // namespace sca::evidence::kernels
