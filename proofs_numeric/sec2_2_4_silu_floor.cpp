#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "reference/krawczyk.hpp"

namespace sca::proofs {
namespace {

/// silu'(x) = sigma(x) (1 - sigma(x)) g(x) with g(x) = 1 + x + e^x: silu falls where g < 0 and rises where g
/// > 0.
Interval slope_sign(const Interval& x) { return Interval(1) + x + exp(x); }

Interval silu(const Interval& x) { return x / (Interval(1) + exp(Interval(-x))); }

Findings check_sec2_2_4_silu_floor(const Instance&, const Settings& settings, Variant variant) {
  const std::vector<Interval> box{hull(to_interval(decimal("-1.2785")), to_interval(decimal("-1.2784")))};
  const reference::IntervalSystem system{
      [](const std::vector<Interval>& x) { return std::vector<Interval>{slope_sign(x[0])}; },
      [](const std::vector<Interval>& x) { return std::vector<Interval>{Interval(1) + exp(x[0])}; }};
  auto result = krawczyk(system, box);
  Finding root;
  root.statement = "1 + x + e^x, increasing, has its one zero x* in [-1.2785, -1.2784] (Krawczyk)";
  root.bits = working_bits();
  if (result.outcome == reference::RootTest::unknown) return {root};
  root.decision = result.outcome == reference::RootTest::unique_root ? evidence::Decision::holds
                                                                     : evidence::Decision::fails;
  // Quadratic: the width squares at each step until the precision is reached.
  for (int step = 0; step < 16; ++step) {
    const auto next = krawczyk(system, result.image);
    if (next.outcome != reference::RootTest::unique_root) break;
    result = next;
  }
  const Interval& lowest = result.image[0];
  root.witness = "x* = " + midpoint_decimal(lowest, 15);

  // At x* e^x = -(1 + x), hence silu(x*) = x / (1 + e^-x) = 1 + x.
  const Interval least = Interval(1) + lowest;
  // The last printed digit is a truncation of the magnitude; the twin's floor is one that SiLU undercuts.
  const Interval below = to_interval(decimal(variant == Variant::stated ? "-.27846455" : "-.25"));
  return {root,
          evidence::exceeds(
              "g below 0 at the box's left end changes to above 0: -g(left) g(right)",
              -(slope_sign(to_interval(decimal("-1.2785"))) * slope_sign(to_interval(decimal("-1.2784")))),
              Interval(0)),
          evidence::equal_to("silu(x*) = 1 + x*", silu(lowest), least, Interval(1), settings.digits),
          evidence::exceeds("the minimum lies above the printed floor", least, below),
          evidence::at_most("the minimum begins -0.27846454", least, to_interval(decimal("-.27846454")))};
}

}  // namespace

// The sign of g is that of x - x*, so that x* is the global minimum: every k, s and q of the layer is at
// least it.
Claim sec2_2_4_silu_floor() {
  return {"sec2.2.4/silu-floor", Reach::instances, {}, check_sec2_2_4_silu_floor};
}

}  // namespace sca::proofs
