// SPDX-License-Identifier: MIT
#pragma once

// What wrong calls are made of: the call as text and as a function, what it must throw and say, things to call with.

#include <functional>
#include <limits>
#include <string>
#include <typeinfo>
#include <vector>

#include <rebalance/rebalance.hpp>

#include "sets.hpp"

namespace bad_inputs {

using namespace rebalance;

/// The type of an exception, exactly.
struct Type {
  const char* name;
  bool (*is)(const std::exception&);
};
template <class E>
bool is(const std::exception& error) {
  return typeid(error) == typeid(E);
}
inline const Type option{"InvalidOption", is<InvalidOption>};
inline const Type shape{"ShapeMismatch", is<ShapeMismatch>};
inline const Type value{"BadValue", is<BadValue>};
inline const Type few_rows{"TooFewRows", is<TooFewRows>};
inline const Type few_classes{"TooFewClasses", is<TooFewClasses>};
inline const Type plan_fault{"InvalidPlan", is<InvalidPlan>};
inline const Type split_fault{"InvalidSplit", is<InvalidSplit>};
inline const Type record{"InvalidRecord", is<InvalidRecord>};

struct BadInput {
  std::string wrong;
  std::string call;
  std::function<void()> run;
  Type type;
  std::vector<std::string> words;  ///< that must stand in the text: the value, the place, the remedy
};
using Table = std::vector<BadInput>;

/// A call as text and as what it does.
#define CALL(...) #__VA_ARGS__, [&] { static_cast<void>(__VA_ARGS__); }

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinity = std::numeric_limits<double>::infinity();

struct RemovesAll {
  template <class S>
  Plan plan(const DataView<S>& rows, const Execution&) const {
    return Plan(rows.rows());
  }
};

/// What the calls are made with: 40 rows of 3 columns, the third of whole numbers; 30 labels 0 and 10 labels 1.
struct Inputs {
  Matrix<double> X = with_codes();
  std::vector<int> y = sets::labels({30, 10});
  Data<double, int> data{X, y};
  Matrix<double> no_rows{0, 3};
  Matrix<double> no_columns{40, 0};
  Matrix<double> short_X = X.topRows(39);
  std::vector<int> short_y{y.begin(), y.end() - 1};
  std::vector<int> no_labels;
  std::vector<int> all_zero = std::vector<int>(40, 0);
  std::vector<int> one_of_1 = sets::labels({39, 1});
  std::vector<double> times = std::vector<double>(40, 1.0);
  std::vector<double> broken_times = changed(times, 3, not_a_number);
  std::vector<double> early = changed(times, 3, 0);
  Matrix<double> holes = changed(X, not_a_number);
  Matrix<double> boundless = changed(X, infinity);
  Matrix<double> too_large = changed(X, 1e200);
  Matrix<double> out = X;
  std::vector<double> p = std::vector<double>(40, 0.25);
  std::vector<double> broken_p = changed(p, 3, not_a_number), large_p = changed(p, 3, 1.2);
  std::vector<double> broken_weights = changed(p, 3, -1);
  Plan plan = make_plan(data, Smote{.seed = 1});
  Plan other_plan = make_plan(data, Smote{.seed = 2});
  Resampled<double, int> balanced = resample(data, Smote{.seed = 1});
  Data<double, int> resampled{balanced.X, balanced.y};
  Folds<double, int> folds{data, StratifiedKFold{.n_splits = 2}};
  Fold<double, int> fold = folds[0];
  HeldOut<double, int> test = fold.test();
  std::vector<double> scores = std::vector<double>(static_cast<std::size_t>(test.X.rows()), 0.5);
  OutOfFold empty{1}, misspelt{7}, filled{1};
  Manifest manifest = rebalance::manifest(data, plan, Smote{.seed = 1});
  Fidelity report = fidelity(data, plan, {.repetitions = 20});
  Prior halves{{0, 0.5}, {1, 0.5}};
  std::vector<double> few_scores = {0.1, 0.2, 0.3};
  Plan outside{40}, beyond{40};
  std::string half_a_plan = plan_bytes(plan).substr(0, 40);
  std::vector<Split> no_split, empty_side{{{0, 1, 2, 3}, {}}}, both_sides{{{0, 1, 2, 3}, {3}}},
      no_such_row{{{0}, {99}}};
  std::vector<Split> lacks_class{{{data.classes().members(0)[0]}, {data.classes().members(1)[0]}}};
  Smote smote;

  Inputs() {
    outside.add(0, 40, 0.5);
    beyond.add(0, 1, 1.5);
    misspelt.add(test, scores);
    filled.add(test, scores);
  }

 private:
  static Matrix<double> with_codes() {
    Matrix<double> X = sets::features(sets::Kind::continuous, 40, 3);
    X.col(2) = (X.col(2).array().abs() * 1.5).round();
    return X;
  }
  static Matrix<double> changed(Matrix<double> X, double to) {
    X(7, 1) = to;
    return X;
  }
  static std::vector<double> changed(std::vector<double> values, std::size_t at, double to) {
    values[at] = to;
    return values;
  }
};

}  // namespace bad_inputs
