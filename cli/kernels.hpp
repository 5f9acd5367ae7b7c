#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

#include "evidence/kernels/bench.hpp"
#include "evidence/kernels/mutation.hpp"
#include "evidence/kernels/trial.hpp"
#include "evidence/provenance.hpp"

namespace sca::cli {

/// The options that all verbs about kernels have.
struct KernelOptions {
  std::vector<std::string> patterns;
  std::string plugin;
  std::string runner;
  unsigned jobs;
  bool json = false;
};
void declare(CLI::App& app, KernelOptions& options);

/// Of the kernels registered here.
evidence::kernels::SubjectFactory registered_kernels();
/// The CUDA kernels, executed by that runner.
evidence::kernels::SubjectFactory cuda_kernels(const std::string& runner);
/// errors   DeviceMissing where that runner has nothing to run, or nothing to run it on
void require_runner(const std::string& runner);
/// Of the plugin if one is named, called LIB:NAME; the CUDA kernels if a runner is; else those registered
/// here. errors   of the factory: InputError if the plugin is not what kernels/plugin.h says
evidence::kernels::SubjectFactory kernels_of(const KernelOptions& options);
/// Of the shared library, each thread's in a process of its own.
evidence::kernels::SubjectFactory plugin_kernels(const std::string& library);
std::vector<std::string> names_of(const evidence::kernels::SubjectFactory& make);

/// Kernels with one mistake each, called mutant/KERNEL/MISTAKE: the CUDA ones of a runner, or without one all
/// others.
std::vector<evidence::kernels::Mutant> mutants(const std::string& runner = {});
/// Of the kernels and of the mutants.
evidence::kernels::SubjectFactory kernels_and_mutants();

/// The selection of the patterns among these kernels and mutants.
/// errors   UsageError that names the pattern that fits nothing, and what is near
evidence::kernels::Selection selection(const std::vector<std::string>& patterns,
                                       std::vector<std::string> names);

/// The first line, or the first record.
void print(const evidence::Provenance& provenance, bool json);

}  // namespace sca::cli
