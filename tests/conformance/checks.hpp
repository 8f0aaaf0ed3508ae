// SPDX-License-Identifier: MIT
#pragma once

// What every sampler must do. A new sampler joins by a line in `Samplers` of the test of its room.
//
// A test includes this file after it has declared, in namespace conformance, two lists of cases:
//
//   Samplers           all of them
//   OrderFreeSamplers  those whose result belongs to the rows, whatever their order and the names of their classes
//
// and a case is a struct with
//
//   make(seed)      the sampler; one that draws nothing becomes another value by its floor, min_per_class
//   random          whether the seed matters
//   reads_features  whether NaN must be refused
//   nominal         (where there are any) the columns that hold category codes
//   cleaned         (cleaners) how many rows there are before cleaning

#include <rebalance/rebalance.hpp>

#include <cmath>
#include <cstring>
#include <set>
#include <tuple>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace conformance {

using namespace rebalance;
using sets::Kind;

/// As many rows, of these classes, as every case gets.
inline constexpr Index rows = 150;
inline const std::vector<Index> sizes{90, 40, 20};

/// Features that the sampler of a case can read: numbers, of which nominal columns are folded into small codes.
template <class Case, class S = double>
Matrix<S> features(Kind kind) {
  Matrix<S> X = sets::features<S>(kind, rows, 3);
  if constexpr (requires { Case::nominal; })
    for (const Index column : Case::nominal)
      for (Index row = 0; row < rows; ++row) X(row, column) = std::round(std::abs(X(row, column)) * S(1.5));
  return X;
}

template <class S>
bool same_bytes(const Matrix<S>& a, const Matrix<S>& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() &&
         std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(S)) == 0;
}

inline std::vector<Kind> kinds() { return {Kind::continuous, Kind::lattice, Kind::duplicates, Kind::constant_columns}; }

/// A row as text, to compare sets of rows whatever their order.
template <class S>
std::string line(const Matrix<S>& X, Index row) {
  std::string out;
  for (Index j = 0; j < X.cols(); ++j) out += detail::text({static_cast<double>(X(row, j)), " "});
  return out;
}

TEMPLATE_LIST_TEST_CASE("kept rows are the caller's, byte for byte and in order", "[conformance]", Samplers) {
  for (const Kind kind : kinds()) {
    const auto X = features<TestType>(kind);
    const auto y = sets::labels(sizes);
    const auto before = X;
    const auto out = resample(X, y, TestType::make(1));
    CHECK(same_bytes(X, before));
    Index last = -1;
    bool synthetic_seen = false;
    for (Index row = 0; row < out.plan.size(); ++row) {
      const Origin& origin = out.plan[row];
      CHECK(out.y[static_cast<std::size_t>(row)] == y[static_cast<std::size_t>(origin.base)]);
      if (origin.synthetic()) {
        synthetic_seen = true;
        continue;
      }
      CHECK_FALSE(synthetic_seen);  // what is kept comes first
      CHECK(origin.base >= last);
      CHECK(std::memcmp(out.X.row(row).data(), X.row(origin.base).data(), 3 * sizeof(double)) == 0);
      last = origin.base;
    }
  }
}

TEMPLATE_LIST_TEST_CASE("the plan makes the same bytes again, whole and in batches", "[conformance]", Samplers) {
  for (const Kind kind : kinds()) {
    const auto X = features<TestType>(kind);
    const auto y = sets::labels(sizes);
    const auto out = resample(X, y, TestType::make(1));
    CHECK(same_bytes(materialize(out.plan, X), out.X));
    for (const Index batch : {Index{1}, Index{7}, out.plan.size()}) {
      Matrix<double> collected(out.plan.size(), 3);
      std::vector<int> labels;
      for_each_batch(out.plan, X, y, batch, [&](const Matrix<double>& part, const std::vector<int>& part_labels) {
        collected.middleRows(static_cast<Index>(labels.size()), part.rows()) = part;
        labels.insert(labels.end(), part_labels.begin(), part_labels.end());
      });
      CHECK(same_bytes(collected, out.X));
      CHECK(labels == out.y);
    }
  }
}

TEMPLATE_LIST_TEST_CASE("counts per class are those of the rows", "[conformance]", Samplers) {
  const auto X = features<TestType>(Kind::continuous);
  const auto y = sets::labels(sizes);
  const auto out = resample(X, y, TestType::make(1));
  for (const auto& [label, before, after] : out.counts) {
    CHECK(before == std::count(y.begin(), y.end(), label));
    CHECK(after == std::count(out.y.begin(), out.y.end(), label));
  }
}

TEMPLATE_LIST_TEST_CASE("same seed same plan, other seed other plan", "[conformance]", Samplers) {
  const auto X = features<TestType>(Kind::continuous);
  const auto y = sets::labels(sizes);
  CHECK(make_plan(X, y, TestType::make(5)) == make_plan(X, y, TestType::make(5)));
  if (TestType::random) CHECK_FALSE(make_plan(X, y, TestType::make(5)) == make_plan(X, y, TestType::make(6)));
}

TEMPLATE_LIST_TEST_CASE("threads and backends never change a bit", "[conformance]", Samplers) {
  for (const Kind kind : kinds()) {
    const auto X = features<TestType>(kind);
    const auto y = sets::labels(sizes);
    const auto first = resample(X, y, TestType::make(1));
    for (const int threads : {1, 2, 3, 8})
      for (const Backend backend : {Backend::kd_tree, Backend::brute_force}) {
        const auto out = resample(Execution{.threads = threads, .backend = backend}, X, y, TestType::make(1));
        CHECK(out.plan == first.plan);
        CHECK(same_bytes(out.X, first.X));
        CHECK(out.y == first.y);
      }
  }
}

TEMPLATE_LIST_TEST_CASE("layouts, maps, blocks and scalars of equal values give equal plans", "[conformance]",
                        Samplers) {
  const Matrix<float> single = features<TestType, float>(Kind::continuous);
  const Matrix<double> X = single.cast<double>();
  const auto y = sets::labels(sizes);
  const auto sampler = TestType::make(1);
  const auto first = resample(X, y, sampler);

  const Eigen::MatrixXd columns = X;
  CHECK(same_bytes(resample(columns, y, sampler).X, first.X));
  CHECK(same_bytes(resample(Eigen::Map<const Matrix<double>>(X.data(), rows, 3), y, sampler).X, first.X));
  Matrix<double> wide = Matrix<double>::Constant(rows + 2, 7, 99);
  wide.block(1, 2, rows, 3) = X;
  CHECK(same_bytes(resample(wide.block(1, 2, rows, 3), y, sampler).X, first.X));
  Eigen::MatrixXd wide_columns = wide;
  CHECK(same_bytes(resample(wide_columns.block(1, 2, rows, 3), y, sampler).X, first.X));
  CHECK(same_bytes(resample(X * 1.0, y, sampler).X, first.X));
  const Eigen::ArrayXXd array = X;
  CHECK(same_bytes(resample(array, y, sampler).X, first.X));

  const auto narrow = resample(single, y, sampler);
  STATIC_REQUIRE(std::same_as<decltype(narrow.X), ResampledMatrix<float>>);
  CHECK(narrow.plan == first.plan);
  const Matrix<float> expected = first.X.template cast<float>();
  CHECK(narrow.X.isApprox(expected, 1e-5f));
  CHECK(same_bytes(materialize(narrow.plan, single), narrow.X));
}

TEMPLATE_LIST_TEST_CASE("labels of any type give the same rows", "[conformance]", Samplers) {
  enum class Kind3 { a, b, c };
  const auto X = features<TestType>(Kind::continuous);
  const auto y = sets::labels(sizes);
  const auto first = resample(X, y, TestType::make(1));
  std::vector<std::string> strings;
  std::vector<Kind3> enums;
  std::vector<std::int8_t> small;
  for (const int code : y) {
    strings.push_back("class " + std::to_string(code));
    enums.push_back(static_cast<Kind3>(code));
    small.push_back(static_cast<std::int8_t>(code - 1));
  }
  const auto by_string = resample(X, strings, TestType::make(1));
  CHECK(by_string.plan == first.plan);
  for (std::size_t i = 0; i < first.y.size(); ++i) REQUIRE(by_string.y[i] == "class " + std::to_string(first.y[i]));
  CHECK(resample(X, enums, TestType::make(1)).plan == first.plan);
  CHECK(resample(X, small, TestType::make(1)).plan == first.plan);
  const Eigen::VectorXi vector = Eigen::Map<const Eigen::VectorXi>(y.data(), rows);
  CHECK(resample(X, vector, TestType::make(1)).plan == first.plan);

  const auto two = sets::labels({110, 40});
  std::vector<bool> flags;
  for (const int code : two) flags.push_back(code == 1);
  const auto by_flag = resample(X, flags, TestType::make(1));
  CHECK(by_flag.plan == resample(X, two, TestType::make(1)).plan);
  CHECK(by_flag.y.size() == static_cast<std::size_t>(by_flag.X.rows()));
}

TEMPLATE_LIST_TEST_CASE("shuffling the rows shuffles the result", "[conformance]", OrderFreeSamplers) {
  const auto X = features<TestType>(Kind::continuous);  // no ties
  const auto y = sets::labels(sizes);
  auto order = sets::numbers(rows);
  std::shuffle(order.begin(), order.end(), std::mt19937(3));
  Matrix<double> shuffled(rows, 3);
  std::vector<int> labels;
  for (Index i = 0; i < rows; ++i) {
    shuffled.row(i) = X.row(order[static_cast<std::size_t>(i)]);
    labels.push_back(y[static_cast<std::size_t>(order[static_cast<std::size_t>(i)])]);
  }
  const auto one = resample(X, y, TestType::make(1)), other = resample(shuffled, labels, TestType::make(1));
  std::multiset<std::string> here, there;
  for (Index row = 0; row < one.X.rows(); ++row)
    here.insert(line(one.X, row) + std::to_string(one.y[static_cast<std::size_t>(row)]));
  for (Index row = 0; row < other.X.rows(); ++row)
    there.insert(line(other.X, row) + std::to_string(other.y[static_cast<std::size_t>(row)]));
  CHECK(here == there);
}

TEMPLATE_LIST_TEST_CASE("renaming the classes, even into another order, keeps the rows", "[conformance]",
                        OrderFreeSamplers) {
  const auto X = features<TestType>(Kind::continuous);
  const auto y = sets::labels(sizes);
  std::vector<std::string> renamed;
  const char* names[] = {"m", "z", "a"};
  for (const int code : y) renamed.push_back(names[code]);
  const auto one = resample(X, y, TestType::make(1));
  const auto other = resample(X, renamed, TestType::make(1));
  std::multiset<std::string> here, there;
  for (Index row = 0; row < one.X.rows(); ++row)
    here.insert(line(one.X, row) + names[one.y[static_cast<std::size_t>(row)]]);
  for (Index row = 0; row < other.X.rows(); ++row)
    there.insert(line(other.X, row) + other.y[static_cast<std::size_t>(row)]);
  CHECK(here == there);
}

TEMPLATE_LIST_TEST_CASE("values that are no finite numbers are named, or pass where none are read", "[conformance]",
                        Samplers) {
  const auto y = sets::labels(sizes);
  for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity(), -1e200}) {
    auto X = features<TestType>(Kind::continuous);
    X(100, 2) = bad;
    if (!TestType::reads_features) {
      CHECK_NOTHROW(resample(X, y, TestType::make(1)));
      continue;
    }
    try {
      resample(X, y, TestType::make(1));
      FAIL("not refused");
    } catch (const BadValue& error) {
      CHECK(error.row == 100);
      CHECK(error.column == 2);
    }
  }
}

TEMPLATE_LIST_TEST_CASE("input that cannot be resampled is refused", "[conformance]", Samplers) {
  const auto X = features<TestType>(Kind::continuous);
  const auto sampler = TestType::make(1);
  CHECK_THROWS_AS(resample(Matrix<double>(0, 3), std::vector<int>{}, sampler), ShapeMismatch);
  CHECK_THROWS_AS(resample(Matrix<double>(rows, 0), sets::labels(sizes), sampler), ShapeMismatch);
  CHECK_THROWS_AS(resample(X, std::vector<int>(rows, 4), sampler), TooFewClasses);
  CHECK_THROWS_AS(resample(X, sets::labels({90, 59}), sampler), ShapeMismatch);
  CHECK_THROWS_AS(resample(X, std::vector<int>{}, sampler), ShapeMismatch);
}

TEMPLATE_LIST_TEST_CASE("a sampler is a regular value", "[conformance]", Samplers) {
  STATIC_REQUIRE(Resampler<decltype(TestType::make(1))>);
  const auto sampler = TestType::make(1);
  auto copy = sampler;
  CHECK(copy == sampler);
  CHECK_FALSE(TestType::make(2) == sampler);
  CHECK_FALSE(sampler.describe().empty());
  CHECK(sampler.describe().find('\n') == std::string::npos);
}

TEMPLATE_LIST_TEST_CASE("rows left out by a cleaner are told once each, and no kept row is", "[conformance]",
                        Samplers) {
  using Recipe = std::tuple<Index, Index, double>;
  const auto recipe = [](const Origin& origin) { return Recipe{origin.base, origin.neighbor, origin.step}; };
  for (const Kind kind : kinds()) {
    const auto X = features<TestType>(kind);
    const auto plan = make_plan(X, sets::labels(sizes), TestType::make(1));
    if constexpr (requires { TestType::cleaned; }) {
      std::set<Recipe> seen;
      for (const Origin& origin : plan) CHECK(seen.insert(recipe(origin)).second);
      for (const Removal& removal : plan.removed()) {
        CHECK(seen.insert(recipe(removal.origin)).second);
        CHECK(removal.pass >= 1);
      }
      CHECK(static_cast<Index>(seen.size()) == TestType::cleaned);
      CHECK_FALSE(plan.removed().empty());  // random labels leave much to clean
    } else {
      CHECK(plan.removed().empty());
    }
  }
}

}  // namespace conformance
