#include "evidence/cuda/static_counts.hpp"

#include <gtest/gtest.h>

#include "evidence/input/error.hpp"

namespace sca::evidence::cuda {
namespace {

constexpr const char* text = R"(// Cuda compilation tools, release 13.0, V13.0.88
.version 9.0
.target sm_80
.address_size 64
.extern .func (.param .b32 func_retval0) declared(.param .b64 a);
/* st.local.f32 [%rd1], %f1; */
.func  (.param .b32 func_retval0) slow_path(
	.param .b32 slow_path_param_0
)
{
	.local .align 4 .b8 	__local_depot0[28];
	.reg .b32 	%r<3>;
	st.local.u32 	[%rd1], %r1;
	ld.local.u32 	%r2, [%rd1+4];   // ld.local.u32 again
	ret;
}
.visible .entry first(
	.param .align 8 .b8 first_param_0[40]
)
.maxntid 128, 2, 1
.minnctapersm 1
{
	.reg .pred 	%p<2>;
	.reg .f32 	%f<9>;
	.shared .align 16 .b8 memory[64];

	ld.param.u64 	%rd1, [first_param_0];
	ld.global.v4.f32 	{%f1, %f2, %f3, %f4}, [%rd1];
	ld.global.nc.v2.f32 	{%f5, %f6}, [%rd1+16];
	ld.global.f32 	%f7, [%rd1+24];
	@%p1 bra 	$L__BB0_2;
	{ // callseq 0, 0
	.param .b32 param0;
	call.uni (retval0),
	slow_path,
	(
	param0
	);
	} // callseq 0
	ex2.approx.ftz.f32 	%f8, %f7;
	div.rn.f32 	%f8, %f8, %f7;
	sqrt.rn.f32 	%f8, %f8;
	div.s32 	%r1, %r2, %r3;
	rem.u64 	%rd2, %rd3, %rd4;
$L__BB0_2: st.global.v4.f32 	[%rd1], {%f1, %f2, %f3, %f4};
	@!%p1 st.global.f32 	[%rd1], %f7;
	st.shared.v4.f32 	[memory], {%f1, %f2, %f3, %f4};
$L__BB0_3:
	{
	.reg .b16 low;
	mov.b32 	{low, _}, %r1;
	}
	ret;

}
.visible .entry second()
.reqntid 64
{
	ret;
}
)";

TEST(CudaStaticCounts, AreThoseOfTheText) {
  const auto all = count_instructions(text, "some.ptx");
  ASSERT_EQ(all.size(), 2U);
  const StaticCounts& first = all[0];
  EXPECT_EQ(first.kernel, "first");
  EXPECT_EQ(first.most_threads, 256);
  EXPECT_EQ(first.instructions, 16 + 3);
  EXPECT_EQ(first.local, 2);
  EXPECT_EQ(first.loads.all, 3);
  EXPECT_EQ(first.loads.of_two, 1);
  EXPECT_EQ(first.loads.of_four, 1);
  EXPECT_EQ(first.stores.all, 2);
  EXPECT_EQ(first.stores.of_two, 0);
  EXPECT_EQ(first.stores.of_four, 1);
  EXPECT_EQ(first.approximate, 1);
  EXPECT_EQ(first.divisions, 2);
  EXPECT_EQ(first.integer_divisions, 2);
  EXPECT_EQ(all[1].kernel, "second");
  EXPECT_EQ(all[1].most_threads, 64);
  EXPECT_EQ(all[1].instructions, 1);
  EXPECT_EQ(all[1].local, 0);
}

TEST(CudaStaticCounts, NameTheToolkit) {
  EXPECT_EQ(toolkit_of(text), "release 13.0, V13.0.88");
  EXPECT_EQ(toolkit_of(""), "");
}

TEST(CudaStaticCounts, AreRefusedWhereTheTextIsCutOff) {
  const std::string whole = text;
  const std::string part = whole.substr(0, whole.find("st.shared"));
  try {
    count_instructions(part, "cut.ptx");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "cut.ptx: first: expected the end of its text, found the end of the file");
  }
  EXPECT_THROW(count_instructions(whole.substr(0, whole.find("$L__BB0_3")) + "}\nret;\n}\n", "torn.ptx"),
               InputError);
  EXPECT_TRUE(count_instructions("", "empty.ptx").empty());
}

}  // namespace
}  // namespace sca::evidence::cuda
