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

// source   companion.md, sections 1 and 5 (summary), 2 (cube, gram), 3 (dft), 4 (window, atom), 6 (softmax),
//          7 (finite_M), 8 (prony), 9 (quadrature_kernel, mc_variance); sca_channel: the paper's 2.2.4
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
