#include "reference/channel.hpp"

#include "tests/reference/enclosure.hpp"
#include "tests/reference/evaluation.hpp"

namespace sca::reference {
namespace {

template <class Real>
Head<Real> one_channel(Real theta) {
  Head<Real> head;
  head.H = head.M = 1;
  head.theta = {theta};
  head.omega = {Real(2)};
  head.q_re = {Real(3)};
  head.q_im = {Real(-1)};
  return head;
}

TEST(Channel, SoftplusIsExactlyLogOnePlusExp) {
  const PrecisionScope scope(256);
  for (const int x : {-3, 0, 5}) {
    sca::test::expect_encloses(softplus(Interval(x)), log(Interval(1) + exp(Interval(x))), 70);
  }
  EXPECT_EQ(softplus(1000.0), 1000.0);
  EXPECT_EQ(softplus(-1000.0), 0.0);
  const DigitsScope digits(50);
  EXPECT_LE(clearance(log(Bounded(2)), softplus(0.0)), 1);
}

// t = 1: alpha cancels, and what is read is omega k e^{i phi} conj(q).
TEST(Channel, OneTokenReadsItself) {
  const PrecisionScope scope(256);
  const Head<Interval> head = one_channel(Interval(2));
  const HeadInput<Interval> input{{Interval(-1)}, {Interval(7)}, {Interval(4)}};
  const auto step = head_step<Interval>(head, input, gate(head, input), 1);
  const Interval phase(-1);  // 2 softsign(-1)
  sca::test::expect_encloses(step.hat[0][0].re, -cos(phase), 70);
  sca::test::expect_encloses(step.out[0].re, Interval(-2) * (Interval(3) * cos(phase) - sin(phase)), 70);
  sca::test::expect_encloses(step.out[0].im, Interval(-2) * (Interval(3) * sin(phase) + cos(phase)), 70);
  sca::test::expect_encloses(step.kbar[0], Interval(1), 70);
  sca::test::expect_encloses(condition(step.absolute[0], step.state[0][0]), Interval(1) / cos(phase), 70);
}

TEST(Channel, DecayDiscountsDistance) {
  const auto [found, expected] = test::evaluate_in_double([]<class Real>() {
    using std::exp;
    Head<Real> head = one_channel<Real>(1);
    head.lambda = Real(0.5);
    const HeadInput<Real> input{{Real(1), Real(1)}, {Real(0), Real(0)}, {Real(1), Real(0)}};
    const auto alpha = gate(head, input);
    const Real weight = head_step<Real>(head, input, alpha, 2).weight;
    return std::pair{Tensor<Real>{{2}, {alpha[0] / alpha[1], weight}},
                     Tensor<Real>{{2}, {exp(Real(-0.5)), alpha[0] + alpha[1]}}};
  });
  EXPECT_LE(test::clearance_of_the_same(found, expected), 1);
}

TEST(Channel, DividesByTheRootOfTheChannels) {
  const auto [found, expected] = test::evaluate_in_double([]<class Real>() {
    Head<Real> head;
    head.H = 4;
    head.M = 1;
    head.theta = head.q_im = std::vector<Real>(4, Real(0));
    head.omega = head.q_re = std::vector<Real>(4, Real(1));
    const HeadInput<Real> input{{Real(1), Real(2), Real(3), Real(4)}, {Real(0)}, {Real(0)}};
    Tensor<Real> out{{4}, {}};
    for (const auto& o : head_step<Real>(head, input, gate(head, input), 1).out) out.data.push_back(o.re);
    return std::pair{out, Tensor<Real>{{4}, {Real(0.5), Real(1), Real(1.5), Real(2)}}};
  });
  EXPECT_LE(test::clearance_of_the_same(found, expected), 1);
}

}  // namespace
}  // namespace sca::reference
