#include "proofs_numeric/retrieval.hpp"

namespace sca::proofs {

Interval readout_error(const std::vector<Complex<Interval>>& value, const std::vector<Interval>& expected) {
  Interval sum(0);
  for (std::size_t a = 0; a < expected.size(); ++a) {
    sum += square(Interval(value[a].re - expected[a])) + square(value[a].im);
  }
  return sqrt(sum);
}

}  // namespace sca::proofs
