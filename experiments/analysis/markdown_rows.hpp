#pragma once

#include <string>

#include "evidence/table.hpp"

namespace sca::experiments::ablation {

/// A table in Markdown; empty if it has no rows.
std::string as_markdown(const evidence::Table& table);

}  // namespace sca::experiments::ablation
