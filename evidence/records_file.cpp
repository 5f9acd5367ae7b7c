#include "evidence/records_file.hpp"

#include <fstream>
#include <string>

#include "evidence/input/error.hpp"

namespace sca::evidence {

std::vector<nlohmann::ordered_json> read_records(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path))
    throw InputError(path.string(), "records", "a readable file", "none");
  std::vector<nlohmann::ordered_json> records;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (in.eof()) break;  // no newline: cut off
    auto record = nlohmann::ordered_json::parse(line, nullptr, false);
    if (!record.is_object()) {
      throw InputError(path.string(), "line " + std::to_string(number), "a JSON object", in_quotes(line));
    }
    records.push_back(std::move(record));
  }
  return records;
}

std::vector<nlohmann::ordered_json> read_run(const std::filesystem::path& path) {
  auto records = read_records(path);
  if (records.empty() || !records.front().contains("provenance"))
    throw InputError(path.string(), "provenance", "it in the first record", "none");
  return records;
}

}  // namespace sca::evidence
