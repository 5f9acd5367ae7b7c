#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <string>

namespace sca::experiments::ablation {

/// The records of a folder by their runs' ids, from all of its files records-*.jsonl: one file a writer,
/// since appends of two machines to one file of a network file system may overwrite each other. A last line
/// without its end was cut off when its writer died, and is no record.
class Records {
 public:
  explicit Records(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Reads what has been appended since the last time.
  /// errors   InputError: a line that is no record; two records of one run that disagree
  void refresh();
  bool has(const std::string& id) const { return known_.contains(id); }
  const nlohmann::ordered_json* find(const std::string& id) const;
  const std::map<std::string, nlohmann::ordered_json>& all() const { return known_; }

 private:
  void take(nlohmann::ordered_json record, const std::string& where);

  std::filesystem::path folder_;
  std::map<std::filesystem::path, std::uintmax_t> read_;  // bytes of each file
  std::map<std::string, nlohmann::ordered_json> known_;
};

/// The file that this process appends to; created with its first record.
class RecordWriter {
 public:
  explicit RecordWriter(std::filesystem::path folder) : folder_(std::move(folder)) {}
  ~RecordWriter();
  RecordWriter(const RecordWriter&) = delete;
  RecordWriter& operator=(const RecordWriter&) = delete;

  /// Whole with one write, on the disk when this returns.
  /// errors   InputError where the file cannot be written
  void append(const nlohmann::ordered_json& record);

 private:
  std::filesystem::path folder_, path_;
  int file_ = -1;
};

}  // namespace sca::experiments::ablation
