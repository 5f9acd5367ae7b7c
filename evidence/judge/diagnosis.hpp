#pragma once

#include "evidence/judge/judge.hpp"
#include "evidence/judge/results.hpp"

namespace sca::evidence::judge {

/// Where the file first parts from the reference.
///
/// A file with intermediates is judged stage by stage, each from the file's own stage before. Without them,
/// the reference is recomputed with each of the dialect's choices changed: a change after which the first
/// failing result passes names its step.
///
/// domain   at least one judgement failed
Diagnosis diagnose(const Dump& dump, const std::vector<Result>& results,
                   const std::vector<Judgement>& judgements, const Settings& settings);

}  // namespace sca::evidence::judge
