#include "experiments/probe/lag_decoder.hpp"

#include <algorithm>

#include "experiments/probe/over_sequences.hpp"
#include "experiments/probe/ridge.hpp"

namespace sca::experiments::ablation {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

constexpr std::int64_t longest_lag = 64;
constexpr std::int64_t most_positions = 32;  // of a sequence

std::vector<std::int64_t> spread_positions(std::int64_t L) {
  const std::int64_t count = std::min(L, most_positions);
  std::vector<std::int64_t> all;
  for (std::int64_t i = 1; i <= count; ++i) all.push_back(i * L / count - 1);
  return all;
}

/// Of each of `sequences` equal runs of rows.
std::vector<double> shares_of_equal(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b,
                                    std::size_t sequences) {
  const std::size_t each = a.size() / sequences;
  std::vector<double> all(sequences, 0.0);
  for (std::size_t i = 0; i < a.size(); ++i) all[i / each] += a[i] == b[i] ? 1 : 0;
  for (double& one : all) one /= static_cast<double>(each);
  return all;
}

}  // namespace

struct LagDecoder::Rows {
  MatrixXd features;
  std::vector<std::int64_t> classes;
};

void LagDecoder::add(const LayerTokens& tokens, std::span<const double> stream,
                     std::span<const std::int64_t> ids) {
  const auto L = static_cast<Index>(ids.size());
  if (positions_.empty()) positions_ = spread_positions(L);
  const auto rows = static_cast<Index>(positions_.size());
  const Index D = static_cast<Index>(stream.size()) / L;
  Sequence one{MatrixXd(rows, 2 * tokens.f.rows()), MatrixXd(rows, D), {ids.begin(), ids.end()}};
  for (Index i = 0; i < rows; ++i) {
    const Index t = positions_[static_cast<std::size_t>(i)];
    one.states.row(i) = as_real(state(tokens, t + 1)).transpose();
    one.stream.row(i) = Eigen::Map<const Eigen::RowVectorXd>(stream.data() + t * D, D);
  }
  sequences_.push_back(std::move(one));
}

/// Of sequences first ... last - 1, labelled by those that come `labelled_by` later among them, round and
/// round.
LagDecoder::Rows LagDecoder::rows(std::size_t first, std::size_t last, std::int64_t lag, bool of_stream,
                                  std::size_t labelled_by) const {
  const auto begin = std::ranges::lower_bound(positions_, lag);
  const auto each = static_cast<Index>(positions_.end() - begin);
  const std::size_t count = last - first;
  Rows made;
  for (std::size_t s = 0; s < count; ++s) {
    const Sequence& one = sequences_[first + s];
    const Sequence& labels = sequences_[first + (s + labelled_by) % count];
    const MatrixXd& features = of_stream ? one.stream : one.states;
    if (s == 0) made.features.resize(each * static_cast<Index>(count), features.cols());
    made.features.middleRows(static_cast<Index>(s) * each, each) = features.bottomRows(each);
    for (auto t = begin; t != positions_.end(); ++t)
      made.classes.push_back(labels.ids[static_cast<std::size_t>(*t - lag)]);
  }
  return made;
}

std::vector<double> LagDecoder::found_shares(std::int64_t lag, bool of_stream,
                                             std::size_t labelled_by) const {
  const std::size_t half = sequences_.size() / 2;
  const Rows fit = rows(0, half, lag, of_stream, labelled_by);
  const Rows judged = rows(half, sequences_.size(), lag, of_stream, labelled_by);
  const LinearClassifier ridge = fitted_ridge(fit.features, fit.classes, vocab_);
  return shares_of_equal(ridge.predicted(judged.features), judged.classes, sequences_.size() - half);
}

std::vector<double> LagDecoder::most_frequent(std::int64_t lag) const {
  const std::size_t half = sequences_.size() / 2;
  const Rows fit = rows(0, half, lag, false, 0);
  const Rows judged = rows(half, sequences_.size(), lag, false, 0);
  std::vector<std::int64_t> counts(static_cast<std::size_t>(vocab_), 0);
  for (const std::int64_t id : fit.classes) ++counts[static_cast<std::size_t>(id)];
  const std::vector<std::int64_t> always(judged.classes.size(),
                                         std::ranges::max_element(counts) - counts.begin());
  return shares_of_equal(always, judged.classes, sequences_.size() - half);
}

nlohmann::ordered_json LagDecoder::record() const {
  auto all = nlohmann::ordered_json::array();
  for (std::int64_t lag = 1; lag <= longest_lag && lag <= positions_.back(); lag *= 2) {
    all.push_back({{"lag", lag},
                   {"state", as_triple(mean_over_sequences(found_shares(lag, false, 0)))},
                   {"residual_stream", as_triple(mean_over_sequences(found_shares(lag, true, 0)))},
                   {"random_labels", as_triple(mean_over_sequences(found_shares(lag, false, 1)))},
                   {"unigram", as_triple(mean_over_sequences(most_frequent(lag)))}});
  }
  return all;
}

}  // namespace sca::experiments::ablation
