// SPDX-License-Identifier: MIT
#pragma once

// What a caller gives to a call that fails, to see that it stays as it was; results as bits, to see that the next call
// returns the same; and every sampler.

#include <cstdint>
#include <string_view>
#include <vector>

#include <rebalance/rebalance.hpp>

#include "sets.hpp"

namespace caller {

using namespace rebalance;

/// Results as one number, for calls of every type.
inline std::uint64_t bits(std::string_view text) {
  detail::Digest out;
  out.add_all(text);
  return out.value();
}
inline std::uint64_t bits(const Plan& plan) { return digest(plan); }
template <class S>
std::uint64_t bits(const Matrix<S>& rows) {
  return digest(rows);
}
template <class T>
std::uint64_t bits(const std::vector<T>& values) {
  detail::Digest out;
  for (const T& value : values) out.add(static_cast<std::uint64_t>(value));
  return out.value();
}
template <class S, class L>
std::uint64_t bits(const Resampled<S, L>& out) {
  return bits(std::vector<std::uint64_t>{digest(out.X), bits(out.y), bits(out.plan)});
}

/// 150 rows of three classes, two columns of numbers and one of categories, or all of categories. Stays where it was
/// made, since `data` shows its X.
class Caller {
 public:
  explicit Caller(bool codes = false) {
    for (Index column = codes ? 0 : 2; column < 3; ++column)
      X.col(column) = (X.col(column).array().abs() * 1.5).round();
    before_ = all();
  }
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  Matrix<double> X = sets::features(sets::Kind::continuous, 150, 3);
  std::vector<int> y = sets::labels({90, 40, 20});
  std::vector<int> halves = sets::labels({75, 75}, 2);
  const Data<double, int> data{X, y};

  /// Whether no bit of it was changed.
  bool unharmed() const { return all() == before_; }

 private:
  std::vector<std::uint64_t> all() const { return {bits(X), bits(y), bits(halves), detail::digests_of(data.view()).y}; }
  std::vector<std::uint64_t> before_;
};

/// Calls `visit(sampler, codes)` for each of them; `codes`: all features must be codes of categories.
template <class Visit>
void for_every_sampler(const Visit& visit) {
  visit(Smote{.seed = 7}, false);
  visit(Smote{.seed = 7, .draws = Draws::imbalanced_learn}, false);
  visit(SmoteNc{.nominal = {2}, .seed = 7}, false);
  visit(SmoteN{.seed = 7}, true);
  visit(BorderlineSmote{.kind = 2, .seed = 7}, false);
  visit(Adasyn{.seed = 7}, false);
  visit(RandomOverSampler{.seed = 7, .shrinkage = 0.5}, false);
  visit(RandomUnderSampler{.seed = 7}, false);
  visit(TomekLinks{}, false);
  visit(EditedNearestNeighbors{}, false);
  visit(RepeatedEditedNearestNeighbors{}, false);
  visit(AllKnn{}, false);
  visit(SmoteEnn{.smote = {.seed = 7}}, false);
  visit(SmoteTomek{.smote = {.seed = 7}}, false);
  visit(Chain{RandomUnderSampler{.strategy = counts({{0, 60}}), .seed = 7}, Smote{.seed = 8}}, false);
}

}  // namespace caller
