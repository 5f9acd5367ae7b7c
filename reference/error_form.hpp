#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "reference/ball_matrix.hpp"

namespace sca::reference {

/// A vector of errors, known as what each of several sources does to it: error = sum_s effect_s source_s,
/// |source_s| <= bound_s. The sources stay apart on their way through a composition, so that what one of them
/// does along two ways may cancel, and its effect is the product of the derivatives, not of their magnitudes.
class ErrorForm {
 public:
  /// No error.
  ErrorForm() = default;
  /// A source of its own.
  static ErrorForm source(std::vector<Upper> bounds);

  /// What arrives behind a linear map.
  friend ErrorForm image(const BallMatrix& map, const ErrorForm& errors);
  friend ErrorForm operator+(const ErrorForm& a, const ErrorForm& b);
  /// Of every entry's magnitude; n entries.
  std::vector<Upper> bounds(std::size_t n) const;

 private:
  struct Part {
    std::shared_ptr<const std::vector<Upper>> source;
    std::optional<BallMatrix> effect;  // nothing: the identity

    BallMatrix matrix() const { return effect ? *effect : BallMatrix::identity(source->size()); }
  };
  std::vector<Part> parts_;
};

}  // namespace sca::reference
