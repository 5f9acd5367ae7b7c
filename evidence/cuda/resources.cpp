#include "evidence/cuda/resources.hpp"

#include <charconv>
#include <optional>

#include "evidence/input/error.hpp"

namespace sca::evidence::cuda {
namespace {

/// What stands before `after`, back to the last blank, as a number: "40" of "Used 40 registers, …".
std::optional<std::int64_t> number_before(std::string_view line, std::string_view after) {
  const std::size_t end = line.find(after);
  if (end == std::string_view::npos) return std::nullopt;
  const std::size_t blank = line.find_last_of(" \t", end == 0 ? 0 : end - 1);
  const std::string_view digits =
      blank == std::string_view::npos ? line.substr(0, end) : line.substr(blank + 1, end - blank - 1);
  std::int64_t number = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || error != std::errc() || stop != digits.data() + digits.size()) return std::nullopt;
  return number;
}

/// What stands between `before` and the next quote.
std::optional<std::string_view> quoted_after(std::string_view line, std::string_view before) {
  const std::size_t at = line.find(before);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view rest = line.substr(at + before.size());
  const std::size_t end = rest.find('\'');
  if (end == std::string_view::npos) return std::nullopt;
  return rest.substr(0, end);
}

class ResourceLog {
 public:
  explicit ResourceLog(std::string_view path) : path_(path) {}

  void read(std::string_view line) {
    if (const auto name = quoted_after(line, "Compiling entry function '")) {
      begin(*name, line);
    } else if (!open_) {
      return;
    } else if (const auto stack = number_before(line, " bytes stack frame")) {
      read_properties(line, *stack);
    } else if (const auto registers = number_before(line, " registers");
               registers && line.find(": Used ") != std::string_view::npos) {
      kernel_.registers = static_cast<int>(*registers);
      kernel_.shared = number_before(line, " bytes smem").value_or(0);
      has_registers_ = true;
    }
  }

  std::vector<Resources> done() {
    finish();
    if (all_.empty())
      throw InputError(path_, "log", "what nvcc -cubin -Xptxas -v prints of a kernel", "none");
    return all_;
  }

 private:
  void begin(std::string_view name, std::string_view line) {
    finish();
    kernel_ = {};
    kernel_.kernel = name;
    open_ = true;
    has_registers_ = has_stack_ = false;
    const std::string_view target = quoted_after(line, "for 'sm_").value_or("");
    // "90a" is an architecture with features of its own.
    const auto [stop, error] =
        std::from_chars(target.data(), target.data() + target.size(), kernel_.architecture);
    if (error != std::errc()) throw InputError(path_, kernel_.kernel, "an architecture", in_quotes(line));
  }

  void read_properties(std::string_view line, std::int64_t stack) {
    const auto stores = number_before(line, " bytes spill stores");
    const auto loads = number_before(line, " bytes spill loads");
    if (!stores || !loads) throw InputError(path_, kernel_.kernel, "bytes of spills", in_quotes(line));
    kernel_.stack += stack;
    kernel_.spill_stores += *stores;
    kernel_.spill_loads += *loads;
    has_stack_ = true;
  }

  void finish() {
    if (!open_) return;
    if (!has_registers_) throw InputError(path_, kernel_.kernel, "a number of registers", "none");
    if (!has_stack_) throw InputError(path_, kernel_.kernel, "bytes of its stack frame", "none");
    all_.push_back(kernel_);
  }

  std::string_view path_;
  std::vector<Resources> all_;
  Resources kernel_;
  bool open_ = false, has_registers_ = false, has_stack_ = false;
};

}  // namespace

std::vector<Resources> read_resources(std::string_view log, std::string_view path) {
  ResourceLog reader(path);
  while (!log.empty()) {
    const std::size_t end = log.find('\n');
    reader.read(log.substr(0, end));
    log.remove_prefix(end == std::string_view::npos ? log.size() : end + 1);
  }
  return reader.done();
}

}  // namespace sca::evidence::cuda
