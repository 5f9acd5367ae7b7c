#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace sca::experiments::ablation {

/// What a task's specification, "family:key=value,key=value", says besides its family. A family asks for each
/// of its options once, in a fixed order; then nothing may be left over.
///
/// errors   InputError that names the option and what was expected
class Options {
 public:
  explicit Options(std::string_view specification);

  const std::string& family() const { return family_; }

  /// domain   low <= fallback <= high
  std::int64_t whole(std::string_view key, std::int64_t fallback, std::int64_t low, std::int64_t high);
  /// In [0, 1).
  double share(std::string_view key, double fallback);
  /// The first choice is the default.
  std::string choice(std::string_view key, std::initializer_list<std::string_view> choices);

  /// What does not fit together, by the option to be changed.
  [[noreturn]] void refuse(std::string_view key, std::string_view expected) const;
  void require_all_known() const;

  /// With every option that was asked for: the same for all ways to write one task.
  const std::string& canonical() const { return canonical_; }

 private:
  struct Given {
    std::string key, value;
    bool is_known;
  };
  std::string take(std::string_view key, std::string fallback);
  void note(std::string_view key, std::string_view value);

  std::string specification_, family_, canonical_;
  std::vector<Given> given_;
};

}  // namespace sca::experiments::ablation
