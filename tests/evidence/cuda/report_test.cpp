#include "evidence/cuda/report.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "evidence/cuda/cards.hpp"
#include "evidence/cuda/figure.hpp"
#include "evidence/cuda/tables.hpp"
#include "evidence/input/error.hpp"

namespace sca::evidence::cuda {
namespace {

using Json = nlohmann::ordered_json;

// Stores once to each of 32 neighbours, four bytes a lane.
constexpr const char* storing = R"(// Cuda compilation tools, release 13.0, V13.0.88
.version 8.0
.target sm_80
.address_size 64
.visible .entry storing_f32(
	.param .align 8 .b8 storing_param_0[8]
)
.maxntid 128, 1, 1
{
	.reg .b32 	%r<3>;
	.reg .b64 	%rd<5>;
	ld.param.u64 	%rd1, [storing_param_0];
	mov.u32 	%r1, %tid.x;
	mul.wide.s32 	%rd3, %r1, 4;
	add.s64 	%rd4, %rd1, %rd3;
	st.global.u32 	[%rd4], %r1;
	ret;
}
)";

void store(sca::kernels::cuda::Runner& runner) {
  void* const to = runner.allocate(128, "to");
  runner.launch({"storing_f32", {1, 1, 1}, 32, 0, &to, sizeof to});
  runner.release(to);
}

std::vector<Json> some_records(const StatedRatios& stated, int spills = 0) {
  const Resources kernel{.kernel = "storing_f32",
                         .architecture = 80,
                         .registers = 40,
                         .stack = spills,
                         .spill_stores = spills,
                         .spill_loads = spills,
                         .shared = 1024};
  const Work work{"storing", "f32", "32 numbers", 32, 64, stated, store};
  return cuda_records({{kernel}, {{"sm_80.ptx", 80, storing}}}, {work});
}

const Json& of_kind(const std::vector<Json>& records, const char* kind) {
  for (const Json& record : records) {
    if (record.value("cuda", "") == kind) return record;
  }
  throw std::runtime_error(kind);
}

TEST(CudaReport, SaysWhatWasCompiledAndWhatWasMoved) {
  const auto all = some_records({2, 2});
  EXPECT_EQ(of_kind(all, "toolkit")["nvcc"], "release 13.0, V13.0.88");
  const Json& resources = of_kind(all, "resources");
  EXPECT_EQ(resources["architecture"], "sm_80");
  EXPECT_EQ(resources["threads"], 32) << "as launched, not as many as may be";
  EXPECT_EQ(resources["blocks"], 32);
  EXPECT_EQ(resources["occupancy"], "0.5");
  EXPECT_EQ(resources["limit"], "blocks");
  EXPECT_EQ(of_kind(all, "instructions")["instructions"], 6);
  const Json& moved = of_kind(all, "work");
  EXPECT_EQ(moved["instructions_per_token"], "6");
  EXPECT_EQ(moved["sectors_per_request"], "4");
  EXPECT_EQ(moved["bytes_per_token"], "4");
  EXPECT_EQ(moved["least_bytes_per_token"], "2");
  EXPECT_EQ(moved["ratio"], "2");
  EXPECT_EQ(moved["cached_bytes_per_token"], "4");
  EXPECT_EQ(moved["cached_ratio"], "2");
  EXPECT_EQ(of_kind(all, "traffic")["sectors_per_load"], "-");
  // 12 operations at 19.5e12 a second are less than 4 bytes at 2039e9.
  const Json& model = of_kind(all, "roofline");
  EXPECT_EQ(model["bound"], "memory");
  EXPECT_EQ(model["nanoseconds_per_token"], "0.0019617");
  EXPECT_NE(std::string(model["basis"]).find("model"), std::string::npos);
}

TEST(CudaReport, FindsRegressions) {
  EXPECT_TRUE(regressions(some_records({2, 2}), "x").empty());
  const auto more = regressions(some_records({1.9, 1.8}), "x");
  ASSERT_EQ(more.size(), 2U);
  EXPECT_EQ(more[0], "storing f32: 2 times the least bytes are asked for, more than the stated 1.9");
  EXPECT_EQ(more[1], "storing f32: 2 times the least bytes are touched, more than the stated 1.8");
  const auto spilled = regressions(some_records({2, 2}, 8), "x");
  ASSERT_EQ(spilled.size(), 1U);
  EXPECT_EQ(spilled[0], "storing_f32 on sm_80: 8 bytes of stack, 8 of spill stores, 8 of spill loads");
  auto local = some_records({2, 2});
  for (Json& record : local) {
    if (record.contains("local")) record["local"] = 3;
    if (record.contains("ratio")) record["ratio"] = record["cached_ratio"] = "nan";
  }
  EXPECT_EQ(regressions(local, "x").size(), 4U) << "text, run and two ratios that are no numbers";
}

TEST(CudaReport, RefusesRecordsWithoutTheirFields) {
  EXPECT_THROW(regressions({Json{{"cuda", "work"}, {"work", "w"}}}, "x"), InputError);
  EXPECT_THROW(work_table({Json{{"cuda", "work"}, {"work", "w"}}}, "x"), InputError);
}

TEST(CudaReport, ChoosesByPartsOfNames) {
  const auto all = some_records({2, 2});
  EXPECT_EQ(chosen_records(all, {}).size(), all.size());
  EXPECT_EQ(chosen_records(all, {"storing"}).size(), all.size());
  EXPECT_EQ(chosen_records(all, {"storing f32"}).size(), all.size() - 2) << "works alone";
  EXPECT_EQ(chosen_records(all, {"nothing"}).size(), 1U) << "the toolkit";
}

TEST(CudaReport, FillsTables) {
  const auto all = some_records({2, 2});
  EXPECT_EQ(markdown_table(all, "resources", "x.md"),
            "| kernel | threads | shared, bytes | stack, bytes | spills, bytes | sm_80 |\n"
            "|---|--:|--:|--:|--:|--:|\n"
            "| `storing_f32` | 32 | 1024 | 0 | 0 | 40, 50 % |\n"
            "\nnvcc: release 13.0, V13.0.88.\n");
  EXPECT_NE(markdown_table(all, "traffic", "x.md")
                .find("| storing | f32 | 32 numbers | 6 | 4 | 4 | 2 | 2 | 2 | 2 | 2 |\n"),
            std::string::npos);
  EXPECT_NE(markdown_table(all, "roofline", "x.md").find("0.00196, memory"), std::string::npos);
  EXPECT_EQ(markdown_table({}, "resources", "x.md"), "");
  EXPECT_THROW(markdown_table(all, "nonsense", "x.md"), InputError);
  std::ostringstream text;
  print_tables(text, all, "x", false);
  EXPECT_NE(text.str().find("A model, not a time"), std::string::npos);
}

TEST(CudaReport, DrawsTrafficAndOccupancy) {
  const Figure figure = cuda_figure(some_records({2, 2}), Json::object(), "x");
  ASSERT_EQ(figure.panels.size(), 2U);
  ASSERT_EQ(figure.panels[1].tiles.size(), 1U);
  EXPECT_EQ(figure.panels[1].tiles[0].text, "50");
  EXPECT_FALSE(drawing(figure).script.empty());
  EXPECT_THROW(cuda_figure({}, Json::object(), "x"), InputError);
}

TEST(CudaCards, BoundByTheLargerOfBoth) {
  const Card card{"card", 80, 1e12, 10e12};
  EXPECT_EQ(model_time(card, 100, 1).bound, "memory");
  EXPECT_DOUBLE_EQ(model_time(card, 100, 1).seconds, 1e-10);
  EXPECT_EQ(model_time(card, 1, 100).bound, "instructions");
  EXPECT_DOUBLE_EQ(model_time(card, 1, 100).seconds, 2e-11);
}

}  // namespace
}  // namespace sca::evidence::cuda
