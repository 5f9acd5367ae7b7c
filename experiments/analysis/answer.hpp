#pragma once

#include <string>
#include <vector>

#include "evidence/report/page.hpp"
#include "experiments/analysis/analysis.hpp"

namespace sca::experiments::ablation {

/// The primaries' answers in plain words, a Markdown list item each.
std::string answer_text(const Analysis& analysis);

/// The same for a page: a line a primary and task.
std::vector<evidence::PageAnswer> page_answers(const Analysis& analysis);

/// What so many seeds can decide, and what not.
std::string power_text(const Analysis& analysis);

}  // namespace sca::experiments::ablation
