#include "evidence/eval/render.hpp"

#include "evidence/eval/decimal.hpp"

namespace sca::evidence::eval {
namespace {

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

bool is_complex(const Object& object) { return object.size() == 2 && object[0].first == "re"; }

// What a number that is not settled may still say; `scale` is its vector's.
std::string unsettled(const Interval& x, const Interval& scale, int digits) {
  const auto partial = partial_decimal(x, digits);
  if (!partial) return undecided;
  const bool alone = contains_zero(scale);  // the whole vector cannot be told from zero
  const Interval allowed = scale / power(Interval(10), static_cast<std::size_t>(digits));
  if (contains_zero(x) && !alone && !certainly_less(magnitude(x), allowed)) return undecided;
  return *partial;
}

class Renderer {
 public:
  explicit Renderer(int digits) : digits_(digits) {}

  Json operator()(const Value& value, const Interval& scale) {
    return std::visit(
        Overloaded{[&](const Interval& x) { return number(x, scale); },
                   [&](const Rational& x) { return Json(to_decimal(x, digits_)); },
                   [](long x) { return Json(x); }, [&](const std::string& word) { return text(word); },
                   [&](const List& list) { return items(list, scale); },
                   [&](const Object& object) { return fields(object, scale); }},
        value.data);
  }
  bool settled() const { return settled_; }

 private:
  Json number(const Interval& x, const Interval& scale) {
    if (auto decimal = to_decimal(x, digits_)) return *decimal;
    settled_ = false;
    return unsettled(x, scale, digits_);
  }
  Json text(const std::string& word) {
    if (word == undecided) settled_ = false;
    return word;
  }
  Json items(const List& list, const Interval& scale) {
    Json result = Json::array();
    for (const Value& item : list) result.push_back((*this)(item, scale));
    return result;
  }
  Json fields(const Object& object, const Interval& scale) {
    Json result = Json::object();
    for (const auto& [name, value] : object) {
      result[name] = (*this)(value, is_complex(object) ? scale : scale_of(value));
    }
    return result;
  }

  int digits_;
  bool settled_ = true;
};

}  // namespace

Interval scale_of(const Value& value) {
  Interval scale(0);
  const auto grow = [&](const Interval& x) { scale = larger(scale, Interval(abs(x))); };
  std::visit(Overloaded{[&](const Interval& x) { grow(x); }, [&](const Rational& x) { grow(to_interval(x)); },
                        [](long) {}, [](const std::string&) {},
                        [&](const List& list) {
                          for (const Value& item : list) grow(scale_of(item));
                        },
                        [&](const Object& object) {
                          for (const auto& field : object) grow(scale_of(field.second));
                        }},
             value.data);
  return scale;
}

Rendered render(const Value& value, int digits) {
  Renderer renderer(digits);
  Json json = renderer(value, scale_of(value));
  return {std::move(json), renderer.settled()};
}

}  // namespace sca::evidence::eval
