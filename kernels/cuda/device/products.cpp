#include "kernels/cuda/device/products.hpp"

#include <bit>
#include <limits>
#include <string>

#include "kernels/cuda/runner.hpp"

namespace sca::kernels::cuda {
namespace {

/// What cuBLASLt is told. Rows are columns to it: c^T = b^T a^T is what it computes, so that its a is our b.
struct Described {
  Owned<LtOperation> operation;
  Owned<LtLayout> a, b, c;  // ours
  Owned<LtPreference> preference;
};

std::string sizes(const Product& p) {
  const auto matrix = [](std::int64_t rows, std::int64_t columns) {
    return "[" + std::to_string(rows) + ", " + std::to_string(columns) + "]";
  };
  return std::to_string(p.count) + " x " + matrix(p.rows, p.inner) + " by " + matrix(p.inner, p.columns);
}

template <class Handle, class... Arguments, class... Given>
Owned<Handle> created(const CublasLt& library, int (*create)(Handle*, Arguments...), int (*destroy)(Handle),
                      const char* what, Given... given) {
  Handle handle = nullptr;
  require(library, create(&handle, given...), what);
  return {handle, destroy};
}

Owned<LtOperation> operation(const CublasLt& library, const Product& p) {
  const char* const what = "describing a product";
  auto one = created(library, library.create_operation, library.destroy_operation, what, lt::sums_in_float32,
                     lt::float32);
  const auto set = [&](int attribute, const auto& value) {
    require(library, library.set_operation(one.get(), attribute, &value, sizeof value), what);
  };
  if (p.b.is_transposed) set(lt::transposition_of_a, lt::transposed);
  if (p.a.is_transposed) set(lt::transposition_of_b, lt::transposed);
  if (p.bias == nullptr) return one;
  set(lt::epilogue, lt::epilogue_of_bias);
  set(lt::bias, p.bias);
  return one;
}

/// rows, columns: as stored
Owned<LtLayout> layout(const CublasLt& library, std::int64_t rows, std::int64_t columns, std::int64_t pitch,
                       std::int64_t step, std::int64_t count) {
  const char* const what = "describing a matrix";
  auto one = created(library, library.create_layout, library.destroy_layout, what, lt::float32,
                     static_cast<std::uint64_t>(columns), static_cast<std::uint64_t>(rows), pitch);
  if (count == 1) return one;  // whatever the step
  const auto matrices = static_cast<std::int32_t>(count);
  require(library, library.set_layout(one.get(), lt::batch_count, &matrices, sizeof matrices), what);
  require(library, library.set_layout(one.get(), lt::batch_step, &step, sizeof step), what);
  return one;
}

Owned<LtLayout> layout(const CublasLt& library, const Factors& f, std::int64_t rows, std::int64_t columns,
                       std::int64_t count) {
  return f.is_transposed ? layout(library, columns, rows, f.pitch, f.step, count)
                         : layout(library, rows, columns, f.pitch, f.step, count);
}

/// Of all matrices, in bytes: the largest power of two up to 256.
std::uint32_t alignment(const float* first, std::int64_t step, std::int64_t count) {
  const std::uint64_t steps = count == 1 ? 0 : static_cast<std::uint64_t>(step) * sizeof(float);
  return 1U << std::countr_zero(reinterpret_cast<std::uintptr_t>(first) | steps | 256U);
}

/// Without it cuBLASLt takes every matrix to begin at a multiple of 256 bytes, and one that is a part of
/// another does not.
Owned<LtPreference> preference(const CublasLt& library, const Product& p) {
  const char* const what = "telling how matrices are aligned";
  auto one = created(library, library.create_preference, library.destroy_preference, what);
  const auto set = [&](int attribute, const float* first, std::int64_t step) {
    const std::uint32_t bytes = alignment(first, step, p.count);
    require(library, library.set_preference(one.get(), attribute, &bytes, sizeof bytes), what);
  };
  set(lt::alignment_of_a, p.b.first, p.b.step);
  set(lt::alignment_of_b, p.a.first, p.a.step);
  set(lt::alignment_of_c, p.c, p.c_step);
  set(lt::alignment_of_d, p.c, p.c_step);
  return one;
}

LtAlgorithm chosen(const CublasLt& library, LtHandle handle, const Described& d, const std::string& what) {
  LtChoice choice{};
  int found = 0;
  require(library,
          library.choose(handle, d.operation.get(), d.b.get(), d.a.get(), d.c.get(), d.c.get(),
                         d.preference.get(), 1, &choice, &found),
          what);
  require(library, found == 1 ? choice.status : lt::not_supported, what);
  return choice.algorithm;
}

}  // namespace

StreamProducts::StreamProducts(const CublasLt& library, Stream stream)
    : library_(library),
      handle_(created(library, library.create, library.destroy, "starting cuBLASLt")),
      stream_(stream) {}

void StreamProducts::multiply(const Product& p) {
  if (p.count == 0 || p.rows == 0 || p.columns == 0) return;
  const std::string what = "multiplying " + sizes(p);
  if (p.inner == 0) {
    if (p.adds && p.bias == nullptr) return;
    throw Fault(what + ": cuBLASLt knows no empty sum");
  }
  if (p.count > std::numeric_limits<std::int32_t>::max())
    throw Fault(what + ": more than cuBLASLt can count");
  const Described d{operation(library_, p), layout(library_, p.a, p.rows, p.inner, p.count),
                    layout(library_, p.b, p.inner, p.columns, p.count),
                    layout(library_, p.rows, p.columns, p.c_pitch, p.c_step, p.count),
                    preference(library_, p)};
  const Asked asked{p.count,
                    p.rows,
                    p.columns,
                    p.inner,
                    p.a.pitch,
                    p.a.step,
                    p.b.pitch,
                    p.b.step,
                    p.c_pitch,
                    p.c_step,
                    p.a.is_transposed + 2 * p.b.is_transposed + 4 * (p.bias != nullptr),
                    alignment(p.a.first, p.a.step, p.count),
                    alignment(p.b.first, p.b.step, p.count),
                    alignment(p.c, p.c_step, p.count),
                    alignment(p.bias, 0, 1)};
  auto known = chosen_.find(asked);
  if (known == chosen_.end())
    known = chosen_.emplace(asked, chosen(library_, handle_.get(), d, "choosing how: " + what)).first;
  const float alpha = 1, beta = p.adds ? 1 : 0;
  require(
      library_,
      library_.multiply(handle_.get(), d.operation.get(), &alpha, p.b.first, d.b.get(), p.a.first, d.a.get(),
                        &beta, p.c, d.c.get(), p.c, d.c.get(), &known->second, nullptr, 0, stream_),
      what);
}

}  // namespace sca::kernels::cuda
