#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace sca::evidence {

/// A plain-text table: columns padded to their widest cell (counted in characters, not bytes), two blanks
/// between. The last column is never padded. Verdict words are coloured on a terminal unless NO_COLOR is set.
class Table {
 public:
  enum class Align { left, right };
  struct Column {
    std::string title;
    Align align = Align::left;
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  /// One cell a column.
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  void print(std::ostream& out, bool colour) const;

  const std::vector<Column>& columns() const { return columns_; }
  const std::vector<std::vector<std::string>>& rows() const { return rows_; }

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// Number of characters (code points) of UTF-8 text.
std::size_t width(const std::string& text);
/// At most `limit` characters; longer text ends in "…".
std::string shortened(const std::string& text, std::size_t limit);
/// Whether stdout is a terminal that may be coloured.
bool stdout_takes_colour();

}  // namespace sca::evidence
