#pragma once

#include <cstdint>

namespace sca::experiments::ablation {

/// What data are for. Nothing that is learned from is asked for, nor is a choice made on what is reported.
enum class Part : std::uint8_t { training, selection, report };

}  // namespace sca::experiments::ablation
