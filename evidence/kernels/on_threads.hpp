#pragma once

#include <functional>

namespace sca::evidence::kernels {

/// Runs `work` on `jobs` threads at once; the first exception of any of them is thrown on when all are done.
void on_threads(unsigned jobs, const std::function<void()>& work);

}  // namespace sca::evidence::kernels
