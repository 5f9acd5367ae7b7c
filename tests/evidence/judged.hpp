#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "evidence/judge/judge.hpp"

namespace sca::evidence::judge::test {

inline const std::string golden = SCA_SOURCE_DIR "/tests/data/golden/";

inline Dump read_golden(const std::string& name) { return read_dump(golden + name + ".npz"); }

inline const Judgement& of(const Report& report, const std::string& tensor) {
  const auto found = std::ranges::find(report.judgements, tensor, &Judgement::tensor);
  EXPECT_NE(found, report.judgements.end()) << tensor;
  return *found;
}

}  // namespace sca::evidence::judge::test
