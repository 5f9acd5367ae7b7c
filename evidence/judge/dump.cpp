#include "evidence/judge/dump.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <stdexcept>

#include "evidence/input/npz.hpp"
#include "evidence/input/safetensors.hpp"
#include "evidence/judge/generated.hpp"
#include "reference/sca_block.hpp"
#include "reference/transformer_block.hpp"

namespace sca::evidence::judge {
namespace {

/// Larger sizes are mistakes, and products of three of them would not fit.
constexpr double largest_size = 1 << 20;

/// `cfg` under names, with every entry checked.
class Sizes {
 public:
  explicit Sizes(const Dump& dump) : file_(dump.file) {
    const auto found = dump.tensors.find("cfg");
    if (found == dump.tensors.end()) fail("an array of integers that begins with the kind", "no such tensor");
    values_ = found->second.values;
    if (values_.empty()) fail("an array of integers that begins with the kind", "an empty array");
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const double x = values_[i];
      if (std::isnan(x) || x != std::floor(x) || x < -1)
        fail(fmt::format("integers from -1 (none) on"), fmt::format("{} at {}", x, i));
    }
  }

  void require_length(std::size_t length, const char* names) const {
    if (values_.size() != length)
      fail(fmt::format("{} integers: {}", length, names), fmt::format("{}", values_.size()));
  }
  std::size_t operator[](std::size_t i) const {
    if (values_[i] < 0 || values_[i] > largest_size)
      fail(fmt::format("a size from 0 to {} at {}", largest_size, i), fmt::format("{}", values_[i]));
    return static_cast<std::size_t>(values_[i]);
  }
  std::optional<std::size_t> optional(std::size_t i) const {
    return values_[i] < 0 ? std::nullopt : std::optional((*this)[i]);
  }
  double raw(std::size_t i) const { return values_[i]; }
  [[noreturn]] void fail(const std::string& expected, const std::string& found) const {
    throw InputError(file_, "cfg", expected, found);
  }

 private:
  std::string file_;
  std::vector<double> values_;
};

reference::LayerConfig layer_config(const Sizes& n) {
  return {.D = n[3],
          .K = n[4],
          .Kq = n[5],
          .M = n[6],
          .H = n[7],
          .ck = n[8],
          .anchors = n[9],
          .E = n[7] * n[10],
          .maxlen = n.optional(11)};
}

reference::BlockConfig block_config(const Sizes& n) {
  return {
      .D = n[3], .num_heads = n[4], .num_kv_heads = n[5], .d_ff = n[6], .qk_norm = n[7] != 0, .maxlen = n[8]};
}

reference::ModelConfig model_config(const Sizes& n) {
  reference::ModelConfig c;
  c.vocab = n[6];
  c.num_layers = n[5];
  c.ratio = n[16];
  c.layer = {.D = n[3],
             .K = n[11],
             .Kq = n[12],
             .M = n[13],
             .H = n[20],
             .ck = n[14],
             .anchors = n[17],
             .E = n[20] * n[15],
             .maxlen = n.optional(7)};
  c.block = {.D = n[3],
             .num_heads = n[8],
             .num_kv_heads = n[9],
             .d_ff = n[4],
             .qk_norm = n[10] != 0,
             .maxlen = n[7]};
  return c;
}

void read_sizes(Dump& dump) {
  const Sizes n(dump);
  if (n.raw(0) < 0 || n.raw(0) > 4) {
    n.fail("a kind from 0 to 4 (layer, block, transformer block, model, generated layer)",
           fmt::format("{}", n.raw(0)));
  }
  dump.kind = static_cast<Kind>(n[0]);
  switch (dump.kind) {
    case Kind::layer:
    case Kind::block:
      n.require_length(12, "kind, B, L, D, K, Kq, M, H, ck, anchors, out_expand, maxlen");
      dump.layer = layer_config(n);
      break;
    case Kind::transformer:
      n.require_length(10, "kind, B, L, D, num_heads, num_kv_heads, d_ff, qk_norm, maxlen, has_mask");
      dump.block = block_config(n);
      break;
    case Kind::model:
      n.require_length(
          21,
          "kind, B, L, D, d_ff, num_layers, vocab, maxlen, num_heads, num_kv_heads, qk_norm, K, Kq, M, "
          "ck, out_expand, ratio, anchors, L0, use_pos_emb, H");
      if (n[19] != 0) n.fail("use_pos_emb = 0 (learned positions are not supported)", "1");
      dump.model = model_config(n);
      dump.prefill = n[18];
      break;
    case Kind::generated_layer:
      n.require_length(13, "kind, B, L, D, K, Kq, M, H, ck, anchors, out_expand, maxlen, seed");
      dump.layer = layer_config(n);
      dump.seed = static_cast<std::uint64_t>(n[12]);
      break;
  }
  dump.B = n[1];
  dump.L = n[2];
  if (dump.B == 0) n.fail("B of 1 or more", "0");
  try {
    if (dump.has_layer()) validate(dump.layer);
    if (dump.kind == Kind::transformer) validate(dump.block);
    if (dump.kind == Kind::model) validate(dump.model);
  } catch (const std::invalid_argument& error) {
    n.fail("sizes that make a " + std::string(error.what()), "others");
  }
  if (dump.prefill > dump.L) n.fail("L0 of at most L", fmt::format("{}", dump.prefill));
  const std::size_t most = dump.kind == Kind::transformer ? dump.block.maxlen
                           : dump.kind == Kind::model     ? dump.model.block.maxlen
                                                          : dump.L;
  if (dump.L > most) n.fail("L of at most maxlen, which attention's cache holds", fmt::format("{}", dump.L));
}

/// Every parameter that the configuration has is there.
void check_parameters(const Dump& dump) {
  const auto check = [&](const std::string& name, const reference::Shape& shape) {
    dump.input("p." + name, shape);
  };
  const auto under = [&](const std::string& prefix) {
    return [&, prefix](const std::string& name, const reference::Shape& shape, const auto&) {
      if (!dump.is_core_only() || is_of_core(name)) check(prefix + name, shape);
    };
  };
  reference::LayerParameters<double> layer;
  reference::BlockParameters<double> block;
  switch (dump.kind) {
    case Kind::generated_layer:
    case Kind::layer: visit(dump.layer, layer, under("")); break;
    case Kind::block:
      check("norm.scale", {dump.layer.D});
      visit(dump.layer, layer, under("attn."));
      break;
    case Kind::transformer: visit(dump.block, block, under("")); break;
    case Kind::model:
      check("embedding.weight", {dump.model.vocab, dump.model.D()});
      for (std::size_t i = 0; i < dump.model.num_layers; ++i) {
        const std::string prefix = fmt::format("blocks.{}.", i);
        if (dump.model.is_attention(i)) {
          visit(dump.model.block, block, under(prefix));
        } else {
          check(prefix + "norm.scale", {dump.model.D()});
          visit(dump.model.layer, layer, under(prefix + "attn."));
        }
      }
      break;
  }
}

void check_inputs(const Dump& dump) {
  if (dump.kind == Kind::model) {
    const Array& ids = dump.input("ids", {dump.B, dump.L});
    for (const std::size_t id : counts(dump.file, "ids", ids)) {
      if (id >= dump.model.vocab)
        throw InputError(dump.file, "ids", fmt::format("ids below the vocabulary's {}", dump.model.vocab),
                         std::to_string(id));
    }
    if (dump.has("G")) dump.input("G", {dump.B, dump.L, dump.model.vocab});
    return;
  }
  if (dump.is_core_only()) {
    dump.input("i.z_act", {dump.B, dump.L, dump.layer.C()});
    return;
  }
  const std::size_t D = dump.kind == Kind::transformer ? dump.block.D : dump.layer.D;
  dump.input("x", {dump.B, dump.L, D});
  if (dump.has("G")) dump.input("G", {dump.B, dump.L, D});
  if (dump.has("mask")) dump.input("mask", {dump.B, dump.L});
}

/// A checkpoint's tensors as p.NAME; what the file itself has stays.
void add_checkpoint(Dump& dump, const Checkpoint& checkpoint) {
  const Safetensors tensors(checkpoint.file);
  std::size_t taken = 0;
  for (const auto& [name, where] : tensors.header().tensors) {
    if (!name.starts_with(checkpoint.prefix)) continue;
    ++taken;
    const std::string here = "p." + name.substr(checkpoint.prefix.size());
    if (!dump.has(here)) dump.tensors.emplace(here, tensors.read(name));
  }
  if (taken == 0) {
    throw InputError(checkpoint.file.string(), "tensors",
                     "names that begin with " + in_quotes(checkpoint.prefix), "none");
  }
}

Dump checked(Dump dump) {
  read_sizes(dump);
  if (dump.kind == Kind::generated_layer) add_generated(dump);
  check_inputs(dump);
  check_parameters(dump);
  return dump;
}

}  // namespace

const Array& Dump::input(const std::string& name, const std::vector<std::size_t>& shape) const {
  const auto text = [](const std::vector<std::size_t>& sizes) {
    return fmt::format("shape ({})", fmt::join(sizes, ", "));
  };
  const auto found = tensors.find(name);
  if (found == tensors.end()) throw InputError(file, name, text(shape), "no such tensor");
  if (found->second.shape != shape) throw InputError(file, name, text(shape), text(found->second.shape));
  for (std::size_t i = 0; i < found->second.values.size(); ++i) {
    const double x = found->second.values[i];
    if (!std::isfinite(x)) throw InputError(file, name, "finite numbers", fmt::format("{} at {}", x, i));
  }
  return found->second;
}

std::vector<double> Dump::recorded_steps() const {
  const auto found = tensors.find("st.t");
  if (found == tensors.end())
    throw InputError(file, "st.t", "the indices of the tokens after which st.* was recorded",
                     "no such tensor");
  for (const std::size_t t : counts(file, "st.t", found->second)) {
    if (t >= L) throw InputError(file, "st.t", fmt::format("indices below L = {}", L), std::to_string(t));
  }
  return found->second.values;
}

Dump read_dump(const std::filesystem::path& file, const std::optional<Checkpoint>& checkpoint) {
  Dump dump{.file = file.string(), .tensors = read_npz(file)};
  if (checkpoint) add_checkpoint(dump, *checkpoint);
  return checked(std::move(dump));
}

Dump to_dump(std::string file, std::map<std::string, Array> tensors) {
  return checked({.file = std::move(file), .tensors = std::move(tensors)});
}

std::vector<std::size_t> counts(const std::string& file, const std::string& field, const Array& array) {
  std::vector<std::size_t> result;
  for (const double x : array.values) {
    if (!(x >= 0 && x < 0x1p53) || x != std::floor(x))
      throw InputError(file, field, "integers from 0 on", fmt::format("{}", x));
    result.push_back(static_cast<std::size_t>(x));
  }
  return result;
}

}  // namespace sca::evidence::judge
