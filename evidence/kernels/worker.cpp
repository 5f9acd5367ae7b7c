#include "evidence/kernels/worker.hpp"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <mutex>

#include "evidence/input/error.hpp"
#include "evidence/kernels/generator.hpp"
#include "evidence/kernels/outcome_json.hpp"
#include "evidence/kernels/trial.hpp"

namespace sca::evidence::kernels {
namespace {

using judge::Verdict;
using Message = nlohmann::json;

// Of one call of a kernel; a case of the generator takes any kernel a fraction of a second.
constexpr std::chrono::seconds patience{10};
// Of a worker that has lost its mind, far beyond what loading a library and the reference take.
constexpr std::chrono::seconds last_resort{60};
constexpr std::chrono::milliseconds last_resort_a_term{1};
// Half a minute of a thread's time for each operation of a kernel that hangs.
constexpr int most_hangs = 3;

/// A line of JSON; what is no UTF-8 is replaced.
std::string line_of(const Message& json) {
  return json.dump(-1, ' ', false, Message::error_handler_t::replace);
}

Message hello(const LoadedPlugin& plugin) {
  if (plugin.fault) return {{"fault", {plugin.fault->field, plugin.fault->expected, plugin.fault->found}}};
  Message kernels = Message::array();
  for (const sca_core_kernel& one : plugin.kernels) {
    kernels.push_back({{"name", one.name},
                       {"dtype", static_cast<int>(one.dtype)},
                       {"has", {has(one, SCA_FORWARD), has(one, SCA_STEP), has(one, SCA_BACKWARD)}}});
  }
  return {{"kernels", kernels}};
}

Outcome answer(std::span<const sca_core_kernel> kernels, const std::string& line, Oracle& oracle) {
  const Trial trial = parse_trial(line);
  const auto kernel = std::ranges::find(kernels, trial.kernel, [](const auto& one) { return one.name; });
  return check(*properties_that_fit(trial.property, trial.one).front(), &*kernel, trial.one, oracle);
}

Worker::Answer failed(std::string what, bool has_hung = false) {
  return {{.verdict = Verdict::fail, .what = std::move(what)}, has_hung};
}

void put(const Message& json, std::FILE* out) {
  fmt::print(out, "{}\n", line_of(json));
  std::fflush(out);
}

std::chrono::milliseconds last_resort_for(const Case& one) {
  return last_resort + last_resort_a_term * static_cast<long>(volume(one));
}

}  // namespace

std::vector<PluginKernel> Worker::kernels() {
  auto started = start();
  if (const auto* refusal = std::get_if<Refusal>(&started)) {
    const auto& [field, expected, found] = refusal->fault;
    throw InputError(library_, field, expected, found);
  }
  return std::get<0>(std::move(started));
}

std::variant<std::vector<PluginKernel>, Worker::Refusal> Worker::start() {
  child_ = std::make_unique<Child>(executable_, std::vector<std::string>{"worker", library_});
  const std::optional<std::string> line = child_->receive(last_resort);
  if (!line) {
    const Answer answer = end();
    return Refusal{{"loading", "a library that can be loaded", answer.outcome.what}, answer.has_hung};
  }
  const Message json = Message::parse(*line);
  if (const auto fault = json.find("fault"); fault != json.end()) {
    child_.reset();
    return Refusal{{(*fault)[0], (*fault)[1], (*fault)[2]}, false};
  }
  std::vector<PluginKernel> kernels;
  for (const Message& one : json.at("kernels")) {
    const Message& has = one.at("has");
    kernels.push_back(
        {one.at("name"), static_cast<sca_dtype>(one.at("dtype").get<int>()), {has[0], has[1], has[2]}});
  }
  return kernels;
}

Worker::Answer Worker::end() {
  const int status = child_->end();
  child_.reset();
  if (!WIFSIGNALED(status)) return failed(fmt::format("exited with {}", WEXITSTATUS(status)));
  const int signal = WTERMSIG(status);
  if (signal == SIGALRM) return failed(fmt::format("no answer in {} s", patience.count()), true);
  if (signal == SIGKILL) return failed("no answer, or killed by somebody", true);
  return failed(fmt::format("crashed with signal {} ({})", signal, sigdescr_np(signal)));
}

Worker::Answer Worker::check(const std::string& kernel, const Property& property, const Case& one) {
  if (!child_) {
    const auto started = start();
    if (const auto* refusal = std::get_if<Refusal>(&started))
      return failed("could not be loaded again: " + refusal->fault.found, refusal->has_hung);
  }
  std::optional<std::string> line;
  if (child_->send(to_line(Trial{kernel, std::string(property.name), one})))
    line = child_->receive(last_resort_for(one));
  if (!line) return end();
  const Message json = Message::parse(*line);
  if (json.contains("error")) throw std::runtime_error(json.at("error").get<std::string>());
  return {outcome_from(json)};
}

PluginSubject::PluginSubject(std::shared_ptr<Worker> worker, PluginKernel kernel)
    : worker_(std::move(worker)),
      kernel_(std::move(kernel)),
      name_(fmt::format("{}:{}", worker_->library(), kernel_.name)) {}

Outcome PluginSubject::check(const Property& property, const Case& one) {
  int& hangs = hangs_[property.operation];
  if (hangs >= most_hangs)
    return {.verdict = Verdict::skipped, .what = fmt::format("it has hung {} times before", hangs)};
  Worker::Answer answer = worker_->check(kernel_.name, property, one);
  hangs += answer.has_hung ? 1 : 0;
  return std::move(answer.outcome);
}

SubjectFactory plugin_kernels(std::string executable, std::string library) {
  struct Known {
    std::once_flag once;
    std::vector<PluginKernel> kernels;
  };
  const auto known = std::make_shared<Known>();
  return [executable = std::move(executable), library = std::move(library), known](Oracle&) {
    const auto worker = std::make_shared<Worker>(executable, library);
    std::call_once(known->once, [&] { known->kernels = worker->kernels(); });
    Subjects subjects;
    for (const PluginKernel& kernel : known->kernels)
      subjects.push_back(std::make_unique<PluginSubject>(worker, kernel));
    return subjects;
  };
}

void serve_plugin(const std::string& library, std::FILE* in, std::FILE* out) {
  const LoadedPlugin plugin = load_plugin(library);
  put(hello(plugin), out);
  limit_kernel_calls(patience);
  const reference::DigitsScope digits(reference_digits);
  Oracle oracle;
  char* line = nullptr;
  std::size_t size = 0;
  while (getline(&line, &size, in) > 0) {
    try {
      put(to_json(answer(plugin.kernels, line, oracle)), out);
    } catch (const std::exception& error) {
      put({{"error", error.what()}}, out);
    }
  }
  std::free(line);
}

}  // namespace sca::evidence::kernels
