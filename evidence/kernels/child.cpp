#include "evidence/kernels/child.hpp"

#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <system_error>
#include <thread>
#include <utility>

extern char** environ;

namespace sca::evidence::kernels {
namespace {

// For a core dump, or a plugin that cleans up.
constexpr std::chrono::seconds grace{5};

/// The process, with its standard input and output at one end of a socket.
pid_t spawned(const std::string& executable, const std::vector<std::string>& arguments, int end) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, end, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, end, STDOUT_FILENO);
  std::vector<std::string> words = arguments;
  words.insert(words.begin(), executable);
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  pid_t id = -1;
  const int error = posix_spawn(&id, executable.c_str(), &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::system_error(error, std::generic_category(), executable);
  return id;
}

}  // namespace

Child::Child(const std::string& executable, const std::vector<std::string>& arguments) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw std::system_error(errno, std::generic_category(), "socketpair");
  socket_ = ends[0];
  try {
    id_ = spawned(executable, arguments, ends[1]);
  } catch (...) {
    close(ends[0]);
    close(ends[1]);
    throw;
  }
  close(ends[1]);
}

Child::~Child() {
  end();
  close(socket_);
}

bool Child::send(const std::string& line) {
  const std::string text = line + "\n";
  std::size_t sent = 0;
  while (sent < text.size()) {
    const ssize_t n = ::send(socket_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
    if (n < 0 && errno != EINTR) return false;
    if (n > 0) sent += static_cast<std::size_t>(n);
  }
  return true;
}

std::optional<std::string> Child::receive(std::chrono::milliseconds patience) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point deadline = Clock::now() + patience;
  while (true) {
    const std::size_t line = received_.find('\n');
    if (line != std::string::npos) {
      std::string result = received_.substr(0, line);
      received_.erase(0, line + 1);
      return result;
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd ready{socket_, POLLIN, 0};
    const int count = left <= 0 ? 0 : poll(&ready, 1, static_cast<int>(left));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::nullopt;
    std::array<char, 4096> bytes{};
    const ssize_t n = read(socket_, bytes.data(), bytes.size());
    if (n <= 0) return std::nullopt;
    received_.append(bytes.data(), static_cast<std::size_t>(n));
  }
}

int Child::end() {
  if (id_ < 0) return status_;
  shutdown(socket_, SHUT_RDWR);
  constexpr std::chrono::milliseconds step{2};
  for (std::chrono::milliseconds waited{0}; waited < grace; waited += step) {
    if (waitpid(id_, &status_, WNOHANG) == id_) {
      id_ = -1;
      return status_;
    }
    std::this_thread::sleep_for(step);
  }
  kill(id_, SIGKILL);
  waitpid(id_, &status_, 0);
  id_ = -1;
  return status_;
}

}  // namespace sca::evidence::kernels
