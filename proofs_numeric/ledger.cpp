#include "proofs_numeric/ledger.hpp"

#include <toml++/toml.h>

#include <stdexcept>

#include "embedded.hpp"

namespace sca::proofs {
namespace {

std::string field(const toml::table& entry, const char* key) {
  if (const auto value = entry[key].value<std::string>()) return *value;
  throw std::runtime_error(std::string("claims.toml: ") + entry["id"].value_or("an entry") + ": field '" +
                           key + "': expected a string");
}

evidence::Verdict verdict(const std::string& id, const std::string& word) {
  for (const auto candidate :
       {evidence::Verdict::proved, evidence::Verdict::certified, evidence::Verdict::refuted}) {
    if (word == to_string(candidate)) return candidate;
  }
  throw std::runtime_error("claims.toml: " + id + ": field 'expect': expected proved, certified or refuted");
}

std::vector<LedgerEntry> read_ledger() {
  const toml::table root = toml::parse(embedded_text("papers/nautile-370m/claims.toml"));
  const toml::array* claims = root["claim"].as_array();
  if (claims == nullptr) throw std::runtime_error("claims.toml: expected [[claim]] entries");
  std::vector<LedgerEntry> entries;
  for (const toml::node& node : *claims) {
    const toml::table& entry = *node.as_table();
    const std::string id = field(entry, "id");
    entries.push_back({id, field(entry, "where"), field(entry, "title"), field(entry, "formula"),
                       field(entry, "hypotheses"), field(entry, "thought"), field(entry, "source"),
                       field(entry, "false_variant"), verdict(id, field(entry, "expect"))});
  }
  return entries;
}

}  // namespace

const std::vector<LedgerEntry>& ledger() {
  static const std::vector<LedgerEntry> entries = read_ledger();
  return entries;
}

}  // namespace sca::proofs
