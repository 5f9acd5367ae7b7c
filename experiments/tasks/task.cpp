#include "experiments/tasks/task.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "evidence/input/error.hpp"
#include "experiments/tasks/families.hpp"

namespace sca::experiments::ablation {
namespace {

struct Family {
  std::string_view name;
  std::unique_ptr<const Task> (*make)(Options&);
};

constexpr std::array families{
    Family{"mqar", mqar_task},     Family{"cmqar", cmqar_task},     Family{"omqar", omqar_task},
    Family{"hop", hop_task},       Family{"selcopy", selcopy_task}, Family{"noisy", noisy_task},
    Family{"group", group_task},   Family{"stat", stat_task},       Family{"bytes", bytes_task},
    Family{"needle", needle_task},
};

}  // namespace

std::unique_ptr<const Task> make_task(std::string_view specification) {
  Options options(specification);
  const auto* const family = std::ranges::find(families, options.family(), &Family::name);
  if (family == families.end()) {
    throw evidence::InputError("task " + evidence::in_quotes(specification), "family",
                               fmt::format("one of {}", fmt::join(task_names(), ", ")),
                               evidence::in_quotes(options.family()));
  }
  std::unique_ptr<const Task> task = family->make(options);
  options.require_all_known();
  return task;
}

std::vector<std::string> task_names() {
  std::vector<std::string> names;
  for (const Family& family : families) names.emplace_back(family.name);
  return names;
}

}  // namespace sca::experiments::ablation
