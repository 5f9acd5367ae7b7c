#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/kernels/property.hpp"

namespace sca::evidence::kernels {

/// Whatever properties are put to: a kernel of this process, or a plugin's in a process of its own.
class Subject {
 public:
  Subject() = default;
  virtual ~Subject() = default;
  Subject(const Subject&) = delete;
  Subject& operator=(const Subject&) = delete;

  virtual std::string_view name() const = 0;  // PRECISION/HOW, as f32/avx2
  virtual sca_dtype dtype() const = 0;
  virtual bool has(const Property& property) const = 0;
  /// What cases it takes: core_kind, or an operator's name.
  virtual std::string_view kind() const { return core_kind; }
  /// Whatever the kernel does, a crash or a hang included, is an outcome. Where the kernel has no such
  /// operation: skipped.
  virtual Outcome check(const Property& property, const Case& one) = 0;
};

using Subjects = std::vector<std::unique_ptr<Subject>>;

/// A kernel that is called here. A crash ends this process, and says in which trial (crash_report.hpp).
class KernelSubject final : public Subject {
 public:
  /// domain   the kernel and the oracle outlive the subject; the oracle is this thread's
  KernelSubject(std::string name, const Kernel& kernel, Oracle& oracle)
      : name_(std::move(name)), kernel_(kernel), oracle_(oracle) {}

  std::string_view name() const override { return name_; }
  sca_dtype dtype() const override { return dtype_of(kernel_); }
  bool has(const Property& property) const override { return kernels::has(kernel_, property); }
  std::string_view kind() const override;
  Outcome check(const Property& property, const Case& one) override;

 private:
  std::string name_;
  Kernel kernel_;
  Oracle& oracle_;
};

/// Kernels as subjects of one oracle, under their own names.
Subjects subjects_of(std::span<const sca_core_kernel* const> kernels, Oracle& oracle);

/// Every operator that an implementation has as a subject, called OPERATOR/PRECISION/HOW.
void add_subjects(
    std::variant<const sca::kernels::Operators<float>*, const sca::kernels::Operators<double>*> table,
    Oracle& oracle, Subjects& subjects);

}  // namespace sca::evidence::kernels
