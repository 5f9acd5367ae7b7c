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
  virtual bool has(sca_operation operation) const = 0;
  /// Whatever the kernel does, a crash or a hang included, is an outcome. Where the kernel has no such
  /// operation: skipped.
  virtual Outcome check(const Property& property, const CoreCase& one) = 0;
};

using Subjects = std::vector<std::unique_ptr<Subject>>;

/// A kernel that is called here. A crash ends this process, and says in which trial (crash_report.hpp).
class KernelSubject final : public Subject {
 public:
  /// domain   the kernel and the oracle outlive the subject; the oracle is this thread's
  KernelSubject(std::string name, const sca_core_kernel& kernel, Oracle& oracle)
      : name_(std::move(name)), kernel_(kernel), oracle_(oracle) {}

  std::string_view name() const override { return name_; }
  sca_dtype dtype() const override { return kernel_.dtype; }
  bool has(sca_operation operation) const override { return kernels::has(kernel_, operation); }
  Outcome check(const Property& property, const CoreCase& one) override;

 private:
  std::string name_;
  const sca_core_kernel& kernel_;
  Oracle& oracle_;
};

/// Kernels as subjects of one oracle, under their own names.
Subjects subjects_of(std::span<const sca_core_kernel* const> kernels, Oracle& oracle);

}  // namespace sca::evidence::kernels
