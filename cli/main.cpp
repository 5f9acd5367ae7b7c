#include <array>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "build_info.hpp"
#include "cli/ablate.hpp"
#include "cli/bench.hpp"
#include "cli/capacity.hpp"
#include "cli/check.hpp"
#include "cli/completion.hpp"
#include "cli/cuda_report.hpp"
#include "cli/doctor.hpp"
#include "cli/eval.hpp"
#include "cli/fuzz.hpp"
#include "cli/judge.hpp"
#include "cli/model.hpp"
#include "cli/prove.hpp"
#include "cli/quadrature.hpp"
#include "cli/replay.hpp"
#include "cli/report.hpp"
#include "cli/usage.hpp"
#include "cli/worker.hpp"
#include "evidence/input/error.hpp"

namespace {

struct Verb {
  std::string_view name;
  std::string_view help;
  int (*run)(const std::vector<std::string>& arguments);
};

constexpr std::array verbs{
    Verb{"prove", "decide the paper's claims, with certificates, on real embeddings", sca::cli::prove},
    Verb{"eval", "exact values of the theory's quantities, for the inputs in a file", sca::cli::eval},
    Verb{"quadrature", "how the readout's error falls with the number of nodes, against theory",
         sca::cli::quadrature},
    Verb{"capacity", "what the points of a layer can and cannot retrieve, against theory",
         sca::cli::capacity},
    Verb{"ablate", "training runs that compare layer ratios and M, with parameters matched",
         sca::cli::ablate},
    Verb{"check", "every kernel, every property, fixed cases, every mutant: the gate", sca::cli::check},
    Verb{"fuzz", "search for cases on which a kernel breaks a property", sca::cli::fuzz},
    Verb{"replay", "one case again, explained", sca::cli::replay},
    Verb{"judge", "anybody's dumped tensors against the reference, by derived bounds", sca::cli::judge},
    Verb{"model", "a model's parameters, state bytes and FLOPs, part by part", sca::cli::model},
    Verb{"bench",
         "the speed of kernels and networks against this machine's floors; only what passes its check",
         sca::cli::bench},
    Verb{"cuda-report", "what nvcc makes of the CUDA kernels: registers, traffic, occupancy, a roofline",
         sca::cli::cuda_report},
    Verb{"report", "tables from records; runs nothing", sca::cli::report},
    Verb{"doctor", "compiler, libraries, CPU: what is there and what is missing", sca::cli::doctor},
    Verb{"completion", "a shell completion script", sca::cli::completion},
};

int help(std::ostream& out) {
  out << "usage: sca VERB [options]\n\n";
  for (const Verb& verb : verbs)
    out << "  " << verb.name << std::string(12 - verb.name.size(), ' ') << verb.help << "\n";
  out << "\nsca VERB --help tells a verb's options; sca --version this build's version.\n"
         "Exit codes: 0 good, 1 refuted unexpectedly or failed, 2 usage or bad input, 3 undecided, "
         "4 a required device is missing.\n";
  return sca::cli::good;
}

int unknown(const std::string& word) {
  std::vector<std::string> names;
  for (const Verb& verb : verbs) names.emplace_back(verb.name);
  std::cerr << "sca: unknown verb '" << word << "'";
  const auto near = sca::cli::nearest(word, names);
  if (!near.empty()) std::cerr << "; did you mean '" << near.front() << "'?";
  std::cerr << " (see sca --help)\n";
  return sca::cli::bad_input;
}

int dispatch(const std::string& word, const std::vector<std::string>& arguments) {
  for (const Verb& verb : verbs) {
    if (verb.name == word) return verb.run(arguments);
  }
  if (word == "worker") return sca::cli::worker(arguments);  // not a user's
  return unknown(word);
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> all(words + 1, words + count);
  if (all.empty() || all[0] == "--help" || all[0] == "-h" || all[0] == "help") return help(std::cout);
  if (all[0] == "--version") {
    std::cout << "sca " << sca::build::version << " " << sca::build::commit << "\n";
    return sca::cli::good;
  }
  const std::vector<std::string> arguments(all.begin() + 1, all.end());
  try {
    const int code = dispatch(all[0], arguments);
    std::cout.flush();
    if (std::cout) return code;
    std::cerr << "sca " << all[0] << ": stdout: could not be written\n";
    return sca::cli::bad_input;
  } catch (const sca::evidence::InputError& error) {
    std::cerr << "sca " << all[0] << ": " << error.what() << "\n";
  } catch (const sca::cli::UsageError& error) {
    std::cerr << "sca " << all[0] << ": " << error.what() << "\n";
  } catch (const sca::cli::DeviceMissing& error) {
    std::cerr << "sca " << all[0] << ": " << error.what() << "\n";
    return sca::cli::device_missing;
  } catch (const std::exception& error) {
    std::cerr << "sca " << all[0] << ": internal error: " << error.what() << "\n";
    return sca::cli::failed;
  }
  return sca::cli::bad_input;
}
