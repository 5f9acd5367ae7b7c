#include "cli/worker.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "cli/usage.hpp"
#include "evidence/kernels/worker.hpp"

namespace sca::cli {
namespace {

/// The stream's own descriptor for us alone, so that a plugin that reads or prints does not meddle with the
/// answers.
std::FILE* taken(int descriptor, const char* mode) {
  return fdopen(fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1), mode);
}

}  // namespace

int worker(const std::vector<std::string>& arguments) {
  if (arguments.size() != 1) throw UsageError("expected LIB");
  std::FILE* const in = taken(STDIN_FILENO, "r");
  std::FILE* const out = taken(STDOUT_FILENO, "w");
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  dup2(nothing, STDIN_FILENO);
  dup2(STDERR_FILENO, STDOUT_FILENO);
  std::signal(SIGINT, SIG_IGN);  // Ctrl-C is for who has started us
  evidence::kernels::serve_plugin(arguments[0], in, out);
  return good;
}

}  // namespace sca::cli
