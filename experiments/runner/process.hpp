#pragma once

#include <sys/types.h>

#include <string>

namespace sca::experiments::ablation {

/// A process as others can recognise it: by its machine (and start of that, and process namespace), number
/// and start.
struct ProcessName {
  std::string host;
  pid_t id = 0;
  std::string start;
  bool operator==(const ProcessName&) const = default;
};
ProcessName this_process();

/// Whether it is known to have ended; of another machine nothing is known.
bool has_ended(const ProcessName& process);

/// For a file of this process alone: machine, process, and a number that no call gives twice.
std::string unique_name();

}  // namespace sca::experiments::ablation
