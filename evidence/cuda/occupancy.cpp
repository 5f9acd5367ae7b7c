#include "evidence/cuda/occupancy.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>
#include <string>

namespace sca::evidence::cuda {
namespace {

constexpr int lanes = 32;
constexpr int registers_of_all = 65536;
constexpr int registers_at_a_time = 256;  // of a warp
constexpr int partitions = 4;             // of a multiprocessor: each has its own registers
constexpr int most_threads_of_block = 1024;
constexpr int no_limit = std::numeric_limits<int>::max();
constexpr std::int64_t kib = 1024;

constexpr std::array all_architectures{
    Architecture{75, 1024, 64 * kib, 16, 0, 256},     Architecture{80, 2048, 164 * kib, 32, kib, 128},
    Architecture{86, 1536, 100 * kib, 16, kib, 128},  Architecture{89, 1536, 100 * kib, 24, kib, 128},
    Architecture{90, 2048, 228 * kib, 32, kib, 128},  Architecture{100, 2048, 228 * kib, 32, kib, 128},
    Architecture{120, 1536, 100 * kib, 24, kib, 128},
};

template <class Number>
constexpr Number rounded_up(Number number, Number unit) {
  return (number + unit - 1) / unit * unit;
}

int blocks_by_registers(int registers, int warps) {
  if (registers == 0) return no_limit;
  const int of_warp = rounded_up(registers * lanes, registers_at_a_time);
  return registers_of_all / partitions / of_warp * partitions / warps;
}

int blocks_by_shared(const Architecture& on, std::int64_t shared) {
  const std::int64_t of_block = rounded_up(shared + on.reserved, on.granularity);
  if (of_block == 0) return no_limit;
  return static_cast<int>(on.shared / of_block);
}

}  // namespace

std::span<const Architecture> architectures() { return all_architectures; }

const Architecture& architecture(int number) {
  const auto* found = std::ranges::find(all_architectures, number, &Architecture::number);
  if (found == all_architectures.end())
    throw std::out_of_range("no architecture sm_" + std::to_string(number));
  return *found;
}

Occupancy occupancy(const Architecture& on, const BlockNeeds& block) {
  const int warps = (block.threads + lanes - 1) / lanes;
  struct Limit {
    int blocks;
    std::string_view name;
  };
  const std::array limits{
      Limit{block.threads > most_threads_of_block ? 0 : on.threads / lanes / warps, "warps"},
      Limit{blocks_by_registers(block.registers, warps), "registers"},
      Limit{blocks_by_shared(on, block.shared), "shared memory"}, Limit{on.blocks, "blocks"}};
  const Limit& least = *std::ranges::min_element(limits, {}, &Limit::blocks);
  const int running = least.blocks * warps;
  return {least.blocks, running, static_cast<double>(running * lanes) / on.threads, least.name};
}

}  // namespace sca::evidence::cuda
