#include "bench/network/model.hpp"

#include "bench/network/counts.hpp"
#include "bench/network/models.hpp"
#include "bench/network/ready_network.hpp"
#include "bench/network/training_step.hpp"
#include "evidence/hash.hpp"
#include "kernels/network/decoder.hpp"

namespace sca::bench {
namespace {

using kernels::Decoder;

constexpr std::uint64_t model_seed = 1;

/// Of one sequence: parameters, ids, the last token's logits.
std::vector<CallTensor> tensors_of(kernels::Network<float>& network, std::span<std::int64_t> ids,
                                   std::span<const float> logits) {
  std::vector<CallTensor> all;
  append_parameters(network, "", "p.", all);
  all.push_back({"ids", ids.data(), true, {1, static_cast<std::int64_t>(ids.size())}});
  all.push_back({"logits", logits.data(), false, {1, static_cast<std::int64_t>(logits.size())}});
  return all;
}

void describe_memory(const Decoder<float>& decoder, NetworkFacts& facts) {
  facts.state_bytes = static_cast<std::int64_t>(decoder.state_bytes());
  facts.scratch_bytes = static_cast<std::int64_t>(decoder.scratch_bytes());
}

class ReadyDecode final : public ReadyNetwork {
 public:
  ReadyDecode(const NetworkSubject& subject, const kernels::NetworkSizes& sizes, std::int64_t context)
      : network_(sizes, subject.by, subject.reads_bf16, model_seed),
        decoder_(*network_, 1, 1, Decoder<float>::Logits::last),
        context_(context),
        footprint_(decode_work(sizes, context, matrix_bytes(subject)).bytes) {}

  int call() override {
    decoder_.stand_at(context_ - 1);
    logits_ = decoder_.step(&id_);
    return 0;
  }
  const kernels::NetworkSizes& sizes() const override { return network_->sizes(); }
  std::vector<CallTensor> tensors() override {
    call();
    decoder_.reset();
    return tensors_of(*network_, std::span(&id_, 1), logits_);
  }
  double footprint() const override { return footprint_; }
  void describe(NetworkFacts& facts) const override { describe_memory(decoder_, facts); }

 private:
  RandomNetwork network_;
  Decoder<float> decoder_;
  std::int64_t context_;
  double footprint_;
  std::int64_t id_ = 0;
  std::span<const float> logits_;
};

class ReadyPrefill final : public ReadyNetwork {
 public:
  ReadyPrefill(const kernels::NetworkSizes& sizes, const kernels::Implementation<float>& by,
               std::int64_t length)
      : network_(sizes, by, false, model_seed),
        decoder_(*network_, 1, length, Decoder<float>::Logits::last),
        length_(length) {
    for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(length); ++i)
      ids_.push_back(static_cast<std::int64_t>(evidence::mixed(i) % static_cast<std::uint64_t>(sizes.vocab)));
  }

  int call() override {
    decoder_.reset();
    logits_ = decoder_.forward(ids_.data(), length_);
    return 0;
  }
  const kernels::NetworkSizes& sizes() const override { return network_->sizes(); }
  std::vector<CallTensor> tensors() override {
    call();
    return tensors_of(*network_, ids_, logits_);
  }
  double footprint() const override { return prefill_work(network_->sizes(), length_).bytes; }
  void describe(NetworkFacts& facts) const override { describe_memory(decoder_, facts); }

 private:
  RandomNetwork network_;
  Decoder<float> decoder_;
  std::int64_t length_;
  std::vector<std::int64_t> ids_;
  std::span<const float> logits_;
};

class ReadyTraining final : public ReadyNetwork {
 public:
  ReadyTraining(const kernels::NetworkSizes& sizes, const kernels::Implementation<float>& by)
      : step_(sizes, by, training_B, training_L),
        footprint_(training_work(sizes, training_B, training_L).bytes) {}

  int call() override {
    loss_ = step_.step();
    return 0;
  }
  const kernels::NetworkSizes& sizes() const override { return step_.sizes(); }
  std::vector<CallTensor> tensors() override {
    std::vector<CallTensor> all;
    append_parameters(step_.network(), "", "p.", all);
    const kernels::Extents shape{training_B, training_L};
    all.push_back({"ids", step_.ids().data(), true, shape});
    all.push_back({"labels", step_.labels().data(), true, shape});
    all.push_back({"loss", &loss_, false, {1}});
    return all;
  }
  double footprint() const override { return footprint_; }
  void describe(NetworkFacts& facts) const override {
    facts.scratch_bytes = static_cast<std::int64_t>(step_.scratch_bytes()) / training_B;
  }

 private:
  TrainingStep step_;
  float loss_ = 0;
  double footprint_;
};

class TimedModel final : public Timed {
 public:
  TimedModel(const NetworkSubject& subject, std::int64_t tokens, int threads)
      : subject_(subject), tokens_(tokens), sizes_(model_sizes(subject.operation, tokens)) {
    subject_.by.threads = threads;
  }

  Measurement row() const override {
    return {.kernel = subject_.name(),
            .shape = shape(),
            .threads = subject_.by.threads,
            .work = work(),
            .network = {.D = sizes_.D(),
                        .blocks = sizes_.blocks,
                        .attention_blocks = attention_blocks(sizes_),
                        .parameters = parameter_count(sizes_),
                        .context = is_decode(subject_.operation) ? tokens_ : 0}};
  }
  sca_dtype dtype() const override { return SCA_F32; }
  Traffic traffic() const override { return is_decode(subject_.operation) ? Traffic::reading : Traffic::any; }
  double workspace_bytes() const override { return 0; }
  Admission admit(Gate& gate) const override {
    const Operation core = is_decode(subject_.operation)                            ? Operation::step
                           : subject_.operation == NetworkOperation::model_training ? Operation::training
                                                                                    : Operation::forward;
    return worse(gate.admit(core, *subject_.by.core, shape()), gate.admit(subject_.by));
  }
  std::unique_ptr<Ready> prepare() const override {
    if (is_decode(subject_.operation)) return std::make_unique<ReadyDecode>(subject_, sizes_, tokens_);
    if (subject_.operation == NetworkOperation::model_training)
      return std::make_unique<ReadyTraining>(sizes_, subject_.by);
    return std::make_unique<ReadyPrefill>(sizes_, subject_.by, tokens_);
  }

 private:
  sca_core_shape shape() const {
    const bool trains = subject_.operation == NetworkOperation::model_training;
    const kernels::LayerSizes& s = sizes_.layer;
    return {.B = trains ? training_B : 1,
            .L = is_decode(subject_.operation) ? 1 : tokens_,
            .K = s.K,
            .Kq = s.Kq,
            .H = s.H,
            .M = s.M};
  }
  Work work() const {
    if (is_decode(subject_.operation)) return decode_work(sizes_, tokens_, matrix_bytes(subject_));
    if (subject_.operation == NetworkOperation::model_training)
      return training_work(sizes_, training_B, training_L);
    return prefill_work(sizes_, tokens_);
  }

  NetworkSubject subject_;
  std::int64_t tokens_;
  kernels::NetworkSizes sizes_;
};

}  // namespace

std::unique_ptr<Timed> timed_model(const NetworkSubject& subject, std::int64_t tokens, int threads) {
  return std::make_unique<TimedModel>(subject, tokens, threads);
}

double model_bytes(NetworkOperation operation, std::int64_t tokens) {
  const kernels::NetworkSizes s = model_sizes(operation, tokens);
  const auto real = [](std::int64_t n) { return static_cast<double>(n); };
  const bool trains = operation == NetworkOperation::model_training;
  const double rows = is_decode(operation) ? 1 : trains ? real(training_B * training_L) : real(tokens);
  const double a_block = real(2 * s.layer.C() + 6 * s.layer.KH() + 3 * s.layer.K * s.layer.E) +
                         real(9 * s.D() + 3 * s.transformer.kv() + 3 * s.transformer.d_ff);
  const double blocks = trains ? real(s.blocks + 1) : 1;
  const double caches = real(attention_blocks(s)) * 2 * real(s.transformer.kv()) * real(tokens);
  const double rotary = 2 * real(s.transformer.maxlen) * real(s.transformer.hd() / 2);
  return sizeof(float) * ((trains                ? 4
                           : has_bf16(operation) ? 1.5
                                                 : 1) *
                              real(parameter_count(s)) +
                          rows * blocks * a_block + caches + rotary);
}

}  // namespace sca::bench
