#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace sca::evidence {

/// A regular file, open for reading anywhere in it. Nothing is mapped: a file that shrinks while it is used
/// gives an InputError, and not SIGBUS.
class InputFile {
 public:
  /// errors   InputError if it is missing, unreadable, a directory, FIFO, device or socket. Never
  ///          blocks.
  explicit InputFile(const std::filesystem::path& path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  const std::string& name() const { return name_; }
  /// In bytes, when it was opened.
  std::uint64_t size() const { return size_; }
  /// At least one byte from `offset` on, unless the file ends there (or `into` is empty); their number.
  std::size_t read_some(std::uint64_t offset, std::span<char> into) const;
  /// Fills `into`.
  /// errors   InputError if the file ends before
  void read(std::uint64_t offset, std::span<char> into) const;

 private:
  void close() const;

  std::string name_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

/// The bytes of a regular file of at most 2 GiB.
///
/// errors   InputError as for `InputFile`, or if it is larger
std::string read_file(const std::filesystem::path& path);

}  // namespace sca::evidence
