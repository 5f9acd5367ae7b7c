#pragma once

#include <memory>

#include "bench/gate.hpp"
#include "bench/measurement.hpp"

namespace sca::bench {

/// A call with everything that it needs in memory.
class Ready {
 public:
  Ready() = default;
  virtual ~Ready() = default;
  Ready(const Ready&) = delete;
  Ready& operator=(const Ready&) = delete;

  /// 0, or what was refused with.
  virtual int call() = 0;
  /// Bytes that calls go through before they come back to the first ones.
  virtual double footprint() const = 0;
  /// Adds what is known only now: states and scratch memory.
  virtual void describe(NetworkFacts&) const {}
};

/// Something that is timed: a row of the table.
class Timed {
 public:
  Timed() = default;
  virtual ~Timed() = default;
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;

  /// Name, sizes, threads and the least work of a call; no verdict and no times yet.
  virtual Measurement row() const = 0;
  /// Of the numbers that it computes with.
  virtual sca_dtype dtype() const = 0;
  virtual Traffic traffic() const { return Traffic::any; }
  /// Of its own, beside its group's tensors. domain   the tensors fit into memory
  virtual double workspace_bytes() const = 0;
  /// Whether its speed may be told.
  virtual Admission admit(Gate& gate) const = 0;
  virtual std::unique_ptr<Ready> prepare() const = 0;
};

}  // namespace sca::bench
