#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/cuda/ptx/bits.hpp"

namespace sca::kernels::cuda::ptx {

/// What a name stands for.
struct Symbol {
  enum class Kind {
    reg,
    parameter,       // value: offset in the function's parameter space
    local,           // value: offset in its local memory
    shared,          // value: address in shared space
    dynamic_shared,  // the shared memory that a launch asks for
    global           // value: address
  } kind;
  U64 value = 0;
  std::size_t size = 0;
};

/// Names by nested braces: the innermost declaration counts.
class Scopes {
 public:
  void open() { scopes_.emplace_back(); }
  void close() { scopes_.pop_back(); }
  /// With another's scopes inside of these.
  void append(const Scopes& inner) {
    scopes_.insert(scopes_.end(), inner.scopes_.begin(), inner.scopes_.end());
  }
  /// In the innermost scope. False if that has it already.
  bool declare(std::string_view name, Symbol symbol) {
    return scopes_.back().emplace(std::string(name), symbol).second;
  }
  std::optional<Symbol> find(std::string_view name) const {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      if (const auto found = scope->find(name); found != scope->end()) return found->second;
    }
    return std::nullopt;
  }

 private:
  std::vector<std::map<std::string, Symbol, std::less<>>> scopes_;
};

}  // namespace sca::kernels::cuda::ptx
