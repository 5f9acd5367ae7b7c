#include "experiments/tasks/show.hpp"

#include <fmt/format.h>

#include <span>

#include "evidence/input/error.hpp"

namespace sca::experiments::ablation {
namespace {

constexpr std::string_view indent = "   ";
constexpr std::size_t columns = 100;

struct ShownRow {
  std::span<const std::int64_t> ids, labels;
};

std::string header(const Task& task, std::string_view specification) {
  const bool is_text = task.metric() == Metric::bits_per_byte;
  std::string text =
      fmt::format("{}: {} ids, {} tokens a sequence", specification, task.vocab(), task.length());
  if (task.longest() != task.length()) text += fmt::format(", up to {} when evaluated", task.longest());
  text += fmt::format("; guessing reaches {:.4g}{}", task.chance(), is_text ? " bits per byte" : "");
  if (task.in_context_chance() != task.chance()) {
    text += fmt::format(", among the answers in the sequence {:.4g}", task.in_context_chance());
  }
  const std::vector<std::string> groups = task.groups();
  if (groups.size() > 1) text += fmt::format("\nlabels in {} groups: {} ...", groups.size(), groups.front());
  return text + "\n";
}

// Tokens with spaces between them, in lines of at most `columns`.
std::string tokens_shown(const Task& task, const ShownRow& row) {
  std::string text(indent);
  std::size_t width = indent.size();
  for (std::size_t t = 0; t < row.ids.size(); ++t) {
    const bool is_asked = row.labels[t] >= 0;
    const std::string id = task.word(row.ids[t]), label = is_asked ? task.word(row.labels[t]) : "";
    const std::size_t size = id.size() + (is_asked ? 1 + label.size() : 0);
    if (width + 1 + size > columns) {
      text.append("\n").append(indent);
      width = indent.size();
    }
    text.append(" ").append(id).append(is_asked ? "→" : "").append(label);
    width += 1 + size;
  }
  return text + "\n";
}

std::string lines_shown(std::string_view text) {
  std::string result;
  while (true) {
    const std::string_view line = text.substr(0, text.find('\n'));
    result.append(indent).append(" ").append(evidence::one_line(line, 1000)).append("\n");
    if (line.size() == text.size()) return result;
    text.remove_prefix(line.size() + 1);
  }
}

std::string text_shown(const Task& task, const ShownRow& row) {
  std::string text, asked;
  for (std::size_t t = 0; t < row.ids.size(); ++t) {
    text += task.word(row.ids[t]);
    if (row.labels[t] >= 0) asked += task.word(row.labels[t]);
  }
  if (asked.size() == text.size()) return lines_shown(text) + std::string(indent) + "(every next byte)\n";
  return lines_shown(text) + fmt::format("{}→ {}\n", indent, evidence::one_line(asked, 1000));
}

}  // namespace

std::string show(const Task& task, std::string_view specification) {
  std::string text = header(task, specification);
  const Batch batch = task.training(1, 0, 3);
  const auto L = static_cast<std::size_t>(batch.L);
  for (std::size_t b = 0; b < static_cast<std::size_t>(batch.B); ++b) {
    const ShownRow row{std::span(batch.ids).subspan(b * L, L), std::span(batch.labels).subspan(b * L, L)};
    text +=
        fmt::format("\n{}:\n", b + 1) + (task.is_text() ? text_shown(task, row) : tokens_shown(task, row));
  }
  return text;
}

}  // namespace sca::experiments::ablation
