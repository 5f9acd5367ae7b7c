#include "evidence/input/safetensors_header.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "evidence/input/error.hpp"

namespace sca::evidence {
namespace {

using Json = nlohmann::json;

constexpr std::size_t max_rank = 64;

struct NamedType {
  std::string_view name;
  ElementType type;
};
constexpr std::array<NamedType, 13> types{{{"F64", {'f', 8, false}},
                                           {"F32", {'f', 4, false}},
                                           {"F16", {'f', 2, false}},
                                           {"BF16", {'b', 2, false}},
                                           {"I64", {'i', 8, false}},
                                           {"I32", {'i', 4, false}},
                                           {"I16", {'i', 2, false}},
                                           {"I8", {'i', 1, false}},
                                           {"U64", {'u', 8, false}},
                                           {"U32", {'u', 4, false}},
                                           {"U16", {'u', 2, false}},
                                           {"U8", {'u', 1, false}},
                                           {"BOOL", {'?', 1, false}}}};

struct Entry {
  std::optional<std::string> dtype;
  std::optional<std::vector<std::uint64_t>> shape;
  std::optional<std::vector<std::uint64_t>> offsets;
};

std::string listed(const std::vector<std::uint64_t>& numbers) {
  std::string text = "[";
  for (std::size_t i = 0; i < numbers.size(); ++i) text += (i > 0 ? "," : "") + std::to_string(numbers[i]);
  return text + "]";
}

ElementType type_of(const std::string& dtype, std::string_view file, const std::string& field) {
  const auto* const found = std::find_if(types.begin(), types.end(),
                                         [&dtype](const NamedType& known) { return known.name == dtype; });
  if (found != types.end()) return found->type;
  throw InputError(file, field, "dtype F64, F32, F16, BF16, I64 to I8, U64 to U8 or BOOL", in_quotes(dtype));
}

/// A dimension of 0 does not excuse the others: a product that overflows without it is a header that nobody
/// meant.
std::optional<std::uint64_t> bytes_of(const std::vector<std::uint64_t>& shape, std::size_t width) {
  std::uint64_t bytes = width;
  bool empty = false;
  for (const std::uint64_t dimension : shape) {
    empty = empty || dimension == 0;
    const std::uint64_t factor = std::max<std::uint64_t>(dimension, 1);
    if (bytes > std::numeric_limits<std::uint64_t>::max() / factor) return std::nullopt;
    bytes *= factor;
  }
  return empty ? 0 : bytes;
}

/// With begin and end counted from the data's start, as the file does.
StoredTensor checked(const std::string& tensor, Entry entry, std::uint64_t data_size, std::string_view file) {
  const std::string field = "tensor " + in_quotes(tensor);
  const auto require = [&](bool there, const std::string& key) {
    if (!there) throw InputError(file, field, "the key " + in_quotes(key), "no such key");
  };
  require(entry.dtype.has_value(), "dtype");
  require(entry.shape.has_value(), "shape");
  require(entry.offsets.has_value(), "data_offsets");
  const std::vector<std::uint64_t>& offsets = *entry.offsets;
  if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > data_size) {
    throw InputError(file, field,
                     "data_offsets [begin,end], 0 <= begin <= end <= " + std::to_string(data_size),
                     one_line(listed(offsets), 100));
  }
  const ElementType type = type_of(*entry.dtype, file, field);
  const std::optional<std::uint64_t> needed = bytes_of(*entry.shape, type.width);
  if (needed != offsets[1] - offsets[0]) {
    throw InputError(file, field,
                     (needed ? std::to_string(*needed) : "more than 2^64") + " bytes, for " + *entry.dtype +
                         " of shape " + one_line(listed(*entry.shape), 100),
                     std::to_string(offsets[1] - offsets[0]) + " between its data_offsets");
  }
  return {std::move(*entry.dtype), type, {entry.shape->begin(), entry.shape->end()}, offsets[0], offsets[1]};
}

/// Takes the parser's events in the only order the format allows. A document tree would keep the last of
/// two equal names silently, and a hostile header's nesting would cost memory before anything looked at it.
class HeaderReader : public nlohmann::json_sax<Json> {
 public:
  HeaderReader(std::uint64_t data_size, std::string_view file) : data_size_(data_size), file_(file) {}

  SafetensorsHeader header;

  bool start_object(std::size_t) override {
    if (place_ == Place::outside) return enter(Place::file);
    if (place_ == Place::file) return enter(in_metadata() ? Place::metadata : Place::tensor);
    unexpected("an object");
  }

  bool end_object() override {
    if (place_ == Place::tensor) {
      header.tensors.emplace(tensor_, checked(tensor_, std::exchange(entry_, {}), data_size_, file_));
    }
    return enter(place_ == Place::file ? Place::outside : Place::file);
  }

  bool key(string_t& text) override {
    if (place_ != Place::file) {
      key_ = text;
      if (place_ == Place::metadata && header.metadata.contains(key_)) twice();
      return true;
    }
    const bool again =
        text == metadata_name ? std::exchange(metadata_seen_, true) : header.tensors.contains(text);
    tensor_ = text;
    if (again) throw InputError(file_, field(), "it once", "it twice");
    return true;
  }

  bool string(string_t& text) override {
    if (place_ == Place::metadata) return header.metadata.emplace(key_, text).second;
    if (place_ != Place::tensor || key_ != "dtype") unexpected("the string " + in_quotes(text));
    return set(entry_.dtype, std::move(text));
  }

  bool start_array(std::size_t) override {
    if (place_ != Place::tensor || (key_ != "shape" && key_ != "data_offsets")) unexpected("an array");
    return enter(Place::numbers);
  }

  bool number_unsigned(number_unsigned_t value) override {
    if (place_ != Place::numbers) unexpected("the number " + std::to_string(value));
    if (numbers_.size() == max_rank) {
      throw InputError(file_, field(), "at most 64 numbers", "more");
    }
    numbers_.push_back(value);
    return true;
  }

  bool end_array() override {
    place_ = Place::tensor;
    return set(key_ == "shape" ? entry_.shape : entry_.offsets, std::exchange(numbers_, {}));
  }

  bool null() override { unexpected("null"); }
  bool boolean(bool value) override { unexpected(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { unexpected(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { unexpected(in_quotes(text)); }
  bool binary(binary_t&) override { unexpected("binary data"); }
  bool parse_error(std::size_t position, const std::string&, const Json::exception& error) override {
    const std::string_view reason =
        error.what();  // "[json.exception.parse_error.101] parse error at ...: ..."
    const std::string where = "header, byte " + std::to_string(position);
    throw InputError(file_, where, "JSON", reason.substr(std::min(reason.find(": ") + 2, reason.size())));
  }

 private:
  enum class Place { outside, file, tensor, metadata, numbers };
  static constexpr std::string_view metadata_name = "__metadata__";

  bool in_metadata() const { return tensor_ == metadata_name; }

  bool enter(Place place) {
    place_ = place;
    if (place == Place::file) tensor_.clear();
    if (place != Place::numbers) key_.clear();
    return true;
  }

  template <class Value>
  bool set(std::optional<Value>& slot, Value value) {
    if (slot) twice();
    slot = std::move(value);
    return true;
  }

  [[noreturn]] void twice() const {
    throw InputError(file_, field(), "the key " + in_quotes(key_) + " once", "it twice");
  }

  std::string field() const {
    if (place_ == Place::outside || tensor_.empty()) return "header";
    return in_metadata() ? std::string(metadata_name) : "tensor " + in_quotes(tensor_);
  }

  [[noreturn]] void unexpected(const std::string& found) const {
    std::string expected = "a JSON object of tensors";
    if (place_ == Place::file) expected = "an object";
    if (place_ == Place::metadata) expected = "a string for the key " + in_quotes(key_);
    if (place_ == Place::numbers)
      expected = "whole numbers from 0 to 2^64 - 1 for the key " + in_quotes(key_);
    if (place_ == Place::tensor) {
      expected = "only 'dtype' (a string), 'shape' and 'data_offsets' (arrays of numbers)";
    }
    throw InputError(file_, field(), expected,
                     key_.empty() ? found : found + " for the key " + in_quotes(key_));
  }

  std::uint64_t data_size_;
  std::string_view file_;
  Place place_ = Place::outside;
  std::string tensor_;
  std::string key_;
  std::vector<std::uint64_t> numbers_;
  Entry entry_;
  bool metadata_seen_ = false;
};

/// Every byte of the data belongs to exactly one tensor.
void require_tiling(const std::map<std::string, StoredTensor>& tensors, std::uint64_t data_size,
                    std::string_view file) {
  std::vector<const std::pair<const std::string, StoredTensor>*> order;
  order.reserve(tensors.size());
  for (const auto& tensor : tensors) order.push_back(&tensor);
  std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return std::pair(a->second.begin, a->second.end) < std::pair(b->second.begin, b->second.end);
  });
  std::uint64_t filled = 0;
  for (const auto* const tensor : order) {
    if (tensor->second.begin != filled) {
      const bool hole = tensor->second.begin > filled;
      throw InputError(file, "tensor " + in_quotes(tensor->first),
                       "it to begin at " + std::to_string(filled) + ", where the one before ends",
                       std::to_string(tensor->second.begin) + (hole ? " (a hole)" : " (an overlap)"));
    }
    filled = tensor->second.end;
  }
  if (filled == data_size) return;
  throw InputError(file, "data", std::to_string(filled) + " bytes, where the last tensor ends",
                   std::to_string(data_size));
}

}  // namespace

SafetensorsHeader parse_safetensors_header(std::string_view text, std::uint64_t data_begin,
                                           std::uint64_t data_size, std::string_view name) {
  if (!text.starts_with('{')) {
    throw InputError(name, "header", "a JSON object", text.empty() ? "nothing" : in_quotes(text));
  }
  HeaderReader reader(data_size, name);
  Json::sax_parse(text.begin(), text.end(), &reader);
  SafetensorsHeader& header = reader.header;
  require_tiling(header.tensors, data_size, name);
  for (auto& [tensor, stored] : header.tensors) {
    stored.begin += data_begin;
    stored.end += data_begin;
  }
  return std::move(header);
}

}  // namespace sca::evidence
