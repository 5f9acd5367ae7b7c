#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/judge/judgement.hpp"
#include "evidence/kernels/kernel.hpp"
#include "evidence/kernels/oracle.hpp"
#include "evidence/kernels/run.hpp"

namespace sca::evidence::kernels {

/// What was found of a kernel's property on one case.
struct Outcome {
  judge::Verdict verdict =
      judge::Verdict::pass;  // of tensors the worst, but vacuous only where all of them are
  double clearance = 0;      // the largest error / bound; 0 where bits are compared
  std::size_t tensors = 0;   // judged by bounds
  std::size_t vacuous = 0;   // of them those whose bounds would let zeros pass
  std::size_t kinks = 0;     // comparisons of the reference that rounding may turn: either side is accepted
  std::string what = {};     // what failed or why it was skipped: tensor, index, expected, got, bound
  std::vector<judge::Judgement> judged = {};  // tensor by tensor; empty where bits are compared
};

/// Something that holds of every kernel that keeps the contract, whatever the case: of the core's kernels, of
/// every other operator's, or of networks.
struct Property {
  using OfCore = Outcome (*)(const sca_core_kernel&, const CoreCase&, Oracle&);
  using OfOperator = Outcome (*)(const OperatorKernel&, const operators::OperatorCase&, Oracle&);
  using OfNetwork = Outcome (*)(const NetworkKernel&, const operators::OperatorCase&, Oracle&);

  std::string_view name;
  std::string_view what;
  sca_operation operation;  // whose function it needs
  /// domain   the kernel has the operation's function
  std::variant<OfCore, OfOperator, OfNetwork> check;  // in the order of Kernel

  bool is_of_core() const { return std::holds_alternative<OfCore>(check); }
  /// It can be asked of this case.
  bool applies_to(const Case& one) const {
    const std::string_view kind = kind_of(one);
    return kind == core_kind      ? is_of_core()
           : kind == network_kind ? std::holds_alternative<OfNetwork>(check)
                                  : std::holds_alternative<OfOperator>(check);
  }
};

/// The core's, then the operators', then networks'. Names are unique among each.
std::span<const Property> properties();

/// The kernel has the operation's function.
bool has(const sca_core_kernel& kernel, sca_operation operation);
/// The implementation has the operator's function.
bool has(const OperatorKernel& kernel, bool backward);
/// The property is one of such kernels, and the kernel has the function that it needs.
bool has(const Kernel& kernel, const Property& property);

/// The property on the case; skipped where the kernel lacks what it needs.
/// domain   the case is one of the kernel's operator
Outcome check(const Property& property, const Kernel& kernel, const Case& one, Oracle& oracle);

}  // namespace sca::evidence::kernels
