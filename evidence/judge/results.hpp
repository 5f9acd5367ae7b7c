#pragma once

#include <string>
#include <vector>

#include "evidence/judge/dump.hpp"
#include "evidence/judge/precision.hpp"
#include "reference/dialect.hpp"

namespace sca::evidence::judge {

/// A tensor of a dump that can be judged, with the precisions that its name and dtype state.
struct Result {
  std::string file;
  std::string name;
  std::string base;  // without the precision's suffix
  std::vector<std::size_t> shape;
  std::vector<double> values;
  const Precision* arithmetic = nullptr;
  const Precision* storage = nullptr;  // null where it holds whatever the arithmetic computed
};

/// Everything in the file that is not an input, in the order of the algorithm's steps.
///
/// domain   `arithmetic` is that of names without a suffix; null: f64 if any of them is stored as <f8, else
///          f32
/// errors   InputError for bfloat16 bits that are no 16-bit integers
std::vector<Result> results_of(const Dump& dump, const Precision* arithmetic);

/// The dump with its inputs, and of its results those of one arithmetic, under their base names.
Dump restricted_to(const Dump& dump, const std::vector<Result>& results, const Precision& arithmetic);

/// Whether stages can be judged one by one.
bool has_intermediates(const Dump& dump);

/// What the authors' own code does inconsistently, where this file shows it: how far step and forward are
/// apart, and why.
std::vector<std::string> oddities(const Dump& dump, const reference::Dialect& dialect);

/// row-major `entry` in `shape`.
std::vector<std::size_t> index_of(std::size_t entry, const std::vector<std::size_t>& shape);

/// Position of a result in the order of the algorithm: forward by steps, then decoding, then gradients
/// backwards.
std::size_t order(const std::string& base);

/// The step of the paper's algorithm that makes this result from the ones before it; "" where it is none.
std::string step_of(const std::string& base);

}  // namespace sca::evidence::judge
