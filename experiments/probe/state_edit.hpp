#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "experiments/analysis/interval.hpp"
#include "experiments/probe/layer_tokens.hpp"
#include "experiments/probe/question.hpp"
#include "experiments/probe/replay.hpp"

namespace sca::experiments::ablation {

/// S + sum_j a_j (f_i - f_j), j = first ... last: the state behind t tokens had token i been put in in the
/// place of each of these, with their own weights.
/// shape    [KHM]
/// domain   first <= last; all below t
Eigen::VectorXcd edited_state(const LayerTokens& tokens, Eigen::Index t, Eigen::Index first,
                              Eigen::Index last, Eigen::Index i);

/// One sequence up to a position, from where one token's way through the rest of the network is computed
/// again after another state was read.
class Rerun {
 public:
  /// domain   `trace` is of this sequence; both outlive this
  Rerun(const reference::Model<double>& model, const SequenceTrace& trace);

  /// Goes on to position t. domain: not back
  void advance(std::int64_t t);
  /// The logits at the position where block i reads `state` there, and the blocks behind it go on from what
  /// it read.
  ///
  /// shape    state [KHM] -> [vocab]
  /// domain   block i is an SCA block, `tokens` its tokens
  std::vector<double> logits(std::size_t i, const LayerTokens& tokens, const Eigen::VectorXcd& state) const;

 private:
  const reference::Model<double>& model_;
  const SequenceTrace& trace_;
  std::int64_t t_ = 0;
  reference::ModelState<double> before_;  // of every block, behind t tokens
};

/// What a question's answer loses, in nats of its log-probability, by edits of one layer's state as the
/// question's position reads it.
struct EditLoss {
  double lost;      // where the carrier's place holds the token `instead`
  double by_other;  // where the place of `other` does
};
struct EditOutcome {
  double log_p;    // of the answer, unedited
  EditLoss token;  // by edits of the token's own place
  EditLoss reach;  // with the places behind it whose keys the convolution lets see it, the question's apart
};

/// domain   the rerun has advanced to the question's position
EditOutcome edited(const Rerun& rerun, std::size_t i, const LayerTokens& tokens, const Question& question);

/// How much of the answer goes through the carrier's place in a layer's state, over sequences: what is lost
/// by editing it beyond what is lost by editing another token's.
class StateEdits {
 public:
  explicit StateEdits(std::size_t vocab) : vocab_(vocab) {}

  /// One sequence's. domain: at least one
  void add(const std::vector<EditOutcome>& outcomes);
  /// By edits of the token's own place: the excess over what the answer's log-probability is above that of a
  /// uniform guess. Nothing without a sequence, and where that is not above 0 beyond doubt: nothing is
  /// retrieved then.
  std::optional<Interval> share() const { return share_of(token_); }
  /// The same by edits of all that it reaches.
  std::optional<Interval> share_in_reach() const { return share_of(reach_); }
  /// Null without a sequence.
  nlohmann::ordered_json record() const;

 private:
  struct Losses {
    std::vector<double> lost, by_other, excess;  // of each sequence, in nats

    void add(const EditLoss& mean);
  };
  std::optional<Interval> share_of(const Losses& losses) const;
  nlohmann::ordered_json record_of(const Losses& losses) const;

  std::size_t vocab_;
  std::vector<double> gain_;  // of each sequence, in nats
  Losses token_, reach_;
};

}  // namespace sca::experiments::ablation
