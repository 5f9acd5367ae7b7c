#pragma once

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "evidence/kernels/bench.hpp"
#include "evidence/kernels/child.hpp"
#include "evidence/kernels/plugin.hpp"

namespace sca::evidence::kernels {

/// A plugin's kernel as its worker tells of it.
struct PluginKernel {
  std::string name;
  sca_dtype dtype;
  bool has[3];  // by sca_operation
};

/// The other side of a plugin: the process that has loaded it, started anew whenever the plugin has brought
/// it down.
class Worker {
 public:
  Worker(std::string executable, std::string library)
      : executable_(std::move(executable)), library_(std::move(library)) {}

  const std::string& library() const { return library_; }
  /// Loads the plugin.
  /// errors   InputError if it is not what the contract says, or does not survive being loaded
  std::vector<PluginKernel> kernels();

  struct Answer {
    Outcome outcome;
    bool has_hung = false;
  };
  /// A crash and a hang are failures, in loading too.
  Answer check(const std::string& kernel, const Property& property, const Case& one);

 private:
  /// Why a plugin cannot be loaded.
  struct Refusal {
    PluginFault fault;
    bool has_hung;
  };
  /// Loads it in a new process, or in none.
  std::variant<std::vector<PluginKernel>, Refusal> start();
  /// What has become of a worker that does not answer, as a failure; there is none then.
  Answer end();

  std::string executable_, library_;
  std::unique_ptr<Child> child_;
};

/// A plugin's kernel, called "LIB:NAME". Of an operation that has hung a few times the remaining trials are
/// skipped.
class PluginSubject final : public Subject {
 public:
  PluginSubject(std::shared_ptr<Worker> worker, PluginKernel kernel);

  std::string_view name() const override { return name_; }
  sca_dtype dtype() const override { return kernel_.dtype; }
  bool has(const Property& property) const override {
    return property.is_of_core() && kernel_.has[property.operation];
  }
  Outcome check(const Property& property, const Case& one) override;

 private:
  std::shared_ptr<Worker> worker_;
  PluginKernel kernel_;
  std::string name_;
  std::map<sca_operation, int> hangs_;
};

/// Makes a thread's own worker, and its plugin's kernels. `executable worker LIB` must end in `serve_plugin`.
///
/// errors   of the factory's first call: InputError as of Worker::kernels. What goes wrong in loading later
///          is a trial's failure
SubjectFactory plugin_kernels(std::string executable, std::string library);

/// The worker's side: tells of the plugin, then answers each line "KERNEL PROPERTY core …" by one, until
/// there are no more. A kernel that takes longer than `patience` for one call ends the process.
void serve_plugin(const std::string& library, std::FILE* in, std::FILE* out);

}  // namespace sca::evidence::kernels
