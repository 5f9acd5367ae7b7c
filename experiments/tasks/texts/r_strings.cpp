#include "experiments/tasks/texts/r_strings.hpp"

#include <zlib.h>

#include <fmt/format.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string_view>

#include "evidence/input/error.hpp"

namespace sca::experiments::ablation {
namespace {

constexpr std::uint32_t string_vector = 16;  // SEXPTYPEs
constexpr std::uint32_t single_string = 9;

class RReader {
 public:
  RReader(std::string_view bytes, std::string_view file) : bytes_(bytes), file_(file) {}

  bool at_end() const { return bytes_.empty(); }
  std::string_view rest() const { return bytes_; }

  std::string_view take(std::size_t n) {
    if (n > bytes_.size()) refuse(fmt::format("{} more bytes", n), "the end");
    const std::string_view result = bytes_.substr(0, n);
    bytes_.remove_prefix(n);
    return result;
  }

  std::uint32_t number() {
    std::uint32_t value = 0;
    for (const char byte : take(4)) value = (value << 8U) | static_cast<unsigned char>(byte);
    return value;
  }

  void expect(std::uint32_t found, std::uint32_t expected, std::string_view what) const {
    if (found != expected) refuse(fmt::format("{} {}", what, expected), std::to_string(found));
  }

 private:
  [[noreturn]] void refuse(std::string_view expected, std::string_view found) const {
    throw evidence::InputError(file_, "R's serialisation", expected, found);
  }

  std::string_view bytes_, file_;
};

std::string inflated(RReader& reader, std::string_view file) {
  std::string text(reader.number(), '\0');
  auto size = static_cast<uLongf>(text.size());
  auto used = static_cast<uLong>(reader.rest().size());
  const int status = uncompress2(reinterpret_cast<Bytef*>(text.data()), &size,
                                 reinterpret_cast<const Bytef*>(reader.rest().data()), &used);
  if (status != Z_OK || size != text.size()) {
    throw evidence::InputError(file, "record", fmt::format("a zlib stream of {} bytes", text.size()),
                               fmt::format("status {} after {} bytes", status, size));
  }
  reader.take(used);
  return text;
}

std::vector<std::string> string_vector_of(std::string_view record, std::string_view file) {
  RReader reader(record, file);
  if (reader.take(2) != "X\n")
    throw evidence::InputError(file, "record", "R's serialisation in XDR", "another");
  reader.expect(reader.number(), 3, "version");
  reader.take(8);                // the version of R that wrote it, and the oldest that can read it
  reader.take(reader.number());  // the encoding's name
  reader.expect(reader.number() & 0xFFU, string_vector, "type");
  std::vector<std::string> strings(reader.number());
  for (std::string& string : strings) {
    reader.expect(reader.number() & 0xFFU, single_string, "type");
    string = reader.take(reader.number());
  }
  return strings;
}

}  // namespace

std::vector<std::vector<std::string>> read_r_strings(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  const std::string file = path.string();
  RReader reader(bytes, file);
  std::vector<std::vector<std::string>> records;
  while (!reader.at_end()) records.push_back(string_vector_of(inflated(reader, file), file));
  return records;
}

}  // namespace sca::experiments::ablation
