#pragma once

#include <filesystem>
#include <string>

#include "kernels/network/network.hpp"

namespace sca::evidence::networks {

/// Writes a network's parameters as .safetensors, in float32 under the released names. The file is whole or
/// absent.
/// errors   InputError if it cannot be written
void save(const sca::kernels::Network<float>& network, const std::filesystem::path& path);

/// Reads them, from tensors called prefix + name; others in the file do not matter. Narrower formats are
/// widened. The network is changed only if all is well.
/// errors   InputError that names file and tensor: missing, of another shape, with a number that is not
///          finite; of everything else that .safetensors readers refuse
void load(sca::kernels::Network<float>& network, const std::filesystem::path& path,
          const std::string& prefix = "");

}  // namespace sca::evidence::networks
