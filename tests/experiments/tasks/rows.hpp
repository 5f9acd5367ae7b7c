#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "experiments/tasks/task.hpp"

namespace sca::experiments::ablation {

/// One sequence of a batch.
struct Row {
  std::vector<std::int64_t> ids, labels;
  std::vector<std::int32_t> groups;

  bool operator==(const Row&) const = default;
};

inline void add_rows(const Batch& batch, std::vector<Row>& rows) {
  ASSERT_EQ(std::ssize(batch.ids), batch.B * batch.L);
  ASSERT_EQ(std::ssize(batch.labels), batch.B * batch.L);
  ASSERT_TRUE(batch.groups.empty() || std::ssize(batch.groups) == batch.B * batch.L);
  for (std::int64_t b = 0; b < batch.B; ++b) {
    const auto part = [&](const auto& all) {
      if (all.empty()) return all;
      return std::remove_cvref_t<decltype(all)>(all.begin() + b * batch.L, all.begin() + (b + 1) * batch.L);
    };
    rows.push_back({part(batch.ids), part(batch.labels), part(batch.groups)});
  }
}

inline std::vector<Row> rows_of(const std::vector<Batch>& batches) {
  std::vector<Row> rows;
  for (const Batch& batch : batches) add_rows(batch, rows);
  return rows;
}

/// `steps` training batches of 64 sequences.
inline std::vector<Row> learned_rows(const Task& task, std::uint64_t steps = 16) {
  std::vector<Row> rows;
  for (std::uint64_t step = 0; step < steps; ++step) add_rows(task.training(7, step, 64), rows);
  return rows;
}

/// Training and both evaluation sets.
inline std::vector<Row> all_rows(const Task& task) {
  std::vector<Row> rows = learned_rows(task);
  for (const Split split : {Split::selection, Split::report}) {
    for (const Batch& batch : task.evaluation(split)) add_rows(batch, rows);
  }
  return rows;
}

/// Whether `count` of n draws can be of probability p: by Chernoff's bound, P(share >= x) <= e^{-n KL(x, p)}
/// and the same below p, a count that this refuses has a probability of at most 1e-9.
inline bool is_plausible(std::int64_t count, std::int64_t n, double p) {
  const double x = static_cast<double>(count) / static_cast<double>(n);
  const auto part = [](double a, double b) { return a == 0 ? 0 : a * std::log(a / b); };
  return static_cast<double>(n) * (part(x, p) + part(1 - x, 1 - p)) <= std::log(2 / 1e-9);
}

}  // namespace sca::experiments::ablation
