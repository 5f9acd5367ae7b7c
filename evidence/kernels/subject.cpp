#include "evidence/kernels/subject.hpp"

#include <fmt/format.h>

#include "evidence/kernels/crash_report.hpp"
#include "evidence/kernels/trial.hpp"

namespace sca::evidence::kernels {

std::string_view KernelSubject::kind() const {
  if (const auto* one = std::get_if<OperatorKernel>(&kernel_)) return one->definition->name;
  return std::holds_alternative<NetworkKernel>(kernel_) ? network_kind : core_kind;
}

Outcome KernelSubject::check(const Property& property, const Case& one) {
  const CrashNote note(to_line(Trial{name_, std::string(property.name), one}));
  return kernels::check(property, kernel_, one, oracle_);
}

Subjects subjects_of(std::span<const sca_core_kernel* const> kernels, Oracle& oracle) {
  Subjects result;
  for (const sca_core_kernel* kernel : kernels)
    result.push_back(std::make_unique<KernelSubject>(kernel->name, kernel, oracle));
  return result;
}

void add_subjects(
    std::variant<const sca::kernels::Operators<float>*, const sca::kernels::Operators<double>*> table,
    Oracle& oracle, Subjects& subjects) {
  const char* name = std::visit([](const auto* of_its_precision) { return of_its_precision->name; }, table);
  for (const operators::Definition& one : operators::definitions()) {
    const OperatorKernel kernel{&one, table};
    if (!has(kernel, false) && !has(kernel, true)) continue;
    subjects.push_back(std::make_unique<KernelSubject>(fmt::format("{}/{}", one.name, name), kernel, oracle));
  }
}

}  // namespace sca::evidence::kernels
