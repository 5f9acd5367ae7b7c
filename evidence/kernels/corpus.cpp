#include "evidence/kernels/corpus.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <system_error>

#include "evidence/hash.hpp"
#include "evidence/input/error.hpp"

namespace sca::evidence::kernels {
namespace {

/// Everything, then to the disk.
bool write_all(const std::filesystem::path& path, std::string_view text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) return false;
  while (!text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written <= 0) break;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  const bool is_synced = fsync(file) == 0;
  return close(file) == 0 && is_synced && text.empty();
}

}  // namespace

std::vector<Trial> parse_trials(std::string_view text, const std::string& file) {
  std::vector<Trial> trials;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, std::min(text.find('#'), end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    try {
      trials.push_back(parse_trial(line));
    } catch (const InputError& error) {
      throw InputError(file, fmt::format("line {}", number), "KERNEL PROPERTY CASE", error.what());
    }
  }
  return trials;
}

std::filesystem::path save(const Trial& trial, const std::string& what, const std::filesystem::path& folder) {
  const std::string line = to_line(trial);
  std::filesystem::path path = folder / fmt::format("{:016x}.txt", hashed(line));
  std::filesystem::path draft = path;
  draft += fmt::format(".{}", getpid());
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!write_all(draft, fmt::format("# {}\n{}\n", one_line(what, 1000), line)))
    throw InputError(folder.string(), "--save", "a folder that can be written to", draft.string());
  std::filesystem::rename(draft, path, error);
  if (error) throw InputError(folder.string(), "--save", "a folder that can be written to", error.message());
  return path;
}

}  // namespace sca::evidence::kernels
