#include "evidence/eval/exact.hpp"
#include "evidence/eval/kinds.hpp"
#include "reference/channel.hpp"

namespace sca::evidence::eval {
namespace {

using reference::Head;
using reference::HeadInput;
using reference::HeadStep;

struct ChannelCase {
  Head<Rational> head;
  HeadInput<Rational> input;
  std::vector<long> report;
};

Head<Interval> enclose_head(const Head<Rational>& head) {
  return {head.H,
          head.M,
          enclose(head.theta),
          enclose(head.omega),
          enclose(head.q_re),
          enclose(head.q_im),
          to_interval(head.gamma),
          to_interval(head.beta),
          to_interval(head.lambda),
          to_interval(head.eta)};
}

using Table = std::vector<std::vector<Complex<Interval>>>;

// One part of every entry, as a list of lists.
template <class Part>
List part_of(const Table& table, Part part) {
  List rows;
  for (const auto& row : table) {
    List parts;
    for (const auto& z : row) parts.push_back(part(z));
    rows.emplace_back(std::move(parts));
  }
  return rows;
}

List conditions(const HeadStep<Interval>& step) {
  List rows;
  for (std::size_t h = 0; h < step.state.size(); ++h) {
    List row;
    for (const auto& z : step.state[h]) {
      row.push_back(is_exactly_zero(z.re) ? Value(undefined) : reference::condition(step.absolute[h], z));
    }
    rows.emplace_back(std::move(row));
  }
  return rows;
}

Object report(const HeadStep<Interval>& step, long t) {
  const auto re = [](const Complex<Interval>& z) { return z.re; };
  const auto im = [](const Complex<Interval>& z) { return z.im; };
  std::vector<Interval> out_re;
  std::vector<Interval> out_im;
  for (const auto& z : step.out) {
    out_re.push_back(z.re);
    out_im.push_back(z.im);
  }
  return {{"t", t},
          {"Z", step.weight},
          {"R", part_of(step.state, re)},
          {"I", part_of(step.state, im)},
          {"R_hat", part_of(step.hat, re)},
          {"I_hat", part_of(step.hat, im)},
          {"o_re", out_re},
          {"o_im", out_im},
          {"kbar", step.kbar},
          {"kappa_R", conditions(step)}};
}

Object evaluate(const ChannelCase& c) {
  const Head<Interval> head = enclose_head(c.head);
  const HeadInput<Interval> input{enclose(c.input.k), enclose(c.input.s), enclose(c.input.dist)};
  const std::vector<Interval> alpha = gate(head, input);
  List steps;
  for (const long t : c.report) {
    steps.emplace_back(report(head_step<Interval>(head, input, alpha, static_cast<std::size_t>(t)), t));
  }
  return {{"alpha", alpha}, {"steps", steps}};
}

}  // namespace

Prepared prepare_sca_channel(const Fields& input) {
  ChannelCase c;
  const auto theta = input.table("theta");
  Head<Rational>& head = c.head;
  head.H = theta.size();
  head.M = theta[0].size();
  head.theta = input.table("theta", head.H, head.M);
  head.omega = input.table("omega", head.H, head.M);
  head.q_re = input.table("q_re", head.H, head.M);
  head.q_im = input.table("q_im", head.H, head.M);
  head.gamma = input.rational("gamma");
  head.beta = input.rational("beta");
  head.lambda = input.rational("lambda");
  head.eta = input.rational("eta");
  c.input.s = input.vector("s");
  const std::size_t length = c.input.s.size();
  c.input.dist = input.vector("dist", length);
  c.input.k = input.table("k", length, head.H);
  c.report = input.integers("report_t", 1, static_cast<long>(length));
  double tokens = static_cast<double>(length);
  for (const long t : c.report) tokens += static_cast<double>(t);
  return {[=] { return evaluate(c); }, 3 * tokens * static_cast<double>(head.H * head.M)};
}

}  // namespace sca::evidence::eval
