#include "evidence/cuda/ptx_functions.hpp"

#include <algorithm>
#include <charconv>

#include "evidence/input/error.hpp"

namespace sca::evidence::cuda {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Comments become blanks.
std::string without_comments(std::string_view ptx) {
  std::string text(ptx);
  const auto blank = [&](std::size_t at, std::size_t end) {
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + static_cast<std::ptrdiff_t>(end),
              ' ');
  };
  for (std::size_t at = 0; (at = text.find('/', at)) != std::string::npos; ++at) {
    if (text.compare(at, 2, "//") == 0) blank(at, std::min(text.find('\n', at), text.size()));
    if (text.compare(at, 2, "/*") != 0) continue;
    const std::size_t end = text.find("*/", at + 2);
    blank(at, end == std::string::npos ? text.size() : end + 2);
  }
  return text;
}

std::string_view without_labels(std::string_view statement) {
  statement = without_blanks(statement);
  for (;;) {
    const std::size_t word = statement.find_first_of(" \t\r\n:");
    if (word == std::string_view::npos || statement[word] != ':' || statement.substr(word).starts_with("::"))
      return statement;
    statement = without_blanks(statement.substr(word + 1));
  }
}

/// The instruction of a statement: nothing of a directive, and of others what follows labels and a guard.
std::string_view instruction_of(std::string_view statement) {
  statement = without_labels(statement);
  if (statement.starts_with('@')) {
    const std::size_t end = statement.find_first_of(blanks);
    statement = end == std::string_view::npos ? "" : without_blanks(statement.substr(end));
  }
  return statement.starts_with('.') ? std::string_view() : statement;
}

/// Goes through a file from function to function.
class PtxFile {
 public:
  PtxFile(std::string_view text, std::string_view path) : text_(text), path_(path) {}

  /// The next function that has a body; false if there is none.
  bool next(PtxFunction& function) {
    for (;;) {
      const std::size_t kernel = text_.find(".entry", at_), plain = text_.find(".func", at_);
      if (kernel == std::string_view::npos && plain == std::string_view::npos) return false;
      function = {};
      function.is_kernel = kernel < plain;
      at_ = function.is_kernel ? kernel + 6 : plain + 5;
      skip_parentheses();  // of what it returns
      const std::size_t end = text_.find_first_of("( \t\r\n;{", at_);
      if (end == std::string_view::npos) return false;
      function.name = text_.substr(at_, end - at_);
      at_ = end;
      skip_parentheses();  // its parameters
      const std::size_t body = text_.find_first_of("{;", at_);
      if (body == std::string_view::npos) unfinished(function);
      function.most_threads = threads_of(text_.substr(at_, body - at_));
      at_ = body + 1;
      if (text_[body] == ';') continue;  // only declared
      read_body(function);
      return true;
    }
  }

 private:
  void skip_parentheses() {
    at_ = std::min(text_.find_first_not_of(blanks, at_), text_.size());
    if (at_ == text_.size() || text_[at_] != '(') return;
    at_ = std::min(text_.find(')', at_), text_.size() - 1) + 1;
    at_ = std::min(text_.find_first_not_of(blanks, at_), text_.size());
  }

  /// Up to three numbers, of which the block has the product.
  static int threads_of(std::string_view directives) {
    std::size_t at = directives.find(".reqntid");
    if (at == std::string_view::npos) at = directives.find(".maxntid");
    if (at == std::string_view::npos) return 0;
    directives.remove_prefix(at + 8);
    int product = 1;
    for (bool more = true; more;) {
      directives = without_blanks(directives);
      int number = 0;
      const auto [end, error] =
          std::from_chars(directives.data(), directives.data() + directives.size(), number);
      if (error != std::errc()) return 0;
      product *= number;
      directives = without_blanks(directives.substr(static_cast<std::size_t>(end - directives.data())));
      more = directives.starts_with(',');
      if (more) directives.remove_prefix(1);
    }
    return product;
  }

  /// Braces are scopes where a statement may begin, and vectors of operands elsewhere.
  void read_body(PtxFunction& function) {
    int scopes = 1;
    std::size_t first = at_;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      const bool begins = c == ';' || without_labels(text_.substr(first, at_ - first)).empty();
      if (c == ';') {
        const std::string_view one = instruction_of(text_.substr(first, at_ - first));
        if (!one.empty()) function.statements.emplace_back(one);
      } else if (!begins || (c != '{' && c != '}')) {
        continue;
      }
      first = at_ + 1;
      scopes += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (scopes == 0) return end_body(function);
    }
    unfinished(function);
  }

  /// Behind a function there is a directive or nothing: else its braces were taken wrongly.
  void end_body(const PtxFunction& function) {
    at_ = std::min(text_.find_first_not_of(blanks, at_ + 1), text_.size());
    if (at_ < text_.size() && text_[at_] != '.')
      throw InputError(path_, function.name, "a directive behind its text", in_quotes(text_.substr(at_, 40)));
  }

  [[noreturn]] void unfinished(const PtxFunction& function) const {
    throw InputError(path_, function.name, "the end of its text", "the end of the file");
  }

  std::string_view text_, path_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<PtxFunction> ptx_functions(std::string_view ptx, std::string_view path) {
  const std::string text = without_comments(ptx);
  PtxFile file(text, path);
  std::vector<PtxFunction> all;
  for (PtxFunction one; file.next(one);) all.push_back(one);
  return all;
}

}  // namespace sca::evidence::cuda
