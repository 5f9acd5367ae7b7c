#include "bench/measurement.hpp"

#include <gtest/gtest.h>

#include "evidence/input/error.hpp"

namespace {

using namespace sca::bench;
using Json = nlohmann::ordered_json;

Measurement timed() {
  Measurement m{.kernel = "core_forward/f32/serial",
                .shape = {1, 128, 16, 8, 64, 2},
                .threads = 2,
                .is_pinned = true,
                .verdict = "pass",
                .clearance = 0.25};
  m.samples = {0.1, 1.0 / 3, 0.2};
  m.work = {3e6, 5e6, 7e5};
  m.rates = {3e7, 1e8, 1e7};
  return m;
}

TEST(Measurement, ARecordIsTheMeasurement) {
  Measurement refused = timed();
  refused.verdict = "fail";
  refused.remark = "why";
  refused.samples.clear();
  const std::vector<Json> records{Json{{"provenance", {}}}, to_json(timed()), to_json(refused),
                                  Json{{"peer", "ours"}, {"kernel", "f32/avx2"}}};  // not ours to read
  const auto read = measurements(records, "file");
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].key(), timed().key());
  EXPECT_EQ(read[0].samples, timed().samples);
  EXPECT_EQ(read[0].is_pinned, true);
  EXPECT_EQ(read[0].of_floor(), timed().of_floor());
  EXPECT_EQ(to_json(read[0]), records[1]);
  EXPECT_FALSE(read[1].is_timed());
  EXPECT_EQ(read[1].remark, "why");
}

TEST(Measurement, ANetworksRecordHasItsFacts) {
  Measurement decode = timed();
  decode.work.sincos = 0;
  decode.network = {.D = 1024,
                    .blocks = 24,
                    .attention_blocks = 8,
                    .parameters = 371'900'000,
                    .context = 512,
                    .state_bytes = 12345,
                    .scratch_bytes = 678};
  const Json record = to_json(decode);
  EXPECT_EQ(record["parameters"], 371'900'000);
  const auto read = measurements({record}, "file");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(to_json(read[0]), record);
  EXPECT_EQ(read[0].work.sincos, 0);
  EXPECT_EQ(read[0].network.state_bytes, 12345);
  EXPECT_NE(read[0].key(), timed().key());  // another context is another thing
  EXPECT_FALSE(to_json(timed()).contains("D"));
}

TEST(Measurement, TheFloorIsWhicheverTakesLonger) {
  // 0.1 s of memory; 0.05 s of flops and 0.07 s of sin and cos, one after the other.
  EXPECT_DOUBLE_EQ(floor_seconds(timed().work, timed().rates), 0.12);
  EXPECT_DOUBLE_EQ(timed().of_floor(), 0.2 / 0.12);
  Measurement slow_memory = timed();
  slow_memory.rates.bytes = 3e6;
  EXPECT_DOUBLE_EQ(slow_memory.of_floor(), 0.2);
}

TEST(Measurement, ABadRecordIsNamed) {
  const auto refused = [](const char* field, const Json& value) {
    Json record = to_json(timed());
    record[field] = value;
    try {
      measurements({record}, "old.jsonl");
      ADD_FAILURE() << field;
    } catch (const sca::evidence::InputError& error) {
      EXPECT_EQ(std::string(error.what()).rfind(std::string("old.jsonl: ") + field, 0), 0U) << error.what();
    }
  };
  refused("L", 0);
  refused("B", "1");
  refused("samples", Json::array({"0.1", "-1"}));
  refused("samples", Json::array({0.1}));
  refused("samples", "0.1");
  refused("samples", Json::array());
  refused("bytes", "nan");
  refused("flops", "1x");
  refused("sincos", "-1");
  refused("context", 0);
  refused("state_bytes", "9");
  refused("pinned", 1);
  refused("verdict", Json());
  EXPECT_THROW(measurements({Json{{"claim", "x"}}}, "old.jsonl"), sca::evidence::InputError);
}

}  // namespace
