#include "evidence/judge/model_errors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "evidence/judge/judgement.hpp"
#include "evidence/judge/precision.hpp"
#include "evidence/judge/recompute.hpp"
#include "reference/adjoint.hpp"
#include "tests/evidence/coarse.hpp"
#include "tests/reference/random_layer.hpp"

namespace sca::evidence::judge {
namespace {

using sca::test::coarse;
using sca::test::Coarse;

using reference::Ball;
using reference::Bounded;
using reference::Dialect;
using reference::FloatingPoint;
using reference::FloatingPointScope;
using reference::ModelConfig;
using reference::Shape;
using reference::Tensor;
using reference::Upper;

// ---- a small hybrid: SCA, attention, SCA; two rows of four tokens

ModelConfig small_model(std::optional<std::size_t> maxlen = 6) {
  ModelConfig c;
  c.vocab = 5;
  c.num_layers = 3;
  c.ratio = 1;
  c.layer = {.D = 4, .K = 2, .Kq = 1, .M = 2, .H = 2, .ck = 2, .anchors = 1, .E = 2, .maxlen = maxlen};
  c.block = {.D = 4, .num_heads = 2, .num_kv_heads = 1, .d_ff = 3, .qk_norm = true, .maxlen = 6};
  return c;
}
const Dialect dialect = Dialect::released();
constexpr std::uint64_t seed = 11;
constexpr std::size_t L = 4;
const Shape stream_shape{2, L, 4};

Tensor<double> parameter(const std::string& name, const Shape& shape) {
  return reference::test::hashed_source<double>(seed)(name, shape);
}
Tensor<double> random_stream(std::uint64_t stream) {
  return reference::test::hashed_tensor<double>(seed, stream, stream_shape);
}

// ---- one block, in any scalar

template <class Real>
Tensor<Real> run(const ModelConfig& config, std::size_t i, const Tensor<Real>& x, std::size_t prefill) {
  const auto source = [](const std::string& name, const Shape& shape) {
    return reference::tensor_cast<Real>(parameter(name, shape), [](double entry) { return Real(entry); });
  };
  return reference::run(reference::read_block<Real>(config, dialect, i, source), x, prefill);
}

template <class Value>
Tensor<Value> output(const ModelConfig& config, std::size_t i, const Tensor<Value>& x, std::size_t prefill) {
  using Real = reference::Adjoint<Value>;
  const auto constant = reference::tensor_cast<Real>(
      x, [](const Value& entry) { return Real(entry, reference::constant_node); });
  return reference::tensor_cast<Value>(run(config, i, constant, prefill),
                                       [](const Real& entry) { return entry.value(); });
}

template <class Value>
Tensor<Value> gradient(const ModelConfig& config, std::size_t i, const Tensor<Value>& x,
                       const Tensor<Value>& cotangent) {
  using Real = reference::Adjoint<Value>;
  reference::Tape<Value> tape;
  const Tensor<Real> variable = reference::variables(tape, x);
  const typename Real::Recording recording(tape);
  const auto out = run(config, i, variable, L);
  return reference::Gradient<Value>(tape, std::span<const Real>(out.data),
                                    std::span<const Value>(cotangent.data))
      .by(variable);
}

// ---- a way through the model and back

/// h behind every block, then g before every block from the last to the first.
template <class Number>
using Way = std::vector<Tensor<Number>>;

/// The model, and where errors come from: the arithmetic of one block (none: all in double), and how far the
/// embedding and the last cotangent may be off.
struct Origin {
  std::size_t coarse_block = small_model().num_layers;
  double off = 0;
  std::size_t prefill = L;
  ModelConfig config = small_model();
};

Tensor<Bounded> with_error(const Tensor<double>& x, double off) {
  return reference::tensor_cast<Bounded>(
      x, [&](double entry) { return Bounded::within(Ball::exact(entry), off); });
}

/// The exact numbers, with what ModelErrors says of them and nothing else.
Way<Bounded> claimed(const Origin& origin) {
  const ModelConfig& config = origin.config;
  const auto unbounded = [](const Tensor<Bounded>& x) {
    return reference::tensor_cast<Bounded>(
        x, [](const Bounded& entry) { return Bounded::within(entry.value(), Upper::unknown()); });
  };
  const auto arithmetic = [&](std::size_t i) {
    return i == origin.coarse_block ? coarse : reference::binary64;
  };
  ModelErrors errors(config, dialect, parameter, origin.prefill);
  Way<Bounded> way;
  std::vector<Tensor<Bounded>> hidden{with_error(random_stream(1), origin.off)};
  for (std::size_t i = 0; i < config.num_layers; ++i) {
    const FloatingPointScope scope(arithmetic(i));
    hidden.push_back(unbounded(output(config, i, hidden[i], origin.prefill)));
    errors.tighten(i, hidden[i], hidden[i + 1]);
    way.push_back(hidden[i + 1]);
  }
  if (origin.prefill != L) return way;
  Tensor<Bounded> cotangent = with_error(random_stream(2), origin.off);
  for (std::size_t i = config.num_layers; i-- > 0;) {
    const FloatingPointScope scope(arithmetic(i));
    way.push_back(unbounded(gradient(config, i, hidden[i], cotangent)));
    errors.tighten_gradient(i, hidden[i], cotangent, way.back());
    cotangent = way.back();
  }
  return way;
}

/// An evaluation that keeps `origin`'s promises; signs(j) says to which side number j is off.
template <class Signs>
Way<Coarse> computed(const Origin& origin, Signs signs) {
  const ModelConfig& config = origin.config;
  const auto moved = [&](const Tensor<double>& x, std::size_t first) {
    return reference::tensor_cast<Coarse>(
        x, [&, j = first](double entry) mutable { return Coarse(entry + origin.off * signs(j++)); });
  };
  Way<Coarse> way;
  std::vector<Tensor<Coarse>> hidden{moved(random_stream(1), 0)};
  for (std::size_t i = 0; i < config.num_layers; ++i) {
    Coarse::is_coarse = i == origin.coarse_block;
    hidden.push_back(output(config, i, hidden[i], origin.prefill));
    way.push_back(hidden[i + 1]);
  }
  if (origin.prefill != L) return way;
  Tensor<Coarse> cotangent = moved(random_stream(2), 1000);
  for (std::size_t i = config.num_layers; i-- > 0;) {
    Coarse::is_coarse = i == origin.coarse_block;
    cotangent = gradient(config, i, hidden[i], cotangent);
    way.push_back(cotangent);
  }
  return way;
}

/// The largest error / bound of each tensor on the way.
std::vector<double> clearances(const Way<Bounded>& claims, const Way<Coarse>& numbers) {
  std::vector<double> worst;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    worst.push_back(0);
    for (std::size_t j = 0; j < claims[i].data.size(); ++j)
      worst.back() =
          std::max(worst.back(), clearance(claims[i].data[j], static_cast<double>(numbers[i].data[j])));
  }
  return worst;
}

class ModelErrorsTest : public ::testing::Test {
  reference::DigitsScope digits_{50};
};
const auto none = [](std::size_t) { return 0.0; };

// Each block alone rounds 2^30 times as much as the others: to forget what it adds, in whatever comes behind
// it, would show.
TEST_F(ModelErrorsTest, TheRoundingsOfEveryBlockArriveEverywhere) {
  for (std::size_t i = 0; i <= small_model().num_layers; ++i) {
    const Origin origin{.coarse_block = i};
    for (const double one : clearances(claimed(origin), computed(origin, none))) {
      EXPECT_LE(one, 1) << "block " << i;
      EXPECT_GT(one, 1e-4) << "block " << i;
    }
  }
}

/// The largest clearances over inputs that are off in many directions.
std::vector<double> in_many_directions(const Origin& origin) {
  const Way<Bounded> claims = claimed(origin);
  std::vector<double> worst(claims.size(), 0);
  for (std::uint64_t direction = 0; direction < 200; ++direction) {
    const auto signs = [&](std::size_t j) {
      return reference::test::hashed(direction, 5, j) < 0 ? -1.0 : 1.0;
    };
    const auto found = clearances(claims, computed(origin, signs));
    for (std::size_t i = 0; i < worst.size(); ++i) worst[i] = std::max(worst[i], found[i]);
  }
  return worst;
}

// Some directions come near the bound, so that one that has lost a term is exceeded, and magnitudes
// multiplied block by block would be seen.
TEST_F(ModelErrorsTest, ErrorsOfTheInputsArriveAsTheyShould) {
  for (const double one : in_many_directions({.off = 1e-7})) {
    EXPECT_LE(one, 1);
    EXPECT_GT(one, 0.3);
  }
}

// Without a maximum length the released step is another function than the released forward.
TEST_F(ModelErrorsTest, StepsHaveDerivativesOfTheirOwn) {
  for (const double one :
       in_many_directions({.off = 1e-7, .prefill = 0, .config = small_model(std::nullopt)})) {
    EXPECT_LE(one, 1);
    EXPECT_GT(one, 0.3);
  }
}

TEST_F(ModelErrorsTest, StepsAreBoundedToo) {
  for (const std::size_t prefill : {std::size_t{0}, std::size_t{2}}) {
    const Origin origin{.coarse_block = 0, .prefill = prefill};
    for (const double one : clearances(claimed(origin), computed(origin, none))) {
      EXPECT_LE(one, 1) << "from token " << prefill;
      EXPECT_GT(one, 1e-4) << "from token " << prefill;
    }
  }
}

// ---- a model of the released code: tests/evidence/golden_test.cpp judges all of them

#ifdef SCA_SANITIZED
constexpr bool too_slow = true;
#else
constexpr bool too_slow = false;
#endif

Dump without(const std::vector<std::string>& names) {
  Dump dump = read_dump(SCA_SOURCE_DIR "/tests/data/golden/model_02.npz");
  for (const std::string& name : names) dump.tensors.erase(name);
  return dump;
}

TEST_F(ModelErrorsTest, OneLogitChangedByTwoBoundsIsFound) {
  if (too_slow) GTEST_SKIP() << "too slow under sanitizers";
  const Dump dump = without({"G", "step_logits", "prefill_step_logits"});
  std::vector<double> logits = dump.tensors.at("logits").values;
  const Precision* f64 = precision("f64");
  const FloatingPointScope scope(f64->format);
  const auto expected = recompute<Bounded>(dump, dialect, Stages::chained).at("logits");
  const auto judgement = [&] { return judge({expected}, logits, *f64, nullptr); };
  EXPECT_EQ(judgement().verdict, Verdict::pass);
  EXPECT_EQ(judgement().note, "") << "as tight as a layer's";
  logits.at(123) += 2 * expected.data.at(123).error().bound();
  EXPECT_EQ(judgement().verdict, Verdict::fail);
  EXPECT_EQ(judgement().worst, 123u);
}

/// The small model as a file that asks for every result.
Dump small_dump() {
  const ModelConfig c = small_model();
  std::map<std::string, Array> tensors;
  const auto put = [&](const std::string& name, const Tensor<double>& tensor) {
    tensors[name] = {tensor.shape, tensor.data, "<f8"};
  };
  const auto source = [&](const std::string& name, const Shape& shape) {
    put("p." + name, parameter(name, shape));
    put("g." + name, parameter(name, shape));
    return parameter(name, shape);
  };
  reference::read_model<double>(c, dialect, source);
  const Shape shape{2, L, c.vocab};
  put("G", reference::test::hashed_tensor<double>(seed, 3, shape));
  for (const char* name : {"logits", "step_logits", "prefill_step_logits"})
    put(name, Tensor<double>::zeros(shape));
  tensors["ids"] = {{2, L}, {0, 3, 1, 4, 2, 2, 0, 1}, "<i8"};
  tensors["cfg"] = {{21}, {3, 2, L, 4, 3, 3, 5, 6, 2, 1, 1, 2, 1, 2, 2, 1, 1, 1, 2, 0, 2}, "<i8"};
  return to_dump("small.npz", tensors);
}

TEST_F(ModelErrorsTest, OurOwnFloat64EvaluationOfEverythingIsWithinUsefulBounds) {
  const Dump dump = small_dump();
  const auto expected = recompute<Bounded>(dump, dialect, Stages::chained);
  const auto got = recompute<double>(dump, dialect, Stages::chained);
  EXPECT_GT(expected.size(), 30u);
  for (const auto& [name, tensor] : expected) {
    const Judgement judgement = judge({tensor}, got.at(name).data, *precision("f64"), nullptr);
    EXPECT_EQ(judgement.verdict, Verdict::pass) << name << " " << judgement.clearance;
    EXPECT_LT(judgement.relative_bound, 1) << name;
  }
}

}  // namespace
}  // namespace sca::evidence::judge
