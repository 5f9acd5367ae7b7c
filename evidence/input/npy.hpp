#pragma once

#include "evidence/input/array.hpp"
#include "evidence/input/error.hpp"

#include <filesystem>
#include <span>
#include <string_view>

namespace sca::evidence {

/// The array in a .npy file's `bytes`; `name` stands for the file in messages.
///
/// shape    up to 64 dimensions, zeros allowed; C or Fortran order in the file, C order in the result
/// domain   format 1.0, 2.0 and 3.0; f2, f4, f8, i4, i8 and u2, little ('<') or big ('>') endian, converted
///          exactly
/// errors   InputError for everything else: a header that is not the dictionary numpy
///          writes, a shape that the data does not fill exactly, an i8 value that no double equals.
///          Nothing is allocated on the header's word: memory is at most proportional to bytes.size().
Array parse_npy(std::span<const std::byte> bytes, std::string_view name);

/// `parse_npy` of a regular file of at most 2 GiB.
Array read_npy(const std::filesystem::path& path);

}  // namespace sca::evidence
