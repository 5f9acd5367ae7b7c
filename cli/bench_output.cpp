#include "cli/bench_output.hpp"

#include <ostream>

#include "evidence/input/error.hpp"
#include "evidence/provenance.hpp"
#include "evidence/records_file.hpp"
#include "evidence/table.hpp"

namespace sca::cli {

using Json = nlohmann::ordered_json;

BenchRun read_bench_run(const std::string& path) {
  const std::vector<Json> records = evidence::read_run(path);
  return {records.front()["provenance"], bench::measurements(records, path)};
}

std::vector<bench::Comparison> compared(const BenchRun& before, const BenchRun& now,
                                        const std::string& path) {
  auto result = bench::compare(before.measurements, now.measurements);
  if (result.empty())
    throw evidence::InputError(path, "records", "a kernel, shape and number of threads of this run", "none");
  return result;
}

void print_provenance(std::ostream& out, const char* field, const Json& provenance) {
  out << Json{{field, provenance}}.dump() << "\n";
}

void print_records(std::ostream& out, const BenchRun& run) {
  print_provenance(out, "provenance", run.provenance);
  for (const bench::Measurement& one : run.measurements) out << to_json(one).dump() << "\n";
}

void print_text(std::ostream& out, const BenchRun& now, const std::optional<BenchRun>& before,
                const std::vector<bench::Comparison>& comparisons) {
  const bool colour = evidence::stdout_takes_colour();
  out << to_line(evidence::recorded_provenance(now.provenance)) << "\n";
  print(out, now.measurements, colour);
  if (!before) return;
  out << "\n" << to_line(evidence::recorded_provenance(before->provenance)) << "\n";
  print(out, comparisons, colour);
}

}  // namespace sca::cli
