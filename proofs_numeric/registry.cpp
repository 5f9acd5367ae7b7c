#include "proofs_numeric/registry.hpp"

#include <map>
#include <stdexcept>

#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/finite_claims.hpp"

namespace sca::proofs {
namespace {

std::map<std::string, Claim> claims_by_id() {
  std::vector<Claim> all = continuous_claims();
  for (Claim& claim : finite_claims()) all.push_back(std::move(claim));
  std::map<std::string, Claim> result;
  for (Claim& claim : all) {
    std::string id = claim.id;
    if (!result.emplace(id, std::move(claim)).second)
      throw std::logic_error("claim " + id + " is decided twice");
  }
  return result;
}

}  // namespace

std::vector<RegisteredClaim> registry() {
  std::map<std::string, Claim> claims = claims_by_id();
  std::vector<RegisteredClaim> result;
  for (const LedgerEntry& entry : ledger()) {
    auto found = claims.extract(entry.id);
    if (found.empty()) throw std::logic_error("claims.toml: nothing decides " + entry.id);
    result.push_back({&entry, std::move(found.mapped())});
  }
  if (!claims.empty()) throw std::logic_error("claim " + claims.begin()->first + " is not in claims.toml");
  return result;
}

}  // namespace sca::proofs
