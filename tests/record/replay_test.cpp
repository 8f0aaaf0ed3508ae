// SPDX-License-Identifier: MIT
#include <rebalance/record/replay.hpp>

#include <cstring>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace replay_test {

using namespace rebalance;

template <class S>
bool same_bytes(const Matrix<S>& a, const Matrix<S>& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() &&
         std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(S)) == 0;
}

/// As it is read by somebody else, a year later.
Manifest stored(const Manifest& record) { return manifest_of_json(record.json()); }

const auto X = sets::features(sets::Kind::continuous, 60, 3);
const auto y = sets::labels({40, 20});

Manifest smote_manifest() { return manifest(Data(X, y), make_plan(X, y, Smote{.seed = 4}), Smote{.seed = 4}); }

TEST_CASE("what was searched in another space, in strata and under rules is made again from X alone", "[replay]") {
  const Matrix<double> scores = X.leftCols(2) * 3;
  const Data data = Data(X, y).space(scores).strata(sets::labels({30, 30}, 3)).columns({integer({1}), nominal({2})});
  const auto out = resample(data, Smote{.k_neighbors = 2, .seed = 9}, TomekLinks{});
  const Manifest record = stored(manifest(data, out.plan, Smote{.k_neighbors = 2, .seed = 9}, TomekLinks{}));
  CHECK(same_bytes<double>(replay(record, X), out.X));
  CHECK(same_bytes<double>(replay(record, Eigen::MatrixXd(X)), out.X));  // column-major
}

TEST_CASE("the training rows of a fold are made again from all rows", "[replay]") {
  const Folds folds(X, y, StratifiedKFold{.n_splits = 4, .seed = 7});
  for (const auto& fold : folds) {
    const auto train = fold.train(Smote{.seed = 42}, EditedNearestNeighbors{});
    const Manifest record = stored(manifest(fold, train));
    CHECK(same_bytes<double>(replay(record, X), train.X));
    const auto again = replay(record, Data(X, y));
    CHECK(again.y == train.y);
    CHECK(again.counts == train.counts);
    const auto near = fold.in_space(Standardize{});
    const auto searched = near.train(Smote{.seed = 42});
    CHECK(same_bytes<double>(replay(manifest(near, searched), X), searched.X));
  }
  const auto scaled = folds[0].transformed(Standardize{});
  const Manifest record = manifest(scaled, scaled.train(Smote{.seed = 42}));
  CHECK_THROWS_WITH(replay(record, X),
                    "the rows of this fold were transformed before they were resampled, and X alone does not tell how: "
                    "make the fold again, with its transform, and train");
}

TEST_CASE("a plan over other rows than the manifest says is refused", "[replay]") {
  Manifest record = smote_manifest();
  record.plan = plan_bytes(Plan::keep_all(59));
  CHECK_THROWS_WITH(
      plan_of(record),
      "the plan in the manifest is over 59 rows, the manifest over 60; use the manifest as it was written");
}

TEST_CASE("other data are refused, and it is told what differs", "[replay]") {
  const Manifest record = smote_manifest();
  const std::string these = "these are not the data of the manifest: ",
                    very = "; replay it on the very X that was resampled, all rows in their order";
  CHECK_THROWS_WITH(replay(record, X.topRows(59)), these + "X is 59 x 3, there it was 60 x 3" + very);
  CHECK_THROWS_WITH(replay(record, X.leftCols(2)), these + "X is 60 x 2, there it was 60 x 3" + very);
  CHECK_THROWS_WITH(replay(record, X.cast<float>()), these + "X is of float, there it was of double" + very);
  for (Index i = 0; i < X.size(); ++i) {
    Matrix<double> other = X;
    other.data()[i] = std::nextafter(other.data()[i], 99);
    CHECK_THROWS_WITH(replay(record, other), Catch::Matchers::StartsWith(
                                                 these + "X has as many values, but at least one is another (digest "));
    CHECK_THROWS_AS(replay(record, Data(other, y)), InvalidRecord);
  }
  for (std::size_t row = 0; row < y.size(); ++row) {
    std::vector<int> labels = y;
    labels[row] = 1 - labels[row];
    CHECK_THROWS_WITH(replay(record, Data(X, labels)),
                      Catch::Matchers::StartsWith(these + "at least one label of y is another (digest "));
  }
}

TEST_CASE("labels are known by their names, whatever their type", "[replay]") {
  std::vector<std::string> names;
  for (const int label : y) names.push_back(std::to_string(label));
  const auto again = replay(smote_manifest(), Data(X, names));
  CHECK(again.y.back() == "1");
  CHECK(again.counts[1].before == 20);
}

TEST_CASE("without its plan, or with another, nothing is made", "[replay]") {
  Manifest record = smote_manifest();
  record.plan = plan_bytes(make_plan(X, y, Smote{.seed = 5}));
  CHECK_THROWS_WITH(
      replay(record, X),
      "the plan in the manifest is another than its plan_digest tells; use the manifest as it was written");
  record.plan = plan_bytes(Plan::keep_all(61));
  CHECK_THROWS_AS(replay(record, X), InvalidPlan);
  record.plan = "no plan";
  CHECK_THROWS_AS(replay(record, X), InvalidPlan);
  record.plan.clear();
  CHECK_THROWS_WITH(
      replay(stored(record), X),
      "the manifest holds no plan, so no row can be made again: write manifests without clearing their plan");
}

TEMPLATE_TEST_CASE("verify names the rows that the plan does not make", "[replay]", float, double) {
  const auto features = sets::features<TestType>(sets::Kind::continuous, 60, 3);
  const auto out = resample(features, y, Smote{.seed = 4});
  Matrix<TestType> rows = out.X;
  for (const int threads : {1, 3}) CHECK(verify(Execution{.threads = threads}, out.plan, features, rows).empty());
  CHECK(verify(out.plan, features, Eigen::Matrix<TestType, -1, -1>(rows)).empty());  // column-major
  rows(3, 0) = std::nextafter(rows(3, 0), TestType(99));
  rows(79, 2) = 0;
  rows.row(50).swap(rows.row(51));
  CHECK(verify(out.plan, features, rows) == std::vector<Index>{3, 50, 51, 79});
  CHECK_THROWS_WITH(verify(out.plan, features, rows.topRows(79)),
                    "out is 79 x 3 but the plan makes 80 x 3; verify the rows that this plan made");
  CHECK_THROWS_AS(verify(out.plan, features, rows.leftCols(2)), ShapeMismatch);
  CHECK_THROWS_AS(verify(Plan::keep_all(59), features, rows.topRows(59)), InvalidPlan);
}

TEST_CASE("a zero of another sign is another row", "[replay]") {
  const Matrix<double> zeros = Matrix<double>::Zero(2, 1);
  Matrix<double> rows = zeros;
  rows(1, 0) = -0.0;
  CHECK(verify(Plan::keep_all(2), zeros, rows) == std::vector<Index>{1});
}

}  // namespace replay_test
