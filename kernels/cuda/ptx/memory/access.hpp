#pragma once

#include "kernels/cuda/ptx/memory/races.hpp"

namespace sca::kernels::cuda::ptx {

// Where the other spaces lie among generic addresses. The host has no addresses there.
constexpr U64 shared_window = 0x7e00'0000'0000'0000ULL;
constexpr U64 local_window = 0x7d00'0000'0000'0000ULL;
constexpr U64 parameter_window = 0x7c00'0000'0000'0000ULL;

/// The space that a generic address lies in.
Space space_of(U64 generic_address);

/// One access to memory, as an instruction asks for it.
struct Request {
  Space space;
  U64 address;
  std::size_t bytes;
  Access access;
  int instruction = -1;       // Instruction::request
  std::size_t alignment = 0;  // 0: as many as bytes. Parameters need none
};

/// Where the bytes are. All checks have been made, and what is to be counted is.
/// errors   Fault
U8* checked(Thread& thread, const Request& request);

/// The address that the instruction computes.
inline U64 effective_address(Thread& thread, const Instruction& instruction) {
  return thread.r(instruction.a) + static_cast<U64>(instruction.offset);
}

}  // namespace sca::kernels::cuda::ptx
