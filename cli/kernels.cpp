#include "cli/kernels.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iostream>
#include <thread>

#include "cli/usage.hpp"
#include "evidence/input/error.hpp"
#include "evidence/kernels/network_properties.hpp"
#include "evidence/kernels/selection.hpp"
#include "evidence/kernels/worker.hpp"
#include "kernels/cuda/host/kernels.hpp"
#include "kernels/mutants/registry.hpp"
#include "kernels/registry.hpp"

namespace sca::cli {

namespace ek = evidence::kernels;

void declare(CLI::App& app, KernelOptions& options) {
  options.jobs = std::max(1U, std::thread::hardware_concurrency());
  app.add_option(
      "KERNEL", options.patterns,
      "names (f32/avx2), one operation of them (core_backward/f32/avx2), what such names start with "
      "(f32, core_step), or any of these with *; default: all");
  app.add_option("--plugin", options.plugin,
                 "a shared library (kernels/plugin.h) whose kernels to take, and no others");
  app.add_option(
         "--runner", options.runner,
         "the CUDA kernels, and no others: on fibers of this CPU (fiber), as nvcc compiled them, instruction "
         "by instruction (ptx), on a GPU (device)")
      ->check(CLI::IsMember({"fiber", "ptx", "device"}))
      ->excludes("--plugin");
  app.add_option("--jobs", options.jobs, "threads; default: one a core")->check(CLI::Range(1, 1024));
  app.add_flag("--json", options.json, "JSON lines");
}

ek::SubjectFactory registered_kernels() {
  return [](ek::Oracle& oracle) {
    ek::Subjects subjects = ek::subjects_of(sca::kernels::core_kernels(), oracle);
    for (const auto* table : sca::kernels::f32_operators()) ek::add_subjects(table, oracle, subjects);
    for (const auto* table : sca::kernels::f64_operators()) ek::add_subjects(table, oracle, subjects);
    subjects.push_back(std::make_unique<ek::KernelSubject>("network/f64/serial", ek::our_network(), oracle));
    return subjects;
  };
}

ek::SubjectFactory plugin_kernels(const std::string& library) {
  return ek::plugin_kernels("/proc/self/exe", library);
}

ek::SubjectFactory cuda_kernels(const std::string& runner) {
  namespace cuda = sca::kernels::cuda;
  const cuda::Executed& all = runner == "ptx"      ? cuda::of_ptx()
                              : runner == "device" ? cuda::on_device()
                                                   : cuda::on_fibers();
  return [&all](ek::Oracle& oracle) {
    ek::Subjects subjects;
    for (const sca_core_kernel& kernel : all.core)
      subjects.push_back(std::make_unique<ek::KernelSubject>(kernel.name, &kernel, oracle));
    for (const sca::kernels::Operators<float>& table : all.operators)
      ek::add_subjects(&table, oracle, subjects);
    return subjects;
  };
}

void require_runner(const std::string& runner) {
  namespace cuda = sca::kernels::cuda;
  if ((runner == "ptx" || runner == "device") && cuda::device_image().empty())
    throw DeviceMissing(
        fmt::format("--runner {}: this program was built without nvcc, which compiles the kernels", runner));
  if (runner == "device" && cuda::on_device().core.empty())
    throw DeviceMissing("--runner device: there is no GPU, or no driver for it");
}

ek::SubjectFactory kernels_of(const KernelOptions& options) {
  if (!options.runner.empty()) return cuda_kernels(options.runner);
  return options.plugin.empty() ? registered_kernels() : plugin_kernels(options.plugin);
}

std::vector<std::string> names_of(const ek::SubjectFactory& make) {
  ek::Oracle oracle;
  std::vector<std::string> names;
  for (const auto& subject : make(oracle)) names.emplace_back(subject->name());
  return names;
}

std::vector<ek::Mutant> mutants(const std::string& runner) {
  std::vector<ek::Mutant> all;
  const std::span<const sca::kernels::Mutant> wrong =
      runner.empty()      ? sca::kernels::mutants()
      : runner == "fiber" ? sca::kernels::cuda_mutants_on_fibers()
      : runner == "ptx"   ? sca::kernels::cuda_mutants_of_ptx()
                          : std::span<const sca::kernels::Mutant>();
  for (const sca::kernels::Mutant& one : wrong) {
    ek::Kernel kernel = one.kernel;
    if (one.network != nullptr) {
      kernel = ek::NetworkKernel{one.network, ek::our_network().by};
    } else if (one.kernel == nullptr) {
      kernel = ek::OperatorKernel{evidence::operators::definition(one.operation), one.operators};
    }
    all.push_back({fmt::format("mutant/{}", one.name), one.mistake, kernel, one.is_race});
  }
  return all;
}

ek::SubjectFactory kernels_and_mutants() {
  return [](ek::Oracle& oracle) {
    ek::Subjects subjects = registered_kernels()(oracle);
    for (const char* runner : {"", "fiber", "ptx"}) {
      for (const ek::Mutant& one : mutants(runner))
        subjects.push_back(std::make_unique<ek::KernelSubject>(one.name, one.kernel, oracle));
    }
    return subjects;
  };
}

ek::Selection selection(const std::vector<std::string>& patterns, std::vector<std::string> names) {
  ek::Selection result(patterns);
  const std::string stranger = result.pattern_without_match(names);
  if (stranger.empty()) return result;
  for (const std::string& name : std::vector(names))
    std::ranges::move(ek::full_names(name), std::back_inserter(names));
  const auto near = nearest(stranger, names);
  throw UsageError(
      fmt::format("unknown kernel '{}'{} (--list shows all)", evidence::one_line(stranger, 40),
                  near.empty() ? "" : fmt::format("; did you mean {}?", fmt::join(near, " or "))));
}

void print(const evidence::Provenance& provenance, bool json) {
  if (json) {
    std::cout << nlohmann::ordered_json{{"provenance", to_json(provenance)}}.dump() << "\n";
  } else {
    std::cout << to_line(provenance) << "\n";
  }
  std::cout << std::flush;
}

}  // namespace sca::cli
