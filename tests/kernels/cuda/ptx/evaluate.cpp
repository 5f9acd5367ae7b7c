#include "tests/kernels/cuda/ptx/evaluate.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace sca::kernels::cuda::ptx::testing {
namespace {

constexpr const char* header = ".version 8.0\n.target sm_80\n.address_size 64\n";

/// Loads what the statements may want.
std::string prologue() {
  std::string text =
      "  .reg .b64 %a64, %b64, %c64, %e64, %r64, %in, %out, %at;\n"
      "  .reg .b32 %a32, %b32, %c32, %e32, %r32, %s32, %t32, %i32;\n"
      "  .reg .b16 %a16, %b16, %c16, %e16, %r16, %s16;\n"
      "  .reg .pred %pa, %pb, %pc, %pe, %p, %q;\n"
      "  ld.param.u64 %in, [k_param_0];\n  ld.param.u64 %out, [k_param_0+8];\n"
      "  mov.u32 %i32, %tid.x;\n  mad.wide.u32 %at, %i32, 32, %in;\n";
  const char* names = "abce";
  for (int i = 0; i < 4; ++i) {
    const std::string name(1, names[i]), offset = std::to_string(8 * i);
    text += "  ld.global.u64 %" + name + "64, [%at+" + offset + "];\n";
    text += "  ld.global.u32 %" + name + "32, [%at+" + offset + "];\n";
    text += "  ld.global.u16 %" + name + "16, [%at+" + offset + "];\n";
    text += "  and.b32 %t32, %" + name + "32, 1;\n  setp.ne.u32 %p" + name + ", %t32, 0;\n";
  }
  return text +
         "  mov.b64 %r64, 0;\n  mov.b32 %r32, 0;\n  mov.b32 %s32, 0;\n  mov.b16 %r16, 0;\n"
         "  setp.ne.u32 %p, 0, 0;\n  setp.ne.u32 %q, 0, 0;\n";
}

std::string epilogue() {
  return "  mad.wide.u32 %at, %i32, 32, %out;\n"
         "  st.global.u64 [%at], %r64;\n  st.global.u32 [%at+8], %r32;\n  st.global.u32 [%at+12], %s32;\n"
         "  selp.u32 %t32, 1, 0, %p;\n  st.global.u32 [%at+16], %t32;\n"
         "  selp.u32 %t32, 1, 0, %q;\n  st.global.u32 [%at+20], %t32;\n"
         "  st.global.u16 [%at+24], %r16;\n  ret;\n";
}

}  // namespace

std::vector<Result> evaluate(const std::string& statements, const std::vector<Operands>& operands,
                             const Options& options) {
  std::string text(header);
  text.append(".visible .entry k(.param .align 8 .b8 k_param_0[16])\n{\n").append(prologue());
  text.append("  ").append(statements).append("\n").append(epilogue()).append("}\n");
  PtxRunner runner(text, options);
  constexpr std::size_t most = 1024;
  std::vector<Result> results(operands.size());
  for (std::size_t begin = 0; begin < operands.size(); begin += most) {
    const std::size_t count = std::min(most, operands.size() - begin);
    void* in = runner.allocate(count * sizeof(Operands), "operands");
    void* out = runner.allocate(count * sizeof(Result), "results");
    runner.upload(in, operands.data() + begin, count * sizeof(Operands));
    const void* argument[] = {in, out};
    runner.launch({"k", {}, static_cast<unsigned>(count), 0, argument, sizeof argument});
    runner.download(results.data() + begin, out, count * sizeof(Result));
    runner.release(in);
    runner.release(out);
  }
  return results;
}

Result evaluate_one(const std::string& statements, const Operands& operands) {
  return evaluate(statements, {operands}).front();
}

std::string kernel(const std::string& body, const std::string& declarations) {
  std::string text = std::string(header) + declarations +
                     "\n.visible .entry k(.param .align 8 .b8 k_param_0[64])\n{\n"
                     "  .reg .pred %q<8>;\n  .reg .b16 %h<16>;\n  .reg .b32 %r<32>;\n  .reg .b64 %d<32>;\n"
                     "  .reg .b64 %p<8>;\n";
  for (int i = 0; i < 8; ++i) {
    text += "  ld.param.u64 %p" + std::to_string(i) + ", [k_param_0+" + std::to_string(8 * i) + "];\n";
  }
  return text + body + "}\n";
}

std::uint64_t hash(std::uint64_t seed, std::uint64_t index) {
  std::uint64_t z = (seed << 32) + index * 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

std::vector<Operands> integer_operands(std::size_t count, std::uint64_t seed) {
  constexpr std::uint64_t special[] = {0,
                                       1,
                                       2,
                                       31,
                                       32,
                                       33,
                                       0x7f,
                                       0x80,
                                       0xff,
                                       0x7fff,
                                       0x8000,
                                       0xffff,
                                       0x7fffffff,
                                       0x80000000,
                                       0xffffffff,
                                       0xffffffffffffffff,
                                       0x8000000000000000,
                                       0x7fffffffffffffff,
                                       63,
                                       64};
  std::vector<Operands> tuples(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t k = 0; k < 4; ++k) {
      const std::uint64_t random = hash(seed, 8 * i + k), choice = hash(seed, 8 * i + k + 4);
      tuples[i][k] = choice % 3 == 0 ? special[random % std::size(special)] : random;
    }
  }
  return tuples;
}

}  // namespace sca::kernels::cuda::ptx::testing
