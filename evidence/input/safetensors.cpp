#include "evidence/input/safetensors.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <vector>

namespace sca::evidence {
namespace {

constexpr std::uint64_t length_bytes = 8;
constexpr std::uint64_t max_header = 100'000'000;

}  // namespace

Safetensors::Safetensors(const std::filesystem::path& path)
    : name_(path.string()), file_(std::make_unique<InputFile>(path)) {
  read_header(file_->size());
}

Safetensors::Safetensors(std::span<const std::byte> bytes, std::string_view name)
    : name_(name), bytes_(bytes) {
  read_header(bytes.size());
}

/// Every offset that comes here has been held against the size.
void Safetensors::read_bytes(std::uint64_t offset, std::span<char> into) const {
  if (file_) return file_->read(offset, into);
  if (!into.empty()) std::memcpy(into.data(), bytes_.data() + offset, into.size());
}

void Safetensors::read_header(std::uint64_t size) {
  if (size < length_bytes) {
    throw InputError(name_, "header length", "8 bytes", "the end of the file after " + std::to_string(size));
  }
  std::array<char, length_bytes> start{};
  read_bytes(0, start);
  const std::uint64_t length = load_bits(start.data(), {'u', length_bytes, false});
  const std::uint64_t rest = size - length_bytes;
  if (length > std::min(rest, max_header)) {
    throw InputError(name_, "header length",
                     "at most " + std::to_string(std::min(rest, max_header)) +
                         (rest < max_header ? ", the bytes that follow it" : ""),
                     std::to_string(length));
  }
  std::string text(length, '\0');
  read_bytes(length_bytes, text);
  header_ = parse_safetensors_header(text, length_bytes + length, rest - length, name_);
}

Array Safetensors::read(const std::string& tensor) const {
  const auto found = header_.tensors.find(tensor);
  if (found == header_.tensors.end()) {
    throw InputError(name_, "tensor " + in_quotes(tensor), "it to be there", "no such tensor");
  }
  const StoredTensor& stored = found->second;
  const std::size_t width = stored.type.width;
  std::vector<double> values((stored.end - stored.begin) /
                             width);  // no more than 8 times what the file holds
  std::array<char, 1 << 16> buffer;   // a multiple of every width
  std::uint64_t offset = stored.begin;
  for (std::size_t i = 0; i < values.size();) {
    const std::span<char> chunk(buffer.data(), std::min<std::size_t>(buffer.size(), stored.end - offset));
    read_bytes(offset, chunk);
    offset += chunk.size();
    for (std::size_t at = 0; at < chunk.size(); at += width, ++i) {
      const std::uint64_t bits = load_bits(chunk.data() + at, stored.type);
      const std::optional<double> value = to_double(bits, stored.type);
      if (!value) {
        throw InputError(name_, "tensor " + in_quotes(tensor) + ", value " + std::to_string(i) + " (from 0)",
                         "a " + stored.dtype + " that a double can hold", "the bits " + std::to_string(bits));
      }
      values[i] = *value;
    }
  }
  return {stored.shape, std::move(values), stored.dtype};
}

}  // namespace sca::evidence
