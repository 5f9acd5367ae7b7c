#include "kernels/plugin.h"

#include <vector>

#include "kernels/registry.hpp"

const sca_plugin* sca_get_plugin() {
  static const std::vector<sca_core_kernel> kernels = [] {
    std::vector<sca_core_kernel> all;
    for (const sca_core_kernel* one : sca::kernels::core_kernels()) all.push_back(*one);
    return all;
  }();
  static const sca_plugin plugin{SCA_PLUGIN_VERSION, static_cast<int32_t>(kernels.size()), kernels.data()};
  return &plugin;
}
