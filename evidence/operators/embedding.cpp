#include "evidence/operators/definition.hpp"
#include "reference/model.hpp"

namespace sca::evidence::operators {
namespace {

using sca::kernels::BFloat16;

struct Lookup {
  static constexpr Size sizes[]{{"rows", 1, 9, 70}, {"vocab", 1, 5, 40}, {"width", 1, 17, 70}};

  static reference::Shape shape(const OperatorCase& one) { return {one.size("rows"), one.size("width")}; }

  static std::vector<Input> inputs(const OperatorCase& one) {
    const auto vocab = static_cast<double>(one.size("vocab"));
    return {{"table", {one.size("vocab"), one.size("width")}, Input::Kind::parameter},
            {"ids", {one.size("rows")}, Input::Kind::integer, vocab}};
  }

  template <class Real>
  static Named<Real> outputs(const Given<Real>& given) {
    reference::Model<Real> model{{}, given["table"], {}};
    model.config.vocab = given.size("vocab");
    model.config.layer.D = given.size("width");
    const std::vector<std::int64_t>& drawn = given.integers.find("ids")->second.data;
    const std::vector<std::size_t> ids(drawn.begin(), drawn.end());
    return {{"x", {shape(given.one), reference::embed<Real>(model, ids)}}};
  }

  template <class Stored, class Real>
  static sca::kernels::EmbeddingForward<Real, Stored> call(Arguments<Real>& a) {
    return {.rows = a.size("rows"),
            .vocab = a.size("vocab"),
            .width = a.size("width"),
            .ids = a.integers("ids"),
            .table = a.template in<Stored>("table"),
            .x = a.out("x", shape(a.one())),
            .threads = a.threads()};
  }
};

struct Embedding : Lookup {
  static constexpr std::string_view name = "embedding";
  static constexpr std::string_view what = "rows of a table, by their numbers";

  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    kernels.embedding(call<Real>(a));
  }

  template <class Real>
  static void backward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    kernels.embedding_backward({.rows = a.size("rows"),
                                .vocab = a.size("vocab"),
                                .width = a.size("width"),
                                .ids = a.integers("ids"),
                                .x_gradient = a.cotangent("x", shape(a.one())),
                                .table_gradient = a.gradient("table", true),
                                .threads = a.threads()});
  }
};

struct EmbeddingBf16 : Lookup {
  static constexpr std::string_view name = "embedding_bf16";
  static constexpr std::string_view what = "rows of a table stored as bf16, by their numbers";

  static std::vector<Input> inputs(const OperatorCase& one) {
    return with_bf16(Lookup::inputs(one), "table");
  }
  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    kernels.embedding_bf16(call<BFloat16>(a));
  }
};

}  // namespace

Definition embedding() { return define<Embedding>(); }
Definition embedding_bf16() { return define<EmbeddingBf16>(); }

}  // namespace sca::evidence::operators
