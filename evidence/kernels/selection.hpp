#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/kernels/subject.hpp"

namespace sca::evidence::kernels {

/// "core_forward/f32/avx2", "norm_backward/f32/serial": what a kernel's operation is called on the command
/// line, in records and in plots.
std::string full_name(sca_operation operation, std::string_view kernel);
/// Of all operations of the kernel of this name.
std::vector<std::string> full_names(std::string_view kernel);

/// Which operations of which kernels: patterns over names and full names (`fits`); none of them: all.
class Selection {
 public:
  Selection() = default;
  explicit Selection(std::vector<std::string> patterns) : patterns_(std::move(patterns)) {}

  bool is_all() const { return patterns_.empty(); }
  /// Of all its operations, by its name alone.
  bool takes(std::string_view kernel) const;
  bool takes(sca_operation operation, std::string_view kernel) const;
  /// Anything of it.
  bool takes_any_of(std::string_view kernel) const;
  /// The first pattern that fits nothing of these kernels; "" if there is none.
  std::string pattern_without_match(const std::vector<std::string>& kernels) const;

 private:
  std::vector<std::string> patterns_;
};

}  // namespace sca::evidence::kernels
