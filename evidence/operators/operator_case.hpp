#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sca::evidence::operators {

/// Made-up numbers for one operator (kernels/operators/operators.hpp): its name, sizes, a regime and a seed
/// are all of it, so that one line is a reproduction.
struct OperatorCase {
  std::string name;
  std::map<std::string, std::size_t, std::less<>>
      sizes;  // as the operator's definition names them, all of them
  std::string regime = "uniform";
  std::uint64_t seed = 0;

  /// domain   the definition has a size of this name
  std::size_t size(std::string_view which) const { return sizes.find(which)->second; }
};

/// "linear rows=3 in=4 out=5 bias=1 regime=uniform seed=7", sizes in the definition's order.
std::string to_line(const OperatorCase& one);

/// errors   InputError that names the word: an unknown operator, a missing or unknown field, no number, a
/// size
///          out of the definition's range
OperatorCase parse_operator_case(std::string_view line);

}  // namespace sca::evidence::operators
