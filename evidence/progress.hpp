#pragma once

#include <cstddef>
#include <string>

namespace sca::evidence {

/// One line of progress on stderr, rewritten in place; silent unless stderr is a terminal. The caller
/// serialises.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(std::size_t done, std::size_t total, const std::string& what);

 private:
  bool visible_;
  bool drawn_ = false;
};

}  // namespace sca::evidence
