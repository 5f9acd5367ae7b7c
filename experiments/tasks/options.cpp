#include "experiments/tasks/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "evidence/input/error.hpp"

namespace sca::experiments::ablation {
namespace {

template <class T>
std::optional<T> parsed_option(const std::string& text) {
  T value{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

}  // namespace

Options::Options(std::string_view specification) : specification_(specification) {
  const std::size_t colon = specification.find(':');
  canonical_ = family_ = specification.substr(0, colon);
  if (colon == std::string_view::npos) return;
  std::string_view rest = specification.substr(colon + 1);
  while (true) {
    const std::string_view item = rest.substr(0, rest.find(','));
    const std::size_t equals = item.find('=');
    const std::string key(item.substr(0, equals));
    if (equals == std::string_view::npos || key.empty()) refuse(item, "options as key=value,key=value");
    if (std::ranges::count(given_, key, &Given::key) > 0) refuse(key, "this option once");
    given_.push_back({key, std::string(item.substr(equals + 1)), false});
    if (item.size() == rest.size()) return;
    rest.remove_prefix(item.size() + 1);
  }
}

std::int64_t Options::whole(std::string_view key, std::int64_t fallback, std::int64_t low,
                            std::int64_t high) {
  const std::string text = take(key, std::to_string(fallback));
  const std::optional<std::int64_t> value = parsed_option<std::int64_t>(text);
  if (!value || *value < low || *value > high) {
    refuse(key, fmt::format("a whole number from {} to {}", low, high));
  }
  note(key, std::to_string(*value));
  return *value;
}

double Options::share(std::string_view key, double fallback) {
  const std::string text = take(key, fmt::format("{}", fallback));
  const std::optional<double> value = parsed_option<double>(text);
  if (!value || !(*value >= 0 && *value < 1)) refuse(key, "a number from 0 to below 1");
  note(key, fmt::format("{}", *value));
  return *value;
}

std::string Options::choice(std::string_view key, std::initializer_list<std::string_view> choices) {
  std::string text = take(key, std::string(*choices.begin()));
  if (std::ranges::find(choices, text) == choices.end()) {
    refuse(key, fmt::format("one of {}", fmt::join(choices, ", ")));
  }
  note(key, text);
  return text;
}

void Options::refuse(std::string_view key, std::string_view expected) const {
  const auto given = std::ranges::find(given_, key, &Given::key);
  throw evidence::InputError("task " + evidence::in_quotes(specification_), key, expected,
                             given == given_.end() ? "something else" : evidence::in_quotes(given->value));
}

void Options::require_all_known() const {
  for (const Given& given : given_) {
    if (!given.is_known) refuse(given.key, fmt::format("no such option: {} knows others", family_));
  }
}

std::string Options::take(std::string_view key, std::string fallback) {
  const auto given = std::ranges::find(given_, key, &Given::key);
  if (given == given_.end()) return fallback;
  given->is_known = true;
  return given->value;
}

void Options::note(std::string_view key, std::string_view value) {
  canonical_ += canonical_.size() == family_.size() ? ':' : ',';
  canonical_.append(key).append("=").append(value);
}

}  // namespace sca::experiments::ablation
