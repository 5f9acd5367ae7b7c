#include "evidence/input/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

#include "evidence/input/error.hpp"

namespace sca::evidence {
namespace {

constexpr std::size_t max_file_bytes = std::size_t{1} << 31;

std::string_view kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISFIFO(mode)) return "a FIFO or pipe";
  if (S_ISCHR(mode)) return "a character device";
  if (S_ISBLK(mode)) return "a block device";
  return S_ISSOCK(mode) ? "a socket" : "something else";
}

InputError unreadable(const std::string& name) {
  return {name, "file", "a readable file", in_quotes(std::generic_category().message(errno))};
}

InputError too_large(const std::string& name, std::string_view size) {
  return {name, "file", "at most " + std::to_string(max_file_bytes) + " bytes", size};
}

off_t size_of_regular(int status, const struct stat& info, const std::string& name) {
  if (status != 0) throw unreadable(name);
  if (!S_ISREG(info.st_mode)) throw InputError(name, "file", "a regular file", kind_of(info.st_mode));
  return info.st_size;
}

}  // namespace

InputFile::InputFile(const std::filesystem::path& path) : name_(path.string()) {
  // Looked at before opening, because opening some devices acts on them; and after, because the name may by
  // then stand for another file. O_NONBLOCK: opening a FIFO would wait for its writer.
  struct stat info {};
  size_of_regular(::stat(path.c_str(), &info), info, name_);
  descriptor_ = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  try {
    const off_t size = size_of_regular(descriptor_ < 0 ? -1 : ::fstat(descriptor_, &info), info, name_);
    size_ = static_cast<std::uint64_t>(size);
  } catch (...) {
    close();  // no destructor runs for what was not constructed
    throw;
  }
}

InputFile::~InputFile() { close(); }

void InputFile::close() const {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::size_t InputFile::read_some(std::uint64_t offset, std::span<char> into) const {
  for (;;) {
    const ssize_t got = ::pread(descriptor_, into.data(), into.size(), static_cast<off_t>(offset));
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) throw unreadable(name_);
  }
}

void InputFile::read(std::uint64_t offset, std::span<char> into) const {
  while (!into.empty()) {
    const std::size_t got = read_some(offset, into);
    if (got == 0) {
      throw InputError(name_, "file", std::to_string(size_) + " bytes, as when it was opened",
                       std::to_string(offset));
    }
    offset += got;
    into = into.subspan(got);
  }
}

std::string read_file(const std::filesystem::path& path) {
  const InputFile file(path);
  if (file.size() > max_file_bytes) throw too_large(file.name(), std::to_string(file.size()));
  std::string bytes;
  bytes.reserve(file.size());
  std::array<char, 1 << 16> buffer;
  while (const std::size_t got = file.read_some(bytes.size(), buffer)) {
    bytes.append(buffer.data(), got);
    if (bytes.size() > max_file_bytes) throw too_large(file.name(), "more");  // it grew while it was read
  }
  return bytes;
}

}  // namespace sca::evidence
