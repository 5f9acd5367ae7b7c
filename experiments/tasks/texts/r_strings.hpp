#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sca::experiments::ablation {

/// Every record of an R package's lazy-load database (Rdata.rdb), each a vector of strings: a 4-byte length
/// (big endian, of what is compressed) and a zlib stream of R's serialisation in XDR, version 3.
///
/// source   R Internals 1.8 (serialization formats) and 1.24 (lazy loading)
/// errors   InputError that names the file and where it is not such a database
std::vector<std::vector<std::string>> read_r_strings(const std::filesystem::path& path);

}  // namespace sca::experiments::ablation
