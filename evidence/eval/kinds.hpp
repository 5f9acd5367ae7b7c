#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "evidence/eval/input.hpp"
#include "evidence/eval/value.hpp"

namespace sca::evidence::eval {

/// A case whose input has been read and checked.
struct Prepared {
  /// Every field of the kind, at the thread's current precision.
  std::function<Object()> evaluate;
  /// About how many elementary functions (or ten times as many products) one evaluation costs.
  double operations = 0;
};

/// One kind of case: a row of the table of `sca eval`.
struct Kind {
  std::string_view name;
  Prepared (*prepare)(const Fields& input);
};

/// All kinds, in the order of the documentation.
std::span<const Kind> kinds();

// source   the quantities are those of companion.md: summary (items 0, 2), cube (1, 1a), window (1c, 1e), dft (1b),
//          softmax (3), finite_M (4), quadrature_kernel and mc_variance (5), prony (6), gram (1a), atom (1d);
//          sca_channel is the paper's section 2.2.4
Prepared prepare_summary(const Fields& input);
Prepared prepare_cube(const Fields& input);
Prepared prepare_window(const Fields& input);
Prepared prepare_dft(const Fields& input);
Prepared prepare_softmax(const Fields& input);
Prepared prepare_finite_m(const Fields& input);
Prepared prepare_sca_channel(const Fields& input);
Prepared prepare_quadrature_kernel(const Fields& input);
Prepared prepare_mc_variance(const Fields& input);
Prepared prepare_prony(const Fields& input);
Prepared prepare_gram(const Fields& input);
Prepared prepare_atom(const Fields& input);

}  // namespace sca::evidence::eval
