#pragma once

#include <cstdint>
#include <cstring>
#include <type_traits>

#include "kernels/cuda/fiber/site.hpp"

// What the threads of a block, or the lanes of a warp, do together. Whoever calls waits until all have come;
// a collective that not all can reach is a Fault.

namespace sca::kernels::cuda::fiber {

enum class Reduction : unsigned char { none, count, all, any };

/// errors   Fault where threads wait at different places, or one has exited
int block_barrier(Reduction reduction, int predicate, Site where);

enum class WarpOperation : unsigned char { synchronize, read_lane, read_up, read_down, read_xor, ballot };

/// One lane's part in a collective of its warp.
struct WarpCall {
  WarpOperation operation = WarpOperation::synchronize;
  unsigned mask = 0;
  std::uint64_t bits = 0;  // what others may read: a value, or a predicate
  int argument = 0;        // a lane, a distance or bits of a lane
  int width = 32;
  Site where;
};

/// The bits of the lane that is asked for, or the ballot.
/// domain   the caller is in its own mask; width a power of two up to 32; distances below 32
/// errors   Fault where a lane of the mask has exited, waits elsewhere, never comes, or where the lane that
/// is read is
///          not in the mask
std::uint64_t warp_collective(const WarpCall& call);

/// domain   types of up to 8 bytes, as CUDA's
template <class T>
T read_lane(WarpOperation operation, unsigned mask, T x, int argument, int width, Site where) {
  static_assert(sizeof(T) <= sizeof(std::uint64_t) && std::is_trivially_copyable_v<T>);
  std::uint64_t bits = 0;
  std::memcpy(&bits, &x, sizeof x);
  bits = warp_collective({operation, mask, bits, argument, width, where});
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

}  // namespace sca::kernels::cuda::fiber

// NOLINTBEGIN(readability-identifier-naming): CUDA's names, with the place where they are called
inline void __syncthreads(
    sca::kernels::cuda::fiber::Site where = sca::kernels::cuda::fiber::Site::current()) {
  sca::kernels::cuda::fiber::block_barrier(sca::kernels::cuda::fiber::Reduction::none, 0, where);
}
inline int __syncthreads_count(
    int predicate, sca::kernels::cuda::fiber::Site where = sca::kernels::cuda::fiber::Site::current()) {
  return sca::kernels::cuda::fiber::block_barrier(sca::kernels::cuda::fiber::Reduction::count, predicate,
                                                  where);
}
inline int __syncthreads_and(
    int predicate, sca::kernels::cuda::fiber::Site where = sca::kernels::cuda::fiber::Site::current()) {
  return sca::kernels::cuda::fiber::block_barrier(sca::kernels::cuda::fiber::Reduction::all, predicate,
                                                  where);
}
inline int __syncthreads_or(
    int predicate, sca::kernels::cuda::fiber::Site where = sca::kernels::cuda::fiber::Site::current()) {
  return sca::kernels::cuda::fiber::block_barrier(sca::kernels::cuda::fiber::Reduction::any, predicate,
                                                  where);
}

inline void __syncwarp(unsigned mask = 0xffffffffU,
                       sca::kernels::cuda::fiber::Site where = sca::kernels::cuda::fiber::Site::current()) {
  sca::kernels::cuda::fiber::warp_collective(
      {sca::kernels::cuda::fiber::WarpOperation::synchronize, mask, 0, 0, 32, where});
}

template <class T>
T __shfl_sync(unsigned mask, T x, int lane, int width = 32,
              sca::kernels::cuda::fiber::Site where = sca::kernels::cuda::fiber::Site::current()) {
  return sca::kernels::cuda::fiber::read_lane(sca::kernels::cuda::fiber::WarpOperation::read_lane, mask, x,
                                              lane, width, where);
}
template <class T>
T __shfl_up_sync(unsigned mask, T x, unsigned distance, int width = 32,
                 sca::kernels::cuda::fiber::Site where = sca::kernels::cuda::fiber::Site::current()) {
  return sca::kernels::cuda::fiber::read_lane(sca::kernels::cuda::fiber::WarpOperation::read_up, mask, x,
                                              static_cast<int>(distance), width, where);
}
template <class T>
T __shfl_down_sync(unsigned mask, T x, unsigned distance, int width = 32,
                   sca::kernels::cuda::fiber::Site where = sca::kernels::cuda::fiber::Site::current()) {
  return sca::kernels::cuda::fiber::read_lane(sca::kernels::cuda::fiber::WarpOperation::read_down, mask, x,
                                              static_cast<int>(distance), width, where);
}
template <class T>
T __shfl_xor_sync(unsigned mask, T x, int bits, int width = 32,
                  sca::kernels::cuda::fiber::Site where = sca::kernels::cuda::fiber::Site::current()) {
  return sca::kernels::cuda::fiber::read_lane(sca::kernels::cuda::fiber::WarpOperation::read_xor, mask, x,
                                              bits, width, where);
}

inline unsigned __ballot_sync(
    unsigned mask, int predicate,
    sca::kernels::cuda::fiber::Site where = sca::kernels::cuda::fiber::Site::current()) {
  return static_cast<unsigned>(sca::kernels::cuda::fiber::warp_collective(
      {sca::kernels::cuda::fiber::WarpOperation::ballot, mask, predicate != 0 ? 1U : 0U, 0, 32, where}));
}
inline int __all_sync(unsigned mask, int predicate,
                      sca::kernels::cuda::fiber::Site where = sca::kernels::cuda::fiber::Site::current()) {
  return __ballot_sync(mask, predicate, where) == mask ? 1 : 0;
}
inline int __any_sync(unsigned mask, int predicate,
                      sca::kernels::cuda::fiber::Site where = sca::kernels::cuda::fiber::Site::current()) {
  return __ballot_sync(mask, predicate, where) != 0 ? 1 : 0;
}
// NOLINTEND(readability-identifier-naming)
