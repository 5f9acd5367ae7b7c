#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace sca::evidence {

/// How one number is stored.
///
/// domain   'f' IEEE of 2, 4 or 8 bytes; 'b' bfloat16, the upper half of an f4, 2 bytes; 'i' two's
///          complement and 'u' unsigned of 1, 2, 4 or 8 bytes; '?' a truth value of 1 byte, 0 or 1
struct ElementType {
  char kind;
  std::size_t width;
  bool big_endian;
};

/// The bits of the element whose type.width bytes begin at `bytes`.
std::uint64_t load_bits(const char* bytes, const ElementType& type);

/// The double that equals the element; nothing if there is none (an integer of more than 53 significant
/// bits, a truth value that is neither 0 nor 1).
std::optional<double> to_double(std::uint64_t bits, const ElementType& type);

}  // namespace sca::evidence
