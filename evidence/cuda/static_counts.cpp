#include "evidence/cuda/static_counts.hpp"

#include <map>
#include <set>

#include "evidence/cuda/ptx_functions.hpp"

namespace sca::evidence::cuda {
namespace {

/// Whether the instruction's name has this among its parts, which dots separate.
bool has_part(std::string_view name, std::string_view part) {
  for (std::size_t at = 0; (at = name.find(part, at)) != std::string_view::npos; ++at) {
    const std::size_t end = at + part.size();
    if ((at == 0 || name[at - 1] == '.') && (end == name.size() || name[end] == '.')) return true;
  }
  return false;
}

bool is_floating(std::string_view name) {
  return has_part(name, "f32") || has_part(name, "f64") || has_part(name, "f16");
}

void count_access(std::string_view name, GlobalAccesses& accesses) {
  ++accesses.all;
  if (has_part(name, "v2")) ++accesses.of_two;
  if (has_part(name, "v4") || has_part(name, "v8")) ++accesses.of_four;
}

void count_one(std::string_view name, StaticCounts& counts) {
  ++counts.instructions;
  const bool loads = name.starts_with("ld.") || name.starts_with("ldu."), stores = name.starts_with("st.");
  if ((loads || stores) && has_part(name, "local")) ++counts.local;
  if ((loads || stores) && has_part(name, "global")) count_access(name, loads ? counts.loads : counts.stores);
  if (has_part(name, "approx")) ++counts.approximate;
  const bool divides = name.starts_with("div.") || name.starts_with("rem.");
  if (name.starts_with("sqrt.") || (divides && is_floating(name))) ++counts.divisions;
  if (divides && !is_floating(name)) ++counts.integer_divisions;
}

using FunctionTable = std::map<std::string, const PtxFunction*, std::less<>>;

/// Of "call.uni (result), name, (parameters)" the function, if it is one of these.
const PtxFunction* called(std::string_view statement, const FunctionTable& functions) {
  std::size_t at = statement.find_first_of(" \t\r\n(");
  if (at == std::string_view::npos) return nullptr;
  at = statement.find_first_not_of(" \t\r\n", at);
  if (at != std::string_view::npos && statement[at] == '(') at = statement.find(')', at);
  if (at != std::string_view::npos) at = statement.find_first_not_of("), \t\r\n", at);
  if (at == std::string_view::npos) return nullptr;
  const auto found = functions.find(statement.substr(at, statement.find_first_of(", \t\r\n", at) - at));
  return found == functions.end() ? nullptr : found->second;
}

void count_function(const PtxFunction& function, const FunctionTable& functions,
                    std::set<const PtxFunction*>& seen, StaticCounts& counts) {
  if (!seen.insert(&function).second) return;
  for (const std::string& statement : function.statements) {
    const std::string_view name = std::string_view(statement).substr(0, statement.find_first_of(" \t\r\n("));
    count_one(name, counts);
    if (!name.starts_with("call")) continue;
    if (const PtxFunction* one = called(statement, functions)) count_function(*one, functions, seen, counts);
  }
}

}  // namespace

std::vector<StaticCounts> count_instructions(std::string_view ptx, std::string_view path) {
  const std::vector<PtxFunction> all = ptx_functions(ptx, path);
  FunctionTable functions;
  for (const PtxFunction& one : all) functions[one.name] = &one;
  std::vector<StaticCounts> result;
  for (const PtxFunction& one : all) {
    if (!one.is_kernel) continue;
    StaticCounts counts{.kernel = one.name, .most_threads = one.most_threads, .loads = {}, .stores = {}};
    std::set<const PtxFunction*> seen;
    count_function(one, functions, seen, counts);
    result.push_back(counts);
  }
  return result;
}

std::string toolkit_of(std::string_view ptx) {
  constexpr std::string_view before = "// Cuda compilation tools, ";
  const std::size_t at = ptx.find(before);
  if (at == std::string_view::npos) return "";
  const std::string_view rest = ptx.substr(at + before.size());
  return std::string(rest.substr(0, rest.find('\n')));
}

}  // namespace sca::evidence::cuda
