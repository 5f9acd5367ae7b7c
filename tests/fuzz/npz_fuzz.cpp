#include "evidence/input/npz.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

/// Any bytes are arrays whose parts agree, or one InputError of one line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    for (const auto& [name, array] : sca::evidence::parse_npz(std::as_bytes(std::span(data, size)), "fuzz")) {
      std::size_t count = 1;
      for (const std::size_t dimension : array.shape) count *= dimension;
      if (count != array.values.size() || count > std::size_t{64} << 20) std::abort();
    }
  } catch (const sca::evidence::InputError& error) {
    const std::string_view message = error.what();
    if (message.size() > 1000 || message.find_first_of("\r\n\x1b") != std::string_view::npos) std::abort();
  }
  return 0;
}
