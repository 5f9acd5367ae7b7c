#include "cli/cuda_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "cli/usage.hpp"
#include "embedded_library_ptx.hpp"
#include "embedded_ptx.hpp"
#include "evidence/cuda/figure.hpp"
#include "evidence/cuda/library.hpp"
#include "evidence/cuda/report.hpp"
#include "evidence/cuda/tables.hpp"
#include "evidence/input/error.hpp"
#include "evidence/progress.hpp"
#include "evidence/provenance.hpp"
#include "evidence/records_file.hpp"

#ifndef SCA_CUDA_EVIDENCE_DIR
#define SCA_CUDA_EVIDENCE_DIR ""
#endif

namespace sca::cli {
namespace {

namespace cuda = evidence::cuda;
using Json = nlohmann::ordered_json;

constexpr const char* cuda_report_footer =
    R"(No kernel runs on a GPU here, and nothing is timed. Registers, stack and spills are ptxas's, of every architecture that the
build compiles for; occupancy follows from them by the documented rules. Instructions are those of the PTX. What calls
move is counted while the PTX machine executes them: the 32-byte sectors that a warp asks for at once, without caches, so
that what the card's memory gives is no more. least: every input read once, every result written once.
The roofline is a MODEL of datasheet figures: the larger of bytes over bandwidth and of instructions over the rate of FP32
multiply-adds, whatever the instructions are.
CUDA's own functions are those of its PTX, executed on a SAMPLE of floats and compared with MPFR: what is shown is the
largest error seen. .approx instructions are exact and rounded, or wrong at random by as much as PTX allows.
Exit code: 1 for a spill, a stack frame, an access to local memory, more bytes than are stated, or a larger error of a
function than NVIDIA publishes; 4 if this program was built without nvcc.)";

struct CudaOptions {
  std::vector<std::string> kernels;
  std::string logs = SCA_CUDA_EVIDENCE_DIR;
  std::string from, plot;
  bool json = false;
};

void declare(CLI::App& app, CudaOptions& o) {
  app.add_option(
      "KERNEL", o.kernels,
      "parts of kernels' or works' names (core_readout, 'core forward', library_sinf); default: all");
  app.add_option("--logs", o.logs, "folder of ptxas's logs, sm_NN.log; default: this build's");
  app.add_option("--from", o.from, "run nothing: tables and figures from these records");
  app.add_option("--plot", o.plot, "traffic and occupancy, into a .svg, .png or .pdf (needs gnuplot)");
  app.add_flag("--json", o.json, "JSON lines: provenance, then the records");
  app.footer(cuda_report_footer);
}

/// NN of ".../sm_NN.ptx"; 0 if it is not called so.
int architecture_of(std::string_view path) {
  const std::size_t at = path.rfind("sm_");
  int number = 0;
  if (at != std::string_view::npos) std::from_chars(path.data() + at + 3, path.data() + path.size(), number);
  return number;
}

std::vector<cuda::Resources> read_logs(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".log" && architecture_of(entry.path().string()) > 0)
      files.push_back(entry.path());
  }
  std::ranges::sort(files, {}, [](const auto& path) { return architecture_of(path.string()); });
  std::vector<cuda::Resources> all;
  for (const auto& path : files) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    std::ranges::move(cuda::read_resources(text.str(), path.string()), std::back_inserter(all));
  }
  return all;
}

std::vector<cuda::PtxText> built_in_ptx(const std::vector<std::string_view>& names,
                                        std::string_view (*text_of)(std::string_view)) {
  std::vector<cuda::PtxText> all;
  for (const std::string_view name : names)
    all.push_back({std::string(name), architecture_of(name), text_of(name)});
  std::ranges::sort(all, {}, &cuda::PtxText::architecture);
  return all;
}

/// Nothing, after a line that says what is missing, where nvcc did not make all that is needed.
std::optional<cuda::Compiled> compiled(const CudaOptions& o) {
  cuda::Compiled all{.resources = {}, .ptx = built_in_ptx(embedded_ptx_names(), embedded_ptx_text)};
  if (all.ptx.empty()) {
    std::cerr
        << "sca cuda-report: this program was built without nvcc: it holds no PTX (--from FILE.jsonl shows "
           "records)\n";
    return std::nullopt;
  }
  all.resources = read_logs(o.logs);
  if (!all.resources.empty()) return all;
  std::cerr << fmt::format("sca cuda-report: no logs of ptxas, sm_NN.log, in '{}' (--logs DIR)\n", o.logs);
  return std::nullopt;
}

/// The provenance, then the records.
std::optional<std::vector<Json>> gathered(const CudaOptions& o, const std::vector<std::string>& arguments) {
  if (!o.from.empty()) return evidence::read_run(o.from);
  const auto sources = compiled(o);
  if (!sources) return std::nullopt;
  evidence::ProgressLine line;
  std::vector<Json> all{{{"provenance", to_json(evidence::provenance("cuda-report", arguments, "1"))}}};
  const auto progress = [&](std::size_t done, std::size_t total, const std::string& what) {
    line.show(done, total, what);
  };
  std::ranges::move(cuda::cuda_records(*sources, cuda::works(), progress), std::back_inserter(all));
  const auto library = built_in_ptx(embedded_library_ptx_names(), embedded_library_ptx_text);
  std::ranges::move(cuda::library_records(library, cuda::library_functions(), cuda::library_points, progress),
                    std::back_inserter(all));
  return all;
}

int show(const CudaOptions& o, const std::vector<Json>& all) {
  const std::string path = o.from.empty() ? "sca cuda-report" : o.from;
  const std::vector<Json> records = cuda::chosen_records(all, o.kernels);
  if (!o.plot.empty())
    evidence::draw(o.plot, drawing(cuda::cuda_figure(records, all.front()["provenance"], path)));
  const std::vector<std::string> found = cuda::regressions(records, path);
  if (o.json) {
    for (const Json& record : records) std::cout << record.dump() << "\n";
  } else {
    std::cout << to_line(evidence::recorded_provenance(all.front()["provenance"])) << "\n";
    cuda::print_tables(std::cout, records, path, evidence::stdout_takes_colour());
  }
  for (const std::string& one : found) std::cerr << "sca cuda-report: " << one << "\n";
  return found.empty() ? good : failed;
}

}  // namespace

int cuda_report(const std::vector<std::string>& arguments) {
  CLI::App app("What nvcc made of the CUDA kernels: registers, instructions, traffic, occupancy.",
               "sca cuda-report");
  CudaOptions options;
  declare(app, options);
  if (const auto code = parse(app, arguments)) return *code;
  if (!options.plot.empty()) evidence::require_gnuplot(options.plot);
  const auto records = gathered(options, arguments);
  if (!records) return device_missing;
  if (records->size() > 1 && cuda::chosen_records(*records, options.kernels).size() <= 2)
    throw UsageError("KERNEL: no kernel and no work has such a name");
  return show(options, *records);
}

}  // namespace sca::cli
