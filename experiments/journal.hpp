#pragma once

#include <filesystem>

#include "experiments/run.hpp"

namespace sca::experiments {

/// Series in a file that is only ever appended to, a whole series with one write: whatever kills a run, what
/// is there is complete but for the last series, which the next run drops and computes again.
class Journal {
 public:
  /// The name of the task that a line is of.
  using NameOf = std::function<std::string(const nlohmann::ordered_json& line)>;

  /// Opens `path`, or starts it with `header`.
  ///
  /// errors   InputError where the file cannot be used, or its header has other
  /// "settings": its series are those of another study
  Journal(const std::filesystem::path& path, const nlohmann::ordered_json& header, const NameOf& name_of);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  /// The series that are there already, by their tasks' names.
  const std::map<std::string, Lines>& known() const { return known_; }
  void append(const Lines& lines);

 private:
  void read(const nlohmann::ordered_json& header, const NameOf& name_of);

  std::filesystem::path path_;
  std::map<std::string, Lines> known_;
  int file_ = -1;
};

}  // namespace sca::experiments
