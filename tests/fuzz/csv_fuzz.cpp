#include "evidence/input/csv.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

/// Any text is a table whose parts agree, or one InputError of one line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const sca::evidence::Array array = sca::evidence::parse_csv(text, "fuzz");
    if (array.shape.size() != 2 || array.values.empty() || array.values.size() > size) std::abort();
    if (array.shape[0] * array.shape[1] != array.values.size()) std::abort();
  } catch (const sca::evidence::InputError& error) {
    const std::string_view message = error.what();
    if (message.size() > 1000 || message.find_first_of("\r\n\x1b") != std::string_view::npos) std::abort();
  }
  return 0;
}
