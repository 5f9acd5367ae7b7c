#include "experiments/train/checkpoint.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <span>

#include "evidence/input/error.hpp"
#include "evidence/sha256.hpp"

namespace sca::experiments::ablation {
namespace {

using Arrays = std::array<std::span<float>, 3>;

Arrays arrays_of(kernels::Network<float>& network, kernels::Optimizer<float>& optimizer) {
  return {network.values(), optimizer.first_moment(), optimizer.second_moment()};
}

std::string bytes_of(const Arrays& arrays) {
  std::string bytes;
  for (const std::span<float> one : arrays)
    bytes.append(reinterpret_cast<const char*>(one.data()), one.size_bytes());
  return bytes;
}

/// To the disk, too: a name that is there after a power cut has its bytes.
bool write_whole(const std::filesystem::path& path, std::string_view bytes) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) return false;
  bool is_well = true;
  while (is_well && !bytes.empty()) {
    const ssize_t count = write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    is_well = count > 0;
    if (is_well) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  is_well = is_well && fsync(file) == 0;
  return close(file) == 0 && is_well;
}

}  // namespace

void save_checkpoint(const std::filesystem::path& path, const Progress& progress,
                     kernels::Network<float>& network, kernels::Optimizer<float>& optimizer) {
  const std::string bytes = bytes_of(arrays_of(network, optimizer));
  const nlohmann::ordered_json header{{"id", progress.id},
                                      {"step", progress.step},
                                      {"seconds", progress.seconds},
                                      {"curve", progress.curve},
                                      {"sha256", evidence::sha256(bytes)}};
  std::filesystem::path draft = path;
  draft += fmt::format(".{}", getpid());
  std::error_code error;
  const bool is_well = write_whole(draft, header.dump() + "\n" + bytes);
  if (is_well) std::filesystem::rename(draft, path, error);
  if (is_well && !error) return;
  std::filesystem::remove(draft, error);
  throw evidence::InputError(path.string(), "checkpoint", "a file that can be written", "none");
}

bool load_checkpoint(const std::filesystem::path& path, Progress& progress, kernels::Network<float>& network,
                     kernels::Optimizer<float>& optimizer) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return false;
  const auto fail = [&](const char* field, const char* expected, const std::string& found) {
    throw evidence::InputError(path.string(), field, expected, found);
  };
  std::string line;
  std::getline(in, line);
  const auto header = nlohmann::ordered_json::parse(line, nullptr, false);
  if (!header.is_object() || !header.contains("sha256")) fail("header", "a line of JSON", "none");
  if (header.at("id") != progress.id) fail("id", "that of this run", header.at("id").dump());
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const Arrays arrays = arrays_of(network, optimizer);
  if (evidence::sha256(bytes) != header.at("sha256") || bytes.size() != 3 * arrays[0].size_bytes())
    fail("sha256", "that of the numbers", "damaged ones");
  const char* from = bytes.data();
  for (const std::span<float> one : arrays) {
    std::copy_n(from, one.size_bytes(), reinterpret_cast<char*>(one.data()));
    from += one.size_bytes();
  }
  progress.step = header.at("step").get<std::int64_t>();
  progress.seconds = header.at("seconds").get<double>();
  progress.curve = header.at("curve");
  optimizer.stand_at(progress.step);
  return true;
}

}  // namespace sca::experiments::ablation
