#pragma once

#include <nlohmann/json.hpp>
#include <span>

#include "experiments/probe/layer_tokens.hpp"

namespace sca::experiments::ablation {

/// Whether the token `lag` positions back can be read linearly out of a layer's normalised state: a ridge
/// classifier, fitted on the first half of the sequences and judged on the second, beside three others: the
/// same from the residual stream before the block; the same from the state, of another sequence's token at
/// that place (what the decoder finds where there is nothing); always the token that is most frequent.
///
/// Lags are the powers of two up to 64 that the sequences have room for; of each sequence at most 32
/// positions, evenly spread.
class LagDecoder {
 public:
  explicit LagDecoder(std::int64_t vocab) : vocab_(vocab) {}

  /// One sequence's. shape: stream [L, D], the residual stream before the block; ids [L]
  /// domain   sequences of one length
  void add(const LayerTokens& tokens, std::span<const double> stream, std::span<const std::int64_t> ids);
  /// Shares of right answers over the second half's sequences. domain: four sequences or more
  nlohmann::ordered_json record() const;

 private:
  struct Sequence {
    Eigen::MatrixXd states, stream;  // a row a position
    std::vector<std::int64_t> ids;
  };
  struct Rows;

  Rows rows(std::size_t first, std::size_t last, std::int64_t lag, bool of_stream,
            std::size_t labelled_by) const;
  std::vector<double> found_shares(std::int64_t lag, bool of_stream, std::size_t labelled_by) const;
  std::vector<double> most_frequent(std::int64_t lag) const;

  std::int64_t vocab_;
  std::vector<std::int64_t> positions_;
  std::vector<Sequence> sequences_;
};

}  // namespace sca::experiments::ablation
