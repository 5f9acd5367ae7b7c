#ifndef SCA_SANITIZED  // half a minute there; the judges have their own tests

#include "experiments/model/verification.hpp"

#include <gtest/gtest.h>

#include "experiments/model/network.hpp"
#include "tests/temporary_folder.hpp"

namespace sca::experiments::ablation {
namespace {

kernels::Implementation<float> implementation(const ModelSpec& spec) { return network_plan(spec, 2, 8).by; }

TEST(Verification, EveryArchitectureOfThePlansPasses) {
  const sca::test::TemporaryFolder folder;
  for (const char* fields :
       {"{}", R"({"ratio":0,"convolution":"all"})", R"({"ratio":"inf","M":1})", R"({"M":4,"theta_max":12})",
        R"({"phase":"inner_product"})", R"({"decay":"relative","convolution":"none"})",
        R"({"summary":"plain","normaliser":"off"})", R"({"ratio":11,"placement":"middle"})"}) {
    const ModelSpec spec = model_spec(nlohmann::ordered_json::parse(fields), "test");
    EXPECT_EQ(verified(spec, implementation(spec), folder.path()).size(), 64u) << fields;
  }
}

// The widest kernel, but for one wrong number of its backward.
const sca_core_kernel* right = nullptr;
int wrong_backward(const sca_core_backward* call) {
  const int code = right->backward(call);
  auto* by_phase_scale = static_cast<float*>(call->phase_scale);
  by_phase_scale[0] *= 1.01F;
  return code;
}

TEST(Verification, RefusesAKernelWithAWrongGradient) {
  const sca::test::TemporaryFolder folder;
  const ModelSpec spec = model_spec({}, "test");
  kernels::Implementation<float> by = implementation(spec);
  right = by.core;
  sca_core_kernel wrong = *by.core;
  wrong.backward = wrong_backward;
  by.core = &wrong;
  EXPECT_THROW(verified(spec, by, folder.path()), std::runtime_error);
  // What failed is not kept: asked again, it fails again.
  EXPECT_THROW(verified(spec, by, folder.path()), std::runtime_error);
}

}  // namespace
}  // namespace sca::experiments::ablation

#endif
