#include "kernels/cuda/ptx/load/body.hpp"

#include <algorithm>

#include "kernels/cuda/ptx/load/text.hpp"
#include "kernels/cuda/ptx/ops/table.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

/// ".reg .b32 %r<10>"
void assemble_registers(std::string_view text, Assembler& assembler) {
  std::string_view rest = trimmed(text.substr(text.find("reg") + 3));
  const std::size_t dot = rest.find('.');
  const std::size_t end = rest.find_first_of(" \t\r\n", dot);
  if (dot != 0 || end == std::string_view::npos) refuse("not a declaration of registers", text);
  if (type_named(rest.substr(1, end - 1)) == Type::none) refuse("registers of an unknown type", text);
  assembler.declare_registers(rest.substr(end), text);
}

void assemble_directive(std::string_view text, Assembler& assembler) {
  const std::string_view name = text.substr(0, text.find_first_of(" \t\r\n.", 1));
  if (name == ".reg") {
    assemble_registers(text, assembler);
  } else if (name != ".pragma") {
    assembler.declare_variable(parse_declaration(text), text);
  }
}

bool is_name(std::string_view text) {
  return !text.empty() && text.find_first_of(" \t\r\n.,:[]{}()@") == std::string_view::npos;
}

void assemble_statement(std::string_view text, Assembler& assembler) {
  text = trimmed(text);
  if (text.empty()) return;
  if (text.front() == '.') {
    assemble_directive(text, assembler);
    return;
  }
  Statement statement(text);
  const Instruction instruction = builder_of(statement)(assembler, statement);
  statement.finish();
  assembler.add(instruction, statement);
}

/// ".loc 1 2 3" ends with its line, without a semicolon.
std::size_t skip_location(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

/// "name:" at the beginning of `text`: its length with the colon, 0 if there is none.
std::size_t label_length(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || !is_name(trimmed(text.substr(0, colon)))) return 0;
  return text.substr(colon, 2) == "::" ? 0 : colon + 1;
}

/// Whatever a label is followed by: a list of branch targets, or anything else, which is not taken.
std::size_t assemble_label(std::string_view text, std::size_t length, Assembler& assembler) {
  const std::string_view label = trimmed(text.substr(0, length - 1));
  const std::string_view rest = text.substr(length);
  const std::size_t directive = rest.find_first_not_of(" \t\r\n");
  if (directive == std::string_view::npos || !rest.substr(directive).starts_with(".branchtargets")) {
    assembler.define_label(label, text.substr(0, length));
    return length;
  }
  const std::size_t begin = directive + std::string_view(".branchtargets").size();
  const std::size_t end = rest.find(';');
  if (end == std::string_view::npos) refuse("a list without an end", label);
  assembler.define_branch_table(label, split_list(rest.substr(begin, end - begin)));
  return length + end + 1;
}

/// The end of a statement: its semicolon, or the end of the scope.
std::size_t statement_end(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ';' || text[i] == '}') return i;
    if (text[i] == '{' || text[i] == '(' || text[i] == '[') i = closing(text, i);
  }
  return text.size();
}

/// Takes one thing off the beginning of the text, and tells how long it was.
std::size_t assemble_next(std::string_view text, Assembler& assembler) {
  if (text.front() == '{') {
    assembler.scopes().open();
    return 1;
  }
  if (text.front() == '}') {
    assembler.scopes().close();
    return 1;
  }
  if (text.starts_with(".loc") && !text.starts_with(".local")) return skip_location(text, 0);
  if (const std::size_t label = label_length(text)) return assemble_label(text, label, assembler);
  const std::size_t end = statement_end(text);
  assemble_statement(text.substr(0, end), assembler);
  return end < text.size() && text[end] == ';' ? end + 1 : end;
}

}  // namespace

void assemble_body(std::string_view text, Assembler& assembler) {
  for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
    text.remove_prefix(assemble_next(text, assembler));
  }
  // Running past the last instruction is returning.
  assemble_statement("ret", assembler);
  assembler.finish();
}

}  // namespace sca::kernels::cuda::ptx
