#pragma once

#include <array>
#include <string_view>

namespace sca::bench {

/// What is timed of a network: an SCA layer of the swept sizes, models of fixed ones (models.hpp).
enum class NetworkOperation {
  layer_forward,
  layer_training,  // forward and backward
  layer_step,
  model_decode,    // a token of the paper's model
  model_prefill,   // many, of which the last one's logits are wanted
  model_training,  // a step of the ablation's model: forward, loss, backward, clipping, AdamW
  decode_sca,      // a token of a shallow model, all of whose blocks are SCA
  decode_hybrid,   // the same of two SCA blocks and a transformer block
  decode_attention
};

inline constexpr std::array network_operations{
    NetworkOperation::layer_forward, NetworkOperation::layer_training, NetworkOperation::layer_step,
    NetworkOperation::model_decode,  NetworkOperation::model_prefill,  NetworkOperation::model_training,
    NetworkOperation::decode_sca,    NetworkOperation::decode_hybrid,  NetworkOperation::decode_attention};

/// The first part of a benchmark's name.
constexpr std::string_view to_string(NetworkOperation operation) {
  switch (operation) {
    case NetworkOperation::layer_forward: return "layer_forward";
    case NetworkOperation::layer_training: return "layer_training";
    case NetworkOperation::layer_step: return "layer_step";
    case NetworkOperation::model_decode: return "model_decode";
    case NetworkOperation::model_prefill: return "model_prefill";
    case NetworkOperation::model_training: return "model_training";
    case NetworkOperation::decode_sca: return "decode_sca";
    case NetworkOperation::decode_hybrid: return "decode_hybrid";
    case NetworkOperation::decode_attention: return "decode_attention";
  }
  return "";
}

constexpr bool is_of_layer(NetworkOperation operation) {
  return operation == NetworkOperation::layer_forward || operation == NetworkOperation::layer_training ||
         operation == NetworkOperation::layer_step;
}

/// One token a call, of a model.
constexpr bool is_decode(NetworkOperation operation) {
  return operation == NetworkOperation::model_decode || operation == NetworkOperation::decode_sca ||
         operation == NetworkOperation::decode_hybrid || operation == NetworkOperation::decode_attention;
}

}  // namespace sca::bench
