#include "evidence/kernels/buffer.hpp"

#include <algorithm>

namespace sca::evidence::kernels {
namespace {

std::size_t width_of(const reference::Shape& shape, std::size_t leading) {
  std::size_t width = 1;
  for (std::size_t i = leading; i < shape.size(); ++i) width *= shape[i];
  return width;
}

}  // namespace

Buffer::Buffer(const reference::Shape& shape, std::size_t leading, const NumberFormat& format,
               const Layout& layout)
    : shape_(shape),
      format_(&format),
      sequences_(leading == 2 ? shape[0] : 1),
      tokens_(leading == 2 ? shape[1] : 1),
      width_(width_of(shape, leading)),
      token_stride_(width_ + (leading == 2 ? layout.gap : 0)),
      sequence_stride_(tokens_ * token_stride_ + (leading == 2 ? 7 * layout.gap : 0)),
      memory_(sequences_ * sequence_stride_ * format.bytes, layout.fence,
              layout.misalignment * format.bytes) {}

std::byte* Buffer::at(std::size_t b, std::size_t t) const {
  return memory_.data() + (b * sequence_stride_ + t * token_stride_) * format_->bytes;
}

Buffer& Buffer::fill(const std::vector<double>& values) {
  for (std::size_t i = 0; i < values.size(); ++i)
    format_->write(at(i / width_ / tokens_, i / width_ % tokens_) + i % width_ * format_->bytes, values[i]);
  filled_.assign(memory_.data(), memory_.data() + memory_.size());
  return *this;
}

reference::Tensor<double> Buffer::read() const {
  auto result = reference::Tensor<double>::zeros(shape_);
  for (std::size_t i = 0; i < result.data.size(); ++i)
    result.data[i] =
        format_->read(at(i / width_ / tokens_, i / width_ % tokens_) + i % width_ * format_->bytes);
  return result;
}

bool Buffer::is_intact() const {
  const auto untouched = [&](std::byte* first, std::size_t elements) {
    return std::all_of(first, first + elements * format_->bytes,
                       [](std::byte b) { return b == std::byte{0xff}; });
  };
  for (std::size_t b = 0; b < sequences_; ++b) {
    for (std::size_t t = 0; t < tokens_; ++t) {
      if (!untouched(at(b, t) + width_ * format_->bytes, token_stride_ - width_)) return false;
    }
    if (!untouched(at(b, tokens_), sequence_stride_ - tokens_ * token_stride_)) return false;
  }
  return memory_.is_intact();
}

bool Buffer::is_unchanged() const {
  return std::equal(filled_.begin(), filled_.end(), memory_.data(), memory_.data() + memory_.size());
}

}  // namespace sca::evidence::kernels
