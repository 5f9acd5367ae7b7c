#pragma once

#include <iosfwd>

#include "evidence/provenance.hpp"
#include "proofs_numeric/given_tokens.hpp"
#include "proofs_numeric/prove.hpp"

namespace sca::cli {

void print_text(std::ostream& out, const evidence::Provenance& origin,
                const std::vector<proofs::ClaimResult>& results,
                const std::vector<proofs::GivenPrefix>& given, const proofs::Settings& settings);
/// JSON lines: the provenance, a record a claim, a record a given prefix.
void print_json(std::ostream& out, const evidence::Provenance& origin,
                const std::vector<proofs::ClaimResult>& results,
                const std::vector<proofs::GivenPrefix>& given, const proofs::Settings& settings);
int list_claims(std::ostream& out);
/// False if there is no such claim.
bool explain_claim(std::ostream& out, const std::string& id);

}  // namespace sca::cli
