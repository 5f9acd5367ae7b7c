// As large_calls_test.cpp, for the operators around attention and the loss: enough work for threads, none of
// which may change a bit.
#include <gtest/gtest.h>

#include "tests/kernels/large_calls.hpp"

namespace sca::kernels::test {
namespace {

constexpr std::int64_t B = 2, L = 131, heads = 6, kv_heads = 3, hd = 20;
constexpr std::int64_t of_queries = B * L * heads * hd;
constexpr std::int64_t of_keys = B * L * kv_heads * hd;

Numbers attention(const Table& table, std::int32_t threads) {
  const Numbers q = integers(of_queries, 1);
  const Numbers k = integers(of_keys, 2);
  const Numbers v = integers(of_keys, 3);
  const Numbers y_gradient = integers(of_queries, 4);
  Numbers y(of_queries);
  Numbers log_sum(B * L * heads);
  Numbers q_gradient(of_queries);
  Numbers k_gradient(of_keys);
  Numbers v_gradient(of_keys);
  table.attention({B, L, heads, kv_heads, hd, 0, L * kv_heads * hd, q.data(), k.data(), v.data(), nullptr,
                   y.data(), log_sum.data(), threads});
  table.attention_backward({B, L, heads, kv_heads, hd, q.data(), k.data(), v.data(), nullptr, y.data(),
                            log_sum.data(), y_gradient.data(), q_gradient.data(), k_gradient.data(),
                            v_gradient.data(), threads});
  return both(both(both(std::move(y), q_gradient), k_gradient), v_gradient);
}

/// One token against a long cache.
Numbers attention_step(const Table& table, std::int32_t threads) {
  constexpr std::int64_t position = 4099;
  const Numbers q = integers(B * heads * hd, 1);
  const Numbers k = integers(B * (position + 1) * kv_heads * hd, 2);
  const Numbers v = integers(B * (position + 1) * kv_heads * hd, 3);
  Numbers y(B * heads * hd);
  table.attention({B, 1, heads, kv_heads, hd, position, (position + 1) * kv_heads * hd, q.data(), k.data(),
                   v.data(), nullptr, y.data(), nullptr, threads});
  return y;
}

Numbers position(const Table& table, std::int32_t threads) {
  const Numbers cosine = integers(L * hd / 2, 1);
  const Numbers sine = integers(L * hd / 2, 2);
  const Numbers x = integers(of_queries, 3);
  const Numbers y_gradient = integers(of_queries, 4);
  Numbers y(of_queries);
  Numbers x_gradient(of_queries);
  table.position({B, L, heads, hd, 0, true, 1e-5, cosine.data(), sine.data(), x.data(), y.data(),
                  L * heads * hd, threads});
  table.position_backward({B, L, heads, hd, 0, true, 1e-5, cosine.data(), sine.data(), x.data(),
                           y_gradient.data(), x_gradient.data(), threads});
  return both(std::move(y), x_gradient);
}

constexpr std::int64_t rows = 1031, vocab = 211;

std::vector<std::int64_t> ids() {
  std::vector<std::int64_t> all;
  for (const float x : integers(rows, 5)) all.push_back(static_cast<std::int64_t>(x) + 3);
  return all;
}

/// Few ids, each many times.
Numbers embedding(const Table& table, std::int32_t threads) {
  const std::vector<std::int64_t> id = ids();
  const Numbers values = integers(vocab * hd, 1);
  const Numbers x_gradient = integers(rows * hd, 2);
  Numbers x(rows * hd);
  Numbers table_gradient(vocab * hd);
  table.embedding({rows, vocab, hd, id.data(), values.data(), x.data(), threads});
  table.embedding_backward({rows, vocab, hd, id.data(), x_gradient.data(), table_gradient.data(), threads});
  return both(std::move(x), table_gradient);
}

Numbers cross_entropy(const Table& table, std::int32_t threads) {
  const std::vector<std::int64_t> labels = ids();
  const Numbers logits = integers(rows * vocab, 1);
  Numbers loss(1);
  Numbers losses(rows);
  Numbers gradient(rows * vocab);
  table.cross_entropy(
      {rows, vocab, logits.data(), labels.data(), loss.data(), losses.data(), gradient.data(), threads});
  return both(both(std::move(loss), losses), gradient);
}

Numbers adamw(const Table& table, std::int32_t threads) {
  constexpr std::int64_t count = 300007;
  const Numbers gradient = integers(count, 1);
  Numbers p = integers(count, 2);
  Numbers m = integers(count, 3);
  Numbers v(count, 2.0F);
  double sum = 0;
  table.adamw(
      {count, 3, 1e-3, 0.9, 0.95, 1e-8, 0.1, 0.5, gradient.data(), p.data(), m.data(), v.data(), threads});
  table.squared_norm({count, gradient.data(), &sum, threads});
  return both(both(both(std::move(p), m), v), {static_cast<float>(sum)});
}

const std::vector<Call>& calls() {
  static const std::vector<Call> all{
      {"attention", attention}, {"attention, one token", attention_step}, {"position", position},
      {"embedding", embedding}, {"cross_entropy", cross_entropy},         {"adamw", adamw}};
  return all;
}

TEST(LargeAttention, ThreadsChangeNoBit) {
  for (const Table* table : f32_operators().subspan(1)) {
    for (const Call& call : calls()) {
      const Numbers expected = call.results(*table, 1);
      for (const int threads : {2, 3, 8})
        EXPECT_EQ(call.results(*table, threads), expected)
            << call.name << " of " << table->name << ", " << threads;
    }
  }
}

TEST(LargeAttention, SumsOfIntegersAreExact) {
  const Table& plain = *f32_operators().front();
  for (const Table* table : f32_operators().subspan(1)) EXPECT_EQ(embedding(*table, 3), embedding(plain, 1));
}

}  // namespace
}  // namespace sca::kernels::test
