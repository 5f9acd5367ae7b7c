// Properties of the operator alone, Steps 2 to 5, on mixed tokens z.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/reference/agreement.hpp"
#include "tests/reference/random_layer.hpp"

namespace sca::reference::test {
namespace {

template <class Real>
LayerTrace<Real> run(const Layer<Real>& layer, Tensor<Real> z) {
  LayerTrace<Real> trace;
  trace.z_act = std::move(z);
  core(layer, trace);
  return trace;
}

/// The state's three tensors in one.
template <class Real>
Tensor<Real> joined(const LayerTrace<Real>& trace, std::size_t t) {
  Tensor<Real> all = slice(trace.den, t);
  for (const auto* sums : {&trace.re, &trace.im}) {
    const auto last = slice(*sums, t);
    all.data.insert(all.data.end(), last.data.begin(), last.data.end());
  }
  all.shape = {all.data.size()};
  return all;
}

/// z with f applied to each token's queries.
template <class Real, class F>
Tensor<Real> map_queries(const LayerConfig& c, Tensor<Real> z, F f) {
  for (std::size_t i = 0; i < z.data.size() / c.C(); ++i) {
    const auto q = z.row(i, c.C()).subspan(c.KH() + c.K);
    for (std::size_t j = 0; j < q.size(); ++j) q[j] = f(i, j, q[j]);
  }
  return z;
}

RC_GTEST_PROP(Operator, StatesOfASplitAdd, ()) {
  Instance one = any_instance(Dialect::released(), 2);
  one.config.anchors = 0;  // an anchor counts from the first token of what it is given
  const std::size_t cut = *rc::gen::inRange<std::size_t>(1, one.L);
  assert_agree([&]<class Real>() {
    const auto z = one.z<Real>();
    const std::size_t C = one.config.C();
    Instance rest = one;
    rest.config.maxlen = *one.config.maxlen - cut;
    Tensor<Real> first{{one.B, cut, C}, {}};
    Tensor<Real> second{{one.B, one.L - cut, C}, {}};
    for (std::size_t i = 0; i < one.B * one.L; ++i) {
      auto& part = i % one.L < cut ? first.data : second.data;
      const auto row = z.row(i, C);
      part.insert(part.end(), row.begin(), row.end());
    }
    Tensor<Real> sum = joined(run(one.layer<Real>(), first), cut - 1);
    add<Real>(sum.data, joined(run(rest.layer<Real>(), second), one.L - cut - 1).data);
    return Pair<Real>{joined(run(one.layer<Real>(), z), one.L - 1), sum};
  });
}

RC_GTEST_PROP(Operator, ScalingEveryWeightChangesNothing, ()) {
  const Instance one = any_instance(Dialect::paper());
  assert_agree([&]<class Real>() {
    const auto layer = one.layer<Real>();
    const auto trace = run(layer, one.z<Real>());
    auto scaled = trace;
    for (Real& alpha : scaled.p_w.data) alpha *= Real(5.375);
    encode_tokens(layer, scaled);
    scaled.den = scaled.p_w;
    prefix_sum(scaled.den);
    prefix_sum(scaled.re);
    prefix_sum(scaled.im);
    read_tokens(layer, scaled);
    return Pair<Real>{trace.o, scaled.o};
  });
}

RC_GTEST_PROP(Operator, NegatedNodesConjugate, ()) {
  const Instance one = any_instance(Dialect::paper());
  assert_agree([&]<class Real>() {
    auto layer = one.layer<Real>();
    const auto z = one.z<Real>();
    const auto trace = run(layer, z);
    for (Real& node : layer.grid.theta.data) node = -node;
    const auto conjugate = [](std::size_t, std::size_t j, const Real& q) {
      return j % 2 == 1 ? Real(-q) : q;
    };
    auto mirrored = run(layer, map_queries(one.config, z, conjugate));
    for (Real& value : mirrored.im.data) value = -value;
    for (std::size_t i = 0; i < mirrored.o.data.size(); ++i) {
      if (i / one.config.H % 2 == 1) mirrored.o.data[i] = -mirrored.o.data[i];
    }
    Pair<Real> pair{trace.o, mirrored.o};
    pair.first.data.insert(pair.first.data.end(), trace.im.data.begin(), trace.im.data.end());
    pair.second.data.insert(pair.second.data.end(), mirrored.im.data.begin(), mirrored.im.data.end());
    return pair;
  });
}

RC_GTEST_PROP(Operator, RepeatedQueryHeadsAreGroupedOnes, ()) {
  const Instance one = any_instance(Dialect::released());
  assert_identical([&]<class Real>() {
    const LayerConfig& c = one.config;
    LayerConfig full = c;
    full.Kq = c.K;
    const auto z = one.z<Real>();
    Tensor<Real> repeated{{one.B, one.L, full.C()}, {}};
    const std::size_t head = 2 * c.H * c.M;
    for (std::size_t i = 0; i < one.B * one.L; ++i) {
      const auto row = z.row(i, c.C());
      repeated.data.insert(repeated.data.end(), row.begin(),
                           row.begin() + static_cast<std::ptrdiff_t>(c.KH() + c.K));
      for (std::size_t k = 0; k < c.K; ++k) {
        const auto q = row.subspan(c.KH() + c.K + k / c.n() * head, head);
        repeated.data.insert(repeated.data.end(), q.begin(), q.end());
      }
    }
    const auto layer = one.layer<Real>();
    Layer<Real> other = layer;
    other.config = full;
    return Pair<Real>{run(layer, z).o, run(other, repeated).o};
  });
}

RC_GTEST_PROP(Operator, IsLinearInTheQuery, ()) {
  const Instance one = any_instance(Dialect::released());
  assert_agree([&]<class Real>() {
    const auto layer = one.layer<Real>();
    const auto z = one.z<Real>();
    const auto other = hashed_tensor<Real>(one.seed, 99, {one.B * one.L, one.config.queries()});
    const auto at = [&](std::size_t i, std::size_t j) { return other.data[i * one.config.queries() + j]; };
    const auto second =
        map_queries(one.config, z, [&](std::size_t i, std::size_t j, const Real&) { return at(i, j); });
    const auto both = map_queries(one.config, z, [&](std::size_t i, std::size_t j, const Real& q) {
      return Real(q * Real(3) + at(i, j));
    });
    Tensor<Real> sum = run(layer, z).o;
    for (Real& value : sum.data) value *= Real(3);
    add<Real>(sum.data, run(layer, second).o.data);
    return Pair<Real>{run(layer, both).o, sum};
  });
}

RC_GTEST_PROP(Operator, ANodesWeightMayBeSplitOverTwoEqualNodes, ()) {
  const Instance one = any_instance(Dialect::paper());
  assert_agree([&]<class Real>() {
    const LayerConfig& c = one.config;
    const auto layer = one.layer<Real>();
    Layer<Real> split = layer;
    split.config.M = c.M + 1;
    split.grid = {Tensor<Real>{{c.K, c.H, c.M + 1}, {}}, Tensor<Real>{{c.K, c.H, c.M + 1}, {}}};
    for (std::size_t i = 0; i < c.KHM(); ++i) {
      const bool last = i % c.M + 1 == c.M;
      const Real& omega = layer.grid.omega.data[i];
      split.grid.theta.data.push_back(layer.grid.theta.data[i]);
      split.grid.omega.data.push_back(last ? Real(omega * Real(0.25)) : omega);
      if (!last) continue;
      split.grid.theta.data.push_back(layer.grid.theta.data[i]);
      split.grid.omega.data.push_back(Real(omega * Real(0.75)));
    }
    const auto z = one.z<Real>();
    Tensor<Real> longer{{one.B, one.L, split.config.C()}, {}};
    for (std::size_t i = 0; i < z.data.size(); ++i) {
      const std::size_t channel = i % c.C();
      longer.data.push_back(z.data[i]);
      if (channel < c.KH() + c.K || (channel - c.KH() - c.K) % (2 * c.M) + 1 != 2 * c.M) continue;
      longer.data.push_back(z.data[i - 1]);
      longer.data.push_back(z.data[i]);
    }
    return Pair<Real>{run(layer, z).o, run(split, longer).o};
  });
}

RC_GTEST_PROP(Operator, OrderIsLostUnderEqualWeights, ()) {
  Instance one = any_instance(Dialect::paper(), 2);
  const std::size_t shift = *rc::gen::inRange<std::size_t>(1, one.L);
  assert_agree([&]<class Real>() {
    auto layer = one.layer<Real>();
    for (Real& rate : layer.rates) rate = Real(0);
    for (Real& scale : layer.parameters.score_scale.data) scale = Real(0);
    const auto z = one.z<Real>();
    Tensor<Real> rotated = z;
    const std::size_t C = one.config.C();
    for (std::size_t i = 0; i < one.B * one.L; ++i) {
      const std::size_t from = i / one.L * one.L + (i % one.L + shift) % one.L;
      std::ranges::copy(z.row(from, C), rotated.row(i, C).begin());
    }
    return Pair<Real>{joined(run(layer, z), one.L - 1), joined(run(layer, rotated), one.L - 1)};
  });
}

// theta = 0: nothing is modulated, and the one node reads the weighted mean of k times conj(q).
RC_GTEST_PROP(Operator, OneNodeAtZeroReadsTheMean, ()) {
  Instance one = any_instance(Dialect::paper());
  one.config.M = 1;
  one.config.anchors = one.config.K;
  assert_agree([&]<class Real>() {
    using std::sqrt;
    const LayerConfig& c = one.config;
    auto layer = one.layer<Real>();
    for (Real& node : layer.grid.theta.data) node = Real(0);
    for (Real& rate : layer.rates) rate = Real(0);
    for (Real& scale : layer.parameters.score_scale.data) scale = Real(0);
    const auto z = one.z<Real>();
    Tensor<Real> expected = Tensor<Real>::zeros({one.B, one.L, 2 * c.KH()});
    for (std::size_t i = 0; i < one.B * one.L; ++i) {
      for (std::size_t j = 0; j < c.KH(); ++j) {
        const std::size_t k = j / c.H;
        Real mean(0);
        for (std::size_t s = i / one.L * one.L; s <= i; ++s) mean = mean + z.data[s * c.C() + j];
        mean = mean / Real(static_cast<double>(i % one.L + 1)) * layer.grid.omega.data[j] /
               Real(sqrt(Real(static_cast<double>(c.H))));
        const std::size_t q = i * c.C() + c.KH() + c.K + 2 * (k / c.n() * c.H + j % c.H);
        expected.data[i * 2 * c.KH() + 2 * k * c.H + j % c.H] = mean * z.data[q];
        expected.data[i * 2 * c.KH() + (2 * k + 1) * c.H + j % c.H] = -Real(mean * z.data[q + 1]);
      }
    }
    return Pair<Real>{run(layer, z).o, expected};
  });
}

// t = 1: alpha cancels.
RC_GTEST_PROP(Operator, OneTokenDoesNotSeeItsWeight, ()) {
  Instance one = any_instance(Dialect::paper());
  one.L = 1;
  assert_agree([&]<class Real>() {
    const auto layer = one.layer<Real>();
    Layer<Real> other = layer;
    for (Real& bias : other.parameters.score_bias.data) bias += Real(2);
    return Pair<Real>{run(layer, one.z<Real>()).o, run(other, one.z<Real>()).o};
  });
}

}  // namespace
}  // namespace sca::reference::test
