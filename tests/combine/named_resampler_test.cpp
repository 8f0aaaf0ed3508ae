// SPDX-License-Identifier: MIT
#include <rebalance/combine/named_resampler.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

TEST_CASE("every sampler has its name, and without options its defaults", "[named_resampler]") {
  CHECK(named_resampler("smote") == Smote{});
  CHECK(named_resampler("smote_nc") == SmoteNc{});
  CHECK(named_resampler("smote_n") == SmoteN{});
  CHECK(named_resampler("borderline_smote") == BorderlineSmote{});
  CHECK(named_resampler("adasyn") == Adasyn{});
  CHECK(named_resampler("random_over") == RandomOverSampler{});
  CHECK(named_resampler("random_under") == RandomUnderSampler{});
  CHECK(named_resampler("tomek_links") == TomekLinks{});
  CHECK(named_resampler("enn") == EditedNearestNeighbors{});
  CHECK(named_resampler("repeated_enn") == RepeatedEditedNearestNeighbors{});
  CHECK(named_resampler("all_knn") == AllKnn{});
  CHECK(named_resampler("smote_enn") == SmoteEnn{});
  CHECK(named_resampler("smote_tomek") == SmoteTomek{});
  CHECK(sampler_names().size() == 13);
}

TEST_CASE("options of every kind are set by their names", "[named_resampler]") {
  CHECK(named_resampler("smote",
                        {{"k_neighbors", "3"}, {"strategy", "ratio=0.5"}, {"seed", "42"}, {"per_feature", "true"}}) ==
        Smote{.k_neighbors = 3, .strategy = ratio(0.5), .seed = 42, .per_feature = true});
  CHECK(named_resampler("smote_nc",
                        {{"nominal", "2,5"}, {"draws", "imbalanced_learn"}, {"too_few_neighbors", "clamp"}}) ==
        SmoteNc{.nominal = {2, 5}, .draws = Draws::imbalanced_learn, .too_few_neighbors = TooFewNeighbors::clamp});
  CHECK(named_resampler("borderline_smote", {{"kind", "2"}, {"m_neighbors", "7"}, {"no_hard_row", "uniform"}}) ==
        BorderlineSmote{.kind = 2, .m_neighbors = 7, .no_hard_row = NoHardRow::uniform});
  CHECK(named_resampler("random_over", {{"shrinkage", "0.5"}, {"bandwidth", "class_rows"}}) ==
        RandomOverSampler{.shrinkage = 0.5, .bandwidth = Bandwidth::class_rows});
  CHECK(named_resampler("random_over", {{"shrinkage", "a:0.5,b:1"}}) ==
        RandomOverSampler{.shrinkage = {{"a", 0.5}, {"b", 1}}});
  CHECK(
      named_resampler("tomek_links",
                      {{"ends", "majority"}, {"strict", "true"}, {"strategy", "list=fine"}, {"min_per_class", "9"}}) ==
      TomekLinks{.strategy = only({"fine"}), .ends = Ends::majority, .strict = true, .min_per_class = 9});
  CHECK(named_resampler("enn", {{"vote", "unanimous"}, {"n_neighbors", "5"}}) ==
        EditedNearestNeighbors{.n_neighbors = 5, .vote = Vote::unanimous});
  SmoteEnn combined;
  combined.smote.seed = 9;
  combined.enn.vote = Vote::mode;
  combined.spare_real_rows = true;
  CHECK(named_resampler("smote_enn", {{"enn.vote", "mode"}, {"smote.seed", "9"}, {"spare_real_rows", "true"}}) ==
        combined);
}

TEST_CASE("the same rows as the type itself", "[named_resampler]") {
  const auto X = sets::features(Kind::continuous, 150, 3);
  const auto y = sets::labels({90, 60});
  CHECK(resample(X, y, named_resampler("adasyn", {{"seed", "4"}})).X == resample(X, y, Adasyn{.seed = 4}).X);
  CHECK(resample(X, y, named_resampler("all_knn")).plan == resample(X, y, AllKnn{}).plan);
  CHECK(resample(X, y, named_resampler("smote_tomek", {{"smote.seed", "4"}})).X ==
        resample(X, y, SmoteTomek{.smote = {.seed = 4}}).X);
}

TEST_CASE("what is unknown, doubled or unreadable is refused with what there is", "[named_resampler]") {
  CHECK_THROWS_WITH(named_resampler("magic"),
                    "sampler 'magic' is unknown; there are smote, smote_nc, smote_n, borderline_smote, adasyn, "
                    "random_over, random_under, "
                    "tomek_links, enn, repeated_enn, all_knn, smote_enn, smote_tomek");
  CHECK_THROWS_WITH(named_resampler("enn", {{"k", "3"}}),
                    "enn: option 'k' is unknown; there are n_neighbors, vote, strategy, min_per_class, "
                    "space.scaling, space.columns, space.weights");
  CHECK_THROWS_WITH(named_resampler("smote", {{"seed", "1"}, {"seed", "2"}}),
                    "smote: option seed is given twice; give it once");
  CHECK_THROWS_WITH(named_resampler("smote", {{"k_neighbors", "five"}}),
                    "smote: k_neighbors = 'five' is not understood; write a whole number up to 9223372036854775807");
  CHECK_THROWS_WITH(named_resampler("enn", {{"vote", "all"}}),
                    "enn: vote = 'all' is not understood; write one of: majority, unanimous, mode");
  CHECK_THROWS_AS(named_resampler("smote_enn", {{"vote", "mode"}}), InvalidOption);  // enn.vote
  CHECK_THROWS_AS(named_resampler("random_over", {{"shrinkage", "a:x"}}), InvalidOption);
}

TEST_CASE("options and defaults can be listed", "[named_resampler]") {
  CHECK(sampler_options("tomek_links") == std::vector<NamedOption>{{"strategy", "balance"},
                                                                   {"ends", "by_strategy"},
                                                                   {"strict", "false"},
                                                                   {"min_per_class", "1"},
                                                                   {"space.scaling", "none"},
                                                                   {"space.columns", ""},
                                                                   {"space.weights", ""}});
  const auto combined = sampler_options("smote_enn");
  CHECK(combined.front() == NamedOption{"smote.k_neighbors", "5"});
  CHECK(combined.back() == NamedOption{"spare_real_rows", "false"});
  CHECK_THROWS_AS(sampler_options("magic"), InvalidOption);
}

TEST_CASE("listed defaults are what may be given", "[named_resampler]") {
  for (const std::string& name : sampler_names()) {
    INFO(name);
    CHECK(named_resampler(name, sampler_options(name)) == named_resampler(name));
    CHECK(named_resampler(name, sampler_options(name)).describe() == named_resampler(name).describe());
  }
}

TEST_CASE("every listed option is set, and no other", "[named_resampler]") {
  // A text that is no value of any option: each option of each sampler must be reached, and refuse it by its name.
  for (const std::string& name : sampler_names())
    for (const NamedOption& option : sampler_options(name)) {
      INFO(name << " " << option.name);
      CHECK_THROWS_WITH(named_resampler(name, {{option.name, "?"}}),
                        Catch::Matchers::StartsWith(name + ": " + option.name + " = '?' is not understood"));
    }
}
