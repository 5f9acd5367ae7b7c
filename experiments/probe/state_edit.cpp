#include "experiments/probe/state_edit.hpp"

#include <algorithm>
#include <cmath>

#include "experiments/probe/over_sequences.hpp"

namespace sca::experiments::ablation {
namespace {

using Eigen::Index;
using Eigen::VectorXcd;
using reference::ScaBlock;
using reference::Tensor;

/// The stream's row at position t. shape: [1, L, D] -> [1, D]
Tensor<double> stream_at(const Tensor<double>& hidden, std::int64_t t) {
  return reference::slice(hidden, static_cast<std::size_t>(t));
}

Tensor<double> stepped(const reference::Block<double>& block, const Tensor<double>& x,
                       reference::ModelState<double>::value_type& state) {
  if (const auto* sca = std::get_if<ScaBlock<double>>(&block))
    return reference::step(*sca, x, std::get<reference::LayerState<double>>(state));
  return reference::step(std::get<reference::TransformerBlock<double>>(block), x,
                         std::get<reference::BlockState<double>>(state));
}

/// Step 6 and the residual, of what was read.
/// shape    x [1, D], o [KH] -> [1, D]
Tensor<double> fused(const ScaBlock<double>& block, const Tensor<double>& x, const VectorXcd& o) {
  const reference::Layer<double>& layer = block.attn;
  const auto H = static_cast<Index>(layer.config.H);
  std::vector<double> parts(2 * layer.config.KH());
  for (Index c = 0; c < o.size(); ++c) {
    const auto at = static_cast<std::size_t>(2 * (c / H) * H + c % H);
    parts[at] = o[c].real();
    parts[at + layer.config.H] = o[c].imag();
  }
  const Tensor<double> y = reference::pre_norm(block, x);
  std::vector<double> y_act(layer.config.K * layer.config.E);
  Tensor<double> out = Tensor<double>::zeros(x.shape);
  reference::fuse<double>(layer.config, layer.dialect, layer.parameters, y.data, parts, y_act, out.data);
  reference::add<double>(out.data, x.data);
  return out;
}

double log_probability(const std::vector<double>& logits, std::int64_t id) {
  const double top = *std::ranges::max_element(logits);
  double sum = 0;
  for (const double x : logits) sum += std::exp(x - top);
  return logits[static_cast<std::size_t>(id)] - top - std::log(sum);
}

}  // namespace

VectorXcd edited_state(const LayerTokens& tokens, Index t, Index first, Index last, Index i) {
  const Eigen::MatrixXd a = shares(tokens, t);
  VectorXcd edited = state(tokens, t);
  for (Index row = 0; row < edited.size(); ++row) {
    for (Index j = first; j <= last; ++j)
      edited[row] += a(tokens.head(row), j) * (tokens.f(row, i) - tokens.f(row, j));
  }
  return edited;
}

Rerun::Rerun(const reference::Model<double>& model, const SequenceTrace& trace)
    : model_(model), trace_(trace), before_(reference::initial_state(model, 1)) {}

void Rerun::advance(std::int64_t t) {
  for (; t_ < t; ++t_) {
    for (std::size_t i = 0; i < model_.blocks.size(); ++i)
      stepped(model_.blocks[i], stream_at(trace_.hidden[i], t_), before_[i]);
  }
}

std::vector<double> Rerun::logits(std::size_t i, const LayerTokens& tokens, const VectorXcd& state) const {
  const VectorXcd o = read_by(tokens, t_, state);
  Tensor<double> x = fused(std::get<ScaBlock<double>>(model_.blocks[i]), stream_at(trace_.hidden[i], t_), o);
  for (std::size_t j = i + 1; j < model_.blocks.size(); ++j) {
    auto state_of_block = before_[j];
    x = stepped(model_.blocks[j], x, state_of_block);
  }
  return reference::head(model_, x).data;
}

EditOutcome edited(const Rerun& rerun, std::size_t i, const LayerTokens& tokens, const Question& question) {
  const auto log_p = [&](const VectorXcd& read) {
    return log_probability(rerun.logits(i, tokens, read), question.answer);
  };
  const double whole = log_p(state(tokens, question.t + 1));
  const auto loss = [&](Index first, Index places) {
    const Index last = std::min(first + places - 1, question.t - 1);
    return whole - log_p(edited_state(tokens, question.t + 1, first, last, question.instead));
  };
  return {.log_p = whole,
          .token = {loss(question.carrier, 1), loss(question.other, 1)},
          .reach = {loss(question.carrier, tokens.taps), loss(question.other, tokens.taps)}};
}

void StateEdits::Losses::add(const EditLoss& mean) {
  lost.push_back(mean.lost);
  by_other.push_back(mean.by_other);
  excess.push_back(mean.lost - mean.by_other);
}

void StateEdits::add(const std::vector<EditOutcome>& outcomes) {
  const auto each = static_cast<double>(outcomes.size());
  EditOutcome mean{};
  for (const EditOutcome& one : outcomes) {
    mean.log_p += one.log_p / each;
    mean.token.lost += one.token.lost / each;
    mean.token.by_other += one.token.by_other / each;
    mean.reach.lost += one.reach.lost / each;
    mean.reach.by_other += one.reach.by_other / each;
  }
  gain_.push_back(mean.log_p + std::log(static_cast<double>(vocab_)));
  token_.add(mean.token);
  reach_.add(mean.reach);
}

std::optional<Interval> StateEdits::share_of(const Losses& losses) const {
  if (gain_.empty() || !(mean_over_sequences(gain_).low > 0)) return std::nullopt;
  return share_over_sequences(losses.excess, gain_);
}

nlohmann::ordered_json StateEdits::record_of(const Losses& losses) const {
  const auto causal = share_of(losses);
  return {{"lost", as_triple(mean_over_sequences(losses.lost))},
          {"lost_by_other", as_triple(mean_over_sequences(losses.by_other))},
          {"excess", as_triple(mean_over_sequences(losses.excess))},
          {"share", causal ? as_triple(*causal) : nlohmann::ordered_json()}};
}

nlohmann::ordered_json StateEdits::record() const {
  if (gain_.empty()) return nullptr;
  nlohmann::ordered_json record{{"sequences", gain_.size()}, {"gain", as_triple(mean_over_sequences(gain_))}};
  record.update(record_of(token_));
  record["reach"] = record_of(reach_);
  return record;
}

}  // namespace sca::experiments::ablation
