#include "experiments/journal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

#include "evidence/input/error.hpp"

namespace sca::experiments {
namespace {

using evidence::InputError;
using Json = nlohmann::ordered_json;

}  // namespace

Journal::Journal(const std::filesystem::path& path, const Json& header, const NameOf& name_of) : path_(path) {
  const bool is_new = !std::filesystem::exists(path) || std::filesystem::file_size(path) == 0;
  if (!is_new) read(header, name_of);
  file_ = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file_ < 0) throw InputError(path.string(), "--save", "a file that can be written", "none");
  if (is_new) append({header});
}

Journal::~Journal() { close(file_); }

void Journal::read(const Json& header, const NameOf& name_of) {
  std::ifstream in(path_, std::ios::binary);
  std::size_t whole = 0;  // bytes up to the end of the last complete series
  std::size_t position = 0;
  Lines series;
  bool is_first = true;
  for (std::string text; std::getline(in, text) && !in.eof();) {
    position += text.size() + 1;
    Json line = Json::parse(text, nullptr, false);
    if (is_first) {
      if (!line.is_object() || !line.contains("settings") || line["settings"] != header["settings"])
        throw InputError(path_.string(), "settings", header["settings"].dump(), "another study, or none");
      is_first = false;
      whole = position;
      continue;
    }
    if (!line.is_object()) break;
    series.push_back(std::move(line));
    if (!series.back().value("end", false)) continue;
    known_[name_of(series.back())] = std::move(series);
    series.clear();
    whole = position;
  }
  if (is_first)
    throw InputError(path_.string(), "line 1", "the header that --save writes", "a part of a line");
  std::filesystem::resize_file(path_, whole);
}

void Journal::append(const Lines& lines) {
  std::string text;
  for (const Json& line : lines) text += line.dump() + "\n";
  for (std::size_t written = 0; written < text.size();) {
    const ssize_t count = write(file_, text.data() + written, text.size() - written);
    if (count < 0) throw InputError(path_.string(), "--save", "room for a series", "none");
    written += static_cast<std::size_t>(count);
  }
}

}  // namespace sca::experiments
