#pragma once

#include <string>
#include <string_view>

#include "experiments/tasks/task.hpp"

namespace sca::experiments::ablation {

/// A few training sequences as a person reads them: "k4→v19" asks for v19 at k4; text as text, with what is
/// asked for below it. `specification` is what the task was made of.
std::string show(const Task& task, std::string_view specification);

}  // namespace sca::experiments::ablation
