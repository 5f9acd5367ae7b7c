#include "evidence/provenance.hpp"

#include <arb.h>
#include <fmt/format.h>
#include <mpfi.h>
#include <mpfr.h>
#include <boost/version.hpp>

#include <fstream>
#include <utility>

#include "build_info.hpp"

namespace sca::evidence {
namespace {

std::string cpu_model() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (line.starts_with("model name")) {
      const std::size_t colon = line.find(": ");
      if (colon != std::string::npos) return line.substr(colon + 2);
    }
  }
  return "unknown CPU";
}

std::string shell_quoted(const std::string& argument) {
  constexpr const char* plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-";
  if (!argument.empty() && argument.find_first_not_of(plain) == std::string::npos) return argument;
  std::string quoted = "'";
  for (const char c : argument) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

Provenance provenance(const std::string& verb, const std::vector<std::string>& arguments, std::string seed) {
  std::string command = "sca " + verb;
  for (const std::string& argument : arguments) command += " " + shell_quoted(argument);
  const std::string libraries =
      fmt::format("MPFI {}, MPFR {}, Arb {}, Boost {}.{}", mpfi_get_version(), mpfr_get_version(),
                  arb_version, BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000);
  return {command,      build::version, build::commit, build::compiler,
          build::flags, libraries,      cpu_model(),   std::move(seed)};
}

Provenance recorded_provenance(const nlohmann::ordered_json& json) {
  const auto field = [&](const char* name) -> std::string {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? *found : "unknown";
  };
  return {field("command"), field("version"),   field("commit"), field("compiler"),
          field("flags"),   field("libraries"), field("cpu"),    field("seed")};
}

std::string to_line(const Provenance& p) {
  return fmt::format("# {} · sca {} {} · {} {} · {} · {} · seed {}", p.command, p.version, p.commit,
                     p.compiler, p.flags, p.libraries, p.cpu, p.seed);
}

nlohmann::ordered_json to_json(const Provenance& p) {
  return {{"command", p.command}, {"version", p.version},     {"commit", p.commit}, {"compiler", p.compiler},
          {"flags", p.flags},     {"libraries", p.libraries}, {"cpu", p.cpu},       {"seed", p.seed}};
}

}  // namespace sca::evidence
