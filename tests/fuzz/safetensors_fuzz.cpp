#include "evidence/input/safetensors.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

/// Any bytes are tensors that hold together as many bytes as the file, or one InputError of one line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const sca::evidence::Safetensors file(std::as_bytes(std::span(data, size)), "fuzz");
    std::size_t bytes = 0;
    for (const auto& [name, stored] : file.header().tensors) {
      const sca::evidence::Array array = file.read(name);
      std::size_t count = 1;
      for (const std::size_t dimension : array.shape) count *= dimension;
      if (count != array.values.size() || array.dtype != stored.dtype) std::abort();
      bytes += count * stored.type.width;
    }
    if (bytes > size) std::abort();
  } catch (const sca::evidence::InputError& error) {
    const std::string_view message = error.what();
    if (message.size() > 1000 || message.find_first_of("\r\n\x1b") != std::string_view::npos) std::abort();
  }
  return 0;
}
