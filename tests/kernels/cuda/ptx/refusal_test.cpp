#include <gtest/gtest.h>

#include "tests/kernels/cuda/ptx/planted.hpp"

namespace sca::kernels::cuda::ptx::testing {
namespace {

std::string refusal_of(const std::string& text) {
  try {
    const PtxRunner runner(text);
  } catch (const Fault& fault) {
    return fault.what();
  }
  return {};
}

struct Refused {
  const char *body, *named;
};

TEST(PtxRefusal, NamesWhatIsUnknown) {
  const Refused cases[] = {{"frobnicate.u32 %r0, %r1;", "unknown instruction frobnicate"},
                           {"wgmma.fence.sync.aligned;", "unknown instruction wgmma"},
                           {"add.fast.u32 %r0, %r1, %r2;", "unknown modifier .fast"},
                           {"ld.global.L2::cache_hint.u32 %r0, [%p0], %d0;", "L2::cache_hint"},
                           {"fma.f32 %r0, %r1, %r2, %r3;", "no rounding"},
                           {"add.u32 %r0, %r1;", "operand is missing"},
                           {"add.u32 %r0, %r1, %r2, %r3;", "unexpected operand %r3"},
                           {"add.u32 %r0, %r1, %nobody;", "unknown name %nobody"},
                           {"mov.u32 %r0, %clock;", "unknown name %clock"},
                           {"add.pred %q0, %q1, %q2;", "unknown type of add"},
                           {"add.sat.u32 %r0, %r1, %r2;", "saturation"},
                           {"bra NOWHERE;", "undefined label NOWHERE"},
                           {"A: A: ret;", "twice"},
                           {".tex .u64 t;", "unknown directive .tex"},
                           {".reg .b32 %r0;", "twice"},
                           {"call nobody;", "unknown function nobody"},
                           {"ld.global.v2.u32 %r0, [%p0];", "vector"},
                           {"ld.global.v4.f64 {%d0, %d1, %d2}, [%p0];", "vector"},
                           {"cvt.f16.f32 %h0, %r0;", "rounding"},
                           {"cp.async.cg.shared.global [%r0], [%d0], 8;", "size"},
                           {"setp.ltu.s32 %q0, %r0, %r1;", "comparison"},
                           {"shfl.down.b32 %r0, %r1, 1, 31;", "without .sync"},
                           {"mul.u32 %r0, %r1, %r2;", "neither"}};
  for (const Refused& refused : cases) {
    const std::string message = refusal_of(kernel(refused.body));
    EXPECT_NE(message.find(refused.named), std::string::npos) << refused.body << ": " << message;
    EXPECT_TRUE(message.starts_with("PTX refused")) << message;
  }
}

TEST(PtxRefusal, DirectivesOfTheModule) {
  EXPECT_NE(refusal_of(".version 8.0\n.section .debug_str\n{\n}\n").find(".section"), std::string::npos);
  EXPECT_NE(refusal_of(".extern .global .b32 elsewhere;\n").find("elsewhere"), std::string::npos);
  EXPECT_NE(refusal_of(kernel("ret;") + kernel("ret;")).find("twice"), std::string::npos);
  EXPECT_NE(refusal_of(".entry k() .cluster 2 { ret; }").find(".cluster"), std::string::npos);
  EXPECT_NE(refusal_of(".entry k() { ret; ").find("never closed"), std::string::npos);
}

TEST(PtxRefusal, ArgumentsOfAnotherSize) {
  PtxRunner runner(kernel("ret;"));
  const char bytes[80] = {};
  EXPECT_NO_THROW(runner.launch({"k", {}, 1, 0, bytes, 64}));
  EXPECT_THROW(runner.launch({"k", {}, 1, 0, bytes, 56}), Fault);
  EXPECT_THROW(runner.launch({"k", {}, 1, 0, bytes, 72}), Fault);
  EXPECT_THROW(runner.launch({"other", {}, 1, 0, bytes, 64}), Fault);
  EXPECT_THROW(runner.launch({"k", {}, 1025, 0, bytes, 64}), Fault);
  EXPECT_THROW(runner.launch({"k", {0, 1, 1}, 1, 0, bytes, 64}), Fault);
}

TEST(PtxRefusal, BlocksOfAnotherSize) {
  PtxRunner runner(".entry k() .maxntid 64, 1, 1 { ret; } .entry l() .reqntid 32 { ret; }");
  EXPECT_NO_THROW(runner.launch({"k", {}, 64, 0, nullptr, 0}));
  EXPECT_THROW(runner.launch({"k", {}, 96, 0, nullptr, 0}), Fault);
  EXPECT_THROW(runner.launch({"l", {}, 64, 0, nullptr, 0}), Fault);
}

TEST(PtxRefusal, CopiesOutsideOfAllocations) {
  PtxRunner runner(kernel("ret;"));
  char host[16] = {};
  char* memory = static_cast<char*>(runner.allocate(8, "x"));
  EXPECT_THROW(runner.upload(memory, host, 9), Fault);
  EXPECT_THROW(runner.download(host, memory + 4, 8), Fault);
  EXPECT_NO_THROW(runner.download(host, memory, 8));
}

}  // namespace
}  // namespace sca::kernels::cuda::ptx::testing
