// SPDX-License-Identifier: MIT
#pragma once

// Small data sets of the kinds that break neighbor searches, and a brute-force oracle for them.

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include <rebalance/rebalance.hpp>

namespace sets {

using rebalance::Index;
using rebalance::Matrix;

/// As many rows as a test can afford: sanitizers make it ten times slower.
constexpr Index affordable(Index rows, [[maybe_unused]] Index rows_with_sanitizers) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return rows_with_sanitizers;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  return rows_with_sanitizers;
#endif
#endif
  return rows;
}

/// How the features of a set are spread.
enum class Kind { continuous, lattice, duplicates, far_off, constant_columns, tiny, huge };

inline std::string name(Kind kind) {
  constexpr const char* names[] = {"continuous",       "lattice", "duplicates", "far off",
                                   "constant columns", "tiny",    "huge"};
  return names[static_cast<std::size_t>(kind)];
}

template <class S = double>
Matrix<S> features(Kind kind, Index rows, Index columns, unsigned seed = 1) {
  std::mt19937 engine(seed);
  std::normal_distribution<double> normal;
  std::uniform_int_distribution<int> small(0, 3);
  Matrix<S> X(rows, columns);
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < columns; ++j) {
      double value = normal(engine);
      if (kind == Kind::lattice) value = small(engine);
      if (kind == Kind::far_off) value += 1e8;
      if (kind == Kind::constant_columns && j % 2 == 0) value = 7.5;
      if (kind == Kind::tiny) value *= 1e-160;
      if (kind == Kind::huge) value *= std::same_as<S, float> ? 1e37 : 1e148;
      X(i, j) = static_cast<S>(value);
    }
  if (kind == Kind::duplicates)  // every row three times
    for (Index i = 0; i < rows; ++i) X.row(i) = X.row(i / 3 * 3).eval();
  return X;
}

/// Labels 0 .. sizes.size()-1, interleaved.
inline std::vector<int> labels(const std::vector<Index>& sizes, unsigned seed = 1) {
  std::vector<int> y;
  for (std::size_t c = 0; c < sizes.size(); ++c)
    y.insert(y.end(), static_cast<std::size_t>(sizes[c]), static_cast<int>(c));
  std::shuffle(y.begin(), y.end(), std::mt19937(seed));
  return y;
}

inline std::vector<Index> numbers(Index count) {
  std::vector<Index> out(static_cast<std::size_t>(count));
  std::iota(out.begin(), out.end(), Index{0});
  return out;
}

/// Squared distance with every operation rounded by itself: volatile keeps the compiler from fusing.
template <class S>
double distance(const Matrix<S>& X, Index a, Index b) {
  volatile double sum = 0;
  for (Index j = 0; j < X.cols(); ++j) {
    const volatile double way = static_cast<double>(X(a, j)) - static_cast<double>(X(b, j));
    const volatile double square = way * way;
    sum = sum + square;
  }
  return sum;
}

/// The k nearest rows of `among` other than the query, by sorting all of them.
template <class S>
std::vector<rebalance::Neighbor> nearest(const Matrix<S>& X, const std::vector<Index>& among, Index query, Index k) {
  std::vector<rebalance::Neighbor> all;
  for (const Index row : among)
    if (row != query) all.push_back({distance(X, query, row), row});
  std::sort(all.begin(), all.end());
  all.resize(static_cast<std::size_t>(k));
  return all;
}

}  // namespace sets
