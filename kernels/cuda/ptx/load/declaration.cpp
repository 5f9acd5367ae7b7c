#include "kernels/cuda/ptx/load/declaration.hpp"

#include <array>

#include "kernels/cuda/ptx/load/number.hpp"
#include "kernels/cuda/ptx/load/text.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

constexpr std::array<std::string_view, 6> spaces{"global", "shared", "const", "local", "param", "reg"};

bool is_space(std::string_view word) {
  for (const std::string_view space : spaces) {
    if (word == space) return true;
  }
  return false;
}

U64 number_in(std::string_view word, std::string_view text) {
  const std::optional<U64> value = parse_number(word);
  if (!value) refuse("not a number: " + std::string(word), text);
  return *value;
}

/// name[2][3]: the name, and how many elements there are. name[] has none.
std::size_t take_name(std::string_view word, std::string_view text, Declaration& declaration) {
  std::size_t open = word.find('[');
  declaration.name = trimmed(word.substr(0, open));
  std::size_t count = 1;
  while (open != std::string_view::npos) {
    const std::size_t end = closing(word, open);
    const std::string_view length = trimmed(word.substr(open + 1, end - open - 1));
    count *= length.empty() ? 0 : static_cast<std::size_t>(number_in(length, text));
    open = word.find('[', end);
  }
  return count;
}

void take_initial(std::string_view text, Declaration& declaration) {
  std::string_view list = trimmed(text);
  if (list.starts_with('{')) list = list.substr(1, closing(list, 0) - 1);
  const auto size = static_cast<std::size_t>(size_of(declaration.type));
  declaration.initial.assign(declaration.bytes, 0);
  std::size_t at = 0;
  for (const std::string_view item : split_list(list)) {
    const U64 value = number_in(item, text);
    if (at + size > declaration.bytes) refuse("more initial values than elements", text);
    for (std::size_t i = 0; i < size; ++i) declaration.initial[at++] = static_cast<U8>(value >> (8 * i));
  }
}

/// One word that begins with a dot. True if the next word belongs to it.
bool take_attribute(std::string_view word, std::string_view text, Declaration& declaration) {
  if (is_space(word)) {
    declaration.space = word;
  } else if (const Type type = type_named(word); type != Type::none) {
    declaration.type = type;
  } else if (word == "align") {
    return true;
  } else if (word == "extern") {
    declaration.external = true;
  } else if (word != "visible" && word != "weak" && word != "ptr") {
    refuse("unknown directive ." + std::string(word), text);
  }
  return false;
}

}  // namespace

Declaration parse_declaration(std::string_view text) {
  const std::size_t equals = text.find('=');
  Declaration declaration;
  std::size_t count = 1;
  bool aligned = false, pointer = false, expects_alignment = false;
  std::size_t alignment = 1;
  for (std::string_view word : split_words(text.substr(0, equals))) {
    if (expects_alignment) {
      alignment = static_cast<std::size_t>(number_in(word, text));
      expects_alignment = false;
      aligned = true;
    } else if (!word.starts_with('.')) {
      count = take_name(word, text, declaration);
    } else if (pointer && is_space(word.substr(1))) {
      continue;  // where the pointer points
    } else {
      expects_alignment = take_attribute(word.substr(1), text, declaration);
      pointer = pointer || word == ".ptr";
    }
  }
  if (declaration.name.empty() || declaration.type == Type::none)
    refuse("a declaration without name or type", text);
  const auto size = static_cast<std::size_t>(size_of(declaration.type));
  declaration.bytes = count * size;
  declaration.alignment = aligned && !pointer ? alignment : size;
  if (declaration.alignment == 0) refuse("an alignment of nothing", text);
  if (equals != std::string_view::npos) take_initial(text.substr(equals + 1), declaration);
  return declaration;
}

U64 add_shared(std::vector<SharedVariable>& variables, const Declaration& declaration) {
  // An overrun by one element ends in the gap, not in the next variable.
  constexpr std::size_t gap = 64;
  const std::size_t used = variables.empty() ? 0 : variables.back().offset + variables.back().size + gap;
  const std::size_t offset = aligned_up(used, declaration.alignment);
  variables.push_back({declaration.name, offset, declaration.bytes});
  return offset;
}

}  // namespace sca::kernels::cuda::ptx
