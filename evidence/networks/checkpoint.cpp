#include "evidence/networks/checkpoint.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "evidence/input/error.hpp"
#include "evidence/input/safetensors.hpp"

namespace sca::evidence::networks {
namespace {

using sca::kernels::Network;
using sca::kernels::Parameter;

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

/// The header of a file that holds the parameters one after the other, its length in front.
std::string header_of(const Network<float>& network) {
  nlohmann::ordered_json json{{"__metadata__", {{"format", "pt"}}}};
  for (const Parameter& one : network.parameters()) {
    const std::int64_t begin = one.offset * static_cast<std::int64_t>(sizeof(float));
    const std::int64_t end = begin + one.count * static_cast<std::int64_t>(sizeof(float));
    json[one.name] = {{"dtype", "F32"}, {"shape", one.shape}, {"data_offsets", {begin, end}}};
  }
  std::string text = json.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');  // numbers begin aligned
  const std::uint64_t length = text.size();
  return std::string(reinterpret_cast<const char*>(&length), sizeof length) + text;
}

Array read_parameter(const Safetensors& file, const std::string& path, const Parameter& one,
                     const std::string& prefix) {
  Array array = file.read(prefix + one.name);
  const std::vector<std::size_t> shape(one.shape.begin(), one.shape.end());
  if (array.shape != shape) {
    throw InputError(path, prefix + one.name, fmt::format("shape ({})", fmt::join(shape, ", ")),
                     fmt::format("shape ({})", fmt::join(array.shape, ", ")));
  }
  const auto strange = std::ranges::find_if_not(array.values, [](double x) { return std::isfinite(x); });
  if (strange != array.values.end())
    throw InputError(path, prefix + one.name, "finite numbers", fmt::format("{}", *strange));
  return array;
}

}  // namespace

void save(const Network<float>& network, const std::filesystem::path& path) {
  std::filesystem::path draft = path;
  draft += fmt::format(".{}", getpid());
  std::ofstream out(draft, std::ios::binary);
  const std::string header = header_of(network);
  const std::span<const float> values = network.values();
  out.write(header.data(), static_cast<std::streamsize>(header.size()));
  out.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size_bytes()));
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(draft, path, error);
  if (out && !error) return;
  std::filesystem::remove(draft, error);
  throw InputError(path.string(), "checkpoint", "a file that can be written", "none");
}

void load(Network<float>& network, const std::filesystem::path& path, const std::string& prefix) {
  const Safetensors file(path);
  std::vector<float> values(network.values().size());
  for (const Parameter& one : network.parameters()) {
    const Array array = read_parameter(file, path.string(), one, prefix);
    std::ranges::transform(array.values, values.begin() + one.offset,
                           [](double x) { return static_cast<float>(x); });
  }
  std::ranges::copy(values, network.values().begin());
}

}  // namespace sca::evidence::networks
