#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sca::evidence {

/// What the dictionary at the start of a .npy file says of the array.
///
/// shape    up to 64 dimensions
/// domain   descr is any plain type's text, known or not
struct NpyHeader {
  std::string descr;
  bool fortran_order = false;
  std::vector<std::size_t> shape;
};

/// The dictionary `text`, as numpy writes it and no other Python; `name` stands for the file in messages.
///
/// errors   InputError for anything else: a missing, unknown or repeated key, a structured type, an
///          escape
NpyHeader parse_npy_header(std::string_view text, std::string_view name);

}  // namespace sca::evidence
