#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "evidence/plot/figure.hpp"
#include "experiments/journal.hpp"

namespace sca::cli {

/// The options that every study of experiments/ has.
struct StudyOptions {
  unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  std::string save;
  std::string from;
  std::string plot;
  bool json = false;
  bool list = false;
};
void declare(CLI::App& app, StudyOptions& options);

/// Stops, before anything is computed, where --plot cannot be obeyed: with a name that is no figure's, or
/// without gnuplot where no records are kept that could be drawn later.
void require_plot(const StudyOptions& options);

/// Draws what --plot asks for; where gnuplot is missing, one line on stderr says what to install. `command`
/// draws records: "sca quadrature".
void draw_plot(const StudyOptions& options, const char* command,
               const std::function<evidence::Figure()>& figure);

/// UsageError unless every word is an id or the first part of one.
void require_known(const char* noun, const std::vector<std::string>& words,
                   const std::vector<std::string>& ids);

/// Runs what the journal does not have yet, with progress on stderr and, under --json, header and records on
/// stdout as they come; returns all records.
experiments::Lines collected(const StudyOptions& options, const nlohmann::ordered_json& header,
                             const std::vector<experiments::Task>& tasks,
                             const experiments::Journal::NameOf& name_of);

/// Exit code: `failed` if any record is refuted, `undecided` if any is undecided.
int verdict_of(const experiments::Lines& records);

}  // namespace sca::cli
