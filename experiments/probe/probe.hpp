#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "experiments/tasks/task.hpp"
#include "kernels/network/network.hpp"
#include "reference/dialect.hpp"
#include "reference/model_config.hpp"

namespace sca::experiments::ablation {

/// A network and the sequences that its SCA layers are probed on.
struct ProbeInput {
  const kernels::Network<float>& network;
  reference::ModelConfig config;  // that the network was made of
  reference::Dialect dialect;
  Batch sequences;  // held out, of one length; four or more
  /// What the record says of them: model, is_trained, is_shuffled, ...
  nlohmann::ordered_json name = nlohmann::ordered_json::object();
};

/// Whether a network's SCA layers retrieve tokens as the paper says. A record a layer (reals as JSON numbers,
/// what is not finite as null; a triple is an estimate and its 95 % interval over sequences):
///   kind "probe", the name's fields, layer: the block's number, sequences, tokens of each, K, H, M
///   identity        the float32 state against sum alpha f: verdict, clearance (identity.hpp)
///   retrievability  ranks and horizons of [f_1 ... f_t], dual queries' noise gain (retrievability.hpp)
///   theorem         the theorem's own query on the layer's own grid, prefix by prefix (theorem_query.hpp)
///   decoder         a ridge decoder of past tokens, lag by lag, with its controls (lag_decoder.hpp)
///   attribution     the carrying token's share of what is read; null without questions (attribution.hpp)
///   edit            what the answer loses by edits of the state; null without (state_edit.hpp)
///   by_theorem, is_causal, retains_retrieval: the two conditions and the verdict; is_causal_in_reach
///
/// A layer retains retrieval iff the theorem's query finds more than 5 times as many of the longest prefix's
/// tokens as chance, at its interval's lower end, and the edits' share is above 0 at its own. Intervals are
/// of one layer each: among layers without any effect one in 40 has a share above 0 by accident. What a token
/// left in other places an edit of its own leaves alone: edit.reach has the places that the convolution lets
/// see it with it; what an earlier layer carried further is in neither.
///
/// Retrievability is of the first 8 sequences, the identity of the first, edits and attribution of two
/// questions a sequence; all else of all.
///
/// source   the protocol's section on the retrieval probe
std::vector<nlohmann::ordered_json> probe(const ProbeInput& input);

/// The sequences with the tokens of each in a random order, and no labels: what is left without their order.
Batch shuffled(const Batch& sequences, std::uint64_t seed);

}  // namespace sca::experiments::ablation
