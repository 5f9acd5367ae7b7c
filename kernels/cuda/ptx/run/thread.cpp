#include "kernels/cuda/ptx/run/thread.hpp"

#include <cstring>

#include "kernels/cuda/ptx/load/declaration.hpp"
#include "kernels/cuda/ptx/run/block.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

/// Bits above, at and below a lane.
U32 lane_mask(Special kind, U32 lane) {
  const U32 own = U32{1} << lane, below = own - 1;
  switch (kind) {
    case Special::lanemask_eq: return own;
    case Special::lanemask_lt: return below;
    case Special::lanemask_le: return below | own;
    case Special::lanemask_gt: return ~(below | own);
    default: return ~below;
  }
}

U64 special_value(const Thread& thread, const SpecialRegister& special, std::size_t local_base) {
  const Block& block = *thread.block;
  const auto threads = static_cast<U32>(block.threads.size());
  switch (special.kind) {
    case Special::tid_x: return thread.index;
    case Special::tid_y:
    case Special::tid_z: return 0;
    case Special::ntid_x: return threads;
    case Special::ntid_y:
    case Special::ntid_z: return 1;
    case Special::ctaid_x: return block.id.x;
    case Special::ctaid_y: return block.id.y;
    case Special::ctaid_z: return block.id.z;
    case Special::nctaid_x: return block.grid.x;
    case Special::nctaid_y: return block.grid.y;
    case Special::nctaid_z: return block.grid.z;
    case Special::laneid: return thread.lane();
    case Special::warpid: return thread.warp();
    case Special::nwarpid: return (threads + 31) / 32;
    case Special::dynamic_shared: return block.shared.dynamic_address();
    case Special::local: return local_base + special.offset;
    default: return lane_mask(special.kind, thread.lane());
  }
}

void resume(Thread& thread) {
  Frame& frame = thread.frame();
  thread.registers = frame.registers.data();
  thread.code = frame.function->code.data();
  thread.next = frame.next;
}

}  // namespace

void enter(Thread& thread, const Function& function, const Call* call) {
  if (thread.depth != 0) thread.frame().next = thread.next;
  if (thread.frames.size() == thread.depth) thread.frames.push_back(std::make_unique<Frame>());
  ++thread.depth;
  Frame& frame = thread.frame();
  frame.function = &function;
  frame.next = 0;
  frame.registers = function.registers;
  frame.parameters.assign(function.parameter_bytes, 0xff);
  frame.local_base = aligned_up(thread.local.size(), 16);
  frame.call = call;
  thread.local.resize(frame.local_base + function.local_bytes, 0xff);
  thread.local_written.resize(thread.local.size(), 0);
  resume(thread);
  for (const SpecialRegister& special : function.specials) {
    thread.r(special.slot) = special_value(thread, special, frame.local_base);
  }
}

bool leave(Thread& thread) {
  if (thread.depth == 1) return false;
  const Frame& done = thread.frame();
  --thread.depth;
  Frame& caller = thread.frame();
  for (std::size_t i = 0; i < done.call->results.size(); ++i) {
    const Parameter& to = done.call->results[i];
    std::memcpy(caller.parameters.data() + to.offset,
                done.parameters.data() + done.function->results[i].offset, to.size);
  }
  thread.local.resize(done.local_base);
  thread.local_written.resize(done.local_base);
  resume(thread);
  return true;
}

void fault(const Thread& thread, const std::string& what) {
  const Block& block = *thread.block;
  const Function& function = *thread.frames[thread.depth - 1]->function;
  const Instruction& at = thread.code[thread.next];
  const std::string& line = function.lines[static_cast<std::size_t>(at.text)];
  std::string where = " [kernel " + block.kernel->name;
  if (&function != block.kernel) where += ", function " + function.name;
  where += ", block " + std::to_string(block.id.x) + "," + std::to_string(block.id.y) + "," +
           std::to_string(block.id.z);
  throw Fault(what + where + ", thread " + std::to_string(thread.index) + ": `" + line + "`]");
}

}  // namespace sca::kernels::cuda::ptx
