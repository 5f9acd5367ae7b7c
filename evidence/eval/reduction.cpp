#include "evidence/eval/reduction.hpp"

#include <algorithm>
#include <map>

namespace sca::evidence::eval {
namespace {

using Key = std::vector<Rational>;

// Groups by key; `sign` 0 leaves an item out.
class Grouping {
 public:
  void add(const Key& key, int sign) {
    const std::size_t item = side_.group.size();
    side_.sign.push_back(sign);
    if (sign == 0) {
      side_.group.push_back(0);
      return;
    }
    const auto [place, fresh] = groups_.emplace(key, side_.member.size());
    side_.group.push_back(place->second);
    if (fresh) {
      side_.member.push_back(item);
      side_.size.push_back(0);
    }
    ++side_.size[place->second];
  }
  const Reduction::Side& side() const { return side_; }

 private:
  std::map<Key, std::size_t> groups_;
  Reduction::Side side_;
};

Key row_of(const std::vector<Rational>& phases, std::size_t points, std::size_t k) {
  const auto begin = phases.begin() + static_cast<std::ptrdiff_t>(k * points);
  return {begin, begin + static_cast<std::ptrdiff_t>(points)};
}

Key column_of(const std::vector<Rational>& phases, std::size_t points, std::size_t m) {
  Key key;
  for (std::size_t i = m; i < phases.size(); i += points) key.push_back(phases[i]);
  return key;
}

Reduction::Side group_rows(const std::vector<Rational>& phases, std::size_t points) {
  Grouping rows;
  for (std::size_t k = 0; k < phases.size() / points; ++k) rows.add(row_of(phases, points, k), 1);
  return rows.side();
}

}  // namespace

Reduction reduce_complex(const std::vector<Rational>& phases, std::size_t points) {
  Grouping columns;
  for (std::size_t m = 0; m < points; ++m) columns.add(column_of(phases, points, m), 1);
  return {group_rows(phases, points), columns.side()};
}

Reduction reduce_real(const std::vector<Rational>& phases, std::size_t points) {
  Grouping columns;
  for (std::size_t m = 0; m < points; ++m) {
    Key key = column_of(phases, points, m);
    const auto first = std::ranges::find_if(key, [](const Rational& x) { return x != 0; });
    const bool zero = first == key.end();
    const bool negative = !zero && *first < 0;
    if (negative) {
      for (Rational& x : key) x = -x;
    }
    key.emplace_back(0);  // marks a cosine
    columns.add(key, 1);
    key.back() = 1;
    columns.add(key, zero ? 0 : negative ? -1 : 1);
  }
  return {group_rows(phases, points), columns.side()};
}

}  // namespace sca::evidence::eval
