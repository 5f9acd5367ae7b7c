#include "experiments/tasks/finite_group.hpp"

#include <algorithm>
#include <map>

#include "tests/experiments/tasks/rows.hpp"

namespace sca::experiments::ablation {
namespace {

// A permutation matrix, or a power of a cyclic one: column i has its 1 in row image(i).
using Matrix = std::vector<std::vector<int>>;

Matrix matrix(std::size_t n, const auto& image) {
  Matrix result(n, std::vector<int>(n));
  for (std::size_t i = 0; i < n; ++i) result[image(i)][i] = 1;
  return result;
}

Matrix times(const Matrix& a, const Matrix& b) {
  Matrix result(a.size(), std::vector<int>(a.size()));
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < a.size(); ++j) {
      for (std::size_t k = 0; k < a.size(); ++k) result[i][j] += a[i][k] * b[k][j];
    }
  }
  return result;
}

Matrix permutation(const std::string& images) {
  return matrix(images.size(), [&](std::size_t i) { return static_cast<std::size_t>(images[i] - '1'); });
}

Matrix rotation(std::size_t n, const std::string& steps) {
  return matrix(n, [&](std::size_t i) { return (i + std::stoul(steps)) % n; });
}

// By the element's name.
std::vector<Matrix> represented(const std::string& group, const std::string& element) {
  if (group == "Z2") return {rotation(2, element)};
  if (group == "Z60") return {rotation(60, element)};
  if (group == "A4xZ5") {
    const std::size_t slash = element.find('/');
    return {permutation(element.substr(0, slash)), rotation(5, element.substr(slash + 1))};
  }
  return {permutation(element)};
}

class RunningProducts : public testing::TestWithParam<std::string> {};

TEST_P(RunningProducts, AreProductsOfMatrices) {
  const auto task = make_task("group:G=" + GetParam());
  std::map<std::int64_t, std::int64_t> seen;
  std::int64_t n = 0;
  for (const Row& row : learned_rows(*task, 1)) {
    std::vector<Matrix> product;
    for (std::size_t t = 0; t < row.ids.size(); ++t, ++n) {
      const std::vector<Matrix> next = represented(GetParam(), task->word(row.ids[t]));
      for (std::size_t i = 0; t > 0 && i < next.size(); ++i) product[i] = times(product[i], next[i]);
      if (t == 0) product = next;
      ASSERT_EQ(product, represented(GetParam(), task->word(row.labels[t])));
      ++seen[row.ids[t]];
    }
  }
  ASSERT_EQ(std::ssize(seen), task->vocab());
  for (const auto& [id, count] : seen) {
    EXPECT_TRUE(is_plausible(count, n, 1 / static_cast<double>(task->vocab()))) << id;
  }
}

TEST_P(RunningProducts, AreAskedForAtThreeLengths) {
  const auto task = make_task("group:G=" + GetParam());
  EXPECT_EQ(task->groups(), (std::vector<std::string>{"T=32", "T=64", "T=128"}));
  EXPECT_EQ(task->length(), 32);
  EXPECT_EQ(task->longest(), 128);
  std::map<std::int32_t, std::int64_t> labels;
  for (const Row& row : rows_of(task->evaluation(Split::report))) {
    for (std::size_t t = 0; t < row.ids.size(); ++t) {
      ASSERT_GE(row.labels[t], 0);
      ASSERT_EQ(row.ids.size(), std::size_t{32} << row.groups[t]);
      ++labels[row.groups[t]];
    }
  }
  EXPECT_EQ(labels, (std::map<std::int32_t, std::int64_t>{{0, 1 << 14}, {1, 1 << 14}, {2, 1 << 14}}));
}

#ifdef SCA_SANITIZED  // matrices of 60 rows take half a minute there
INSTANTIATE_TEST_SUITE_P(Groups, RunningProducts, testing::Values("Z2", "S3", "A5", "A4xZ5"));
#else
INSTANTIATE_TEST_SUITE_P(Groups, RunningProducts, testing::Values("Z2", "S3", "A5", "Z60", "A4xZ5"));
#endif

std::map<std::size_t, int> orders(const FiniteGroup& group) {
  std::map<std::size_t, int> counts;
  for (std::size_t a = 0; a < group.order(); ++a) {
    std::size_t order = 1;
    for (std::size_t power = a; power != 0 && order <= group.order(); power = group.product(power, a))
      ++order;
    ++counts[order];
  }
  return counts;
}

// How many elements have which order tells these groups apart.
TEST(FiniteGroups, HaveTheirElementsOrders) {
  using Orders = std::map<std::size_t, int>;
  EXPECT_EQ(orders(symmetric_group(3)), (Orders{{1, 1}, {2, 3}, {3, 2}}));
  EXPECT_EQ(orders(alternating_group(5)), (Orders{{1, 1}, {2, 15}, {3, 20}, {5, 24}}));
  EXPECT_EQ(orders(direct_product(alternating_group(4), cyclic_group(5))),
            (Orders{{1, 1}, {2, 3}, {3, 8}, {5, 4}, {10, 12}, {15, 32}}));
  EXPECT_EQ(orders(cyclic_group(60)).at(60), 16);
}

}  // namespace
}  // namespace sca::experiments::ablation
