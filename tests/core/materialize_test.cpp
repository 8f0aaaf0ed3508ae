// SPDX-License-Identifier: MIT
#include <rebalance/core/materialize.hpp>

#include <bit>
#include <cstring>
#include <deque>
#include <set>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;

namespace {
Plan some_plan(Index rows, Index columns) {
  Plan plan = Plan::keep_all(rows);
  const auto box = plan.add_rule({Rule::Kind::box, {}, {}});
  const auto noise =
      plan.add_rule({Rule::Kind::noise, std::vector<double>(static_cast<std::size_t>(columns), 0.1), {}});
  const auto normals = std::make_shared<Matrix<double>>(Matrix<double>::Random(rows, columns));
  const auto listed =
      plan.add_rule({Rule::Kind::listed, std::vector<double>(static_cast<std::size_t>(columns), 2), normals});
  for (Index i = 0; i + 1 < rows; ++i) {
    const double step = detail::open_interval(detail::random_pair(1, 0, static_cast<std::uint64_t>(i), 0)[0]);
    plan.add(i, i + 1, step);
    plan.add_copy(i);
    plan.add_by_rule(box, i, i + 1, step);
    plan.add_by_rule(noise, i, i, step);
    plan.add_by_rule(listed, i, i, static_cast<double>(i + 1));
  }
  return plan;
}
}  // namespace

TEST_CASE("a row is base + step * (neighbor - base)", "[materialize]") {
  const Matrix<double> X{{0, 10, 5}, {4, 20, 5}};
  Plan plan(2);
  plan.keep(1);
  plan.add(0, 1, 0.25);
  plan.add_copy(0);
  CHECK(materialize(plan, X) == Matrix<double>{{4, 20, 5}, {1, 12.5, 5}, {0, 10, 5}});
}

TEMPLATE_TEST_CASE("kept and copied rows are byte for byte, NaN and -0 included", "[materialize]", float, double) {
  using S = TestType;
  Matrix<S> X(1, 3);
  X << std::numeric_limits<S>::quiet_NaN(), S(-0.0), std::numeric_limits<S>::infinity();
  Plan plan(1);
  plan.keep(0);
  plan.add_copy(0);
  const Matrix<S> out = materialize(plan, X);
  for (Index row = 0; row < 2; ++row) CHECK(std::memcmp(out.row(row).data(), X.data(), 3 * sizeof(S)) == 0);
}

TEMPLATE_TEST_CASE("batches, threads, layouts and the caller's memory give the same bits", "[materialize]", float,
                   double) {
  using S = TestType;
  const auto X = sets::features<S>(sets::Kind::continuous, 300, 5);
  const auto y = sets::labels({200, 100});
  const Plan plan = some_plan(300, 5);
  const Matrix<S> whole = materialize(plan, X);
  REQUIRE(whole.rows() == plan.size());

  for (const int threads : {2, 3, 8}) CHECK(materialize(Execution{.threads = threads}, plan, X) == whole);
  const Eigen::Matrix<S, Eigen::Dynamic, Eigen::Dynamic> columns = X;
  CHECK(materialize(plan, columns) == whole);

  Matrix<S> mine = Matrix<S>::Zero(plan.size() + 2, 5);
  materialize(plan, X, mine.middleRows(1, plan.size()));
  CHECK(mine.middleRows(1, plan.size()) == whole);
  CHECK(mine.row(0).isZero(0));
  CHECK(mine.bottomRows(1).isZero(0));

  for (const Index batch : {Index{1}, Index{7}, plan.size(), plan.size() + 5}) {
    Matrix<S> collected(plan.size(), 5);
    std::vector<int> labels;
    for_each_batch(Execution{.threads = 2}, plan, X, y, batch,
                   [&](const Matrix<S>& rows, const std::vector<int>& part) {
                     REQUIRE(rows.rows() == static_cast<Index>(part.size()));
                     collected.middleRows(static_cast<Index>(labels.size()), rows.rows()) = rows;
                     labels.insert(labels.end(), part.begin(), part.end());
                   });
    CHECK(collected == whole);
    CHECK(labels == gather(plan, y));
  }
}

TEST_CASE("batches that are pulled end, stay at their end, and start again", "[materialize]") {
  const auto X = sets::features(sets::Kind::continuous, 300, 5);
  const auto y = sets::labels({200, 100});
  const Plan plan = some_plan(300, 5);
  const Matrix<double> whole = materialize(plan, X);
  const std::vector<int> labels = gather(plan, y);
  const Data data(X, y);
  const Index batch_rows = GENERATE(1, 400, 2000);
  Batches batches(Execution{.threads = 2}, plan, data, batch_rows);
  static_assert(detail::role_of<std::remove_cvref_t<decltype(batches.rows())>> ==
                Role::resampled);  // Folds refuses them

  for (int pass = 0; pass < 2; ++pass) {
    Index first = 0;
    while (batches.next()) {
      const Index count = batches.rows().rows();
      REQUIRE(count == std::min(batch_rows, plan.size() - first));
      REQUIRE(static_cast<Index>(batches.labels().size()) == count);
      CHECK(batches.rows() == whole.middleRows(first, count));
      CHECK(std::equal(batches.labels().begin(), batches.labels().end(), labels.begin() + first));
      first += count;
    }
    CHECK(first == plan.size());
    CHECK(!batches.next());
    CHECK(batches.rows().rows() == 0);
    CHECK(batches.labels().empty());
    batches.restart();
  }
  REQUIRE(batches.next());  // restarted amid a pass
  batches.restart();
  REQUIRE(batches.next());
  CHECK(batches.rows() == whole.topRows(std::min(batch_rows, plan.size())));
}

TEST_CASE("batches of an empty plan, and what they are refused", "[materialize]") {
  const auto X = sets::features(sets::Kind::continuous, 300, 5);
  const auto y = sets::labels({200, 100});
  const Data data(X, y);
  const Plan nothing(300), other(299), all = Plan::keep_all(300);
  Batches none(nothing, data, 7);
  CHECK(!none.next());
  CHECK_THROWS_WITH((Batches{all, data, 0}), "Batches: batch_rows is 0; it must be at least 1");
  CHECK_THROWS_AS((Batches{other, data, 7}), InvalidPlan);
  using B = Batches<double, int>;
  STATIC_REQUIRE(!std::is_constructible_v<B, Plan, const Data<double, int>&, Index>);
  STATIC_REQUIRE(!std::is_constructible_v<B, const Plan&, Data<double, int>, Index>);
  STATIC_REQUIRE(!std::is_constructible_v<B, const Execution&, Plan, const Data<double, int>&, Index>);
  STATIC_REQUIRE(!std::is_constructible_v<B, const Execution&, const Plan&, Data<double, int>, Index>);
}

TEMPLATE_TEST_CASE("runs of rows, broken or not, are the rows one by one", "[materialize]", float, double) {
  using S = TestType;
  const Index columns = GENERATE(1, 2, 3, 9);
  const auto wide = sets::features<S>(sets::Kind::continuous, 500, columns + 2);
  const auto X = wide.block(0, 1, 500, columns);  // rows with gaps between them
  const Matrix<S> packed = X;
  Plan plan(500);
  std::vector<Index> bases;
  for (const Index row : {3, 4, 5, 5, 6, 0, 1, 499, 498, 2, 3}) bases.push_back(row);
  for (Index row = 0; row < 500; ++row) bases.push_back(row);
  for (std::size_t i = 0; i < bases.size(); ++i) i % 50 == 4 ? plan.add_copy(bases[i]) : plan.keep(bases[i]);
  plan.add(499, 0, 0.5);
  plan.keep(0);

  Matrix<S> expected(plan.size(), columns);
  for (Index i = 0; i < plan.size(); ++i)
    for (Index j = 0; j < columns; ++j)
      expected(i, j) = plan.is_verbatim(i) ? X(plan[i].base, j) : detail::interpolate(X(499, j), X(0, j), 0.5);
  CHECK(materialize(plan, X) == expected);
  CHECK(materialize(plan, packed) == expected);
  Matrix<S> mine = Matrix<S>::Zero(plan.size(), columns + 1);
  materialize(plan, packed, mine.leftCols(columns));
  CHECK(mine.leftCols(columns) == expected);
  CHECK(mine.col(columns).isZero(0));
}

TEST_CASE("box rows stay in the box of their parents, with a step for each feature", "[materialize]") {
  const auto X = sets::features(sets::Kind::continuous, 2, 50);
  Plan plan(2);
  plan.add_by_rule(plan.add_rule({Rule::Kind::box, {}, {}}), 0, 1, 0.5);
  const Matrix<double> out = materialize(plan, X);
  std::set<double> steps;
  for (Index j = 0; j < 50; ++j) {
    CHECK(out(0, j) >= std::min(X(0, j), X(1, j)));
    CHECK(out(0, j) <= std::max(X(0, j), X(1, j)));
    steps.insert(std::round((out(0, j) - X(0, j)) / (X(1, j) - X(0, j)) * 1e6));
  }
  CHECK(steps.size() == 50);
}

TEST_CASE("noise rows spread around their base as the scale says", "[materialize]") {
  const Matrix<double> X{{1, -2}};
  Plan plan(1);
  const auto rule = plan.add_rule({Rule::Kind::noise, {3, 0}, {}});
  for (std::uint64_t i = 0; i < 20'000; ++i)
    plan.add_by_rule(rule, 0, 0, detail::open_interval(detail::random_pair(1, 0, i, 0)[0]));
  const Matrix<double> out = materialize(plan, X);
  CHECK(std::abs(out.col(0).mean() - 1) < 0.1);
  CHECK(std::abs(std::sqrt((out.col(0).array() - out.col(0).mean()).square().mean()) - 3) < 0.1);
  CHECK((out.col(1).array() == -2).all());
}

TEST_CASE("side columns follow their rows", "[materialize]") {
  Plan plan(3);
  plan.keep(2);
  plan.add(0, 1, 0.5);
  CHECK(gather(plan, std::vector<std::string>{"a", "b", "c"}) == std::vector<std::string>{"c", "a"});
  CHECK(gather(plan, std::deque<double>{1, 5, 3}) == std::vector<double>{3, 1});
  CHECK(gather(plan, Eigen::Vector3d(1, 5, 3), [](double a, double b, double) { return std::max(a, b); }) ==
        std::vector<double>{3, 5});
  CHECK_THROWS_AS(gather(plan, std::vector<int>{1, 2}), ShapeMismatch);
}

TEST_CASE("a plan is refused where it does not fit, before anything is written", "[materialize]") {
  const auto X = sets::features(sets::Kind::continuous, 300, 5);
  const Plan plan = some_plan(300, 5);
  const auto short_X = sets::features(sets::Kind::continuous, 299, 5),
             narrow = sets::features(sets::Kind::continuous, 300, 4);
  CHECK_THROWS_WITH(materialize(plan, short_X),
                    "the plan was made for 300 rows but X has 299; apply a plan to the rows it was made for");
  CHECK_THROWS_AS(materialize(plan, narrow), InvalidPlan);  // its noise has five scales
  Matrix<double> out = Matrix<double>::Constant(plan.size(), 4, 9);
  CHECK_THROWS_AS(materialize(plan, X, out), ShapeMismatch);
  CHECK((out.array() == 9).all());
  Matrix<double> mine = X;
  CHECK_THROWS_AS(materialize(Plan::keep_all(300), mine, mine), ShapeMismatch);
  const auto y = sets::labels({200, 100});
  CHECK_THROWS_AS(for_each_batch(plan, X, y, 0, [](const auto&, const auto&) {}), InvalidOption);
}

TEST_CASE("what the consumer of a batch throws comes through", "[materialize]") {
  const auto X = sets::features(sets::Kind::continuous, 300, 5);
  const auto y = sets::labels({200, 100});
  CHECK_THROWS_AS(
      for_each_batch(some_plan(300, 5), X, y, 10, [](const auto&, const auto&) { throw std::logic_error("full"); }),
      std::logic_error);
}

TEMPLATE_TEST_CASE("rules make rows of their own parents, with the numbers of their own step", "[materialize]", float,
                   double) {
  using S = TestType;
  const auto X = sets::features<S>(sets::Kind::continuous, 4, 5);
  const double step = 0.3;
  const auto bits = [&](Index j) {  // two features a pair
    return detail::random_pair(std::bit_cast<std::uint64_t>(step), 0, static_cast<std::uint64_t>(j / 2),
                               0)[j % 2 == 0 ? 0 : 1];
  };
  const std::vector<double> scale{0.5, 1, 2, 3, 4};
  const auto normals = std::make_shared<const Matrix<double>>(sets::features(sets::Kind::continuous, 3, 5, 2));
  Plan plan(4);
  plan.add_by_rule(plan.add_rule({Rule::Kind::box, {}, {}}), 2, 3, step);
  plan.add_by_rule(plan.add_rule({Rule::Kind::noise, scale, {}}), 2, 2, step);
  plan.add_by_rule(plan.add_rule({Rule::Kind::listed, scale, normals}), 2, 2, 3);
  const Matrix<S> out = materialize(plan, X);
  for (Index j = 0; j < 5; ++j) {
    const double base = static_cast<double>(X(2, j)), spread = scale[static_cast<std::size_t>(j)];
    CHECK(out(0, j) == detail::interpolate(X(2, j), X(3, j), detail::unit_interval(bits(j))));
    CHECK(out(1, j) == static_cast<S>(base + detail::rounded(spread * detail::standard_normal(bits(j)))));
    CHECK(out(2, j) == static_cast<S>(base + detail::rounded(spread * (*normals)(2, j))));
  }
}

TEST_CASE("out may lie beside X, not in it, and has its features side by side", "[materialize]") {
  Matrix<double> memory = sets::features(sets::Kind::continuous, 20, 3);
  const Matrix<double> X = memory.middleRows(5, 10);
  const Plan first = Plan::keep_only(10, std::vector<Index>{9, 0, 0, 0, 0});
  for (const Index start : {1, 5, 10, 14})
    CHECK_THROWS_AS(materialize(first, memory.middleRows(5, 10), memory.middleRows(start, 5)), ShapeMismatch);
  for (const Index start : {0, 15}) {
    materialize(first, memory.middleRows(5, 10), memory.middleRows(start, 5));
    CHECK(memory.row(start) == X.row(9));
    CHECK(memory.row(start + 4) == X.row(0));
  }
  CHECK(memory.middleRows(5, 10) == X);

  using Apart = Eigen::Map<Matrix<double>, 0, Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>>;
  std::vector<double> numbers(100, 7.0);
  CHECK_THROWS_AS(materialize(first, X, Apart(numbers.data(), 5, 3, {6, 2})), ShapeMismatch);
  CHECK(numbers == std::vector<double>(100, 7.0));
  CHECK_THROWS_AS(materialize(first, X, Apart(numbers.data(), 4, 3, {6, 1})), ShapeMismatch);
  const Matrix<double> column = X.col(0);
  materialize(first, column, Apart(numbers.data(), 5, 1, {6, 2}));  // one feature lies beside nothing
  CHECK(numbers[0] == column(9, 0));
  CHECK(numbers[6] == column(0, 0));
  CHECK(numbers[2] == 7);
}

TEST_CASE("a plan has places in a space: between parents, at the base where a rule speaks of features",
          "[materialize]") {
  const auto space = sets::features(sets::Kind::continuous, 3, 2);
  Plan plan = Plan::keep_all(3);
  plan.add(2, 1, 0.25);
  plan.add_by_rule(plan.add_rule({Rule::Kind::noise, {1, 1, 1}, {}}), 1, 1, 0.5);
  plan.add_copy(0);
  const Matrix<double> places = detail::places_of_plan({}, plan, detail::RowMajor<double>(space).view());
  REQUIRE(places.rows() == 6);
  CHECK(places.topRows(3) == space);
  for (Index j = 0; j < 2; ++j) CHECK(places(3, j) == detail::interpolate(space(2, j), space(1, j), 0.25));
  CHECK(places.row(4) == space.row(1));
  CHECK(places.row(5) == space.row(0));
}
