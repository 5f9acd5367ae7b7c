#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace sca::experiments::ablation {

/// Something asked of a sequence whose answer stands in the sequence itself.
struct Question {
  std::int64_t t;        // where it is asked
  std::int64_t answer;   // the label there
  std::int64_t carrier;  // the token that carries the answer
  std::int64_t other;    // another token before it: what else is edited, for comparison
  std::int64_t instead;  // a third one: what either is replaced by
};

/// Where the answer to position t's label stands: of the earlier tokens that equal the label, the one whose
/// predecessors agree with t and its predecessors the longest, the last of them if there are several. At
/// least one must agree: in mqar the value that follows the queried key.
std::optional<std::int64_t> carrier_of(std::span<const std::int64_t> ids, std::int64_t t, std::int64_t label);

/// At most `most` questions of one sequence, drawn from those that its labels ask, in the order of t. `other`
/// and `instead` are drawn from the tokens before t, other tokens than the carrier's; without two of them it
/// is no question.
std::vector<Question> questions_of(std::span<const std::int64_t> ids, std::span<const std::int64_t> labels,
                                   std::size_t most, std::uint64_t seed);

}  // namespace sca::experiments::ablation
