#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "evidence/judge/dump.hpp"
#include "reference/tensor.hpp"

namespace sca::reference::test {

/// A layer or block of tests/data/golden (its README has the format).
struct Golden {
  std::string name;
  evidence::judge::Dump dump;

  bool is_block() const { return dump.kind == evidence::judge::Kind::block; }
  template <class Real>
  Tensor<Real> tensor(const std::string& tensor) const {
    const evidence::Array& array = dump.tensors.at(tensor);
    return {array.shape, {array.values.begin(), array.values.end()}};
  }
  template <class Real>
  auto source() const {
    return [this](const std::string& parameter, const Shape&) { return tensor<Real>("p." + parameter); };
  }
};

inline Golden read_golden(const std::string& name) {
  return {name, evidence::judge::read_dump(SCA_SOURCE_DIR "/tests/data/golden/" + name + ".npz")};
}

/// All layers and blocks of SCA, but for the one of the released size.
inline std::vector<Golden> golden_layers() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(SCA_SOURCE_DIR "/tests/data/golden")) {
    const std::string name = entry.path().stem().string();
    if (name.starts_with("sca_") || name.starts_with("block_")) names.push_back(name);
  }
  std::ranges::sort(names);
  std::vector<Golden> layers;
  for (const std::string& name : names) layers.push_back(read_golden(name));
  return layers;
}

}  // namespace sca::reference::test
