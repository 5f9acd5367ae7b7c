#pragma once

#include "evidence/draws.hpp"
#include "experiments/tasks/options.hpp"
#include "experiments/tasks/part.hpp"
#include "experiments/tasks/task.hpp"

namespace sca::experiments::ablation {

inline constexpr std::int64_t not_asked = -100;
inline constexpr std::int64_t evaluation_labels = 1 << 14;
inline constexpr std::int64_t batch_tokens = 2048;

/// One row of a batch.
struct Sequence {
  std::vector<std::int64_t> ids, labels;
  std::vector<std::int32_t> groups;  // empty where all are of group 0

  std::int64_t asked() const;
};

/// Appends a row. domain   all rows of a batch have the same length, and all have groups or none has
void append(Batch& batch, const Sequence& row);

/// Rows in batches of about 2,048 tokens, in order; a batch's rows have one length.
std::vector<Batch> batches_of(const std::vector<Sequence>& rows);

/// A task whose sequences are drawn. Row b of a training batch depends on (canonical specification, seed,
/// step, b) alone, row i of an evaluation set on (canonical specification, split, length, i). The three parts
/// have roots of their own: different images of a bijection of 64-bit numbers. From there on streams are told
/// apart by 64-bit hashes: two of them meet with a probability of 2^-64.
class GeneratedTask : public Task {
 public:
  Batch training(std::uint64_t seed, std::uint64_t step, std::int64_t B) const final;
  std::vector<Batch> evaluation(Split split) const final;

 protected:
  explicit GeneratedTask(const Options& options);

  /// The part matters only where sequences are made of a text.
  virtual Sequence sequence(evidence::Draws& draws, std::int64_t tokens, Part part) const = 0;
  /// Each is asked for 2^14 labels.
  virtual std::vector<std::int64_t> evaluated_lengths() const { return {length()}; }

 private:
  std::uint64_t key_;
};

}  // namespace sca::experiments::ablation
