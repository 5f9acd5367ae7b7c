#pragma once

#include <string>
#include <vector>

namespace sca::cli {

/// `sca cuda-report [KERNEL…] [--logs DIR] [--from FILE.jsonl] [--plot FILE.svg] [--json]`: what nvcc made of
/// the CUDA kernels, and what they move. 0; 1 for a regression; 2 for bad input; 4 where there is nothing of
/// nvcc's to read.
int cuda_report(const std::vector<std::string>& arguments);

}  // namespace sca::cli
