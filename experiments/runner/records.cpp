#include "experiments/runner/records.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

#include "evidence/input/error.hpp"
#include "experiments/runner/process.hpp"

namespace sca::experiments::ablation {
namespace {

using evidence::in_quotes;
using evidence::InputError;
using RecordJson = nlohmann::ordered_json;

bool is_record_file(const std::filesystem::path& path) {
  return path.filename().string().starts_with("records-") && path.extension() == ".jsonl";
}

/// The bytes from `begin` up to the end of the last whole line.
std::string whole_lines(const std::filesystem::path& path, std::uintmax_t begin) {
  std::ifstream in(path, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(begin));
  std::string text{std::istreambuf_iterator<char>(in), {}};
  text.resize(text.rfind('\n') + 1);  // npos + 1 is 0
  return text;
}

}  // namespace

const RecordJson* Records::find(const std::string& id) const {
  const auto found = known_.find(id);
  return found == known_.end() ? nullptr : &found->second;
}

void Records::take(RecordJson record, const std::string& where) {
  if (!record.is_object() || !record.value("id", RecordJson()).is_string() || !record.contains("status"))
    throw InputError(where, "record", "a run's", in_quotes(record.dump()));
  const std::string id = record["id"];
  const auto [known, is_new] = known_.try_emplace(id, record);
  if (is_new) return;
  for (const char* field : {"status", "value", "groups", "curve"}) {
    if (known->second.value(field, RecordJson()) != record.value(field, RecordJson()))
      throw InputError(where, id + " " + field, "what another record of this run says: a record disagrees",
                       in_quotes(record.value(field, RecordJson()).dump()));
  }
}

void Records::refresh() {
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    if (!is_record_file(entry.path())) continue;
    std::uintmax_t& read = read_[entry.path()];
    std::error_code error;
    if (entry.file_size(error) == read || error) continue;
    const std::string text = whole_lines(entry.path(), read);
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find('\n', begin);
      take(RecordJson::parse(text.substr(begin, end - begin), nullptr, false), entry.path().string());
      begin = end + 1;
    }
    read += text.size();
  }
}

RecordWriter::~RecordWriter() {
  if (file_ >= 0) close(file_);
}

void RecordWriter::append(const RecordJson& record) {
  if (file_ < 0) {
    path_ = folder_ / ("records-" + unique_name() + ".jsonl");
    file_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0666);
    if (file_ < 0) throw InputError(path_.string(), "records", "a file that can be written", "none");
  }
  const std::string line = record.dump() + "\n";
  const ssize_t written = write(file_, line.data(), line.size());
  if (written != static_cast<ssize_t>(line.size()) || fdatasync(file_) != 0)
    throw InputError(path_.string(), "records", "room for a record", "none");
}

}  // namespace sca::experiments::ablation
