#include "theory/measures/atom.hpp"
#include "evidence/eval/exact.hpp"
#include "evidence/eval/kinds.hpp"
#include "theory/readout.hpp"

namespace sca::evidence::eval {
namespace {

struct AtomCase {
  Prefix<Rational> prefix;
  Rational half_width, radius;
  std::size_t j = 0;
};

Object evaluate(const AtomCase& c) {
  const Prefix<Interval> prefix = enclose(c.prefix);
  const AtomMass<Interval> atom{to_interval(c.half_width), to_interval(c.radius)};
  const auto token = prefix.token(c.j);
  return {{"atom_S", real_parts(readout(prefix, atom, corollary3_query(token)))},
          {"atom_phi", function_readout(prefix, atom, weight_query(token)).re}};
}

}  // namespace

Prepared prepare_atom(const Fields& input) {
  AtomCase c{input.prefix(), input.positive("T"), input.positive("r"), 0};
  c.j = input.index(c.prefix.t);
  const double size = static_cast<double>(c.prefix.t) * static_cast<double>(c.prefix.d);
  return {[=] { return evaluate(c); }, 40 * size};  // a sine integral costs about ten sines
}

}  // namespace sca::evidence::eval
