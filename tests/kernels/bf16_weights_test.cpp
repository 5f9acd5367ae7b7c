// Operators that read weights as bf16 give what the same table's own give of the widened weights: bit for
// bit, in place and packed, of whole vectors and what is left of them.
#include <gtest/gtest.h>

#include <cstring>

#include "evidence/hash.hpp"
#include "tests/kernels/large_calls.hpp"

namespace sca::kernels::test {
namespace {

/// Numbers whose sums are rounded.
template <class Real>
std::vector<Real> drawn(std::int64_t count, std::uint64_t stream) {
  std::vector<Real> all;
  for (std::int64_t i = 0; i < count; ++i)
    all.push_back(static_cast<Real>(evidence::signed_unit(1, stream, static_cast<std::uint64_t>(i))));
  return all;
}

/// Weights of all sizes: also the smallest, which round to subnormal ones, and both zeros.
std::vector<BFloat16> stored(std::int64_t count) {
  std::vector<BFloat16> all;
  const float sizes[]{1, -0.0F, 0, 0x1p-60F, 0x1p-130F, 0x1p40F, 1, 1};
  for (const float x : drawn<float>(count, 7)) all.push_back(store<BFloat16>(x * sizes[all.size() % 8]));
  return all;
}
template <class Real>
std::vector<Real> widened(const std::vector<BFloat16>& weights) {
  std::vector<Real> all;
  for (const BFloat16 x : weights) all.push_back(static_cast<Real>(load(x)));
  return all;
}

template <class Real>
void expect_same(const std::vector<Real>& a, const std::vector<Real>& b, const std::string& what) {
  EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size() * sizeof(Real)), 0) << what;
  EXPECT_NE(a, std::vector<Real>(a.size(), Real(0))) << what;
}

template <class Real>
void check_linear(const Operators<Real>& table, std::int64_t rows, std::int64_t in, std::int32_t threads) {
  const std::int64_t out = 131;
  const auto x = drawn<Real>(rows * in, 1);
  const auto bias = drawn<Real>(out, 2);
  const auto narrow = stored(out * in);
  const auto wide = widened<Real>(narrow);
  auto y = drawn<Real>(rows * out, 3);
  auto y_bf16 = y;
  table.linear({rows, in, out, x.data(), wide.data(), bias.data(), y.data(), true, 1});
  table.linear_bf16({rows, in, out, x.data(), narrow.data(), bias.data(), y_bf16.data(), true, threads});
  expect_same(y, y_bf16, table.name + (" linear " + std::to_string(rows)) + " " + std::to_string(in));
}

template <class Real>
void check_readout(const Operators<Real>& table, std::int64_t rows, std::int64_t width,
                   std::int32_t threads) {
  const std::int64_t K = 3;
  const std::int64_t E = 37;
  const auto v = drawn<Real>(rows * K * width, 1);
  const auto narrow = stored(K * width * 2 * E);
  const auto wide = widened<Real>(narrow);
  std::vector<Real> y(static_cast<std::size_t>(rows * K * E));
  std::vector<Real> products(y.size() * 2);
  auto y_bf16 = y;
  auto products_bf16 = products;
  table.readout({rows, K, width, E, true, v.data(), wide.data(), products.data(), y.data(), 1});
  table.readout_bf16(
      {rows, K, width, E, true, v.data(), narrow.data(), products_bf16.data(), y_bf16.data(), threads});
  const std::string what = table.name + (" readout " + std::to_string(rows)) + " " + std::to_string(width);
  expect_same(y, y_bf16, what);
  expect_same(products, products_bf16, what);
}

template <class Real>
void check_embedding(const Operators<Real>& table, std::int64_t width, std::int32_t threads) {
  const std::vector<std::int64_t> ids{4, 0, 2, 2, 3};
  const auto narrow = stored(5 * width);
  const auto wide = widened<Real>(narrow);
  std::vector<Real> x(5 * static_cast<std::size_t>(width));
  auto x_bf16 = x;
  table.embedding({5, 5, width, ids.data(), wide.data(), x.data(), 1});
  table.embedding_bf16({5, 5, width, ids.data(), narrow.data(), x_bf16.data(), threads});
  expect_same(x, x_bf16, table.name + (" embedding " + std::to_string(width)));
}

template <class Real>
void check(const Operators<Real>& table) {
  for (const std::int32_t threads : {1, 3}) {
    for (const std::int64_t rows : {1, 2, 3, 7, 8, 9, 30}) {
      for (const std::int64_t in : {1, 13, 64, 259, 521}) check_linear(table, rows, in, threads);
      for (const std::int64_t width : {2, 9, 64}) check_readout(table, rows, width, threads);
    }
    for (const std::int64_t width : {1, 5, 16, 67}) check_embedding(table, width, threads);
  }
}

TEST(Bf16Weights, ResultsAreThoseOfTheWidenedWeights) {
  for (const Table* table : f32_operators()) check(*table);
  for (const Operators<double>* table : f64_operators()) check(*table);
}

}  // namespace
}  // namespace sca::kernels::test
