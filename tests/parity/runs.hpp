// SPDX-License-Identifier: MIT
#pragma once

// How a recorded call of imbalanced-learn is written here: the sampler, and the options that choose its reading.

#include <map>
#include <string>
#include <vector>

#include <rebalance/rebalance.hpp>

#include "../support/golden.hpp"

namespace parity {

using namespace rebalance;

inline Strategy strategy(const golden::Case& c) { return golden::strategy(c.parameter("strategy", "auto")); }

/// The classes that may lose rows: of equally small ones the reference spares the first label alone.
inline Strategy cleaned_classes(const golden::Case& c) {
  return c.parameter("strategy", "auto") == "auto" ? not_minority() : strategy(c);
}

inline Smote smote(const golden::Case& c) {
  return {.k_neighbors = c.number("k", 5), .strategy = strategy(c), .seed = c.seed(), .draws = Draws::imbalanced_learn};
}

inline BorderlineSmote borderline_smote(const golden::Case& c) {
  return {.kind = c.parameter("kind", "borderline-1") == "borderline-1" ? 1 : 2,
          .m_neighbors = c.number("m", 10),
          .k_neighbors = c.number("k", 5),
          .strategy = strategy(c),
          .seed = c.seed(),
          .draws = Draws::imbalanced_learn,
          .no_hard_row = NoHardRow::unchanged};
}

inline Shrinkage shrinkage(const std::string& text) {
  if (text.empty()) return {};
  if (!text.starts_with("counts:")) return std::stod(text);
  std::vector<Shrinkage::ClassFactor> factors;
  for (const auto& [label, factor] : golden::assignments(text.substr(7))) factors.push_back({label, factor});
  return Shrinkage(factors);
}

inline Vote vote(const golden::Case& c) {
  return c.parameter("kind_sel", "all") == "all" ? Vote::unanimous : Vote::mode;
}

using Run = Plan (*)(const golden::Case& c, const golden::View& view);

/// By the name of the class in imbalanced-learn.
inline const std::map<std::string, Run>& runs() {
  using golden::Case, golden::View;
  static const std::map<std::string, Run> all{
      {"SMOTE", [](const Case& c, const View& v) { return make_plan(v.X, v.y, smote(c)); }},
      {"BorderlineSMOTE", [](const Case& c, const View& v) { return make_plan(v.X, v.y, borderline_smote(c)); }},
      {"ADASYN",
       [](const Case& c, const View& v) {
         return make_plan(v.X, v.y,
                          Adasyn{.n_neighbors = c.number("k", 5),
                                 .strategy = strategy(c),
                                 .seed = c.seed(),
                                 .draws = Draws::imbalanced_learn});
       }},
      {"SMOTENC",
       [](const Case& c, const View& v) {
         return make_plan(v.X, v.y,
                          SmoteNc{.nominal = v.nominal,
                                  .k_neighbors = c.number("k", 5),
                                  .strategy = strategy(c),
                                  .seed = c.seed(),
                                  .draws = Draws::imbalanced_learn});
       }},
      {"SMOTEN",
       [](const Case& c, const View& v) {
         return make_plan(v.X, v.y,
                          SmoteN{.k_neighbors = c.number("k", 5),
                                 .strategy = strategy(c),
                                 .seed = c.seed(),
                                 .draws = Draws::imbalanced_learn});
       }},
      {"RandomOverSampler",
       [](const Case& c, const View& v) {
         return make_plan(v.X, v.y,
                          RandomOverSampler{.strategy = strategy(c),
                                            .seed = c.seed(),
                                            .draws = Draws::imbalanced_learn,
                                            .shrinkage = shrinkage(c.parameter("shrinkage", ""))});
       }},
      {"RandomUnderSampler",
       [](const Case& c, const View& v) {
         return make_plan(v.X, v.y,
                          RandomUnderSampler{.strategy = strategy(c),
                                             .seed = c.seed(),
                                             .draws = Draws::imbalanced_learn,
                                             .replacement = c.flag("replacement")});
       }},
      {"TomekLinks",
       [](const Case& c, const View& v) {
         return make_plan(v.X, v.y, TomekLinks{.strategy = cleaned_classes(c), .strict = true, .min_per_class = 0});
       }},
      {"EditedNearestNeighbours",
       [](const Case& c, const View& v) {
         return make_plan(
             v.X, v.y,
             EditedNearestNeighbors{
                 .n_neighbors = c.number("k", 3), .vote = vote(c), .strategy = cleaned_classes(c), .min_per_class = 0});
       }},
      {"RepeatedEditedNearestNeighbours",
       [](const Case& c, const View& v) {
         return make_plan(v.X, v.y,
                          RepeatedEditedNearestNeighbors{.n_neighbors = c.number("k", 3),
                                                         .vote = vote(c),
                                                         .max_passes = c.number("max_iter", 100),
                                                         .strategy = cleaned_classes(c),
                                                         .stop_below_minority = true,
                                                         .min_per_class = 0});
       }},
      {"AllKNN",
       [](const Case& c, const View& v) {
         return make_plan(v.X, v.y,
                          AllKnn{.n_neighbors = c.number("k", 3),
                                 .vote = vote(c),
                                 .sequential = true,
                                 .strategy = cleaned_classes(c),
                                 .stop_below_minority = !c.flag("allow_minority"),
                                 .min_per_class = 0});
       }},
      {"SMOTEENN",
       [](const Case& c, const View& v) {
         return make_plan(v.X, v.y,
                          SmoteEnn{.smote = smote(c),
                                   .enn = {.vote = Vote::unanimous, .strategy = rebalance::all(), .min_per_class = 0}});
       }},
      {"SMOTETomek",
       [](const Case& c, const View& v) {
         return make_plan(v.X, v.y,
                          SmoteTomek{.smote = smote(c),
                                     .tomek = {.strategy = rebalance::all(), .strict = true, .min_per_class = 0}});
       }},
  };
  return all;
}

/// Whether the reference returns the rows class by class; here they come in the order of the input.
inline bool comes_class_by_class(const std::string& sampler) {
  return sampler == "EditedNearestNeighbours" || sampler == "RepeatedEditedNearestNeighbours" || sampler == "AllKNN" ||
         sampler == "SMOTEENN";
}

/// What `keep` counts in: the input, or what SMOTE made of it.
inline Plan before_cleaning(const golden::Case& c, const golden::View& view) {
  const bool combined = c.sampler() == "SMOTEENN" || c.sampler() == "SMOTETomek";
  return combined ? make_plan(view.X, view.y, smote(c)) : Plan::keep_all(view.X.rows());
}

}  // namespace parity
