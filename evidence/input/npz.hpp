#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "evidence/input/array.hpp"
#include "evidence/input/error.hpp"

namespace sca::evidence {

/// The arrays in an .npz archive's `bytes`, by name (the members' without ".npy"); `name` stands for the
/// file in messages.
///
/// shape    at most 65,536 members; what they inflate to is at most 64 MiB or 64 times the archive,
///          whichever is larger, and never above 2 GiB
/// domain   stored and deflated members, zip64 or not, as numpy.savez and savez_compressed write them;
///          each member as in `parse_npy`
/// errors   InputError for no zip archive, one that is truncated or damaged (the CRC is checked), an
///          encrypted member, another compression, a name that does not end in ".npy" or stands twice,
///          more than the limits (the archive's word is not trusted: what is inflated is counted), and
///          all of `parse_npy`
std::map<std::string, Array> parse_npz(std::span<const std::byte> bytes, std::string_view name);

/// `parse_npz` of a regular file of at most 2 GiB.
std::map<std::string, Array> read_npz(const std::filesystem::path& path);

}  // namespace sca::evidence
