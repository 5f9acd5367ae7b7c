#pragma once

#include "proofs_numeric/instance.hpp"

namespace sca::proofs {

/// What a reading of Theorem 1 asks for, on given tokens, if every retrieval error shall stay below
/// epsilon * max_k t p_k |h_k|: the answer to "which measure, at what parameter, at how many points".
struct ReachRow {
  std::string claim;  // the claim that certifies the reading; empty where none does
  std::string reading;
  std::string parameter;
  std::string points;  // spectral points of a finite rule that achieves it; "-" for an integral
  std::string remark;
};

/// domain   distinct tokens, t >= 2
std::vector<ReachRow> reach(const Instance& instance, double epsilon);

}  // namespace sca::proofs
