#include "experiments/runner/process.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace sca::experiments::ablation {
namespace {

std::string first_line(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  return line;
}

std::string host_name() {
  std::array<char, 256> name{};
  gethostname(name.data(), name.size() - 1);
  return name.data();
}

std::string machine() {
  std::error_code error;
  const std::string space = std::filesystem::read_symlink("/proc/self/ns/pid", error).string();
  return host_name() + " " + first_line("/proc/sys/kernel/random/boot_id") + " " + space;
}

struct Stat {
  std::string state, start;  // empty where there is no such process
};

/// Fields 3 and 22 of /proc/ID/stat; field 2, the command, may hold blanks and parentheses.
Stat stat_of(pid_t id) {
  const std::string line = first_line("/proc/" + std::to_string(id) + "/stat");
  const std::size_t command = line.rfind(')');
  if (command == std::string::npos) return {};
  std::istringstream rest(line.substr(command + 1));
  Stat result;
  rest >> result.state;
  constexpr int between = 22 - 3;
  for (int field = 0; field < between; ++field) rest >> result.start;
  return result;
}

}  // namespace

ProcessName this_process() {
  static const std::string host = machine();
  return {host, getpid(), stat_of(getpid()).start};
}

bool has_ended(const ProcessName& process) {
  if (process.host != this_process().host) return false;
  const Stat now = stat_of(process.id);
  return now.start != process.start || now.state == "Z" || now.state == "X";
}

std::string unique_name() {
  static std::atomic<unsigned> count = 0;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto number = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
  return host_name() + "-" + std::to_string(getpid()) + "-" + std::to_string(number) + "-" +
         std::to_string(count++);
}

}  // namespace sca::experiments::ablation
