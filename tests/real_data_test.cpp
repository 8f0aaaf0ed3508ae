// SPDX-License-Identifier: MIT
//
// Every sampler on every real data set that fits it: numbers, categories and both; up to ten classes, 5 rows in the
// smallest; a share of less than one percent; many copies of one row. Whatever comes in, the counts are as asked and
// every cell has the parents that the plan names. The sets are those in examples/data, and all that REBALANCE_TEST_DATA
// holds where it is set.

#include <rebalance/rebalance.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/cleaned.hpp"
#include "support/golden.hpp"

using namespace rebalance;

namespace {

struct RealSet : golden::View {
  std::string name;
  std::map<int, Index> sizes;  // rows by class

  Index largest() const {
    Index out = 0;
    for (const auto& [label, rows] : sizes) out = std::max(out, rows);
    return out;
  }
  Index smallest() const {
    Index out = X.rows();
    for (const auto& [label, rows] : sizes) out = std::min(out, rows);
    return out;
  }
  bool numeric() const { return nominal.empty(); }
  bool categories_only() const { return static_cast<Index>(nominal.size()) == X.cols(); }
};

std::vector<RealSet> load(const std::string& golden_folder, const std::string& data_folder) {
  std::vector<RealSet> out;
  for (const auto& [name, record] : golden::read_views(golden_folder + "/views.csv")) {
    RealSet set{golden::load_view(record, data_folder), name, {}};
    for (const int label : set.y) ++set.sizes[label];
    out.push_back(std::move(set));
  }
  return out;
}

const std::vector<RealSet>& real_sets() {
  static const std::vector<RealSet> sets = [] {
    const std::string folder = REBALANCE_TEST_DATA;
    return folder.empty() ? load(REBALANCE_COMMITTED_DATA, REBALANCE_EXAMPLE_DATA)
                          : load(folder + "/golden", folder + "/data");
  }();
  return sets;
}

/// The plan, which must not depend on how it is made: real data are full of ties. (Not shown for the largest sets, on
/// which brute force takes long.)
template <class Sampler>
Plan plan_of(const RealSet& set, const Sampler& sampler) {
  Plan plan = make_plan(set.X, set.y, sampler);
  if (set.X.rows() <= 2000)
    CHECK(plan == make_plan(Execution{.threads = 2, .backend = Backend::brute_force}, set.X, set.y, sampler));
  return plan;
}

std::map<int, Index> counts_of(const RealSet& set, const Plan& plan) {
  std::map<int, Index> out;
  for (const int label : gather(plan, set.y)) ++out[label];
  return out;
}

/// Whether a row has nothing but what its parents have: each cell lies between them, or is its donor's.
bool has_parents(const RealSet& set, const Plan& plan, Index row, const Matrix<double>& X) {
  const Origin& origin = plan[row];
  std::vector<Index> donor(static_cast<std::size_t>(X.cols()), -1);
  for (const Donor& d : plan.donors(row)) donor[static_cast<std::size_t>(d.column)] = d.row;
  for (Index j = 0; j < X.cols(); ++j) {
    const Index from = donor[static_cast<std::size_t>(j)];
    const auto [low, high] =
        std::minmax(set.X(from < 0 ? origin.base : from, j), set.X(from < 0 ? origin.neighbor : from, j));
    if (!(low <= X(row, j) && X(row, j) <= high)) return false;
    if (from >= 0 && set.y[static_cast<std::size_t>(from)] != set.y[static_cast<std::size_t>(origin.base)])
      return false;
  }
  return plan.donors(row).size() == set.nominal.size();
}

/// What every over-sampler that raises all classes to the largest must do.
template <class Sampler>
Plan check_raised(const RealSet& set, const Sampler& sampler) {
  CAPTURE(set.name, sampler.describe());
  Plan plan = plan_of(set, sampler);
  for (const auto& [label, rows] : counts_of(set, plan)) {
    CAPTURE(label);
    CHECK(rows == set.largest());
  }
  const auto X = materialize(plan, set.X);
  REQUIRE(X.allFinite());
  bool kept = true, parents = true;
  for (Index row = 0; row < plan.size(); ++row)
    if (row < set.X.rows()) kept = kept && plan[row] == Origin{row, row, 0} && X.row(row) == set.X.row(row);
    else parents = parents && plan[row].synthetic() && has_parents(set, plan, row, X);
  CHECK(kept);
  CHECK(parents);
  return plan;
}

/// As check_raised; and a class that has too few rows for k neighbors is refused, or told of where the caller lets it
/// pass.
template <class Sampler>
void check_neighbor_sampler(const RealSet& set, Sampler sampler, Index k) {
  const bool too_small = set.smallest() <= k;
  if (too_small) CHECK_THROWS_AS(make_plan(set.X, set.y, sampler), TooFewRows);
  else check_raised(set, sampler);
  if (!too_small) return;
  sampler.too_few_neighbors = TooFewNeighbors::clamp;
  const Plan plan = check_raised(set, sampler);
  for (const auto& [label, rows] : set.sizes) {
    const std::string told = "used " + std::to_string(rows - 1) + " neighbors";
    const auto notes =
        std::count_if(plan.notes().begin(), plan.notes().end(), [&, name = Label(label)](const Note& note) {
          return note.label == name && note.text.find(told) != std::string::npos;
        });
    CHECK(notes == (rows <= k));
  }
}

/// What every cleaner must do: an account of all rows, no class below the floor, losses only where they may be.
template <class Cleaner>
void check_cleaned(const RealSet& set, const Cleaner& cleaner, bool spares_smallest) {
  CAPTURE(set.name, cleaner.describe());
  const Plan plan = plan_of(set, cleaner);
  cleaned::check_account(plan, set.X.rows());
  auto left = counts_of(set, plan);
  bool spared = !spares_smallest;  // the smallest class, of equals the one with the smaller label
  for (const auto& [label, rows] : set.sizes) {
    CAPTURE(label);
    CHECK(left[label] >= std::min(cleaner.min_per_class, rows));
    if (spared || rows != set.smallest()) continue;
    spared = true;
    CHECK(left[label] == rows);
  }
}

/// Cleans with the default strategy, which spares the smallest class; then with every class open to losses, down to a
/// floor of ten rows.
template <class Cleaner>
void check_cleaner(const RealSet& set, Cleaner cleaner, bool spares_smallest = true) {
  check_cleaned(set, cleaner, spares_smallest);
  cleaner.strategy = all();
  cleaner.min_per_class = 10;
  check_cleaned(set, cleaner, false);
}

/// What is true of SMOTE and a cleaner together: what SMOTE made is kept or told, and new rows have parents.
template <class Sampler>
void check_combined(const RealSet& set, const Sampler& sampler) {
  CAPTURE(set.name, sampler.describe());
  const Plan plan = plan_of(set, sampler);
  CHECK(plan.size() + static_cast<Index>(plan.removed().size()) ==
        static_cast<Index>(set.sizes.size()) * set.largest());
  auto left = counts_of(set, plan);
  for (const auto& [label, rows] : set.sizes) CHECK(left[label] >= 1);
  const auto X = materialize(plan, set.X);
  bool parents = true;
  for (Index row = 0; row < plan.size(); ++row) parents = parents && has_parents(set, plan, row, X);
  CHECK(parents);
}

}  // namespace

TEST_CASE("the real sets are all there", "[real]") {
  const std::string folder = REBALANCE_TEST_DATA;
  std::size_t most_classes = 0;
  for (const RealSet& set : real_sets()) most_classes = std::max(most_classes, set.sizes.size());
  if (folder.empty()) WARN("REBALANCE_TEST_DATA is not set: only the sets in examples/data are tried");
  CHECK(real_sets().size() == (folder.empty() ? 4u : 27u));
  CHECK(most_classes == (folder.empty() ? 2u : 10u));
}

TEST_CASE("real numbers: every over-sampler makes what is asked, between real parents", "[real]") {
  for (const RealSet& set : real_sets()) {
    if (!set.numeric()) continue;
    check_neighbor_sampler(set, Smote{.seed = 1}, 5);
    check_neighbor_sampler(set, Smote{.seed = 1, .per_feature = true}, 5);
    check_neighbor_sampler(set, BorderlineSmote{.kind = 1, .seed = 1, .no_hard_row = NoHardRow::uniform}, 5);
    check_neighbor_sampler(set, BorderlineSmote{.kind = 2, .seed = 1, .no_hard_row = NoHardRow::uniform}, 5);
    check_neighbor_sampler(set, Adasyn{.seed = 1, .no_hard_row = NoHardRow::uniform}, 5);
    check_raised(set, RandomOverSampler{.seed = 1});
  }
}

TEST_CASE("real numbers and categories: SmoteNc and SmoteN copy every category from a real row", "[real]") {
  for (const RealSet& set : real_sets()) {
    if (set.numeric()) continue;
    if (set.categories_only()) check_neighbor_sampler(set, SmoteN{.seed = 1}, 5);
    else check_neighbor_sampler(set, SmoteNc{.nominal = set.nominal, .seed = 1}, 5);
  }
}

TEST_CASE("real numbers: every cleaner accounts for all rows and spares what it must", "[real]") {
  for (const RealSet& set : real_sets()) {
    if (!set.numeric()) continue;
    check_cleaner(set, TomekLinks{});
    check_cleaner(set, TomekLinks{.strict = true});
    check_cleaner(set, EditedNearestNeighbors{});
    check_cleaner(set, EditedNearestNeighbors{.vote = Vote::unanimous});
    check_cleaner(set, RepeatedEditedNearestNeighbors{});
    check_cleaner(set, AllKnn{});
    // It asks the strategy anew for each vote. In page_blocks another class becomes the smallest on the way.
    check_cleaner(set, AllKnn{.sequential = true}, false);
  }
}

TEST_CASE("real numbers: SMOTE with a cleaner keeps or tells every row", "[real]") {
  for (const RealSet& set : real_sets()) {
    if (!set.numeric()) continue;
    const Smote smote{.seed = 1, .too_few_neighbors = TooFewNeighbors::clamp};
    check_combined(set, SmoteEnn{.smote = smote});
    check_combined(set, SmoteTomek{.smote = smote});
    check_combined(set, SmoteTomek{.smote = smote, .spare_real_rows = true});
  }
}
