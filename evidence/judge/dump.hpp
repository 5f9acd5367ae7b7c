#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "evidence/input/array.hpp"
#include "evidence/input/error.hpp"
#include "reference/model_config.hpp"

namespace sca::evidence::judge {

/// What a dump is of; the first entry of its `cfg`.
enum class Kind { layer = 0, block = 1, transformer = 2, model = 3, generated_layer = 4 };

/// Tensors that somebody computed, with what they were computed from. docs/check-your-implementation.md has
/// the format.
///
/// shape    B sequences of L tokens; the configuration of the kind is filled, the others are not (a model's
///          has both parts)
/// domain   inputs and parameters are finite; results are whatever was stored
struct Dump {
  std::string file;
  Kind kind{};
  std::size_t B = 0;
  std::size_t L = 0;
  reference::LayerConfig layer{};
  reference::BlockConfig block{};
  reference::ModelConfig model{};
  std::size_t prefill = 0;  // tokens before `prefill_step_logits` begins to step
  std::uint64_t seed = 0;   // of a generated layer
  std::map<std::string, Array> tensors{};

  bool has(const std::string& name) const { return tensors.contains(name); }
  bool has_layer() const {
    return kind == Kind::layer || kind == Kind::block || kind == Kind::generated_layer;
  }
  /// Steps 2 to 5 alone: i.z_act takes the place of x, and of the parameters only theirs are needed.
  bool is_core_only() const { return kind == Kind::layer && !has("x") && !has("out") && has("i.z_act"); }
  /// The tokens after which states were recorded (st.t).
  std::vector<double> recorded_steps() const;
  /// The tensor, which must be there with this shape and finite. Throws InputError that names it.
  const Array& input(const std::string& name, const std::vector<std::size_t>& shape) const;
};

/// Whether Steps 2 to 5 use this parameter.
inline bool is_of_core(const std::string& name) {
  return name.ends_with("_raw") || name.ends_with("_slopes") || name.starts_with("score_") ||
         name == "phase_scale";
}

/// Parameters from another file: tensor `prefix + NAME` of `checkpoint` becomes p.NAME.
struct Checkpoint {
  std::filesystem::path file;  // .safetensors, under the released names
  std::string prefix;
};

/// Reads and checks an .npz.
///
/// errors   InputError for all of `read_npz`, a `cfg` that is missing, of unknown kind or impossible, and a
///          parameter or input that is missing, of another shape or not finite
Dump read_dump(const std::filesystem::path& file, const std::optional<Checkpoint>& checkpoint = std::nullopt);

/// The same of arrays already in memory.
Dump to_dump(std::string file, std::map<std::string, Array> tensors);

/// The numbers of `array` as an exact count. Throws InputError unless all are integers in [0, 2^53).
std::vector<std::size_t> counts(const std::string& file, const std::string& field, const Array& array);

}  // namespace sca::evidence::judge
