#include "evidence/progress.hpp"

#include <unistd.h>

#include <iostream>

namespace sca::evidence {

ProgressLine::ProgressLine() : visible_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (drawn_) std::cerr << "\r\033[K" << std::flush;
}

void ProgressLine::show(std::size_t done, std::size_t total, const std::string& what) {
  if (!visible_) return;
  constexpr std::size_t bar = 30;
  const std::size_t filled = total == 0 ? bar : done * bar / total;
  std::cerr << "\r\033[K[" << std::string(filled, '#') << std::string(bar - filled, '.') << "] " << done
            << "/" << total << " " << what << std::flush;
  drawn_ = true;
}

}  // namespace sca::evidence
