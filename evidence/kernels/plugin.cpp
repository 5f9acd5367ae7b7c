#include "evidence/kernels/plugin.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>

#include "evidence/input/error.hpp"
#include "evidence/kernels/number_format.hpp"

namespace sca::evidence::kernels {
namespace {

using Fault = std::optional<PluginFault>;

constexpr std::size_t longest_name = 64;

/// A name stands in replay lines and in patterns.
bool is_name_character(char c) {
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return is_letter || std::string_view("/._+-").find(c) != std::string_view::npos;
}

Fault fault_of_name(const sca_core_kernel& kernel, const std::string& field) {
  const std::string expected =
      fmt::format("{}/HOW in letters, digits and ._+-", format_of(kernel.dtype).name);
  if (kernel.name == nullptr) return PluginFault{field, expected, "a null pointer"};
  const std::string_view name = kernel.name;
  const std::string prefix = fmt::format("{}/", format_of(kernel.dtype).name);
  if (name.starts_with(prefix) && name.size() > prefix.size() && name.size() <= longest_name &&
      std::ranges::all_of(name, is_name_character))
    return std::nullopt;
  return PluginFault{field, expected, in_quotes(name)};
}

Fault fault_of_arithmetic(const sca_arithmetic& arithmetic, const std::string& kernel) {
  const auto fault = [&](std::string_view field, std::string_view expected, double found) {
    return PluginFault{fmt::format("{}.arithmetic.{}", kernel, field), std::string(expected),
                       fmt::format("{}", found)};
  };
  const auto is_size = [](double x) { return std::isfinite(x) && x >= 0; };
  const double u = arithmetic.unit_roundoff;
  if (!(u > 0 && u < 1)) return fault("unit_roundoff", "a number between 0 and 1", u);
  if (!is_size(arithmetic.trig_error))
    return fault("trig_error", "a number from 0 on", arithmetic.trig_error);
  if (!is_size(arithmetic.exp_error)) return fault("exp_error", "a number from 0 on", arithmetic.exp_error);
  if (!is_size(arithmetic.log_error)) return fault("log_error", "a number from 0 on", arithmetic.log_error);
  if (!is_size(arithmetic.underflow)) return fault("underflow", "a number from 0 on", arithmetic.underflow);
  if (!is_size(arithmetic.largest) || arithmetic.largest == 0)
    return fault("largest", "a finite number above 0", arithmetic.largest);
  if (arithmetic.depth == nullptr)
    return PluginFault{fmt::format("{}.arithmetic.depth", kernel), "a function", "a null pointer"};
  return std::nullopt;
}

Fault fault_of_kernel(const sca_core_kernel& kernel, const std::string& where) {
  int dtype = 0;  // a plugin in C may have any number there, an enumeration of C++ may not
  static_assert(sizeof dtype == sizeof kernel.dtype);
  std::memcpy(&dtype, &kernel.dtype, sizeof dtype);
  if (dtype < SCA_F64 || dtype > SCA_F16)
    return PluginFault{where + ".dtype", "an sca_dtype", std::to_string(dtype)};
  if (Fault fault = fault_of_name(kernel, where + ".name")) return fault;
  if (kernel.forward == nullptr && kernel.step == nullptr && kernel.backward == nullptr)
    return PluginFault{where, "forward, step or backward", "null pointers for all of them"};
  return kernel.arithmetic == nullptr ? std::nullopt : fault_of_arithmetic(*kernel.arithmetic, where);
}

LoadedPlugin faulty(std::string field, std::string expected, std::string found) {
  return {{}, PluginFault{std::move(field), std::move(expected), std::move(found)}};
}

}  // namespace

std::optional<PluginFault> fault_of(const sca_plugin* plugin) {
  if (plugin == nullptr) return PluginFault{"sca_get_plugin()", "an sca_plugin", "a null pointer"};
  if (plugin->version != SCA_PLUGIN_VERSION) {
    return PluginFault{"version", std::to_string(SCA_PLUGIN_VERSION), std::to_string(plugin->version)};
  }
  if (plugin->count < 1) return PluginFault{"count", "a kernel or more", std::to_string(plugin->count)};
  if (plugin->kernels == nullptr)
    return PluginFault{"kernels", fmt::format("{} of them", plugin->count), "a null pointer"};
  const std::span<const sca_core_kernel> kernels(plugin->kernels, static_cast<std::size_t>(plugin->count));
  for (std::size_t i = 0; i < kernels.size(); ++i) {
    if (Fault fault = fault_of_kernel(kernels[i], fmt::format("kernels[{}]", i))) return fault;
    const auto has_the_name = [&](const sca_core_kernel& other) {
      return std::string_view(other.name) == kernels[i].name;
    };
    if (std::ranges::any_of(kernels.first(i), has_the_name))
      return PluginFault{fmt::format("kernels[{}].name", i), "a name of its own", in_quotes(kernels[i].name)};
  }
  return std::nullopt;
}

LoadedPlugin load_plugin(const std::string& library) {
  // Without a slash it would be looked for among the system's libraries.
  const std::string path = library.find('/') == std::string::npos ? "./" + library : library;
  void* const handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return faulty("file", "a shared library", dlerror());
  void* const symbol = dlsym(handle, "sca_get_plugin");
  if (symbol == nullptr) return faulty("symbols", "sca_get_plugin", "none of that name");
  const sca_plugin* const plugin = reinterpret_cast<decltype(&sca_get_plugin)>(symbol)();
  if (Fault fault = fault_of(plugin)) return {{}, std::move(fault)};
  return {{plugin->kernels, static_cast<std::size_t>(plugin->count)}, std::nullopt};
}

}  // namespace sca::evidence::kernels
