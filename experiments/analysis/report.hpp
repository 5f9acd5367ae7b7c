#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <vector>

#include "experiments/analysis/contrast.hpp"

namespace sca::experiments::ablation {

/// Writes into the folder `into`: report.md, the answer first; its figures *.svg, where gnuplot is there;
/// records.jsonl, all records in a canonical order behind one line of the questions, from which the same
/// report can be made again. The same records give the same bytes, in whatever order and however often they
/// come.
///
/// A record with the field "provenance" says where the others come from.
///
/// errors   InputError for a record that is not one, two of one id that disagree, a folder that cannot be
///          written
void write_report(const Questions& questions, const std::vector<nlohmann::ordered_json>& records,
                  const std::filesystem::path& into);

}  // namespace sca::experiments::ablation
