#include "evidence/kernels/subject.hpp"

#include "evidence/kernels/crash_report.hpp"
#include "evidence/kernels/trial.hpp"

namespace sca::evidence::kernels {

Outcome KernelSubject::check(const Property& property, const CoreCase& one) {
  const CrashNote note(to_line(Trial{name_, std::string(property.name), one}));
  return kernels::check(property, kernel_, one, oracle_);
}

Subjects subjects_of(std::span<const sca_core_kernel* const> kernels, Oracle& oracle) {
  Subjects result;
  for (const sca_core_kernel* kernel : kernels)
    result.push_back(std::make_unique<KernelSubject>(kernel->name, *kernel, oracle));
  return result;
}

}  // namespace sca::evidence::kernels
