#pragma once

#include <nlohmann/json.hpp>

#include <string>

#include "evidence/kernels/problem.hpp"
#include "evidence/kernels/trial.hpp"

namespace sca::evidence::kernels {

/// Everything about one trial: the case, the numbers that it stands for, what was found tensor by tensor.
///
/// domain   `trial` names one kernel, of this dtype, and one property
std::string to_text(const Trial& trial, sca_dtype dtype, const Outcome& outcome, bool colour);
nlohmann::ordered_json to_json(const Trial& trial, sca_dtype dtype, const Outcome& outcome);

}  // namespace sca::evidence::kernels
