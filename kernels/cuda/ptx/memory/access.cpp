#include "kernels/cuda/ptx/memory/access.hpp"

#include <algorithm>
#include <string>

#include "kernels/cuda/ptx/run/block.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

constexpr U64 window_mask = 0xff00'0000'0000'0000ULL;

void check_written(Thread& thread, Region& region, std::size_t offset, const Request& request) {
  const auto begin = region.written.begin() + static_cast<std::ptrdiff_t>(offset);
  const auto end = begin + static_cast<std::ptrdiff_t>(request.bytes);
  if (!reads(request.access)) {
    std::fill(begin, end, U8{1});
    return;
  }
  if (!thread.block->options->uninitialised) return;
  const auto found = std::find(begin, end, U8{0});
  if (found == end) return;
  fault(thread,
        "read of uninitialised " + region.name + " byte " + std::to_string(found - region.written.begin()));
}

void check_in_flight(Thread& thread, Region& region, std::size_t offset, const Request& request) {
  for (std::size_t i = offset; i < offset + request.bytes; ++i) {
    if (region.in_flight[i] != 0) {
      fault(thread, "access to " + region.name + " byte " + std::to_string(i) +
                        ", which an asynchronous copy writes");
    }
  }
}

U8* in_region(Thread& thread, Region& region, const Request& request) {
  const std::size_t offset = request.address - region.address;
  check_written(thread, region, offset, request);
  if (thread.block->options->races) check_races(thread, region, offset, request.bytes, request.access);
  return region.bytes + offset;
}

U8* in_global(Thread& thread, const Request& request) {
  Block& block = *thread.block;
  Region* region = block.heap->find(request.address, request.bytes);
  if (region == nullptr) {
    fault(thread, "global access of " + std::to_string(request.bytes) + " bytes outside of every allocation" +
                      block.heap->neighbourhood(request.address));
  }
  region->era = block.launch;
  const bool store = writes(request.access);
  U64& count = request.access == Access::atomic ? block.counts->global_atomics
               : store                          ? block.counts->global_stores
                                                : block.counts->global_loads;
  ++count;
  if (block.options->sectors && request.instruction >= 0) {
    block.requests->note(thread.index, request.instruction, store, request.address, request.bytes);
  }
  return in_region(thread, *region, request);
}

U8* in_shared(Thread& thread, const Request& request) {
  Region* region = thread.block->shared.find(request.address, request.bytes);
  if (region == nullptr) {
    fault(thread, "shared access of " + std::to_string(request.bytes) + " bytes at " +
                      std::to_string(request.address) + " outside of every shared variable");
  }
  ++thread.block->counts->shared_accesses;
  check_in_flight(thread, *region, request.address - region->address, request);
  return in_region(thread, *region, request);
}

U8* in_local(Thread& thread, const Request& request) {
  ++thread.block->counts->local_accesses;
  const U64 at = request.address;
  if (at > thread.local.size() || request.bytes > thread.local.size() - at) {
    fault(thread, "local access at " + std::to_string(at) + " outside of the " +
                      std::to_string(thread.local.size()) + " bytes that there are");
  }
  const auto begin = thread.local_written.begin() + static_cast<std::ptrdiff_t>(at);
  const auto end = begin + static_cast<std::ptrdiff_t>(request.bytes);
  if (!reads(request.access)) {
    std::fill(begin, end, U8{1});
  } else if (thread.block->options->uninitialised && std::find(begin, end, U8{0}) != end) {
    fault(thread, "read of uninitialised local memory at " + std::to_string(at));
  }
  return thread.local.data() + at;
}

U8* in_parameters(Thread& thread, std::vector<U8>& parameters, const Request& request) {
  if (request.address > parameters.size() || request.bytes > parameters.size() - request.address) {
    fault(thread, "access outside of the parameters");
  }
  return parameters.data() + request.address;
}

U8* in_generic(Thread& thread, Request request) {
  request.space = space_of(request.address);
  if (request.space != Space::global) request.address &= ~window_mask;
  if (request.space == Space::param) return in_parameters(thread, thread.frames.front()->parameters, request);
  return checked(thread, request);
}

}  // namespace

Space space_of(U64 generic_address) {
  switch (generic_address & window_mask) {
    case shared_window: return Space::shared;
    case local_window: return Space::local;
    case parameter_window: return Space::param;
    default: return Space::global;
  }
}

U8* checked(Thread& thread, const Request& request) {
  if (request.space == Space::param) return in_parameters(thread, thread.frame().parameters, request);
  const std::size_t alignment = request.alignment != 0 ? request.alignment : request.bytes;
  if (request.address % alignment != 0) {
    fault(thread, "misaligned access: address " + std::to_string(request.address) + " is no multiple of " +
                      std::to_string(alignment));
  }
  switch (request.space) {
    case Space::shared: return in_shared(thread, request);
    case Space::local: return in_local(thread, request);
    case Space::global: return in_global(thread, request);
    default: return in_generic(thread, request);
  }
}

}  // namespace sca::kernels::cuda::ptx
