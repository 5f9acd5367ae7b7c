#include "tests/kernels/cuda/device/fake_cublaslt.hpp"

#include <cstddef>
#include <cstring>
#include <map>
#include <type_traits>
#include <utility>

#include "kernels/cuda/runner.hpp"

namespace sca::kernels::cuda {

// What the fake hands out: what it was told, as bytes. Its numbers are those of NVIDIA's documentation.
struct Told {
  std::map<int, std::vector<std::byte>> attributes = {};

  template <class Value>
  Value get(int attribute, Value otherwise) const {
    const auto known = attributes.find(attribute);
    if (known != attributes.end()) std::memcpy(&otherwise, known->second.data(), sizeof otherwise);
    return otherwise;
  }
};
struct LtContext {};
struct LtMatmulDesc : Told {};
struct LtMatmulPreference : Told {};
struct LtMatrixLayout : Told {
  std::int64_t rows = 0, columns = 0, pitch = 0;
};

namespace test {

Fake fake;

namespace {

int status_of(const char* function) {
  if (--fake.until_failure != 0) return 0;
  fake.failed = function;
  return invalid;
}

template <class Handle>
int make(const char* function, Handle* handle) {
  if (status_of(function) != 0) return invalid;
  *handle = new std::remove_pointer_t<Handle>;
  ++fake.alive;
  return 0;
}

template <class Handle>
int destroy(Handle handle) {
  delete handle;
  --fake.alive;
  return invalid;  // nobody stumbles over it
}

/// Of attributes that are known, values of their own size.
int tell(const char* function, Told* told, const std::map<int, std::size_t>& sizes, int attribute,
         const void* value, std::size_t bytes) {
  if (status_of(function) != 0 || !sizes.contains(attribute) || sizes.at(attribute) != bytes) return invalid;
  const auto* const first = static_cast<const std::byte*>(value);
  told->attributes[attribute] = {first, first + bytes};
  return 0;
}

int create_layout(LtLayout* layout, int type, std::uint64_t rows, std::uint64_t columns, std::int64_t pitch) {
  if (make("MatrixLayoutCreate", layout) != 0 || type != 0) return invalid;
  (*layout)->rows = static_cast<std::int64_t>(rows);
  (*layout)->columns = static_cast<std::int64_t>(columns);
  (*layout)->pitch = pitch;
  return 0;
}

std::string words(const Told& told) {
  std::string all;
  for (const auto& [attribute, bytes] : told.attributes) {
    if (attribute == 8) continue;  // where the bias is
    all += std::to_string(attribute) + ":";
    for (const std::byte byte : bytes) all += " " + std::to_string(std::to_integer<int>(byte));
    all += "; ";
  }
  return all;
}

std::string words(LtOperation operation, const std::vector<LtLayout>& layouts) {
  std::string all = words(*operation);
  for (const LtLayout l : layouts)
    all += "| " + std::to_string(l->rows) + " " + std::to_string(l->columns) + " " +
           std::to_string(l->pitch) + " " + words(*l);
  return all;
}

int choose(LtHandle, LtOperation o, LtLayout a, LtLayout b, LtLayout c, LtLayout d, LtPreference preference,
           int, LtChoice* choice, int* found) {
  choice->algorithm = {{42, fake.chosen.size(), 0, 0}};
  fake.chosen.push_back(words(o, {a, b, c, d}));
  fake.alignments.clear();
  for (std::uint32_t i = 0; i < 4; ++i) {
    fake.alignments.push_back(preference->get<std::uint32_t>(static_cast<int>(5 + i), 256));
    choice->algorithm.data[4 + i] = fake.alignments.back();
  }
  choice->status = fake.chosen_status;
  *found = fake.found;
  return status_of("MatmulAlgoGetHeuristic");
}

/// Columns of a matrix lie one after the other; (i, j) is of op(matrix).
struct Operand {
  const float* first;
  LtLayout layout;
  bool is_transposed;
  std::uint64_t alignment;

  std::int64_t rows() const { return is_transposed ? layout->columns : layout->rows; }
  std::int64_t columns() const { return is_transposed ? layout->rows : layout->columns; }
  std::int64_t count() const { return layout->get<std::int32_t>(5, 1); }
  const float* at(std::int64_t which, std::int64_t i, std::int64_t j) const {
    if (is_transposed) std::swap(i, j);
    return first + which * layout->get<std::int64_t>(6, 0) + j * layout->pitch + i;
  }
  bool is_possible() const {
    bool is_aligned = true;
    for (std::int64_t which = 0; which < count(); ++which)
      is_aligned = is_aligned && reinterpret_cast<std::uintptr_t>(at(which, 0, 0)) % alignment == 0;
    return is_aligned && rows() > 0 && columns() > 0 && layout->pitch >= layout->rows;
  }
};

/// D = alpha op(A) op(B) + beta C, and the bias to each column. Where beta is 0, C is not read.
int multiply(LtHandle, LtOperation o, const void* alpha, const void* first_a, LtLayout la,
             const void* first_b, LtLayout lb, const void* beta, const void* first_c, LtLayout lc,
             void* first_d, LtLayout ld, const LtAlgorithm* algorithm, void* workspace,
             std::size_t workspace_bytes, Stream on) {
  const std::uint64_t* const chosen = algorithm->data;
  const Operand a{static_cast<const float*>(first_a), la, o->get<std::int32_t>(3, 0) == 1, chosen[4]};
  const Operand b{static_cast<const float*>(first_b), lb, o->get<std::int32_t>(4, 0) == 1, chosen[5]};
  const Operand c{static_cast<const float*>(first_c), lc, false, chosen[6]};
  const Operand d{static_cast<float*>(first_d), ld, false, chosen[7]};
  for (const Operand& each : {a, b, c, d})
    if (!each.is_possible() || each.count() != d.count()) return invalid;
  if (a.rows() != d.rows() || b.columns() != d.columns() || a.columns() != b.rows() || c.first != d.first ||
      lc->pitch != ld->pitch || workspace != nullptr || workspace_bytes != 0 || on != stream ||
      chosen[0] != 42 || fake.chosen.at(chosen[1]) != words(o, {la, lb, lc, ld}))
    return invalid;
  if (status_of("Matmul") != 0) return invalid;
  ++fake.products;
  const float scale = *static_cast<const float*>(alpha), keep = *static_cast<const float*>(beta);
  const auto* const bias = o->get<const float*>(8, nullptr);
  for (std::int64_t at = 0; at < d.count() * d.rows() * d.columns(); ++at) {
    const std::int64_t i = at % d.rows(), j = at / d.rows() % d.columns(),
                       which = at / (d.rows() * d.columns());
    float sum = 0;
    for (std::int64_t k = 0; k < a.columns(); ++k) sum += *a.at(which, i, k) * *b.at(which, k, j);
    sum = scale * sum + (keep == 0 ? 0 : keep * *c.at(which, i, j));
    *const_cast<float*>(d.at(which, i, j)) = o->get<std::uint32_t>(7, 1) == 4 ? sum + bias[i] : sum;
  }
  return 0;
}

}  // namespace

const CublasLt library{
    [](int status) { return status == 15        ? "NOT SUPPORTED"
                            : status == invalid ? "INVALID"
                                                : "UNKNOWN"; },
    [](LtHandle* h) { return make("Create", h); },
    destroy<LtHandle>,
    [](LtOperation* o, int sums, int scales) {
      return sums == 68 && scales == 0 ? make("MatmulDescCreate", o) : invalid;
    },
    destroy<LtOperation>,
    [](LtOperation o, int attribute, const void* value, std::size_t bytes) {
      return tell("MatmulDescSetAttribute", o, {{3, 4}, {4, 4}, {7, 4}, {8, 8}}, attribute, value, bytes);
    },
    create_layout,
    destroy<LtLayout>,
    [](LtLayout l, int attribute, const void* value, std::size_t bytes) {
      return tell("MatrixLayoutSetAttribute", l, {{5, 4}, {6, 8}}, attribute, value, bytes);
    },
    [](LtPreference* p) { return make("MatmulPreferenceCreate", p); },
    destroy<LtPreference>,
    [](LtPreference p, int attribute, const void* value, std::size_t bytes) {
      return tell("MatmulPreferenceSetAttribute", p, {{5, 4}, {6, 4}, {7, 4}, {8, 4}}, attribute, value,
                  bytes);
    },
    choose,
    multiply,
};

std::string fault_of(const CublasLt& functions, const Product& product) {
  try {
    StreamProducts(functions, stream).multiply(product);
  } catch (const Fault& fault) {
    return fault.what();
  }
  return "";
}

}  // namespace test
}  // namespace sca::kernels::cuda
