#pragma once

#include "bench/counts.hpp"
#include "bench/network/operation.hpp"
#include "kernels/network/sizes.hpp"

namespace sca::bench {

/// The least work of a network's call, what its floor is made of: its matrix products, behind which all else
/// (the core with its sines and cosines, convolution, norms, activations, AdamW) may hide, and its traffic.
///
/// source   multiply-adds of a token, two FLOPs each:
///
///   SCA layer     projection C D, gate 2 KH D, readout 4 KH E, output K E D
///   transformer   q and output 2 D², k and v 2 kv D, feed-forward 3 d_ff D; 2 D for each token that it sees
///   head          vocab D, of the tokens whose logits are wanted
///
/// Training takes three times the forward's: each product is two more in the backward, by the input and by
/// the weights.
///
/// source   traffic, in numbers:
///
///   layer         parameters once; x and the result, D each. A step: its states read and written
///   decode        parameters once, the embedding as the head's; states of SCA blocks read and written; of a
///                 cache the keys and values that are seen read, one of each written
///   prefill       parameters once; one cache written
///   training      layer: parameters read, their gradients read and written; x, the result and both
///   gradients.
///                 Model: besides, clipping reads the gradients, AdamW reads parameters, gradients and two
///                 moments and writes all but the gradients: 11 times the parameters
///
/// Activations between operators are not counted: they may stay in caches. A number takes four bytes, one of
/// the matrices of the products `matrix_bytes`.
Work layer_work(NetworkOperation operation, const kernels::LayerSizes& sizes, std::int64_t B, std::int64_t L,
                double matrix_bytes = sizeof(float));

/// One token of one sequence, which sees `context` of them, itself included.
Work decode_work(const kernels::NetworkSizes& sizes, std::int64_t context,
                 double matrix_bytes = sizeof(float));

/// L tokens of one sequence, of which the last one's logits are wanted.
Work prefill_work(const kernels::NetworkSizes& sizes, std::int64_t L);

/// A step on B sequences of L tokens.
Work training_work(const kernels::NetworkSizes& sizes, std::int64_t B, std::int64_t L);

}  // namespace sca::bench
