#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sca::experiments::ablation {

/// Token ids and labels, both [B, L]. A label below 0 is not asked for.
struct Batch {
  std::int64_t B = 0, L = 0;
  std::vector<std::int64_t> ids, labels;
  /// Of each label's group (Task::groups), [B, L]; empty: all are of group 0.
  std::vector<std::int32_t> groups;
};

/// Which fixed evaluation set: learning rates are chosen on one, results reported on the other.
enum class Split { selection, report };
enum class Metric { accuracy, bits_per_byte };

/// Something to be learned from examples: ids 0 ... vocab - 1, labels that a model predicts at their
/// positions from what stands there and before.
///
/// source   the protocol's table; each task's file names its own
class Task {
 public:
  Task() = default;
  virtual ~Task() = default;
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;

  virtual std::int64_t vocab() const = 0;
  /// Tokens of a training sequence, and of the longest one in an evaluation.
  virtual std::int64_t length() const = 0;
  virtual std::int64_t longest() const { return length(); }
  virtual Metric metric() const { return Metric::accuracy; }
  /// What guessing without having read the sequence reaches, in the metric.
  virtual double chance() const = 0;
  /// What guessing among the answers that stand in the sequence reaches.
  virtual double in_context_chance() const { return chance(); }
  /// So many labels of a sequence, one after the other, are one answer, right where all of them are.
  virtual std::int64_t labels_of_an_answer() const { return 1; }
  /// What labels are told apart by (lengths, documents, updated or not): one name at least. A split may ask
  /// nothing of a group: documents belong to one of them.
  virtual std::vector<std::string> groups() const { return {"all"}; }
  /// How many of the first groups the headline value is of.
  virtual std::size_t headline_groups() const { return groups().size(); }

  /// Number `step` of a seed's training batches: the same data whatever learns from them.
  virtual Batch training(std::uint64_t seed, std::uint64_t step, std::int64_t B) const = 0;
  /// The fixed evaluation set, in batches of about 2,048 tokens: 2^14 labels a
  /// length, fewer where there are no more.
  virtual std::vector<Batch> evaluation(Split split) const = 0;

  /// Identifies the data besides the code: a digest of the text; empty where everything is generated.
  virtual std::string data() const { return {}; }
  /// A token as a person reads it.
  virtual std::string word(std::int64_t id) const = 0;
  /// Whether words are bytes of a text, to be read without spaces between them.
  virtual bool is_text() const { return false; }
};

/// Makes a task from its name and, after a colon, what differs from its defaults: "mqar", "mqar:N=4",
/// "group:G=S3". The same text always makes the same task.
///
/// errors   InputError that names the field and what was expected
std::unique_ptr<const Task> make_task(std::string_view specification);

/// The families' names.
std::vector<std::string> task_names();

}  // namespace sca::experiments::ablation
