#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>
#include <string_view>

#include "bench/network/layer.hpp"
#include "bench/network/model.hpp"
#include "bench/network/ready_network.hpp"
#include "bench/selection.hpp"

// sca_networks_peer NAME L THREADS FILE: a network that `sca bench` times, for networks.py, its only caller.
// Writes all tensors into FILE, one after the other, and says on a line of JSON what stands where. Then for
// every line it gets: "call" runs it once, "write" writes the tensors again; each answered by a line.

namespace {

using sca::bench::CallTensor;

std::unique_ptr<sca::bench::Ready> made(std::string_view name, std::int64_t L, int threads) {
  const auto all = sca::bench::everything({}, sca::bench::implementations()).networks;
  const auto found = std::ranges::find(all, name, [](const auto& one) { return one.name(); });
  if (found == all.end()) return nullptr;
  const sca_core_shape shape{.B = 1, .L = L, .K = 16, .Kq = 16, .H = 64, .M = 2};
  return is_of_layer(found->operation) ? timed_layer(*found, shape, threads)->prepare()
                                       : timed_model(*found, L, threads)->prepare();
}

std::int64_t bytes_of(const CallTensor& tensor) {
  const auto& shape = tensor.shape;
  const std::int64_t count =
      std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
  return count * static_cast<std::int64_t>(tensor.is_ids ? sizeof(std::int64_t) : sizeof(float));
}

void write(const std::vector<CallTensor>& tensors, const char* path) {
  std::ofstream file(path, std::ios::binary);
  for (const CallTensor& one : tensors) file.write(static_cast<const char*>(one.data), bytes_of(one));
}

nlohmann::ordered_json index_of(const std::vector<CallTensor>& tensors,
                                const sca::kernels::NetworkSizes& sizes) {
  const sca::kernels::LayerSizes& l = sizes.layer;
  const sca::kernels::TransformerSizes& t = sizes.transformer;
  nlohmann::ordered_json index{{"sizes",
                                {{"vocab", sizes.vocab},
                                 {"blocks", sizes.blocks},
                                 {"ratio", sizes.ratio},
                                 {"D", l.D},
                                 {"K", l.K},
                                 {"Kq", l.Kq},
                                 {"H", l.H},
                                 {"M", l.M},
                                 {"ck", l.ck},
                                 {"heads", t.heads},
                                 {"kv_heads", t.kv_heads},
                                 {"maxlen", t.maxlen}}}};
  std::int64_t offset = 0;
  for (const CallTensor& one : tensors) {
    index["tensors"].push_back(
        {{"name", one.name}, {"offset", offset}, {"type", one.is_ids ? "<i8" : "<f4"}, {"shape", one.shape}});
    offset += bytes_of(one);
  }
  return index;
}

}  // namespace

int main(int count, char** words) {
  if (count != 5) {
    std::cerr << "sca_networks_peer: expected NAME L THREADS FILE\n";
    return 2;
  }
  const auto ready = made(words[1], std::stoll(words[2]), std::stoi(words[3]));
  auto* network = dynamic_cast<sca::bench::ReadyNetwork*>(ready.get());
  if (network == nullptr) {
    std::cerr << fmt::format("sca_networks_peer: {}: expected a name of `sca bench --list`\n", words[1]);
    return 2;
  }
  const std::vector<CallTensor> tensors = network->tensors();
  write(tensors, words[4]);
  std::cout << index_of(tensors, network->sizes()).dump() << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    line == "call" ? static_cast<void>(network->call()) : write(tensors, words[4]);
    std::cout << "done" << std::endl;
  }
  return 0;
}
