#include "evidence/cuda/library.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "evidence/cuda/fields.hpp"
#include "evidence/cuda/library_errors.hpp"
#include "evidence/cuda/library_run.hpp"
#include "evidence/cuda/library_sample.hpp"

namespace sca::evidence::cuda {
namespace {

using Json = nlohmann::ordered_json;

/// What is taken for the values of .approx instructions.
struct Approximations {
  const char* name;
  double share;  // of the error that PTX allows
  bool is_held;  // to what NVIDIA publishes
};

std::vector<Approximations> approximations_of(const LibraryFunction& function,
                                              const LibraryMachine& machine) {
  if (!machine.approximates(function.kernel)) return {{"none", 0, true}};
  if (function.is_instruction) return {{"allowed", 1, false}};
  return {{"rounded", 0, true}, {"allowed", 1, false}};
}

/// Results of architectures that agree on every bit, NaN's included.
struct SameBits {
  std::string architectures;
  std::vector<float> y;

  bool agrees(const std::vector<float>& other) const {
    const auto bits = [](float f) { return std::bit_cast<std::uint32_t>(f); };
    return std::ranges::equal(y, other, {}, bits, bits);
  }
};

std::vector<SameBits> run_all(std::vector<LibraryMachine>& machines, const std::string& kernel,
                              const std::vector<float>& x, double share) {
  std::vector<SameBits> all;
  for (LibraryMachine& machine : machines) {
    std::vector<float> y = machine.run(kernel, x, share);
    const auto same = std::ranges::find_if(all, [&](const SameBits& one) { return one.agrees(y); });
    if (same == all.end()) {
      all.push_back({machine.architecture(), std::move(y)});
    } else {
      same->architectures += " " + machine.architecture();
    }
  }
  return all;
}

/// Five digits, never less than was seen.
std::string shown(double error) {
  std::string text = fmt::format("{:.5g}", error);
  if (error == 0 || !std::isfinite(error) || std::strtod(text.c_str(), nullptr) >= error) return text;
  return fmt::format("{:.5g}", error + std::pow(10, std::floor(std::log10(error)) - 4));
}

/// What no error was seen at is not told.
std::string shown_argument(const LargestSeen& seen, bool in_hex) {
  if (seen.error == 0) return "-";
  return in_hex ? fmt::format("{:a}", seen.argument) : fmt::format("{:.9g}", seen.argument);
}

Json library_record(const LibraryFunction& function, const ArgumentRange& range, const Approximations& taken,
                    const std::string& architectures, const LibraryErrors& seen) {
  Json record{{"cuda", "library"},
              {"function", function.name},
              {"kernel", function.kernel},
              {"range", range.name},
              {"ptx", architectures},
              {"approximations", taken.name},
              {"arguments", seen.arguments},
              {"ulps", shown(seen.ulps.error)},
              {"argument", shown_argument(seen.ulps, false)},
              {"argument_hex", shown_argument(seen.ulps, true)},
              {"units", shown(seen.units.error)},
              {"steps", shown(seen.steps.error)},
              {"steps_argument", shown_argument(seen.steps, false)},
              {"published", function.published}};
  if (taken.is_held && std::isfinite(function.most_steps)) record["most_steps"] = shown(function.most_steps);
  return record;
}

}  // namespace

std::vector<Json> library_records(
    const std::vector<PtxText>& ptx, const std::vector<LibraryFunction>& functions, std::size_t points,
    const std::function<void(std::size_t, std::size_t, const std::string&)>& progress) {
  std::vector<LibraryMachine> machines(ptx.begin(), ptx.end());
  std::vector<Json> all;
  if (machines.empty()) return all;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    const LibraryFunction& function = functions[i];
    if (progress) progress(i, functions.size(), function.name);
    for (const ArgumentRange& range : function.ranges) {
      const std::vector<float> x = sample(function, range, points);
      const std::vector<kernels::Exact> exact = exact_values(function, x);
      for (const Approximations& taken : approximations_of(function, machines.front()))
        for (const SameBits& one : run_all(machines, function.kernel, x, taken.share))
          all.push_back(library_record(function, range, taken, one.architectures,
                                       library_errors(function, x, exact, one.y)));
    }
  }
  return all;
}

std::optional<std::string> library_finding(const Json& record, std::string_view path) {
  const auto text = [&](const char* field) { return text_of(record, field, path); };
  if (!record.contains("most_steps")) return std::nullopt;
  if (number_of(record, "steps", path) <= number_of(record, "most_steps", path)) return std::nullopt;
  return fmt::format(
      "{} for {}, {}: {} floats from the correctly rounded result at {}, more than the {} published",
      text("function"), text("ptx"), text("range"), text("steps"), text("steps_argument"),
      text("most_steps"));
}

}  // namespace sca::evidence::cuda
