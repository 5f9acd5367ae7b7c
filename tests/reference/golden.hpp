#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "evidence/input/npz.hpp"
#include "reference/model.hpp"

namespace sca::reference::test {

/// A case of tests/data/golden (its README has the format), or of $SCA_GOLDEN, a directory with more of them.
struct Golden {
  std::string name;
  std::map<std::string, evidence::Array> arrays;

  bool has(const std::string& tensor) const { return arrays.contains(tensor); }
  std::size_t size(std::size_t i) const { return static_cast<std::size_t>(arrays.at("cfg").values.at(i)); }
  int kind() const { return static_cast<int>(size(0)); }
  std::optional<std::size_t> length(std::size_t i) const {
    return arrays.at("cfg").values.at(i) < 0 ? std::nullopt : std::optional(size(i));
  }
  /// The tensor as exact numbers of another scalar.
  template <class Real>
  Tensor<Real> tensor(const std::string& tensor) const {
    const evidence::Array& array = arrays.at(tensor);
    Tensor<Real> result{array.shape, {}};
    for (const double x : array.values) result.data.push_back(Real(x));
    return result;
  }
  template <class Real>
  auto source() const {
    return [this](const std::string& parameter, const Shape&) { return tensor<Real>("p." + parameter); };
  }
};

inline std::vector<std::filesystem::path> golden_files() {
  const char* other = std::getenv("SCA_GOLDEN");
  std::vector<std::filesystem::path> files;
  const std::filesystem::path directory(other != nullptr ? other : SCA_SOURCE_DIR "/tests/data/golden");
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.path().extension() == ".npz") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

inline Golden read_golden(const std::filesystem::path& file) {
  return {file.stem().string(), evidence::read_npz(file)};
}

inline LayerConfig layer_config(const Golden& g) {
  return {.D = g.size(3),
          .K = g.size(4),
          .Kq = g.size(5),
          .M = g.size(6),
          .H = g.size(7),
          .ck = g.size(8),
          .anchors = g.size(9),
          .out_expand = g.size(10),
          .maxlen = g.length(11)};
}

inline BlockConfig block_config(const Golden& g) {
  return {.D = g.size(3),
          .num_heads = g.size(4),
          .num_kv_heads = g.size(5),
          .d_ff = g.size(6),
          .qk_norm = g.size(7) != 0,
          .maxlen = g.size(8)};
}

inline ModelConfig model_config(const Golden& g) {
  ModelConfig c;
  c.vocab = g.size(6);
  c.num_layers = g.size(5);
  c.ratio = g.size(16);
  c.layer = {.D = g.size(3),
             .K = g.size(11),
             .Kq = g.size(12),
             .M = g.size(13),
             .H = g.size(20),
             .ck = g.size(14),
             .anchors = g.size(17),
             .out_expand = g.size(15),
             .maxlen = g.length(7)};
  c.block = {.D = g.size(3),
             .num_heads = g.size(8),
             .num_kv_heads = g.size(9),
             .d_ff = g.size(4),
             .qk_norm = g.size(10) != 0,
             .maxlen = g.size(7)};
  return c;
}

}  // namespace sca::reference::test
