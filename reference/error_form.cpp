#include "reference/error_form.hpp"

#include <algorithm>
#include <utility>

namespace sca::reference {

ErrorForm ErrorForm::source(std::vector<Upper> bounds) {
  ErrorForm form;
  if (!std::ranges::all_of(bounds, &Upper::is_zero))
    form.parts_.push_back({std::make_shared<const std::vector<Upper>>(std::move(bounds)), std::nullopt});
  return form;
}

ErrorForm image(const BallMatrix& map, const ErrorForm& errors) {
  ErrorForm result;
  for (const auto& part : errors.parts_)
    result.parts_.push_back({part.source, part.effect ? map * *part.effect : map});
  return result;
}

ErrorForm operator+(const ErrorForm& a, const ErrorForm& b) {
  ErrorForm sum = a;
  for (const auto& part : b.parts_) {
    const auto same = std::ranges::find(sum.parts_, part.source, &ErrorForm::Part::source);
    if (same == sum.parts_.end()) {
      sum.parts_.push_back(part);
    } else {
      same->effect = same->matrix() + part.matrix();
    }
  }
  return sum;
}

std::vector<Upper> ErrorForm::bounds(std::size_t n) const {
  std::vector<Upper> result(n);
  for (const Part& part : parts_) {
    const std::vector<Upper> reached = part.effect ? image(*part.effect, *part.source) : *part.source;
    for (std::size_t i = 0; i < n; ++i) result[i] = result[i] + reached[i];
  }
  return result;
}

}  // namespace sca::reference
