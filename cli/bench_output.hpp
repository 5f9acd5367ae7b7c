#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "bench/print.hpp"

namespace sca::cli {

/// What `sca bench` found, now or in a file of records.
struct BenchRun {
  nlohmann::ordered_json provenance;
  std::vector<bench::Measurement> measurements;
};

/// errors   InputError that names the file and the field
BenchRun read_bench_run(const std::string& path);

/// errors   InputError that names `path`, the records of `before`, if nothing is in both
std::vector<bench::Comparison> compared(const BenchRun& before, const BenchRun& now, const std::string& path);

void print_provenance(std::ostream& out, const char* field, const nlohmann::ordered_json& provenance);
/// All as JSON lines.
void print_records(std::ostream& out, const BenchRun& run);
void print_text(std::ostream& out, const BenchRun& now, const std::optional<BenchRun>& before,
                const std::vector<bench::Comparison>& comparisons);

}  // namespace sca::cli
