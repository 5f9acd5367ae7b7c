#include "kernels/cuda/ptx/load/module.hpp"

#include <algorithm>
#include <array>

#include "kernels/cuda/ptx/load/body.hpp"
#include "kernels/cuda/ptx/load/number.hpp"
#include "kernels/cuda/ptx/load/text.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

/// A function's text, taken apart.
struct Source {
  int function;
  Scopes scopes;
  std::string_view body;
};

class Loader final : public Functions {
 public:
  Loader(Module& module, Globals& globals) : module_(module), globals_(globals) { scopes_.open(); }

  void load(std::string_view text);

  int index_of(std::string_view name, const Statement& statement) const override;
  const Function& at(int index) const override { return *module_.functions[static_cast<std::size_t>(index)]; }

 private:
  std::size_t load_next(std::string_view text);
  std::size_t load_variable(std::string_view text);
  std::size_t load_function(std::string_view text);
  void load_header(std::string_view header, Source& source, Function& function);
  void load_limits(std::string_view text, Function& function);
  std::vector<Parameter> load_parameters(std::string_view list, Scopes& scopes, Function& function);
  void assemble(Source& source);

  Module& module_;
  Globals& globals_;
  Scopes scopes_;
  std::vector<SharedVariable> shared_;  // of the module, then of its functions that are no kernels
  std::vector<Source> sources_;
};

std::string_view first_word(std::string_view text) { return text.substr(0, text.find_first_of(" \t\r\n(;")); }

bool has_word(std::string_view text, std::string_view word) {
  const std::vector<std::string_view> words = split_words(text);
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return first_word(w) == word; });
}

void Loader::load(std::string_view text) {
  for (text = trimmed(text); !text.empty(); text = trimmed(text)) text.remove_prefix(load_next(text));
  // Kernels see the shared memory of every function that they may call, so those come first.
  const auto is_function = [this](const Source& source) { return !at(source.function).entry; };
  const auto kernels = std::stable_partition(sources_.begin(), sources_.end(), is_function);
  for (auto source = sources_.begin(); source != sources_.end(); ++source) {
    Function& function = *module_.functions[static_cast<std::size_t>(source->function)];
    function.shared = shared_;
    assemble(*source);
    if (source < kernels) shared_ = function.shared;
  }
}

std::size_t Loader::load_next(std::string_view text) {
  constexpr std::array<std::string_view, 5> lines{".version", ".target", ".address_size", ".file", ".loc"};
  const std::string_view first = first_word(text);
  if (std::find(lines.begin(), lines.end(), first) != lines.end())
    return std::min(text.find('\n'), text.size());
  const std::size_t semicolon = std::min(text.find(';'), text.size());
  const std::size_t brace = std::min(text.find('{'), text.size());
  const std::string_view head = text.substr(0, std::min(semicolon, brace));
  const bool function = has_word(head, ".entry") || has_word(head, ".func");
  if (!function) return load_variable(text);
  return semicolon < brace ? semicolon + 1 : load_function(text);  // a prototype says nothing new
}

std::size_t Loader::load_variable(std::string_view text) {
  const std::size_t end = text.find(';');
  if (end == std::string_view::npos || !text.starts_with('.')) refuse("not a directive", first_word(text));
  const Declaration declaration = parse_declaration(text.substr(0, end));
  Symbol symbol{Symbol::Kind::global, 0, declaration.bytes};
  if (declaration.space == "shared" && declaration.external) {
    symbol.kind = Symbol::Kind::dynamic_shared;
  } else if (declaration.space == "shared") {
    symbol.kind = Symbol::Kind::shared;
    symbol.value = add_shared(shared_, declaration);
  } else if ((declaration.space == "global" || declaration.space == "const") && !declaration.external) {
    symbol.value = globals_.place(declaration);
  } else {
    refuse("a variable that cannot be placed", text.substr(0, end));
  }
  if (!scopes_.declare(declaration.name, symbol)) refuse("declared twice", text.substr(0, end));
  return end + 1;
}

std::size_t Loader::load_function(std::string_view text) {
  const std::size_t brace = text.find('{');
  const std::size_t end = closing(text, brace);
  auto function = std::make_unique<Function>();
  Source source{static_cast<int>(module_.functions.size()), {}, text.substr(brace + 1, end - brace - 1)};
  source.scopes.open();
  load_header(text.substr(0, brace), source, *function);
  if (module_.find(function->name) != nullptr) refuse("a function that is there twice", function->name);
  module_.functions.push_back(std::move(function));
  sources_.push_back(std::move(source));
  return end + 1;
}

void Loader::load_header(std::string_view header, Source& source, Function& function) {
  for (header = trimmed(header); header.starts_with('.'); header = trimmed(header)) {
    const std::string_view word = first_word(header);
    if (word == ".entry") {
      function.entry = true;
    } else if (word != ".func" && word != ".visible" && word != ".weak") {
      refuse("unknown directive " + std::string(word), header);
    }
    header.remove_prefix(word.size());
  }
  const auto take_list = [&](std::vector<Parameter>& parameters) {
    if (!header.starts_with('(')) return;
    const std::size_t end = closing(header, 0);
    parameters = load_parameters(header.substr(1, end - 1), source.scopes, function);
    header = trimmed(header.substr(end + 1));
  };
  take_list(function.results);
  function.name = first_word(header);
  header = trimmed(header.substr(function.name.size()));
  take_list(function.arguments);
  function.argument_bytes = function.parameter_bytes;
  load_limits(header, function);
}

void Loader::load_limits(std::string_view text, Function& function) {
  std::string directive;
  unsigned product = 1;
  const auto apply = [&] {
    if (directive == ".maxntid") function.most_threads = product;
    if (directive == ".reqntid") function.exact_threads = product;
    product = 1;
  };
  for (const std::string_view words : split_words(text)) {
    for (const std::string_view word : split_list(words)) {
      if (word.starts_with('.')) {
        apply();
        directive = word;
        constexpr std::array<std::string_view, 4> known{".maxntid", ".reqntid", ".minnctapersm", ".maxnreg"};
        if (std::find(known.begin(), known.end(), word) == known.end()) refuse("unknown directive", word);
      } else if (!word.empty()) {
        product *= static_cast<unsigned>(parse_number(word).value_or(0));
      }
    }
  }
  apply();
}

std::vector<Parameter> Loader::load_parameters(std::string_view list, Scopes& scopes, Function& function) {
  std::vector<Parameter> parameters;
  for (const std::string_view text : split_list(list)) {
    const Declaration declaration = parse_declaration(text);
    if (declaration.space != "param") refuse("not a parameter", text);
    const std::size_t offset = aligned_up(function.parameter_bytes, declaration.alignment);
    if (!scopes.declare(declaration.name, {Symbol::Kind::parameter, offset, declaration.bytes})) {
      refuse("declared twice", text);
    }
    function.parameter_bytes = offset + declaration.bytes;
    function.argument_alignment = std::max(function.argument_alignment, declaration.alignment);
    parameters.push_back({offset, declaration.bytes});
  }
  return parameters;
}

void Loader::assemble(Source& source) {
  Function& function = *module_.functions[static_cast<std::size_t>(source.function)];
  Scopes scopes = scopes_;  // names of the module are visible below those of the function
  scopes.append(source.scopes);
  Assembler assembler(function, *this, std::move(scopes), module_.requests);
  assemble_body(source.body, assembler);
}

int Loader::index_of(std::string_view name, const Statement& statement) const {
  for (std::size_t i = 0; i < module_.functions.size(); ++i) {
    if (module_.functions[i]->name == name) return static_cast<int>(i);
  }
  statement.refuse("call of an unknown function " + std::string(name));
}

}  // namespace

const Function* Module::find(std::string_view name) const {
  for (const std::unique_ptr<Function>& function : functions) {
    if (function->name == name) return function.get();
  }
  return nullptr;
}

Module load_module(std::string_view text, Globals& globals) {
  Module module;
  Loader(module, globals).load(without_comments(text));
  return module;
}

}  // namespace sca::kernels::cuda::ptx
