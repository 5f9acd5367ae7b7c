#pragma once

#include <nlohmann/json.hpp>

#include <string>

#include "evidence/kernels/problem.hpp"
#include "evidence/kernels/trial.hpp"

namespace sca::evidence::kernels {

/// Everything about one trial: the case, the problem that it stands for, what was found tensor by tensor.
///
/// domain   `trial` names one kernel and one property; the problem is of the kernel's dtype
std::string to_text(const Trial& trial, const Problem& problem, const Outcome& outcome, bool colour);
nlohmann::ordered_json to_json(const Trial& trial, const Problem& problem, const Outcome& outcome);

}  // namespace sca::evidence::kernels
