#pragma once

#include "evidence/judge/recompute_layer.hpp"
#include "evidence/judge/recompute_model.hpp"

namespace sca::evidence::judge {

template <class Value>
Tensors<Value> recompute(const Dump& dump, const reference::Dialect& dialect, Stages stages) {
  Recomputation<Value> r(dump, stages);
  switch (dump.kind) {
    case Kind::layer:
    case Kind::block:
    case Kind::generated_layer: recompute_layer(r, dialect); break;
    case Kind::transformer: recompute_transformer(r, dialect); break;
    case Kind::model: recompute_model(r, dialect); break;
  }
  return r.take_results();
}

}  // namespace sca::evidence::judge
