#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/input/elements.hpp"

namespace sca::evidence {

/// Where a tensor stands in a .safetensors file.
///
/// shape    up to 64 dimensions, zeros allowed
/// domain   [begin, end) in bytes from the file's start; end - begin is the product of `shape` times
///          type.width
struct StoredTensor {
  std::string dtype;  ///< as the file names it ("BF16")
  ElementType type{};
  std::vector<std::size_t> shape;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

struct SafetensorsHeader {
  std::map<std::string, StoredTensor> tensors;
  std::map<std::string, std::string> metadata;
};

/// The JSON `text` of a .safetensors file whose data are the `data_size` bytes from `data_begin` on; `name`
/// stands for the file in messages.
///
/// domain   what the format's own reader takes: an object of {dtype, shape, data_offsets}, and
///          "__metadata__", whose values are strings; the tensors tile the data without holes or
///          overlaps. F64, F32, F16, BF16, I64 to I8, U64 to U8 and BOOL
/// errors   InputError for everything else; a name or key that stands twice, invalid UTF-8, a product
///          that overflows and an unknown dtype included. Memory is at most proportional to text.size().
SafetensorsHeader parse_safetensors_header(std::string_view text, std::uint64_t data_begin,
                                           std::uint64_t data_size, std::string_view name);

}  // namespace sca::evidence
