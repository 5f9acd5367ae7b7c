#include <cstdint>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "evidence/eval/evaluate.hpp"

namespace sca::evidence::eval {
namespace {

// Far above any file of cases: a disk image given by mistake must not fill the memory.
constexpr std::uintmax_t largest_file = std::uintmax_t{256} << 20;
// The library copies and prints by recursion; a file of cases is nine deep.
constexpr int deepest = 100;

Json parse(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    throw InputError(path, "file", "a JSON file", "a directory");
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (!error && size > largest_file) {
    throw InputError(path, "file", "at most 256 MiB", std::to_string(size) + " bytes");
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) throw InputError(path, "file", "a readable JSON file", "none");
  const auto shallow = [&](int depth, Json::parse_event_t, const Json&) {
    if (depth > deepest) throw InputError(path, "file", "at most 100 nested levels", "more");
    return true;
  };
  try {
    return Json::parse(in, shallow);
  } catch (const Json::exception& problem) {
    const std::string text = problem.what();  // "[json.exception.parse_error.101] parse error at line …"
    throw InputError(path, "file", "JSON", text.substr(text.find(']') + 2));
  }
}

void require_string(const Json& one, const char* field, const std::string& path, const std::string& where) {
  if (!one.contains(field)) throw InputError(path, where + ": " + field, "a string", "no such field");
  if (!one[field].is_string())
    throw InputError(path, where + ": " + field, "a string", described(one[field]));
}

void check_case(const Json& one, const std::string& path, std::size_t index) {
  const std::string where = "cases[" + std::to_string(index) + "]";
  if (!one.is_object()) throw InputError(path, where, "an object", described(one));
  require_string(one, "id", path, where);
  require_string(one, "kind", path, where);
  const std::string name = "case " + one["id"].get<std::string>();
  if (!one.contains("input")) throw InputError(path, name + ": input", "an object", "no such field");
  if (!one["input"].is_object())
    throw InputError(path, name + ": input", "an object", described(one["input"]));
}

}  // namespace

Json read_cases(const std::string& path) {
  Json document = parse(path);
  if (!document.is_object()) throw InputError(path, "file", "a JSON object", described(document));
  const std::string format = std::string("\"") + cases_format + "\"";
  if (!document.contains("format")) throw InputError(path, "format", format, "no such field");
  if (document["format"] != cases_format)
    throw InputError(path, "format", format, described(document["format"]));
  if (!document.contains("cases")) throw InputError(path, "cases", "a list", "no such field");
  const Json& cases = document["cases"];
  if (!cases.is_array()) throw InputError(path, "cases", "a list", described(cases));
  for (std::size_t i = 0; i < cases.size(); ++i) check_case(cases[i], path, i);
  if (document.contains("count") && document["count"] != cases.size()) {
    throw InputError(path, "count", std::to_string(cases.size()) + ", the number of cases",
                     described(document["count"]));
  }
  return document;
}

}  // namespace sca::evidence::eval
