#pragma once

#include <optional>
#include <span>
#include <string>

#include "kernels/plugin.h"

namespace sca::evidence::kernels {

/// What is wrong with a plugin.
struct PluginFault {
  std::string field, expected, found;
};

/// The first thing in which a plugin is not what kernels/plugin.h says: its version, its kernels' names,
/// types and functions, what their arithmetic promises.
std::optional<PluginFault> fault_of(const sca_plugin* plugin);

/// A shared library's kernels, or what is wrong with it.
struct LoadedPlugin {
  std::span<const sca_core_kernel> kernels;
  std::optional<PluginFault> fault;
};

/// Loads a library into this process, for good: nobody can tell what it has started. It may crash or hang, so
/// this is what a worker does, and nobody else.
LoadedPlugin load_plugin(const std::string& library);

}  // namespace sca::evidence::kernels
