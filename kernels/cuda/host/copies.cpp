#include "kernels/cuda/host/copies.hpp"

namespace sca::kernels::cuda {
namespace {

/// From the first row's first byte to the last one's last.
template <class Tokens>
std::size_t extent_of(const Tokens& tokens, const Rows& rows) {
  if (rows.B == 0 || rows.L == 0 || rows.row == 0) return 0;
  const std::int64_t numbers =
      (rows.B - 1) * tokens.sequence_stride + (rows.L - 1) * tokens.token_stride + rows.row;
  return static_cast<std::size_t>(numbers) * rows.number;
}

}  // namespace

Copies::~Copies() {
  for (void* one : memory_) runner_.release(one);
}

std::byte* Copies::allocate(const void* host, std::size_t bytes, std::string_view name) {
  const std::size_t off = reinterpret_cast<std::uintptr_t>(host) % 16;
  memory_.push_back(runner_.allocate(off + bytes, name));
  return static_cast<std::byte*>(memory_.back()) + off;
}

void* Copies::input(const void* host, std::size_t bytes, std::string_view name) {
  if (bytes == 0) return nullptr;
  void* const device = allocate(host, bytes, name);
  runner_.upload(device, host, bytes);
  return device;
}

sca_const_tokens Copies::input(const sca_const_tokens& host, const Rows& rows, std::string_view name) {
  const std::size_t bytes = extent_of(host, rows);
  if (bytes == 0) return {nullptr, host.sequence_stride, host.token_stride};
  std::byte* const device = allocate(host.data, bytes, name);
  for (std::int64_t b = 0; b < rows.B; ++b) {
    for (std::int64_t t = 0; t < rows.L; ++t) {
      const std::size_t at =
          static_cast<std::size_t>(b * host.sequence_stride + t * host.token_stride) * rows.number;
      runner_.upload(device + at, static_cast<const std::byte*>(host.data) + at,
                     static_cast<std::size_t>(rows.row) * rows.number);
    }
  }
  return {device, host.sequence_stride, host.token_stride};
}

void* Copies::result(void* host, std::size_t bytes, std::string_view name) {
  void* const device = input(host, bytes, name);
  if (bytes > 0) {
    const auto* const first = static_cast<const std::byte*>(host);
    results_.push_back({host, device, {first, first + bytes}});
  }
  return device;
}

sca_tokens Copies::result(const sca_tokens& host, const Rows& rows, std::string_view name) {
  return {result(host.data, extent_of(host, rows), name), host.sequence_stride, host.token_stride};
}

void* Copies::workspace(std::size_t bytes) {
  return bytes == 0 ? nullptr : allocate(nullptr, bytes, "workspace");
}

void Copies::bring_back() const {
  for (const Result& one : results_) {
    std::vector<std::byte> after(one.before.size());
    runner_.download(after.data(), one.device, after.size());
    auto* const host = static_cast<std::byte*>(one.host);
    for (std::size_t i = 0; i < after.size(); ++i)
      if (after[i] != one.before[i]) host[i] = after[i];
  }
}

}  // namespace sca::kernels::cuda
