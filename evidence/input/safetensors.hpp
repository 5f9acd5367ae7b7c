#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "evidence/input/array.hpp"
#include "evidence/input/error.hpp"
#include "evidence/input/file.hpp"
#include "evidence/input/safetensors_header.hpp"

namespace sca::evidence {

/// A .safetensors file. Opening it reads the header alone, of at most 100 MB as in the format's own reader;
/// tensors are read one by one, so that a checkpoint is never in memory whole.
class Safetensors {
 public:
  /// errors   InputError as for `InputFile`; a header that is longer than the file; all of
  ///          `parse_safetensors_header`
  explicit Safetensors(const std::filesystem::path& path);
  /// The same of a file's `bytes`, which must outlive this; `name` stands for the file in messages.
  Safetensors(std::span<const std::byte> bytes, std::string_view name);

  const SafetensorsHeader& header() const { return header_; }

  /// The tensor called `tensor`.
  ///
  /// domain   every dtype of the header, converted exactly
  /// errors   InputError if there is none of that name; an integer that no double equals, a BOOL that is
  ///          neither 0 nor 1
  Array read(const std::string& tensor) const;

 private:
  void read_header(std::uint64_t size);
  void read_bytes(std::uint64_t offset, std::span<char> into) const;

  std::string name_;
  std::unique_ptr<InputFile> file_;
  std::span<const std::byte> bytes_;
  SafetensorsHeader header_;
};

}  // namespace sca::evidence
