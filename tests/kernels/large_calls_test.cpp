// What the judge's cases are too small for: sums and results that are cut into blocks, and enough work for
// threads. Under ThreadSanitizer (threads_test.cpp says how) this is also the search for races among the
// operators.
#include <gtest/gtest.h>

#include "tests/kernels/large_calls.hpp"

namespace sca::kernels::test {
namespace {

/// More than a block in every direction, and no multiple of anything.
constexpr std::int64_t rows = 251;
constexpr std::int64_t in = 263;
constexpr std::int64_t out = 523;
constexpr std::int64_t many = 2101;

Numbers linear(const Table& table, std::int32_t threads) {
  const Numbers x = integers(rows * in, 1);
  const Numbers weight = integers(out * in, 2);
  const Numbers bias = integers(out, 3);
  Numbers y = integers(rows * out, 4);
  table.linear({rows, in, out, x.data(), weight.data(), bias.data(), y.data(), true, threads});
  return y;
}

Numbers linear_of_few_rows(const Table& table, std::int32_t threads) {
  const std::int64_t wide = 4099;
  const Numbers x = integers(7 * wide, 1);
  const Numbers weight = integers(out * wide, 2);
  Numbers y(7 * out);
  table.linear({7, wide, out, x.data(), weight.data(), nullptr, y.data(), false, threads});
  return y;
}

/// More than is packed at once: in both directions, or of so many columns that they are what is cut.
template <std::int64_t those_rows, std::int64_t those_outputs>
Numbers linear_of_long_sums(const Table& table, std::int32_t threads) {
  const std::int64_t wide = 1100;
  const Numbers x = integers(those_rows * wide, 1);
  const Numbers weight = integers(those_outputs * wide, 2);
  Numbers y = integers(those_rows * those_outputs, 4);
  table.linear({those_rows, wide, those_outputs, x.data(), weight.data(), nullptr, y.data(), true, threads});
  return y;
}

Numbers linear_by_input(const Table& table, std::int32_t threads) {
  const Numbers weight = integers(out * in, 2);
  const Numbers y_gradient = integers(rows * out, 5);
  Numbers x_gradient(rows * in);
  table.linear_by_input({rows, in, out, weight.data(), y_gradient.data(), x_gradient.data(), false, threads});
  return x_gradient;
}

Numbers linear_by_parameters(const Table& table, std::int32_t threads) {
  const Numbers x = integers(rows * in, 1);
  const Numbers y_gradient = integers(rows * out, 5);
  Numbers weight_gradient = integers(out * in, 6);
  Numbers bias_gradient = integers(out, 7);
  table.linear_by_parameters(
      {rows, in, out, x.data(), y_gradient.data(), weight_gradient.data(), bias_gradient.data(), threads});
  return both(std::move(weight_gradient), bias_gradient);
}

constexpr std::int64_t K = 3;
constexpr std::int64_t width = 64;
constexpr std::int64_t E = 45;

/// The products alone: the gates are no integers.
Numbers readout(const Table& table, std::int32_t threads) {
  const Numbers v = integers(rows * K * width, 1);
  const Numbers weight = integers(K * width * 2 * E, 2);
  Numbers products(rows * K * 2 * E);
  Numbers y(rows * K * E);
  table.readout({rows, K, width, E, true, v.data(), weight.data(), products.data(), y.data(), threads});
  return products;
}

/// Of equal numbers: their root is exact.
Numbers norm_backward(const Table& table, std::int32_t threads) {
  const Numbers x(many * width, 2.0F);
  const Numbers gain = integers(width, 2);
  const Numbers y_gradient = integers(many * width, 3);
  Numbers x_gradient(many * width);
  Numbers gain_gradient = integers(width, 4);
  table.norm_backward({many, width, 0.0, x.data(), gain.data(), y_gradient.data(), x_gradient.data(),
                       gain_gradient.data(), false, threads});
  return both(std::move(x_gradient), gain_gradient);
}

const std::vector<Call>& exact_calls() {
  static const std::vector<Call> all{{"linear", linear},
                                     {"linear of few rows", linear_of_few_rows},
                                     {"linear of long sums", linear_of_long_sums<many, 37>},
                                     {"linear of long sums, wide", linear_of_long_sums<60, many>},
                                     {"linear_by_input", linear_by_input},
                                     {"linear_by_parameters", linear_by_parameters},
                                     {"readout", readout},
                                     {"norm_backward", norm_backward}};
  return all;
}

Numbers readout_backward(const Table& table, std::int32_t threads) {
  const Numbers v = integers(rows * K * width, 1);
  const Numbers weight = integers(K * width * 2 * E, 2);
  const Numbers products = integers(rows * K * 2 * E, 3);
  const Numbers y_gradient = integers(rows * K * E, 4);
  Numbers both_gradient(rows * K * 2 * E);
  Numbers v_gradient(rows * K * width);
  Numbers weight_gradient(K * width * 2 * E);
  table.readout_backward({rows, K, width, E, false, v.data(), weight.data(), products.data(),
                          y_gradient.data(), both_gradient.data(), v_gradient.data(), weight_gradient.data(),
                          threads});
  return both(std::move(v_gradient), weight_gradient);
}

template <bool gate_after>
Numbers gated_norm(const Table& table, std::int32_t threads) {
  const Numbers o = integers(rows * in, 1);
  const Numbers gate = integers(rows * in, 2);
  const Numbers gain = integers(in, 3);
  const Numbers v_gradient = integers(rows * in, 4);
  Numbers v(rows * in);
  Numbers o_gradient(rows * in);
  Numbers gate_gradient(rows * in);
  Numbers gain_gradient(in);
  table.gated_norm({rows, in, 1e-5, gate_after, o.data(), gate.data(), gain.data(), v.data(), threads});
  table.gated_norm_backward({rows, in, 1e-5, gate_after, o.data(), gate.data(), gain.data(),
                             v_gradient.data(), o_gradient.data(), gate_gradient.data(), gain_gradient.data(),
                             threads});
  return both(both(both(std::move(v), o_gradient), gate_gradient), gain_gradient);
}

Numbers norm(const Table& table, std::int32_t threads) {
  const Numbers x = integers(many * in, 1);
  const Numbers gain = integers(in, 2);
  Numbers y(many * in);
  table.norm({many, in, 1e-5, x.data(), gain.data(), y.data(), threads});
  return y;
}

Numbers swiglu(const Table& table, std::int32_t threads) {
  const Numbers products = integers(rows * 2 * in, 1);
  const Numbers h_gradient = integers(rows * in, 2);
  Numbers h(rows * in);
  Numbers both_gradient(rows * 2 * in);
  table.swiglu({rows, in, products.data(), h.data(), threads});
  table.swiglu_backward({rows, in, products.data(), h_gradient.data(), both_gradient.data(), threads});
  return both(std::move(h), both_gradient);
}

/// Channels [first, first + count) of a convolution of `out` channels by 4 weights, there and back.
Numbers mix_channels(const Table& table, std::int32_t threads, std::int64_t first, std::int64_t count) {
  const std::int64_t L = 83;
  const Numbers all_u = integers(2 * L * out, 1);
  const Numbers all_weights = integers(out * 4, 2);
  const Numbers all_gradients = integers(2 * L * out, 3);
  Numbers u;
  Numbers z_gradient;
  for (std::int64_t row = 0; row < 2 * L; ++row) {
    u.insert(u.end(), all_u.begin() + row * out + first, all_u.begin() + row * out + first + count);
    z_gradient.insert(z_gradient.end(), all_gradients.begin() + row * out + first,
                      all_gradients.begin() + row * out + first + count);
  }
  const float* weights = all_weights.data() + first * 4;
  Numbers z(u.size());
  Numbers u_gradient(u.size());
  Numbers conv_gradient(static_cast<std::size_t>(count) * 4);
  table.mix({2, L, count, 4, u.data(), weights, z.data(), nullptr, threads});
  table.mix_backward({2, L, count, 4, u.data(), weights, z_gradient.data(), u_gradient.data(),
                      conv_gradient.data(), threads});
  return both(both(std::move(z), u_gradient), conv_gradient);
}

Numbers mix(const Table& table, std::int32_t threads) { return mix_channels(table, threads, 0, out); }

TEST(LargeCalls, ProductsOfIntegersAreExact) {
  const Table& plain = *f32_operators().front();
  for (const Call& call : exact_calls()) {
    const Numbers expected = call.results(plain, 1);
    EXPECT_NE(expected, Numbers(expected.size())) << call.name;
    for (const Table* table : f32_operators())
      EXPECT_EQ(call.results(*table, 1), expected) << call.name << " of " << table->name;
  }
}

TEST(LargeCalls, ChannelsOfAConvolutionAreIndependent) {
  for (const Table* table : f32_operators()) {
    const Numbers all = mix_channels(*table, 1, 0, out);
    const std::int64_t all_rows = (static_cast<std::int64_t>(all.size()) - 4 * out) / out;
    for (const std::int64_t channel : {std::int64_t{0}, std::int64_t{255}, std::int64_t{256}, out - 1}) {
      const Numbers one = mix_channels(*table, 1, channel, 1);
      Numbers part;
      for (std::int64_t row = 0; row < all_rows; ++row)
        part.push_back(all[static_cast<std::size_t>(row * out + channel)]);
      const auto weights = all.begin() + all_rows * out + channel * 4;
      part.insert(part.end(), weights, weights + 4);
      EXPECT_EQ(one, part) << table->name << ", channel " << channel;
    }
  }
}

TEST(LargeCalls, ThreadsChangeNoBit) {
  std::vector<Call> calls = exact_calls();
  calls.insert(calls.end(), {{"readout_backward", readout_backward},
                             {"gated_norm", gated_norm<false>},
                             {"gated_norm, gate after", gated_norm<true>},
                             {"norm", norm},
                             {"swiglu", swiglu},
                             {"mix", mix}});
  for (const Table* table : f32_operators().subspan(1)) {
    for (const Call& call : calls) {
      const Numbers expected = call.results(*table, 1);
      for (const int threads : {2, 3, 8})
        EXPECT_EQ(call.results(*table, threads), expected)
            << call.name << " of " << table->name << ", " << threads;
    }
  }
}

}  // namespace
}  // namespace sca::kernels::test
