#include "cli/usage.hpp"

#include <algorithm>
#include <iostream>
#include <numeric>

namespace sca::cli {
namespace {

std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::optional<int> parse(CLI::App& app, const std::vector<std::string>& arguments) {
  // CLI11 takes the words from the back.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return good;
  } catch (const CLI::ParseError& error) {
    std::string line = error.what();
    std::ranges::replace(line, '\n', ' ');
    std::cerr << app.get_name() << ": " << line << " (see " << app.get_name() << " --help)\n";
    return bad_input;
  }
  return std::nullopt;
}

std::vector<std::string> nearest(const std::string& word, const std::vector<std::string>& candidates) {
  // A candidate that contains the word is as near as one edit.
  const auto distance = [&](const std::string& candidate) {
    return candidate.find(word) != std::string::npos ? std::size_t{1} : edit_distance(word, candidate);
  };
  std::vector<std::string> result = candidates;
  std::ranges::stable_sort(result, {}, distance);
  std::erase_if(
      result, [&](const std::string& c) { return distance(c) > std::max<std::size_t>(2, word.size() / 2); });
  result.resize(std::min<std::size_t>(result.size(), 3));
  return result;
}

}  // namespace sca::cli
