// What of a plugin is refused, and that outcomes come through from one process to another as they were.
#include <gtest/gtest.h>

#include <cstring>
#include <limits>

#include "evidence/kernels/outcome_json.hpp"
#include "evidence/kernels/plugin.hpp"
#include "kernels/registry.hpp"

namespace sca::evidence::kernels {
namespace {

int done(const sca_core_forward*) { return 0; }
std::int64_t no_depth(sca_operation, const sca_core_shape*) { return 0; }

constexpr sca_arithmetic arithmetic{0x1p-24, 1, 2, 2, 0x1p-150, 0x1p127, no_depth};
constexpr sca_core_kernel good{"f32/mine", SCA_F32, &arithmetic, nullptr, done, nullptr, nullptr};

/// The field that is found at fault where a good kernel is changed so; "" if none is.
template <class Change>
std::string fault_after(Change change) {
  sca_core_kernel kernel = good;
  sca_arithmetic promises = arithmetic;
  kernel.arithmetic = &promises;
  change(kernel, promises);
  const sca_plugin plugin{SCA_PLUGIN_VERSION, 1, &kernel};
  const auto fault = fault_of(&plugin);
  return fault ? fault->field : "";
}

TEST(Plugin, EveryFieldIsLookedAt) {
  using Kernel = sca_core_kernel;
  using Promises = sca_arithmetic;
  EXPECT_EQ(fault_after([](Kernel&, Promises&) {}), "");
  EXPECT_EQ(fault_after([](Kernel& k, Promises&) { k.arithmetic = nullptr; }), "");
  for (const char* name :
       {static_cast<const char*>(nullptr), "", "mine", "f32/", "f64/mine", "f32/a b", "f32/*"})
    EXPECT_EQ(fault_after([&](Kernel& k, Promises&) { k.name = name; }), "kernels[0].name");
  // As a plugin in C may have it.
  const auto no_dtype = [](Kernel& k, Promises&) {
    const int four = 4;
    static_assert(sizeof four == sizeof k.dtype);
    std::memcpy(&k.dtype, &four, sizeof four);
  };
  EXPECT_EQ(fault_after(no_dtype), "kernels[0].dtype");
  EXPECT_EQ(fault_after([](Kernel& k, Promises&) { k.forward = nullptr; }), "kernels[0]");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(fault_after([](Kernel&, Promises& p) { p.unit_roundoff = 0; }),
            "kernels[0].arithmetic.unit_roundoff");
  EXPECT_EQ(fault_after([&](Kernel&, Promises& p) { p.trig_error = nan; }),
            "kernels[0].arithmetic.trig_error");
  EXPECT_EQ(fault_after([](Kernel&, Promises& p) { p.exp_error = -1; }), "kernels[0].arithmetic.exp_error");
  EXPECT_EQ(fault_after([&](Kernel&, Promises& p) { p.log_error = nan; }), "kernels[0].arithmetic.log_error");
  EXPECT_EQ(fault_after([](Kernel&, Promises& p) { p.underflow = -1; }), "kernels[0].arithmetic.underflow");
  EXPECT_EQ(fault_after([](Kernel&, Promises& p) { p.largest = 0; }), "kernels[0].arithmetic.largest");
  EXPECT_EQ(fault_after([](Kernel&, Promises& p) { p.depth = nullptr; }), "kernels[0].arithmetic.depth");
}

TEST(Plugin, SoIsTheTableOfKernels) {
  EXPECT_EQ(fault_of(nullptr)->field, "sca_get_plugin()");
  const sca_core_kernel twice[]{good, good};
  const auto field = [&](sca_plugin plugin) { return fault_of(&plugin)->field; };
  EXPECT_EQ(field({SCA_PLUGIN_VERSION + 1, 1, twice}), "version");
  EXPECT_EQ(field({SCA_PLUGIN_VERSION, 0, twice}), "count");
  EXPECT_EQ(field({SCA_PLUGIN_VERSION, 1, nullptr}), "kernels");
  EXPECT_EQ(field({SCA_PLUGIN_VERSION, 2, twice}), "kernels[1].name");
}

TEST(Plugin, OurOwnKernelsWouldBeTaken) {
  for (const sca_core_kernel* kernel : sca::kernels::core_kernels()) {
    const sca_plugin plugin{SCA_PLUGIN_VERSION, 1, kernel};
    EXPECT_FALSE(fault_of(&plugin)) << kernel->name;
  }
}

TEST(OutcomeJson, EveryNumberComesBack) {
  Outcome outcome{.verdict = judge::Verdict::fail, .clearance = std::numeric_limits<double>::infinity()};
  outcome.tensors = 2;
  outcome.vacuous = 1;
  outcome.kinks = 3;
  outcome.what = "a \"word\"\n";
  outcome.judged.push_back({.tensor = "R",
                            .verdict = judge::Verdict::vacuous,
                            .precision = "f32",
                            .entries = 4,
                            .clearance = 0.1,
                            .worst = 3,
                            .index = {1, 0, 1},
                            .expected = -0x1.23456789abcdep-1030,
                            .got = std::numeric_limits<double>::quiet_NaN(),
                            .bound = 0x1p-1074,
                            .relative_bound = 1e300,
                            .note = "loose"});
  const nlohmann::json sent = to_json(outcome);
  const Outcome back = outcome_from(nlohmann::json::parse(sent.dump()));
  EXPECT_EQ(to_json(back), sent);
  EXPECT_EQ(back.clearance, outcome.clearance);
  EXPECT_EQ(back.judged[0].expected, outcome.judged[0].expected);
  EXPECT_TRUE(std::isnan(back.judged[0].got));
}

}  // namespace
}  // namespace sca::evidence::kernels
