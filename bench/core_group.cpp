#include "bench/core_group.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "bench/call.hpp"
#include "bench/rotation.hpp"

namespace sca::bench {
namespace {

constexpr std::uint64_t tensor_seed = 1;

/// The tensors of a group's kernels, one rotation a dtype, as long as a kernel that uses it is ready.
class SharedTensors {
 public:
  SharedTensors(Operation operation, const sca_core_shape& shape, int threads)
      : operation_(operation), shape_(shape), threads_(threads) {}

  std::shared_ptr<Rotation> of(sca_dtype dtype) {
    std::shared_ptr<Rotation> found = kept_[dtype].lock();
    if (found == nullptr) {
      found = std::make_shared<Rotation>(operation_, shape_, dtype, threads_, tensor_seed);
      kept_[dtype] = found;
    }
    return found;
  }

 private:
  Operation operation_;
  sca_core_shape shape_;
  int threads_;
  std::map<sca_dtype, std::weak_ptr<Rotation>> kept_;
};

class ReadyCore final : public Ready {
 public:
  ReadyCore(const Subject& subject, const sca_core_shape& shape, int threads,
            std::shared_ptr<Rotation> problems)
      : call_(subject, shape, threads), problems_(std::move(problems)) {}

  int call() override { return call_(problems_->next()); }
  double footprint() const override { return problems_->footprint(); }

 private:
  Call call_;
  std::shared_ptr<Rotation> problems_;
};

class TimedCore final : public Timed {
 public:
  TimedCore(const Subject& subject, const sca_core_shape& shape, int threads,
            std::shared_ptr<SharedTensors> tensors)
      : subject_(subject), shape_(shape), threads_(threads), tensors_(std::move(tensors)) {}

  Measurement row() const override {
    return {.kernel = subject_.name(),
            .shape = shape_,
            .threads = threads_,
            .work = work(per_call(subject_.operation, shape_), dtype())};
  }
  sca_dtype dtype() const override { return subject_.kernel->dtype; }
  double workspace_bytes() const override {
    return static_cast<double>(Call::workspace_bytes(subject_, shape_, threads_));
  }
  Admission admit(Gate& gate) const override {
    return gate.admit(subject_.operation, *subject_.kernel, shape_);
  }
  std::unique_ptr<Ready> prepare() const override {
    return std::make_unique<ReadyCore>(subject_, shape_, threads_, tensors_->of(dtype()));
  }

 private:
  Subject subject_;
  sca_core_shape shape_;
  int threads_;
  std::shared_ptr<SharedTensors> tensors_;
};

Group group(Operation operation, const sca_core_shape& shape, int threads,
            const std::vector<Subject>& subjects) {
  Group result{std::string(to_string(operation)),
               fmt::format("L={} B={} K={} H={} M={}", shape.L, shape.B, shape.K, shape.H, shape.M),
               threads,
               0,
               {}};
  const auto tensors = std::make_shared<SharedTensors>(operation, shape, threads);
  std::set<sca_dtype> dtypes;
  for (const Subject& one : subjects) {
    if (one.operation != operation) continue;
    if (dtypes.insert(one.kernel->dtype).second)
      result.tensor_bytes += Rotation::bytes(operation, shape, one.kernel->dtype, threads);
    result.rows.push_back(std::make_unique<TimedCore>(one, shape, threads, tensors));
  }
  return result;
}

}  // namespace

std::vector<Group> core_groups(const Plan& plan) {
  std::vector<Group> result;
  for (const Operation operation : operations) {
    if (std::ranges::none_of(plan.subjects, [&](const Subject& one) { return one.operation == operation; }))
      continue;
    const auto shapes = operation == Operation::step ? step_shapes(plan.shapes) : plan.shapes;
    for (const sca_core_shape& shape : shapes) {
      for (const std::int64_t threads : plan.threads)
        result.push_back(group(operation, shape, static_cast<int>(threads), plan.subjects));
    }
  }
  return result;
}

}  // namespace sca::bench
