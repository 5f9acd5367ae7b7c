#pragma once

#include "tests/kernels/cuda/fiber/device.hpp"

// What the samples must give; each counts the numbers that are wrong. Without GoogleTest, and without
// anything of the C++ library that MemorySanitizer cannot follow.

namespace sca::kernels::cuda::test {

inline int wrong_doubles(Runner& runner, int blocks, int threads) {
  const int count = blocks * threads;
  Numbers<float> x(runner, count, "x");
  Numbers<float> y(runner, count, "y");
  x.set(sample);
  launch(runner, "doubles", {1, static_cast<unsigned>(blocks)}, static_cast<unsigned>(threads),
         Rows{x.data(), y.data(), count});
  int wrong = 0;
  for (int i = 0; i < count; ++i)
    if (!(y[i] == 2 * sample(i))) ++wrong;
  // As many along three axes.
  launch(runner, "doubles", {2, 3, static_cast<unsigned>(blocks)}, static_cast<unsigned>(threads + 5) / 6,
         Rows{y.data(), x.data(), count});
  for (int i = 0; i < count; ++i)
    if (!(x[i] == 4 * sample(i))) ++wrong;
  return wrong;
}

inline int wrong_block_scans(Runner& runner, int rows, int columns) {
  Numbers<float> x(runner, rows * columns, "x");
  Numbers<float> y(runner, rows * columns, "y");
  x.set(sample);
  launch(runner, "block_scan", {static_cast<unsigned>(rows)}, 64, Rows{x.data(), y.data(), columns});
  int wrong = 0;
  float sum = 0;
  for (int i = 0; i < rows * columns; ++i) {
    sum = i % columns == 0 ? sample(i) : sum + sample(i);
    if (!(y[i] == sum)) ++wrong;
  }
  return wrong;
}

inline int wrong_warp_scans(Runner& runner, int count) {
  Numbers<float> x(runner, count, "x");
  Numbers<float> y(runner, count, "y");
  x.set(sample);
  launch(runner, "warp_scan", {static_cast<unsigned>(count + 63) / 64}, 64, Rows{x.data(), y.data(), count});
  int wrong = 0;
  float sum = 0;
  for (int i = 0; i < count; ++i) {
    sum = i % 32 == 0 ? sample(i) : sum + sample(i);
    if (!(y[i] == sum)) ++wrong;
  }
  return wrong;
}

inline int wrong_block_sums(Runner& runner, int rows, int columns) {
  Numbers<float> x(runner, rows * columns, "x");
  Numbers<float> y(runner, rows, "y");
  x.set(sample);
  launch(runner, "block_sum", {static_cast<unsigned>(rows)}, 96, Rows{x.data(), y.data(), columns});
  int wrong = 0;
  for (int row = 0; row < rows; ++row) {
    float sum = 0;
    for (int i = 0; i < columns; ++i) sum += sample(row * columns + i);
    if (!(y[row] == sum)) ++wrong;
  }
  return wrong;
}

inline int wrong_totals(Runner& runner, const char* kernel, int rows, int columns) {
  Numbers<float> x(runner, rows * columns, "x");
  Numbers<float> y(runner, rows + 1, "y");
  Numbers<int> arrived(runner, 1, "arrived");
  x.set(sample);
  arrived.set([](int) { return 0; });
  launch(runner, kernel, {static_cast<unsigned>(rows)}, 32,
         Totals{{x.data(), y.data(), columns}, arrived.data()});
  float all = 0;
  for (int i = 0; i < rows * columns; ++i) all += sample(i);
  return y[rows] == all ? 0 : 1;
}

/// domain   columns a multiple of 4
inline int wrong_reversals(Runner& runner, int rows, int columns) {
  Numbers<float> x(runner, rows * columns, "x");
  Numbers<float> y(runner, rows * columns, "y");
  x.set(sample);
  launch(runner, "reverse", {static_cast<unsigned>(rows)}, 40, Rows{x.data(), y.data(), columns},
         sizeof(float) * static_cast<std::size_t>(columns));
  int wrong = 0;
  for (int row = 0; row < rows; ++row)
    for (int i = 0; i < columns; ++i)
      if (!(y[row * columns + i] == sample((row + 1) * columns - 1 - i))) ++wrong;
  return wrong;
}

inline int wrong_histograms(Runner& runner, int count, int bins, unsigned blocks) {
  const auto value = [bins](int i) { return i * i % bins; };
  Numbers<int> x(runner, count, "x");
  Numbers<int> counts(runner, bins + 3, "counts");
  x.set(value);
  counts.set([](int) { return 0; });
  launch(runner, "histogram", {blocks}, 64, Histogram{x.data(), count, bins, counts.data()});
  int wrong = counts[bins + 1] == static_cast<int>(blocks) && counts[bins + 2] == 7 ? 0 : 1;
  int largest = 0;
  for (int bin = 0; bin < bins; ++bin) {
    int expected = 0;
    for (int i = 0; i < count; ++i) expected += value(i) == bin ? 1 : 0;
    if (counts[bin] != expected) ++wrong;
    if (expected != 0) largest = bin;
  }
  return wrong + (counts[bins] == largest ? 0 : 1);
}

/// Warps of which all, none and some vote for.
inline int wrong_votes(Runner& runner) {
  const auto vote = [](int i) { return i < 32 ? 1 : i < 64 ? 0 : i % 3 == 0 ? 2 : 0; };
  Numbers<int> x(runner, 96, "x");
  Numbers<unsigned> told(runner, 8 * 96, "told");
  x.set(vote);
  launch(runner, "votes", {}, 96, Votes{x.data(), told.data()});
  unsigned ballots[3]{};
  unsigned count = 0;
  for (int i = 0; i < 96; ++i) {
    if (vote(i) == 0) continue;
    ++count;
    ballots[i / 32] |= 1U << i % 32;
  }
  int wrong = 0;
  for (int i = 0; i < 96; ++i) {
    const unsigned ballot = ballots[i / 32];
    const unsigned expected[]{count,
                              0,
                              1,
                              ballot,
                              ballot == 0xffffffffU ? 1U : 0U,
                              ballot != 0 ? 1U : 0U,
                              static_cast<unsigned>(i / 16 * 16 + 3),
                              i % 2 == 0 ? 0x55555555U : 0U};
    for (int k = 0; k < 8; ++k)
      if (told[8 * i + k] != expected[k]) ++wrong;
  }
  return wrong;
}

/// All of them, of sizes that fill blocks and that do not.
inline int wrong_samples(Runner& runner) {
  int wrong = wrong_doubles(runner, 3, 48) + wrong_totals(runner, "totals", 5, 9) + wrong_votes(runner) +
              wrong_histograms(runner, 500, 40, 3) + wrong_reversals(runner, 3, 52);
  for (const int columns : {1, 31, 64, 65, 200}) {
    wrong += wrong_block_scans(runner, 3, columns) + wrong_block_sums(runner, 3, columns);
    wrong += wrong_warp_scans(runner, columns);
  }
  return wrong;
}

}  // namespace sca::kernels::cuda::test
