#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sca::evidence {

/// Numbers read from a file.
///
/// shape    values.size() is the product of `shape` (1 for the empty shape, a scalar); C order (last index
///          fastest) whatever the file's order
/// domain   any double, NaN and infinities included: what they mean is for the caller to say
struct Array {
  std::vector<std::size_t> shape;
  std::vector<double> values;
  std::string dtype;  ///< as the file names it ("<f4"), or "csv"; conversion to double was exact for .npy
};

}  // namespace sca::evidence
