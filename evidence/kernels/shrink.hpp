#pragma once

#include <chrono>
#include <functional>

#include "evidence/kernels/case.hpp"

namespace sca::evidence::kernels {

/// The smallest case found on which `fails` still holds: sizes (B, L, the heads, H, M, anchors, maxlen, or
/// those of an operator) are made smaller and the regime uniform, one after the other, until nothing more can
/// be or time is up. The seed stays, so that tokens do.
///
/// A case is nine words and not an array, and each of them knows what is simpler: RapidCheck's shrinking
/// would need a generator that it can take apart, and would shrink the seed too.
///
/// domain   fails(failing); `fails` depends on nothing but the case
Case shrunk(const Case& failing, const std::function<bool(const Case&)>& fails,
            std::chrono::steady_clock::time_point deadline);

}  // namespace sca::evidence::kernels
