// SPDX-License-Identifier: MIT
#include <rebalance/under_sampling/tomek_links.hpp>

#include "../support/catch.hpp"
#include "../support/cleaned.hpp"

using namespace rebalance;
using cleaned::kept;
using cleaned::line;
using cleaned::removed;
using cleaned::RowNumbers;
using sets::Kind;

namespace {

/// How far the nearest other row of each row is, by comparing all.
std::vector<double> reaches(const Matrix<double>& X) {
  std::vector<double> out;
  for (Index i = 0; i < X.rows(); ++i) {
    double least = std::numeric_limits<double>::infinity();
    for (Index j = 0; j < X.rows(); ++j)
      if (j != i) least = std::min(least, sets::distance(X, i, j));
    out.push_back(least);
  }
  return out;
}

/// RowNumbers that go by Tomek's definition, pair by pair: classes differ, and no row is nearer to either.
template <class Goes>
RowNumbers ends_by_definition(const Matrix<double>& X, const std::vector<int>& y, const Goes& goes) {
  const auto reach = reaches(X);
  RowNumbers out;
  for (Index a = 0; a < X.rows(); ++a) {
    const auto linked = [&](Index b) {
      const auto i = static_cast<std::size_t>(a), j = static_cast<std::size_t>(b);
      const double d = sets::distance(X, a, b);
      return y[i] != y[j] && d <= reach[i] && d <= reach[j] && goes(y[i], y[j]);
    };
    const auto others = sets::numbers(X.rows());
    if (std::any_of(others.begin(), others.end(), linked)) out.push_back(a);
  }
  return out;
}

}  // namespace

//   row     0        1     2 3           4
//   class   a        a     b a           b
//   place   0        3     5 5.5         9
//
// Nearest of 0 is 1, of 1 is 2, of 2 is 3, of 3 is 2, of 4 is 3: one link, 2 - 3. That 2 is the nearest of 1 is no link.
TEST_CASE("a link, and which of its ends go", "[tomek]") {
  const auto X = line({0, 3, 5, 5.5, 9});
  const std::vector<std::string> y{"a", "a", "b", "a", "b"};
  CHECK(removed(make_plan(X, y, TomekLinks{})) == RowNumbers{3});  // not both: b is the smallest class
  CHECK(removed(make_plan(X, y, TomekLinks{.ends = Ends::majority})) == RowNumbers{3});
  CHECK(removed(make_plan(X, y, TomekLinks{.ends = Ends::both})) == RowNumbers{2, 3});
  CHECK(removed(make_plan(X, y, TomekLinks{.strategy = all(), .ends = Ends::both})) == RowNumbers{2, 3});
  CHECK(removed(make_plan(X, y, TomekLinks{.strategy = all()})) == RowNumbers{2, 3});
  CHECK(removed(make_plan(X, y, TomekLinks{.strategy = all(), .ends = Ends::majority})) == RowNumbers{3});
  CHECK(removed(make_plan(X, y, TomekLinks{.strategy = only({"b"})})) == RowNumbers{2});
  CHECK(removed(make_plan(X, y, TomekLinks{.strategy = only({"b"}), .ends = Ends::majority})).empty());
  CHECK(removed(make_plan(X, y, TomekLinks{.strategy = all(), .strict = true})) == RowNumbers{2, 3});

  const Plan plan = make_plan(X, y, TomekLinks{});
  CHECK(kept(plan) == RowNumbers{0, 1, 2, 4});
  CHECK(plan.removed()[0] == Removal{{3, 3, 0}, Reason::tomek_link, 1});
  CHECK(plan.notes().empty());
}

//   row     0 1        2 3        4 5    6    7    8
//   class   a b        b c        a d    a    a    b         sizes: a 4, b 3, c 1, d 1
//   place   0 1        10 11      20 21  30   40   60
TEST_CASE("with several classes the larger class of each link goes, of equals both", "[tomek]") {
  const auto X = line({0, 1, 10, 11, 20, 21, 30, 40, 60});
  const std::vector<std::string> y{"a", "b", "b", "c", "a", "d", "a", "a", "b"};
  CHECK(removed(make_plan(X, y, TomekLinks{.strategy = all(), .ends = Ends::majority})) == RowNumbers{0, 2, 4});
  CHECK(removed(make_plan(X, y, TomekLinks{.strategy = only({"a", "b"})})) == RowNumbers{0, 1, 2, 4});

  const std::vector<std::string> equal{"a", "b", "b", "c", "a", "d", "a", "b", "b"};  // a 3, b 4
  CHECK(removed(make_plan(X, equal, TomekLinks{.strategy = all(), .ends = Ends::majority})) == RowNumbers{1, 2, 4});
  const TomekLinks majority{.strategy = all(), .ends = Ends::majority, .min_per_class = 0};
  CHECK(removed(make_plan(line({0, 1, 9, 12}), std::vector<int>{0, 1, 0, 1}, majority)) ==
        RowNumbers{0, 1, 2, 3});  // 2 and 2
}

TEST_CASE("a row and its exact copy of another class are a link, also among further copies", "[tomek]") {
  const auto X = line({1, 1, 7, 7, 7, 20, 22});
  const std::vector<int> y{0, 1, 0, 0, 1, 0, 0};
  CHECK(removed(make_plan(X, y, TomekLinks{.strategy = all(), .min_per_class = 0})) == RowNumbers{0, 1, 2, 3, 4});
  // Strictly, self by number and ties by number: nearest of 2 is 3, of 3 is 2, of 4 is 2.
  CHECK(removed(make_plan(X, y, TomekLinks{.strategy = all(), .strict = true, .min_per_class = 0})) ==
        RowNumbers{0, 1});
}

//   a b a b a      all one apart: each is as near to its left as to its right
TEST_CASE("ties: all rows of a lattice are linked; strictly only those that name each other first", "[tomek]") {
  const auto X = line({0, 1, 2, 3, 4});
  const std::vector<int> y{0, 1, 0, 1, 0};
  CHECK(removed(make_plan(X, y, TomekLinks{.strategy = all(), .min_per_class = 0})) == RowNumbers{0, 1, 2, 3, 4});
  CHECK(removed(make_plan(X, y, TomekLinks{.strategy = all(), .strict = true})) == RowNumbers{0, 1});
}

//         b - b       every row is one away from its nearest, which is of its class; a and b in the middle are
//   a - a             farther apart than that, though their reach is the same
TEST_CASE("rows of equal reach are no link unless they are exactly that far apart", "[tomek]") {
  const Matrix<double> X{{-1, 0}, {0, 0}, {1, 1}, {2, 1}};
  CHECK(make_plan(X, std::vector<int>{0, 0, 1, 1}, TomekLinks{.strategy = all()}).removed().empty());
}

TEST_CASE("links are those of the definition, whatever ties", "[tomek]") {
  for (const Kind kind : cleaned::kinds())
    for (const auto& sizes : {std::vector<Index>{90, 60}, {70, 50, 30}, {30, 30, 30, 30, 30}, {149, 1}}) {
      const auto X = sets::features(kind, 150, 2);
      const auto y = sets::labels(sizes);
      CAPTURE(sets::name(kind), sizes);
      const auto size = [&](int label) { return sizes[static_cast<std::size_t>(label)]; };
      const Index least = *std::min_element(sizes.begin(), sizes.end()),
                  most = *std::max_element(sizes.begin(), sizes.end());
      const auto may_go = [&](int own, int) { return sizes[static_cast<std::size_t>(own)] > least || least == most; };
      const auto gone = [&](const TomekLinks& tomek) { return removed(make_plan(X, y, tomek)); };
      CHECK(gone({.strategy = all(), .min_per_class = 0}) == ends_by_definition(X, y, [](int, int) { return true; }));
      CHECK(gone({.min_per_class = 0}) == ends_by_definition(X, y, may_go));
      CHECK(gone({.strategy = all(), .ends = Ends::majority, .min_per_class = 0}) ==
            ends_by_definition(X, y, [&](int own, int other) { return size(own) >= size(other); }));
      CHECK(gone({.strategy = only({1}), .min_per_class = 0}) ==
            ends_by_definition(X, y, [](int own, int) { return own == 1; }));
    }
}

TEST_CASE("strict links are mutual first neighbors by distance and number", "[tomek]") {
  for (const Kind kind : cleaned::kinds()) {
    const auto X = sets::features(kind, 150, 2);
    const auto y = sets::labels({90, 60});
    const auto all_rows = sets::numbers(150);
    const auto first = [&](Index row) { return sets::nearest(X, all_rows, row, 1)[0].row; };
    RowNumbers expected;
    for (const Index row : all_rows)
      if (first(first(row)) == row && y[static_cast<std::size_t>(row)] != y[static_cast<std::size_t>(first(row))])
        expected.push_back(row);
    CAPTURE(sets::name(kind));
    CHECK(removed(make_plan(X, y, TomekLinks{.strategy = all(), .strict = true, .min_per_class = 0})) == expected);
  }
}

TEST_CASE("tomek_links: kept and removed rows are the input rows, on any number of threads, from both backends",
          "[tomek]") {
  for (const Kind kind : cleaned::kinds()) {
    const auto X = sets::features(kind, 150, 3);
    const auto y = sets::labels({90, 40, 20});
    cleaned::check_account(make_plan(X, y, TomekLinks{.strategy = all()}), 150);
    cleaned::check_execution(X, y, TomekLinks{.strategy = all()});
  }
}

TEST_CASE("neither the order of rows nor the names of classes matter, even where distances tie", "[tomek]") {
  for (const Kind kind : cleaned::kinds()) {
    const auto X = sets::features(kind, 150, 2);
    const auto y = sets::labels({90, 40, 20});
    for (const Ends ends : {Ends::by_strategy, Ends::majority, Ends::both}) {
      const TomekLinks tomek{.ends = ends, .min_per_class = 0};
      const RowNumbers rows = kept(make_plan(X, y, tomek));
      CHECK(cleaned::kept_when_shuffled(X, y, tomek, 5) == rows);
      CHECK(kept(make_plan(X, cleaned::renamed(y, {7, 9, 3}), tomek)) == rows);
    }
  }
}

TEST_CASE("float and double rows of equal values have the same links", "[tomek]") {
  const Matrix<float> single = sets::features<float>(Kind::lattice, 150, 2);
  const Matrix<double> X = single.cast<double>();
  const auto y = sets::labels({90, 60});
  CHECK(make_plan(single, y, TomekLinks{}) == make_plan(X, y, TomekLinks{}));
}

TEST_CASE("links are sought in the space that was given", "[tomek]") {
  const auto X = line({0, 1, 2, 3});
  const auto Z = line({0, 5, 10, 5.5});
  const std::vector<int> y{0, 1, 1, 0};
  CHECK(removed(make_plan(Data(X, y).space(Z), TomekLinks{.strategy = all()})) == RowNumbers{1, 3});
}

TEST_CASE("tomek_links: separable classes lose nothing, and nothing is said", "[tomek]") {
  const auto X = line({0, 1, 2, 10, 11});
  const Plan plan = make_plan(X, std::vector<int>{0, 0, 0, 1, 1}, TomekLinks{.strategy = all()});
  CHECK(plan.size() == 5);
  CHECK(plan.removed().empty());
  CHECK(plan.notes().empty());
}

//   row     0 1       2  3          4     5
//   class   a b       a  b          a     b
//   place   0 1       10 13         30    36     three links, of length 1, 3 and 6
TEST_CASE("the floor keeps the ends of the longest links", "[tomek]") {
  const auto X = line({0, 1, 10, 13, 30, 36});
  const std::vector<std::string> y{"a", "b", "a", "b", "a", "b"};
  const Plan one = make_plan(X, y, TomekLinks{.strategy = all()});
  CHECK(kept(one) == RowNumbers{4, 5});
  CHECK(cleaned::note(one, "a") == "would have lost all 3 rows; kept 1, the best supported (min_per_class = 1)");
  CHECK(cleaned::note(one, "b") == "would have lost all 3 rows; kept 1, the best supported (min_per_class = 1)");
  CHECK(kept(make_plan(X, y, TomekLinks{.strategy = all(), .min_per_class = 2})) == RowNumbers{2, 3, 4, 5});
  CHECK(make_plan(X, y, TomekLinks{.strategy = all(), .min_per_class = 9}).removed().empty());
  const Plan none = make_plan(X, y, TomekLinks{.strategy = only({"a"}), .min_per_class = 0});
  CHECK(kept(none) == RowNumbers{1, 3, 5});
  CHECK(cleaned::note(none, "a") == "lost all 3 rows; min_per_class = 1 would keep one");
}

TEST_CASE("all points equal: every row is linked, the floor keeps the first of each class", "[tomek]") {
  const Matrix<double> X = Matrix<double>::Constant(60, 2, 4.0);
  const auto y = sets::labels({40, 20});
  const auto first = [&](int label) { return std::find(y.begin(), y.end(), label) - y.begin(); };
  const Plan plan = make_plan(X, y, TomekLinks{.strategy = all()});
  CHECK(kept(plan) == RowNumbers{std::min(first(0), first(1)), std::max(first(0), first(1))});
  CHECK(plan.notes().size() == 2);
  CHECK(make_plan(X, y, TomekLinks{}).size() == 21);
}

TEST_CASE("a class of one row can be linked, and stays by the floor", "[tomek]") {
  const auto X = line({0, 1, 5, 6.5});
  const std::vector<int> y{0, 1, 0, 0};
  CHECK(removed(make_plan(X, y, TomekLinks{})) == RowNumbers{0});
  const Plan plan = make_plan(X, y, TomekLinks{.strategy = all()});
  CHECK(removed(plan) == RowNumbers{0});
  CHECK(cleaned::note(plan, "1") == "would have lost its only row; kept 1, the best supported (min_per_class = 1)");
}

TEST_CASE("tomek_links: options out of range are refused", "[tomek]") {
  const auto X = line({0, 1, 5, 6.5});
  const std::vector<int> y{0, 1, 0, 0};
  CHECK_THROWS_AS(make_plan(X, y, TomekLinks{.min_per_class = -1}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, y, TomekLinks{.strategy = only({1}), .ends = Ends::both}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, y, TomekLinks{.strategy = ratio(0.5)}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, y, TomekLinks{.strategy = only({2})}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, std::vector<int>{0, 0, 0, 0}, TomekLinks{}), TooFewClasses);
}

TEST_CASE("TomekLinks is a value that can be compared and written down", "[tomek]") {
  CHECK(TomekLinks{} == TomekLinks{});
  CHECK_FALSE(TomekLinks{.strict = true} == TomekLinks{});
  CHECK(TomekLinks{.ends = Ends::majority}.describe() ==
        "TomekLinks{.strategy = balance(), .ends = Ends::majority, .strict = false, .min_per_class = 1, .space = {}}");
}
