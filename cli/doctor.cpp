#include "cli/doctor.hpp"

#include <arb.h>
#include <fftw3.h>
#include <flint/flint.h>
#include <fmt/format.h>
#include <gmp.h>
#include <hwy/targets.h>
#include <mpfi.h>
#include <mpfr.h>
#include <toml++/impl/version.h>
#include <unistd.h>
#include <zip.h>

#include <Eigen/Core>
#include <algorithm>
#include <boost/version.hpp>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "bench/machine.hpp"
#include "bench/pinning.hpp"
#include "build_info.hpp"
#include "cli/usage.hpp"
#include "evidence/provenance.hpp"

namespace sca::cli {
namespace {

struct Item {
  std::string kind;
  std::string name;
  std::string found;    // version, path or extent; empty where it is missing
  std::string purpose;  // what needs it
  std::string package;  // Debian's, for what is missing; empty where none would help
};

using Items = std::vector<Item>;

/// "3.3.10-sse2-avx" of FFTW's "fftw-3.3.10-sse2-avx".
std::string without_name(std::string_view name) { return std::string(name.substr(name.find('-') + 1)); }

std::string version(int major, int minor, int patch) { return fmt::format("{}.{}.{}", major, minor, patch); }

/// Versions are asked of the libraries that run, where they can tell, not of the headers.
void add_libraries(Items& items) {
  const auto add = [&](const char* name, std::string found, const char* purpose, const char* package) {
    items.push_back({"library", name, std::move(found), purpose, package});
  };
  add("Boost", version(BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100),
      "number types", "libboost1.81-dev");
  add("GMP", gmp_version, "exact rationals", "libgmp-dev");
  add("MPFR", mpfr_get_version(), "correctly rounded reals", "libmpfr-dev");
  add("MPFI", mpfi_get_version(), "intervals, certificates", "libmpfi-dev");
  add("FLINT", FLINT_VERSION, "below Arb", "libflint-dev");
  add("Arb", arb_version, "sine integral, certificates", "libflint-arb-dev");
  add("FFTW", without_name(fftw_version), "torus readouts", "libfftw3-dev");
  add("FFTW long", without_name(fftwl_version), "torus readouts", "libfftw3-dev");
#ifdef __SIZEOF_FLOAT128__
  add("FFTW quad", without_name(fftwq_version), "torus readouts", "libfftw3-dev");
#endif
  add("Eigen", version(EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION), "matrices",
      "libeigen3-dev");
  add("fmt", version(FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100), "output",
      "libfmt-dev");
  add("nlohmann-json",
      version(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH),
      "records", "nlohmann-json3-dev");
  add("toml++", version(TOML_LIB_MAJOR, TOML_LIB_MINOR, TOML_LIB_PATCH), "the claims ledger",
      "libtomlplusplus-dev");
  add("libzip", zip_libzip_version(), "reading .npz", "libzip-dev");
  add("CLI11", CLI11_VERSION, "the command line", "libcli11-dev");
}

void add_cpu(Items& items) {
  const evidence::Provenance here = evidence::provenance("doctor", {});
  items.push_back({"cpu", "model", here.cpu, "", ""});
  items.push_back({"cpu", "threads", std::to_string(std::thread::hardware_concurrency()), "", ""});
  std::string targets;
  for (std::int64_t left = hwy::SupportedTargets(); left != 0; left &= left - 1)
    targets += std::string(targets.empty() ? "" : " ") + hwy::TargetName(left & -left);
  items.push_back({"cpu", "vectors", targets, "kernels; the first is the widest", ""});
  items.push_back({"cpu", "OpenMP", bench::openmp_text(), "threads of kernels", ""});
}

/// What `sca bench` holds kernels to, on all CPUs.
void add_floors(Items& items) {
  const int threads = bench::usable_cpus();
  const bench::Pinning pinning(threads);
  bench::Machine machine;
  const auto add = [&](const char* name, double rate, const char* unit) {
    items.push_back({"floor", name, fmt::format("{:.3g} {}", rate / 1e9, unit),
                     fmt::format("bench; {} thread{}", threads, threads == 1 ? "" : "s"), ""});
  };
  add("FMA, float", machine.flops_per_second(SCA_F32, threads), "GFLOP/s");
  add("FMA, double", machine.flops_per_second(SCA_F64, threads), "GFLOP/s");
  add("sin and cos, float", machine.sincos_per_second(SCA_F32, threads), "G/s");
  add("sin and cos, double", machine.sincos_per_second(SCA_F64, threads), "G/s");
  add("stream, 1 MiB", machine.bytes_per_second(0x1p20, threads), "GB/s");
  add("stream, 256 MiB", machine.bytes_per_second(0x1p28, threads), "GB/s");
}

/// The first executable `name` on PATH, then in `extra`.
std::string find_program(const std::string& name, const std::string& extra = {}) {
  const char* path = std::getenv("PATH");
  std::istringstream directories(std::string(path != nullptr ? path : "") + ":" + extra);
  for (std::string directory; std::getline(directories, directory, ':');) {
    std::string candidate = directory + "/" + name;
    if (!directory.empty() && access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return {};
}

void add_tools(Items& items) {
  const auto add = [&](const char* name, const char* purpose, const char* package, const char* extra = "") {
    items.push_back({"tool", name, find_program(name, extra), purpose, package});
  };
  add("cmake", "building", "cmake");
  add("ninja", "building", "ninja-build");
  add("g++", "building", "g++");
  add("clang++", "sanitizers, checks", "clang");
  add("clang-format", "checks", "clang-format");
  add("clang-tidy", "checks", "clang-tidy");
  add("gnuplot", "figures", "gnuplot-nox");
  add("nvcc", "CUDA kernels (optional)", "nvidia-cuda-toolkit", "/usr/local/cuda/bin");
}

Items examine() {
  Items items;
  items.push_back({"build", "compiler", build::compiler, build::flags, ""});
  add_libraries(items);
  add_cpu(items);
  add_floors(items);
  add_tools(items);
  return items;
}

std::string missing(const Item& item) {
  return item.package.empty() ? "no" : "missing: apt-get install " + item.package;
}

void print_table(const Items& items) {
  std::size_t name = 4;
  std::size_t found = 5;
  for (const Item& item : items) {
    name = std::max(name, item.name.size());
    found = std::max(found, (item.found.empty() ? missing(item) : item.found).size());
  }
  std::cout << fmt::format("{:<8} {:<{}}  {:<{}}  {}\n", "kind", "name", name, "found", found, "for");
  for (const Item& item : items) {
    std::string line = fmt::format("{:<8} {:<{}}  {:<{}}  {}", item.kind, item.name, name,
                                   item.found.empty() ? missing(item) : item.found, found, item.purpose);
    line.erase(line.find_last_not_of(' ') + 1);
    std::cout << line << "\n";
  }
}

void print_items_json(const Items& items) {
  for (const Item& item : items) {
    const nlohmann::ordered_json record{
        {"kind", item.kind},   {"name", item.name},   {"present", !item.found.empty()},
        {"found", item.found}, {"for", item.purpose}, {"package", item.package}};
    std::cout << record.dump() << "\n";
  }
}

}  // namespace

int doctor(const std::vector<std::string>& arguments) {
  CLI::App app{
      "The compiler, the libraries, the CPU, its floors and the tools: what is there and what is missing.",
      "sca doctor"};
  bool json = false;
  app.add_flag("--json", json, "JSON lines with the table's fields");
  if (const std::optional<int> code = parse(app, arguments)) return *code;

  const evidence::Provenance provenance = evidence::provenance("doctor", arguments);
  if (json) {
    std::cout << evidence::to_json(provenance).dump() << "\n";
    print_items_json(examine());
  } else {
    std::cout << evidence::to_line(provenance) << "\n";
    print_table(examine());
  }
  return good;
}

}  // namespace sca::cli
