#pragma once

#include <memory>

#include "experiments/tasks/options.hpp"
#include "experiments/tasks/task.hpp"

namespace sca::experiments::ablation {

// One a file, which says what the task is. errors   InputError that names the option
std::unique_ptr<const Task> mqar_task(Options& options);
std::unique_ptr<const Task> cmqar_task(Options& options);
std::unique_ptr<const Task> omqar_task(Options& options);
std::unique_ptr<const Task> hop_task(Options& options);
std::unique_ptr<const Task> selcopy_task(Options& options);
std::unique_ptr<const Task> noisy_task(Options& options);
std::unique_ptr<const Task> group_task(Options& options);
std::unique_ptr<const Task> stat_task(Options& options);
std::unique_ptr<const Task> bytes_task(Options& options);
std::unique_ptr<const Task> needle_task(Options& options);

}  // namespace sca::experiments::ablation
