#include "proofs_numeric/finite_support.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

#include "evidence/hash.hpp"

namespace sca::proofs {

using reference::ComplexMatrix;

Rational decimal(const std::string& text) {
  Integer digits(0);
  Integer scale(1);
  bool after_point = false;
  for (const char c : text) {
    if (c == '.') after_point = true;
    if (c < '0' || c > '9') continue;
    digits = digits * 10 + (c - '0');
    if (after_point) scale *= 10;
  }
  return Rational(text.front() == '-' ? Integer(-digits) : digits, scale);
}

std::vector<Rational> decimals(const std::vector<std::string>& texts) {
  std::vector<Rational> result;
  result.reserve(texts.size());
  for (const std::string& text : texts) result.push_back(decimal(text));
  return result;
}

Rational hashed(unsigned seed, unsigned index) {
  return Rational(static_cast<long>(evidence::mixed(std::uint64_t{seed} << 32 | index) % 4096) - 2048, 1024);
}

std::vector<Rational> hashed_list(unsigned seed, std::size_t n) {
  std::vector<Rational> result;
  result.reserve(n);
  for (std::size_t i = 0; i < n; ++i) result.push_back(hashed(seed, static_cast<unsigned>(i)));
  return result;
}

std::vector<Interval> enclose(const std::vector<Rational>& values) {
  std::vector<Interval> result;
  result.reserve(values.size());
  for (const Rational& x : values) result.push_back(to_interval(x));
  return result;
}

Interval factorial(std::size_t n) {
  Interval product(1);
  for (std::size_t k = 2; k <= n; ++k) product *= Interval(static_cast<long>(k));
  return product;
}

std::string show(const std::vector<Rational>& values) {
  std::string text = "(";
  for (const Rational& x : values) text += (text.size() > 1 ? ", " : "") + x.str();
  return text + ")";
}

ComplexMatrix as_matrix(std::size_t rows, std::size_t columns, const std::vector<Interval>& entries) {
  ComplexMatrix matrix(rows, columns);
  for (std::size_t i = 0; i < rows * columns; ++i) matrix.entries[i] = {entries[i], Interval(0)};
  return matrix;
}

ComplexMatrix as_matrix(std::size_t rows, std::size_t columns,
                        const std::vector<Complex<Interval>>& entries) {
  ComplexMatrix matrix(rows, columns);
  matrix.entries = entries;
  return matrix;
}

ComplexMatrix submatrix(const ComplexMatrix& a, const std::vector<std::size_t>& rows,
                        const std::vector<std::size_t>& columns) {
  ComplexMatrix result(rows.size(), columns.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < columns.size(); ++j) result(i, j) = a(rows[i], columns[j]);
  }
  return result;
}

std::vector<std::size_t> first_indices(std::size_t n) {
  std::vector<std::size_t> result(n);
  std::iota(result.begin(), result.end(), std::size_t{0});
  return result;
}

evidence::Findings rank_is(const std::string& what, const ComplexMatrix& a, std::size_t r) {
  const std::size_t most = std::min(a.rows, a.columns);
  const auto leading_minor = [&](std::size_t n) {
    return norm(reference::determinant(submatrix(a, first_indices(n), first_indices(n))));
  };
  evidence::Findings findings;
  std::string at_least = fmt::format("{}: rank at least {} (leading minor squared above 0)", what, r);
  if (r > most) {
    findings.push_back(evidence::exactly(std::move(at_least), false, fmt::format("size allows {}", most)));
  } else {
    findings.push_back(evidence::exceeds(std::move(at_least), leading_minor(r), Interval(0)));
  }
  std::string at_most = fmt::format("{}: rank at most {}", what, r);
  if (r >= most) {
    findings.push_back(
        evidence::exactly(std::move(at_most), true, fmt::format("size {} x {}", a.rows, a.columns)));
  } else {
    findings.push_back(evidence::at_most(at_most + fmt::format(" (leading minor of {} vanishes)", r + 1),
                                         leading_minor(r + 1), Interval(0)));
  }
  return findings;
}

}  // namespace sca::proofs
