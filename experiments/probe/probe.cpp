#include "experiments/probe/probe.hpp"

#include <algorithm>
#include <map>

#include "experiments/probe/identity.hpp"
#include "experiments/probe/layer_probe.hpp"
#include "experiments/probe/replay.hpp"
#include "experiments/random.hpp"

namespace sca::experiments::ablation {
namespace {

using reference::Model;

constexpr std::size_t decomposed_sequences = 8;
constexpr std::size_t questions_a_sequence = 2;
constexpr std::uint64_t question_seed = 1;

/// One sequence of a batch.
struct ProbedSequence {
  std::size_t number;
  std::span<const std::int64_t> ids, labels;
};

ProbedSequence sequence_of(const Batch& batch, std::size_t number) {
  const auto L = static_cast<std::size_t>(batch.L);
  return {number, std::span(batch.ids).subspan(number * L, L),
          std::span(batch.labels).subspan(number * L, L)};
}

using LayerProbes = std::map<std::size_t, LayerProbe>;  // by block
using TokensByBlock = std::map<std::size_t, LayerTokens>;

TokensByBlock tokens_by_block(const Model<double>& model, const SequenceTrace& trace) {
  TokensByBlock all;
  for (std::size_t i = 0; i < model.blocks.size(); ++i) {
    if (const auto* block = std::get_if<reference::ScaBlock<double>>(&model.blocks[i]))
      all.emplace(i, layer_tokens(block->attn, *trace.layers[i]));
  }
  return all;
}

/// Asks the sequence's questions of every layer.
void ask(const Model<double>& model, const ProbedSequence& sequence, const SequenceTrace& trace,
         const TokensByBlock& tokens, LayerProbes& probes) {
  const std::vector<Question> questions = questions_of(sequence.ids, sequence.labels, questions_a_sequence,
                                                       derived(question_seed, sequence.number));
  if (questions.empty()) return;
  Rerun rerun(model, trace);
  std::map<std::size_t, std::vector<EditOutcome>> outcomes;
  for (const Question& one : questions) {
    rerun.advance(one.t);
    for (const auto& [i, of_layer] : tokens) outcomes[i].push_back(edited(rerun, i, of_layer, one));
  }
  for (const auto& [i, of_layer] : tokens) {
    probes.at(i).attribution.add(of_layer, questions);
    probes.at(i).edits.add(outcomes.at(i));
  }
}

void add_sequence(const ProbeInput& input, const Model<double>& model, const ProbedSequence& sequence,
                  LayerProbes& probes) {
  const SequenceTrace trace = traced(model, sequence.ids);
  const TokensByBlock tokens = tokens_by_block(model, trace);
  for (const auto& [i, of_layer] : tokens) {
    LayerProbe& one = probes.at(i);
    if (sequence.number == 0)
      one.identity = state_identity(input.network, input.config.layer, input.dialect, i, trace.hidden[i]);
    if (sequence.number < decomposed_sequences) one.retrievability.add(of_layer);
    one.theorem.add(of_layer);
    one.decoder.add(of_layer, trace.hidden[i].data, sequence.ids);
  }
  ask(model, sequence, trace, tokens, probes);
}

}  // namespace

std::vector<nlohmann::ordered_json> probe(const ProbeInput& input) {
  const Model<double> model = reference_model(input.network, input.config, input.dialect);
  LayerProbes probes;
  for (std::size_t i = 0; i < model.blocks.size(); ++i) {
    if (!input.config.is_attention(i)) probes.emplace(i, LayerProbe(input.config.vocab));
  }
  for (std::size_t b = 0; b < static_cast<std::size_t>(input.sequences.B); ++b)
    add_sequence(input, model, sequence_of(input.sequences, b), probes);
  std::vector<nlohmann::ordered_json> records;
  for (const auto& [i, one] : probes) {
    nlohmann::ordered_json record{{"kind", "probe"}};
    record.update(input.name);
    record.update({{"layer", i},
                   {"sequences", input.sequences.B},
                   {"tokens", input.sequences.L},
                   {"K", input.config.layer.K},
                   {"H", input.config.layer.H},
                   {"M", input.config.layer.M}});
    record.update(one.record());
    records.push_back(std::move(record));
  }
  return records;
}

Batch shuffled(const Batch& sequences, std::uint64_t seed) {
  Batch made = sequences;
  const auto L = static_cast<std::size_t>(made.L);
  for (std::size_t i = 0; i < made.ids.size(); ++i) {
    const std::size_t t = i % L;  // Fisher and Yates
    std::swap(made.ids[i], made.ids[i - below(t + 1, seed, i)]);
  }
  std::ranges::fill(made.labels, -100);
  made.groups.clear();
  return made;
}

}  // namespace sca::experiments::ablation
