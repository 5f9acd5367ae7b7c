#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace sca::evidence::kernels {

/// A process that is given lines on its standard input and gives lines on its standard output. Spawned, not
/// forked: a fork of a process that has had threads hangs. It ends when its standard input does, and so with
/// this process.
class Child {
 public:
  /// errors   std::system_error if it cannot be started
  Child(const std::string& executable, const std::vector<std::string>& arguments);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// False if it does not take it any more.
  bool send(const std::string& line);
  /// The next line, without its end; nothing if it has ended or `patience` is over.
  std::optional<std::string> receive(std::chrono::milliseconds patience);
  /// Tells it that nothing more comes, and kills it if it has not ended some seconds later; its status as of
  /// waitpid.
  int end();

 private:
  pid_t id_ = -1;
  int socket_ = -1;
  int status_ = 0;
  std::string received_;
};

}  // namespace sca::evidence::kernels
