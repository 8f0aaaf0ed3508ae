// SPDX-License-Identifier: MIT
#pragma once

// Every sampler and chains of them, each with data that it can read: what must hold for any plan is tested on these.

#include <string>
#include <utility>
#include <vector>

#include <rebalance/rebalance.hpp>

#include "sets.hpp"

namespace every_resampler {

using namespace rebalance;

struct Case {
  std::string name;
  AnyResampler sampler;
  bool codes = false;  ///< whether all features must be codes of categories
};

inline std::vector<Case> cases() {
  std::vector<Case> out;
  for (const std::string& name : sampler_names()) {
    std::vector<NamedOption> options;
    for (const auto& [option, value] : sampler_options(name))
      if (option == "seed" || option == "smote.seed") options.push_back({option, "7"});
    if (name == "smote_nc") options.push_back({"nominal", "2"});
    out.push_back({name, named_resampler(name, options), name == "smote_n"});
  }
  out.push_back({"numpy draws", Smote{.seed = 7, .draws = Draws::imbalanced_learn}});
  out.push_back({"steps for each feature", Smote{.seed = 7, .per_feature = true}});
  out.push_back({"towards other classes", BorderlineSmote{.kind = 2, .seed = 7}});
  out.push_back({"noise", RandomOverSampler{.seed = 7, .shrinkage = 0.5}});
  out.push_back({"listed noise", RandomOverSampler{.seed = 7, .draws = Draws::imbalanced_learn, .shrinkage = 0.5}});
  out.push_back({"chain that cleans", Chain{Smote{.seed = 7}, TomekLinks{}, AllKnn{}}});
  out.push_back({"chain that draws first",
                 Chain{RandomUnderSampler{.strategy = counts({{0, 60}}), .seed = 7}, Smote{.seed = 8}}});
  out.push_back({"chain of nominal", Chain{SmoteNc{.nominal = {2}, .seed = 7}, EditedNearestNeighbors{}}});
  out.push_back(
      {"chain of chains", Chain{Chain{RandomOverSampler{.strategy = counts({{1, 60}}), .seed = 7, .shrinkage = 0.5}},
                                Smote{.strategy = counts({{2, 50}}), .seed = 9}}});
  return out;
}

inline std::vector<Index> sizes() { return {90, 40, 20}; }

/// 150 rows for a case: two columns of numbers and one of codes, or three of codes.
template <class S>
Matrix<S> features(const Case& one) {
  Matrix<S> X = sets::features<S>(sets::Kind::continuous, 150, 3);
  for (Index column = one.codes ? 0 : 2; column < 3; ++column)
    for (Index row = 0; row < X.rows(); ++row) X(row, column) = std::round(std::abs(X(row, column)) * S(1.5));
  return X;
}

}  // namespace every_resampler
