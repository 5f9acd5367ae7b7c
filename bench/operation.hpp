#pragma once

#include <array>
#include <string_view>

namespace sca::bench {

/// What is timed of a kernel. `training` is a forward and then a backward, as a training step calls them.
enum class Operation { forward, step, backward, training };

inline constexpr std::array operations{Operation::forward, Operation::step, Operation::backward,
                                       Operation::training};

/// The first part of a benchmark's name.
constexpr std::string_view to_string(Operation operation) {
  switch (operation) {
    case Operation::forward: return "core_forward";
    case Operation::step: return "core_step";
    case Operation::backward: return "core_backward";
    case Operation::training: return "core_training";
  }
  return "";
}

}  // namespace sca::bench
