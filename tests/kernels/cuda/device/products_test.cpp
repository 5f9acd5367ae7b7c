#include "kernels/cuda/device/products.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/kernels/cuda/device/fake_cublaslt.hpp"
#include "tests/kernels/cuda/device/operands.hpp"

namespace sca::kernels::cuda::test {
namespace {

/// Through one StreamProducts, so that what was chosen for one product is there for the next.
TEST(StreamProducts, AreThoseOfAPlainLoop) {
  fake = {};
  std::optional<StreamProducts> products(std::in_place, library, stream);
  const std::int64_t sizes[][3] = {{1, 1, 1}, {2, 3, 5}, {7, 4, 3}, {1, 6, 2},
                                   {5, 1, 4}, {3, 3, 1}, {8, 8, 8}};
  for (int bits = 0; bits < 64; ++bits) {
    for (const auto& [rows, columns, inner] : sizes) {
      const Case s{(bits & 32) != 0 ? 3 : 1,
                   rows,
                   columns,
                   inner,
                   (bits & 16) != 0 ? 3 : 0,
                   (bits & 1) != 0,
                   (bits & 2) != 0,
                   (bits & 4) != 0,
                   (bits & 8) != 0};
      Operands all(s);
      const Batch expected = all.expected();
      products->multiply(all.product());
      EXPECT_TRUE(are_same(all.c, expected)) << bits << ": " << rows << " " << columns << " " << inner;
    }
  }
  EXPECT_EQ(fake.products, 64 * 7);
  products.reset();
  EXPECT_EQ(fake.alive, 0);
}

TEST(StreamProducts, OneHandleForAll) {
  fake = {};
  Operands all{Case{}};
  StreamProducts products(library, stream);
  for (int i = 0; i < 3; ++i) products.multiply(all.product());
  EXPECT_EQ(fake.products, 3);
  EXPECT_EQ(fake.alive, 1);
}

TEST(StreamProducts, AskHowOnce) {
  fake = {};
  StreamProducts products(library, stream);
  const Case s{.padding = 2, .has_bias = true};
  Operands first(s), second(s);
  products.multiply(first.product());
  products.multiply(second.product());
  EXPECT_EQ(fake.chosen.size(), 1U);
  Product added = first.product();
  added.adds = true;
  products.multiply(added);
  EXPECT_EQ(fake.chosen.size(), 1U);
  void (*const changes[])(Product&) = {
      [](Product& p) { p.count = 2; },
      [](Product& p) { p.rows = 1; },
      [](Product& p) { p.columns = 2; },
      [](Product& p) { p.inner = 3; },
      [](Product& p) { ++p.a.pitch; },
      [](Product& p) { p.a.step += 4; },
      [](Product& p) { ++p.b.pitch; },
      [](Product& p) { p.b.step += 4; },
      [](Product& p) { ++p.c_pitch; },
      [](Product& p) { p.c_step += 4; },
      [](Product& p) { p.a.is_transposed = true; },
      [](Product& p) { p.b.is_transposed = true; },
      [](Product& p) { p.bias = nullptr; },
      [](Product& p) { ++p.a.first; },
      [](Product& p) { --p.b.first; },
      [](Product& p) { ++p.c; },
      [](Product& p) { ++p.bias; },
  };
  for (const auto change : changes) {
    const std::size_t before = fake.chosen.size();
    Product other = first.product();
    change(other);
    products.multiply(other);
    EXPECT_EQ(fake.chosen.size(), before + 1);
  }
}

TEST(StreamProducts, OneMatrixForAllOfABatch) {
  fake = {};
  Operands all{Case{}};
  all.b.step = 0;
  const Batch expected = all.expected();
  EXPECT_EQ(fault_of(library, all.product()), "");
  EXPECT_TRUE(are_same(all.c, expected));
}

TEST(StreamProducts, PromiseNoMoreAlignmentThanThereIs) {
  using Alignments = std::vector<std::uint32_t>;  // of b, a, c, c
  const auto promised = [](Case s, std::int64_t steps) {
    fake = {};
    Operands all(s);
    Product product = all.product();
    product.a.step = product.b.step = product.c_step = steps;
    EXPECT_EQ(fault_of(library, product), "");
    return fake.alignments;
  };
  Case s{1, 2, 3, 4};
  s.offset_a = 8, s.offset_b = 0, s.offset_c = 3;
  EXPECT_EQ(promised(s, 1), (Alignments{256, 32, 4, 4}));
  s.count = 2, s.offset_c = 128;
  EXPECT_EQ(promised(s, 12), (Alignments{16, 16, 16, 16}));
}

TEST(StreamProducts, OfNothing) {
  fake = {};
  StreamProducts products(library, stream);
  for (const Case& s :
       {Case{.count = 0}, Case{.rows = 0}, Case{.columns = 0}, Case{.inner = 0, .adds = true}})
    products.multiply(Operands(s).product());
  EXPECT_EQ(fake.products, 0);
  const std::string what = "multiplying 3 x [2, 0] by [0, 3]: cuBLASLt knows no empty sum";
  EXPECT_EQ(fault_of(library, Operands(Case{.inner = 0}).product()), what);
  EXPECT_EQ(fault_of(library, Operands(Case{.inner = 0, .adds = true, .has_bias = true}).product()), what);
  Operands all{Case{}};
  Product product = all.product();
  product.count = std::int64_t{1} << 31;
  EXPECT_EQ(fault_of(library, product),
            "multiplying 2147483648 x [2, 4] by [4, 3]: more than cuBLASLt can count");
}

TEST(StreamProducts, WhateverFailsIsNamed) {
  const std::map<std::string, std::string> words{
      {"Create", "starting cuBLASLt"},
      {"MatmulDescCreate", "describing a product"},
      {"MatmulDescSetAttribute", "describing a product"},
      {"MatrixLayoutCreate", "describing a matrix"},
      {"MatrixLayoutSetAttribute", "describing a matrix"},
      {"MatmulPreferenceCreate", "telling how matrices are aligned"},
      {"MatmulPreferenceSetAttribute", "telling how matrices are aligned"},
      {"MatmulAlgoGetHeuristic", "choosing how: multiplying 3 x [2, 4] by [4, 3]"},
      {"Matmul", "multiplying 3 x [2, 4] by [4, 3]"}};
  std::set<std::string> failed;
  for (int call = 1;; ++call) {
    fake = {call};
    Operands all(Case{.has_a_transposed = true, .has_b_transposed = true, .has_bias = true});
    const Batch before = all.c;
    const std::string fault = fault_of(library, all.product());
    EXPECT_EQ(fake.alive, 0);
    if (fake.failed.empty()) break;
    failed.insert(fake.failed);
    EXPECT_EQ(fault, words.at(fake.failed) + ": INVALID") << call;
    EXPECT_TRUE(are_same(all.c, before));
  }
  EXPECT_EQ(failed.size(), words.size());
}

TEST(StreamProducts, WhereCublasLtKnowsNoWay) {
  Operands all{Case{}};
  const std::string fault = "choosing how: multiplying 3 x [2, 4] by [4, 3]: NOT SUPPORTED";
  fake = {.found = 0};
  EXPECT_EQ(fault_of(library, all.product()), fault);
  fake = {.chosen_status = 15};
  EXPECT_EQ(fault_of(library, all.product()), fault);
}

}  // namespace
}  // namespace sca::kernels::cuda::test
