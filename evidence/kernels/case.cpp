#include "evidence/kernels/case.hpp"

#include <algorithm>

#include "evidence/cases/regimes.hpp"
#include "evidence/operators/regimes.hpp"

namespace sca::evidence::kernels {
namespace {

using operators::OperatorCase;

std::size_t volume_of(const CoreCase& one) { return one.B * one.L * one.config.KHM(); }
std::size_t volume_of(const OperatorCase& one) {
  std::size_t product = 1;
  for (const auto& [name, size] : one.sizes) product *= std::max<std::size_t>(size, 1);
  return product;
}

}  // namespace

std::string_view kind_of(const Case& one) {
  const auto* of_operator = std::get_if<OperatorCase>(&one);
  return of_operator == nullptr ? core_kind : std::string_view(of_operator->name);
}

std::string to_line(const Case& one) {
  return std::visit([](const auto& of_its_kind) { return to_line(of_its_kind); }, one);
}

Case parse_case(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (line.substr(0, line.find_first_of(" \t")) == core_kind) return parse_core_case(line);
  return operators::parse_operator_case(line);
}

std::size_t volume(const Case& one) {
  return std::visit([](const auto& of_its_kind) { return volume_of(of_its_kind); }, one);
}

std::string_view regime_of(const Case& one) {
  return std::visit([](const auto& of_its_kind) { return std::string_view(of_its_kind.regime); }, one);
}

std::string_view meaning_of_regime(const Case& one) {
  const auto of = [&](const auto& regimes) {
    using Regime = std::remove_cvref_t<decltype(regimes[0])>;
    return std::ranges::find(regimes, regime_of(one), &Regime::name)->what;
  };
  return std::holds_alternative<CoreCase>(one) ? of(regimes()) : of(operators::regimes());
}

}  // namespace sca::evidence::kernels
