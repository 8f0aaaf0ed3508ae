// SPDX-License-Identifier: MIT
//
// Wrong calls and their answers: the type of the exception, and the words that tell what is wrong, with which value,
// and what to do. The whole table is written to bad_inputs.md in the build folder.

#include <rebalance/rebalance.hpp>

#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "../support/bad_inputs.hpp"
#include "../support/catch.hpp"

namespace bad_inputs_test {

using namespace bad_inputs;

/// The calls, by what they are about.
struct Calls : Inputs {
  Table data_calls() {
    return {
        {"no rows", CALL(resample(no_rows, no_labels, Smote{})),
         shape, {"X is 0 x 3", "at least one row"}},
        {"no columns", CALL(resample(no_columns, y, Smote{})),
         shape, {"X is 40 x 0", "at least one row and one column"}},
        {"a label is missing", CALL(resample(X, short_y, Smote{})),
         shape, {"y has 39", "X has 40", "give one entry for each"}},
        {"one class", CALL(resample(X, all_zero, Smote{})),
         few_classes, {"all 40 rows", "class 0", "give it rows of another"}},
        {"a feature is NaN", CALL(resample(holes, y, Smote{})),
         value, {"X(7, 1) is nan", "remove, impute or rescale"}},
        {"a feature is infinite", CALL(resample(boundless, y, Smote{})),
         value, {"X(7, 1) is inf", "remove, impute or rescale"}},
        {"a feature is huge", CALL(resample(too_large, y, Smote{})),
         value, {"X(7, 1) is 1e+200", "at most 1e+150", "rescale"}},
        {"a neighbor space is NaN", CALL(resample(Data(X, y).space(holes), Smote{})),
         value, {"Z(7, 1) is nan", "impute"}},
        {"a neighbor space of other rows", CALL(Data(X, y).space(short_X)),
         shape, {"Z has 39", "X has 40", "give one entry"}},
        {"too few strata", CALL(Data(X, y).strata(short_y)),
         shape, {"strata has 39", "X has 40", "give one entry for each row"}},
        {"too few groups", CALL(Data(X, y).groups(short_y)),
         shape, {"groups has 39", "X has 40", "give one entry for each row"}},
        {"too few times", CALL(Data(X, y).times(short_y)),
         shape, {"times has 39", "X has 40", "give one entry for each row"}},
        {"a time is NaN", CALL(Data(X, y).times(broken_times)),
         value, {"times[3] is nan", "finite number", "leave the row out"}},
        {"a label known before its row", CALL(Data(X, y).times(times, early)),
         value, {"row 3 begins at 1", "ends at 0", "must not"}},
        {"counts without Allocation::listed", CALL(Data(X, y).strata(y, {.counts = {{1, 1, 50}}})),
         option, {"counts are given", ".allocation = Allocation::listed"}},
        {"Allocation::listed without counts", CALL(Data(X, y).strata(y, {.allocation = Allocation::listed})),
         option, {"needs counts", "list the rows"}},
        {"counts of a stratum there is not",
         CALL(Data(X, y).strata(y, {.allocation = Allocation::listed, .counts = {{7, 1, 50}}})),
         option, {"stratum 7", "name keys that rows have"}},
        {"a rule for a column there is not", CALL(Data(X, y).columns({integer({5})})),
         option, {"column 5", "0 to 2"}},
        {"two rules for a column", CALL(Data(X, y).columns({integer({1}), from_base({1})})),
         option, {"column 1 has two rules", "give it one"}},
        {"a grid without a step", CALL(Data(X, y).columns({grid({1}, 0)})),
         option, {"step of a grid is 0", "above 0"}},
        {"an empty accept", CALL(Data(X, y).accept({})),
         option, {"accept", "empty", "pass a callable"}},
        {"a negative number of threads", CALL(resample(Execution{.threads = -1}, X, y, Smote{})),
         option, {"threads is -1", "at least 0"}},
    };
  }

  Table strategies() {
    constexpr Index endless = std::numeric_limits<Index>::max();
    return {
        {"a ratio of 0", CALL(resample(X, y, Smote{.strategy = ratio(0)})),
         option, {"ratio is 0", "above 0 and at most 1"}},
        {"a ratio above 1", CALL(resample(X, y, Smote{.strategy = ratio(30)})),
         option, {"ratio is 30", "above 0 and at most 1"}},
        {"a ratio that is NaN", CALL(resample(X, y, Smote{.strategy = ratio(not_a_number)})),
         option, {"ratio is nan", "at most 1"}},
        {"a ratio already met", CALL(resample(X, y, Smote{.strategy = ratio(0.1)})),
         option, {"class 1 has 10 rows", "ratio 0.1", "raise it"}},
        {"counts of a class there is not", CALL(resample(X, y, Smote{.strategy = counts({{2, 50}})})),
         option, {"class 2", "it has 0, 1"}},
        {"counts of a class twice", CALL(resample(X, y, Smote{.strategy = counts({{1, 50}, {1, 60}})})),
         option, {"class 1 twice", "name it once"}},
        {"a negative count", CALL(resample(X, y, Smote{.strategy = counts({{1, -5}})})),
         option, {"-5 rows of class 1", "ask for 0 or more"}},
        {"more rows than any memory holds", CALL(resample(X, y, Smote{.strategy = counts({{1, endless}})})),
         option, {"9223372036854775807 rows", "class 1", "ask for fewer"}},
        {"over-sampling to fewer rows", CALL(resample(X, y, Smote{.strategy = counts({{1, 5}})})),
         option, {"class 1 has 10 rows", "asks for 5", "at least as many"}},
        {"under-sampling to more rows", CALL(resample(X, y, RandomUnderSampler{.strategy = counts({{1, 50}})})),
         option, {"class 1 has 10 rows", "asks for 50", "at most as many"}},
        {"over-sampling the majority", CALL(resample(X, y, Smote{.strategy = majority()})),
         option, {"class 0 with 30 rows", "use balance()"}},
        {"under-sampling the minority", CALL(resample(X, y, RandomUnderSampler{.strategy = minority()})),
         option, {"class 1 with 10 rows", "use balance()"}},
        {"numbers for a cleaner", CALL(resample(X, y, TomekLinks{.strategy = ratio(0.5)})),
         option, {"ratio(0.5)", "only({...})"}},
        {"a class there is not", CALL(resample(X, y, TomekLinks{.strategy = only({"frued"})})),
         option, {"class frued", "it has 0, 1"}},
        {"no function", CALL(targets({})),
         option, {"targets function is empty", "pass a callable"}},
        {"a strategy misspelt", CALL(read_strategy("balanced")),
         option, {"'balanced'", "balance"}},
        {"a number misspelt", CALL(read_strategy("ratio=0,5")),
         option, {"'ratio=0,5'", "ratio=0.5"}},
    };
  }

  Table samplers() {
    return {
        {"no neighbors", CALL(resample(X, y, Smote{.k_neighbors = 0})),
         option, {"k_neighbors is 0", "at least 1"}},
        {"as many neighbors as rows", CALL(resample(X, y, Smote{.k_neighbors = 10})),
         few_rows, {"class 1 has 10 rows", "k_neighbors = 10", "lower k_neighbors"}},
        {"a class of one row", CALL(resample(X, one_of_1, Smote{})),
         few_rows, {"class 1 has 1 row", "TooFewNeighbors::duplicate"}},
        {"a seed NumPy cannot have", CALL(resample(X, y, Smote{.seed = 1ull << 32, .draws = Draws::imbalanced_learn})),
         option, {"seed is 4294967296", "at most 4294967295"}},
        {"steps of features with NumPy's draws",
         CALL(resample(X, y, Smote{.draws = Draws::imbalanced_learn, .per_feature = true})),
         option, {"per_feature", "Draws::even"}},
        {"a space of a column there is not", CALL(resample(X, y, Smote{.space = {.columns = {5}}})),
         option, {"space.columns is 5", "0 to 2"}},
        {"two weights for three columns", CALL(resample(X, y, Smote{.space = {.weights = {1, 2}}})),
         option, {"2 numbers", "3"}},
        {"weights of 0", CALL(resample(X, y, Smote{.space = {.weights = {0, 0, 0}}})),
         option, {"all space.weights are 0", "weight at least one"}},
        {"a negative weight", CALL(resample(X, y, Smote{.space = {.weights = {1, -2, 1}}})),
         option, {"space.weights is -2", "at least 0"}},
        {"categories in a column there is not", CALL(resample(X, y, SmoteNc{.nominal = {9}})),
         option, {"column 9", "0 to 2", "name those"}},
        {"a column of categories twice", CALL(resample(X, y, SmoteNc{.nominal = {2, 2}})),
         option, {"column 2 twice", "name it once"}},
        {"categories that are no codes", CALL(resample(X, y, SmoteNc{.nominal = {0}})),
         value, {"X(0, 0) is", "column 0", "number the categories"}},
        {"numbers for SmoteN", CALL(resample(X, y, SmoteN{})),
         value, {"X(0, 0) is", "whole numbers from 0", "number the categories"}},
        {"a third kind of borderline", CALL(resample(X, y, BorderlineSmote{.kind = 3})),
         option, {"kind is 3", "1 or 2"}},
        {"no neighbors that tell danger", CALL(resample(X, y, BorderlineSmote{.m_neighbors = 0})),
         option, {"m_neighbors is 0", "at least 1"}},
        {"more neighbors than rows", CALL(resample(X, y, Adasyn{.n_neighbors = 40})),
         option, {"n_neighbors is 40", "from 1 to 39"}},
        {"a negative shrinkage", CALL(resample(X, y, RandomOverSampler{.shrinkage = -1.0})),
         option, {"class 1 is -1", "at least 0"}},
        {"shrinkage of a class there is not", CALL(resample(X, y, RandomOverSampler{.shrinkage = {{7, 0.5}}})),
         option, {"class 7", "name classes of y"}},
        {"more voters than rows", CALL(resample(X, y, EditedNearestNeighbors{.n_neighbors = 40})),
         option, {"n_neighbors is 40", "39"}},
        {"no passes", CALL(resample(X, y, RepeatedEditedNearestNeighbors{.max_passes = 0})),
         option, {"max_passes is 0", "at least 1"}},
        {"a negative floor", CALL(resample(X, y, TomekLinks{.min_per_class = -1})),
         option, {"min_per_class is -1", "at least 0"}},
        {"a sampler misspelt", CALL(sampler_options("smot")),
         option, {"'smot' is unknown", "smote", "adasyn"}},
        // what named_resampler does, which would compile every sampler
        {"an option misspelt",
         R"(named_resampler("smote", {{"k_neigbors", "3"}}))",
         [&] { detail::configure("smote", smote, {{"k_neigbors", "3"}}); },
         option, {"smote", "'k_neigbors'", "k_neighbors"}},
        {"an option that is no number",
         R"(named_resampler("smote", {{"seed", "-1"}}))",
         [&] { detail::configure("smote", smote, {{"seed", "-1"}}); },
         option, {"smote: seed", "'-1'", "from 0"}},
        {"an option twice",
         R"(named_resampler("smote", {{"seed", "1"}, {"seed", "2"}}))",
         [&] { detail::configure("smote", smote, {{"seed", "1"}, {"seed", "2"}}); },
         option, {"seed", "twice", "once"}},
        {"a value misspelt",
         R"(named_resampler("smote", {{"draws", "numpy"}}))",
         [&] { detail::configure("smote", smote, {{"draws", "numpy"}}); },
         option, {"draws", "'numpy'", "imbalanced_learn"}},
        {"nothing left for the second stage", CALL(resample(X, y, RemovesAll{}, Smote{})),
         plan_fault, {"removed every row", "let it keep some"}},
    };
  }

  Table plans() {
    return {
        {"a plan of other rows", CALL(materialize(plan, short_X)),
         plan_fault, {"made for 40 rows", "X has 39", "apply a plan to"}},
        {"memory of another size", CALL(materialize(plan, X, out)),
         shape, {"out is 40 x 3", "60 x 3", "give it memory of that shape"}},
        {"memory that is X itself", CALL(materialize(Plan::keep_all(40), X, X)),
         shape, {"shares memory with X", "use other memory"}},
        {"a parent there is not", CALL(materialize(outside, X)),
         plan_fault, {"row 0 of the plan", "neighbor 40", "0 to 39"}},
        {"a step beyond the neighbor", CALL(materialize(beyond, X)),
         plan_fault, {"row 0 of the plan", "step 1.5", "[0, 1)"}},
        {"a negative number of rows", CALL(Plan(-1)),
         plan_fault, {"-1 rows", "at least 0"}},
        {"a rule there is not", CALL(Plan(40).add_by_rule(1, 0, 1, 0.5)),
         plan_fault, {"rule 1 is not declared", "add_rule first"}},
        {"a side column of another size", CALL(gather(plan, short_y)),
         shape, {"side column has 39", "40 rows", "give one entry"}},
        {"batches of no rows", CALL(Batches(plan, data, 0)),
         option, {"batch_rows is 0", "at least 1"}},
        {"a negative weight of a row", CALL(gather_weights(plan, broken_weights, WeightPolicy::of_base)),
         value, {"weights[3] is -1", "not negative", "mend or drop"}},
        {"totals of classes without classes", CALL(gather_weights(plan, p, WeightPolicy::keep_class_total)),
         option, {"needs the classes", "gather_weights(plan, weights, y, policy)"}},
        {"bytes that are no plan", CALL(plan_of_bytes("not a plan")),
         plan_fault, {"no plan", "write one with plan_bytes"}},
        {"half of a plan's bytes", CALL(plan_of_bytes(half_a_plan)),
         plan_fault, {"plan", "make it again"}},
        {"a plan over more rows than allowed", CALL(plan_of_bytes(plan_bytes(plan), 39)),
         plan_fault, {"40", "39"}},
    };
  }

  Table splits() {
    return {
        {"one fold", CALL(Folds(X, y, StratifiedKFold{.n_splits = 1})),
         option, {"n_splits is 1", "at least 2"}},
        {"more folds than rows of a class", CALL(Folds(X, y, StratifiedKFold{.n_splits = 31})),
         option, {"n_splits is 31", "at most 30", "largest class"}},
        {"groups that are not given", CALL(Folds(X, y, GroupKFold{})),
         option, {"needs groups", "Data(X, y).groups("}},
        {"more folds than groups", CALL(Folds(Data(X, y).groups(y), GroupKFold{.n_splits = 3})),
         option, {"n_splits is 3", "at most 2", "groups"}},
        {"nothing to test on", CALL(Folds(X, y, StratifiedHoldout{.test_size = 0})),
         option, {"test_size is 0", "above 0 and below 1"}},
        {"a class of one row cannot be held out", CALL(Folds(X, one_of_1, StratifiedHoldout{})),
         few_rows, {"class 1", "1 row"}},
        {"too many blocks of time", CALL(Folds(X, y, TimeSeriesSplit{.n_splits = 40})),
         option, {"TimeSeriesSplit", "n_splits is 40"}},
        {"a negative gap", CALL(Folds(X, y, TimeSeriesSplit{.gap = -1})),
         option, {"gap is -1", "0 or more"}},
        {"a negative embargo", CALL(Folds(X, y, PurgedKFold{.embargo = -1})),
         option, {"embargo is -1", "0 or more"}},
        {"no split", CALL(Folds(X, y, no_split)),
         split_fault, {"no split", "give at least one"}},
        {"a row on both sides", CALL(Folds(X, y, both_sides)),
         split_fault, {"fold 0", "row 3 on both sides", "cannot be tested"}},
        {"a row there is not", CALL(Folds(X, y, no_such_row)),
         split_fault, {"test side of fold 0", "row 99", "0 to 39"}},
        {"a side without rows", CALL(Folds(X, y, empty_side)),
         split_fault, {"test side of fold 0", "give it at least one"}},
        {"training without a class", CALL(Folds(X, y, lacks_class)),
         split_fault, {"training side of fold 0", "no row of class 1", "stratify"}},
        {"a fold there is not", CALL(folds[7]),
         option, {"fold is 7", "from 0 to 1"}},
        {"inner folds of test rows",
         CALL(fold.inner(std::vector<Split>{{{fold.test_rows()[0]}, {fold.train_rows()[0]}}})),
         split_fault, {"not on the training side of fold 0", "caller's row numbers"}},
        {"folds of a resampled set", CALL(Folds(resampled, StratifiedKFold{})),
         split_fault, {"were resampled", "Split first"}},
        {"a negative distance of duplicates", CALL(leakage_report(data, Split{{0, 1}, {2}}, {.near = -1})),
         option, {"near is -1", "at least 0"}},
    };
  }

  Table evaluation() {
    return {
        {"a score is missing", CALL(average_precision(short_y, p, 1)),
         shape, {"scores has 40", "39", "give one entry for each row"}},
        {"a score is NaN", CALL(average_precision(y, broken_p, 1)),
         value, {"scores[3] is NaN", "find out what"}},
        {"nothing to evaluate", CALL(roc_auc(no_labels, std::vector<double>{}, 1)),
         shape, {"y is empty", "at least one row"}},
        {"the positive class misspelt", CALL(brier_score(y, p, "frued")),
         option, {"positive is \"frued\"", "it has 0, 1", "name one of them"}},
        {"the positive class misspelt", CALL(average_precision(y, p, 2)),
         option, {"positive is 2", "it has 0, 1", "name one of them"}},
        {"the positive class misspelt", CALL(confusion(y, p, 2, 0.5)),
         option, {"positive is 2", "it has 0, 1", "name one of them"}},
        {"the positive class misspelt", CALL(choose_threshold(misspelt, best_mcc())),
         few_rows, {"is of class 7", "check the name"}},
        {"a probability above 1", CALL(log_loss(y, large_p, 1)),
         value, {"p[3] is 1.2", "in [0, 1]"}},
        {"no bins", CALL(reliability(y, p, 1, 0)),
         option, {"bins is 0", "from 1"}},
        {"too few simulations", CALL(calibration_error(y, p, 1, 10, Bins::equal_mass, {.simulations = 3})),
         option, {"simulations is 3", "from 20"}},
        {"a threshold that is NaN", CALL(confusion(y, p, 1, not_a_number)),
         option, {"threshold is nan", "a number"}},
        {"a class nothing was called", CALL(confusion(y, y).recall(7)),
         option, {"called 7", "labels() lists"}},
        {"other labels than predictions", CALL(confusion(y, short_y)),
         shape, {"predicted has 39", "40"}},
        {"out-of-fold scores are missing", CALL(OutOfFold(1).add(test, few_scores)),
         shape, {"scores has 3", "the fold has 20"}},
        {"a fold twice", CALL(filled.add(test, scores)),
         option, {"rows of fold 0", "add each fold once"}},
        {"no scores to choose from", CALL(choose_threshold(empty, best_mcc())),
         shape, {"OutOfFold is empty", "add the test rows"}},
        {"a recall of 0", CALL(recall_at_least(0)),
         option, {"share is 0", "above 0"}},
        {"a negative number of alerts", CALL(alerts_at_most(-1)),
         option, {"per_1000 is -1", "[0, 1000]"}},
        {"costs of nothing", CALL(cost_threshold(0, 0)),
         option, {"both costs are 0", "give one above 0"}},
        {"shares that are no whole", CALL(PriorShift({{0, 0.5}, {1, 0.4}}, halves)),
         option, {"trained_on", "sum to 0.9", "sum to 1"}},
        {"a class without a share", CALL(PriorShift(halves, {{0, 0.5}, {2, 0.5}})),
         option, {"class 2", "the same classes"}},
        {"a share of one class", CALL(PriorShift({{0, 1}}, {{0, 1}})),
         few_classes, {"trained_on names 1 class", "at least two", "its share"}},
        {"a shift of no probability", CALL(PriorShift(halves, halves).corrected(2.0, 1)),
         value, {"p[0] is 2", "in [0, 1]"}},
        {"no iterations", CALL(estimate_prior(Matrix<double>(X), halves, {.max_iterations = 0})),
         option, {"max_iterations is 0", "at least 1"}},
        {"weights of no labels", CALL(balanced_weights(no_labels)),
         shape, {"y is empty", "at least one label"}},
    };
  }

  Table records() {
    return {
        {"no neighbors to look at", CALL(profile(data, {.k_neighbors = 0})),
         option, {"k_neighbors is 0", "from 1 to 39"}},
        {"no neighbors to make clusters of", CALL(mutual_clusters(data, {.k_neighbors = 0})),
         option, {"k_neighbors is 0", "at least 1"}},
        {"too few repetitions", CALL(fidelity(data, plan, {.repetitions = 3})),
         option, {"repetitions is 3", "at least 20"}},
        {"two names for three columns", CALL(fidelity(data, plan, {.column_names = {"age", "income"}})),
         option, {"2 names", "3 columns", "give one for each"}},
        {"the report of another plan", CALL(audit_page(data, other_plan, report)),
         plan_fault, {"report is of another plan", "fidelity(data, plan)"}},
        {"a record that is no JSON", CALL(manifest_of_json("{\"schema\": ")),
         record, {"JSON, line 1, column 12"}},
        {"JSON that is no manifest", CALL(manifest_of_json("{}")),
         record, {"schema"}},
        {"a replay on other data", CALL(replay(manifest, short_X)),
         record, {"39 x 3", "40 x 3", "the very X"}},
        {"a replay on changed data", CALL(replay(manifest, holes)),
         record, {"at least one is another", "the very X"}},
        {"rows of another size to verify", CALL(verify(plan, X, X)),
         shape, {"out is 40 x 3", "60 x 3"}},
        {"training rows of another fold", CALL(rebalance::manifest(folds[1], fold.train(Smote{.k_neighbors = 1}))),
         split_fault, {"fold 0", "fold 1", "same fold"}},
    };
  }
};

/// The exception of a call as a row of the page; tells what is wrong with it in a test.
std::string answer(const BadInput& bad) {
  try {
    bad.run();
  } catch (const std::exception& error) {
    INFO(bad.call << " says: " << error.what());
    CHECK(bad.type.is(error));
    for (const std::string& word : bad.words) {
      INFO(word);
      CHECK(std::string(error.what()).find(word) != std::string::npos);
    }
    return error.what();
  }
  FAIL_CHECK(bad.call << " is not refused: " << bad.wrong);
  return {};
}

/// A cell of a table in Markdown.
std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, 1, '\\');
  return text;
}

TEST_CASE("wrong calls are answered with what is wrong and what to do", "[bad_inputs]") {
  Calls calls;
  std::ofstream page(REBALANCE_BUILD_FOLDER "/bad_inputs.md", std::ios::binary);
  page << "# Wrong calls and their answers\n\nWritten by the tests. X has 40 rows and 3 columns, the third of whole "
          "numbers; y has 30 labels 0 and 10 labels 1.\n";
  const auto write = [&](const char* title, const Table& table) {
    page << "\n## " << title << "\n\n| What is wrong | Call | Exception | Text |\n|---|---|---|---|\n";
    for (const BadInput& bad : table)
      page << "| " << cell(bad.wrong) << " | `` " << cell(bad.call) << " `` | `" << bad.type.name << "` | "
           << cell(answer(bad)) << " |\n";
  };
  write("Data", calls.data_calls());
  write("Strategies", calls.strategies());
  write("Samplers", calls.samplers());
  write("Plans and rows", calls.plans());
  write("Splits", calls.splits());
  write("Evaluation", calls.evaluation());
  write("Audit and records", calls.records());
  CHECK(page.flush().good());
}

}  // namespace bad_inputs_test
