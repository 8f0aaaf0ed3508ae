// SPDX-License-Identifier: MIT
#include <rebalance/model_selection/stratified_group_k_fold.hpp>

#include "../support/catch.hpp"
#include "../support/splits.hpp"

using namespace rebalance;

static_assert(Splitter<StratifiedGroupKFold>);

namespace {

/// The largest distance of the share of class 1 in a test side from its share in all rows.
double worst_share(const std::vector<Split>& folds, const std::vector<int>& y) {
  const auto share = [&](auto first, auto last) {
    double ones = 0;
    for (auto row = first; row != last; ++row) ones += y[static_cast<std::size_t>(*row)] == 1;
    return ones / static_cast<double>(last - first);
  };
  const auto all = detail::all_rows(static_cast<Index>(y.size()));
  double worst = 0;
  for (const Split& fold : folds)
    worst = std::max(worst, std::abs(share(fold.test.begin(), fold.test.end()) - share(all.begin(), all.end())));
  return worst;
}

}  // namespace

TEST_CASE("groups go where they level the classes", "[split]") {
  // Rows of class 0 and 1 in each group: 1 has 2 + 1, 2 has 3 + 0, 3 has 1 + 2, 4 has 2 + 1. The most uneven, 2, goes
  // to fold 0; then 1, the first of the others, to fold 1; 3 to fold 0, which has none of class 1; 4 to fold 1.
  // [list(b) for a, b in StratifiedGroupKFold(2).split(y, y, groups)]
  const std::vector<int> groups{1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4};
  const std::vector<int> y{0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1};
  const auto folds = split(Rows(y).groups(groups), StratifiedGroupKFold{.n_splits = 2});
  CHECK(splits::tests(folds) == std::vector<std::vector<Index>>{{3, 4, 5, 6, 7, 8}, {0, 1, 2, 9, 10, 11}});
}

TEST_CASE("no group is torn, no fold is empty", "[split]") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const Index n = 20 + 3 * seed;
    const auto groups = splits::drawn(n, 4 + static_cast<int>(seed % 50), seed, 1.5);
    const auto y = splits::drawn(n, 2 + static_cast<int>(seed % 3), seed + 1000, 2);
    const std::set<int> names(groups.begin(), groups.end());
    const Index most_of_a_class = std::count(y.begin(), y.end(), 0);
    for (const Index k : {Index{2}, Index{4}, static_cast<Index>(names.size())})
      for (const StratifiedGroupKFold& splitter : {StratifiedGroupKFold{k}, StratifiedGroupKFold{k, seed},
                                                   StratifiedGroupKFold{k, seed, Draws::imbalanced_learn}}) {
        if (k > static_cast<Index>(names.size()) || k > most_of_a_class) continue;
        const auto folds = split(Rows(y).groups(groups), splitter);
        CAPTURE(n, splitter.describe());
        CHECK(splits::k_folds(folds, k, n));
        CHECK(splits::groups_whole(folds, groups));
      }
  }
}

TEST_CASE("the last bit of a sum leaves no fold empty", "[split]") {
  // scikit-learn 34828: its 1.2.1 makes folds of 4, 2, 0 and 3 rows here.
  const std::vector<int> groups{0, 1, 1, 2, 2, 2, 2, 3, 3};
  const std::vector<int> y{1, 0, 0, 0, 1, 1, 1, 1, 1};
  const auto folds = split(Rows(y).groups(groups), StratifiedGroupKFold{.n_splits = 4});
  CHECK(splits::k_folds(folds, 4, 9));
}

TEST_CASE("shuffled groups are as well stratified as others", "[split]") {
  // 150 patients of 10 to 29 rows, each with its own share of class 1. Up to scikit-learn 1.7 shuffling gave each group
  // the fold of another (32540): there the shares were several times as far off.
  std::vector<int> groups, y;
  std::mt19937 engine(5);
  for (int group = 0; group < 150; ++group) {
    const auto rows = 10 + engine() % 20, in_ten = engine() % 4;
    for (unsigned row = 0; row < rows; ++row) {
      groups.push_back(group);
      y.push_back(engine() % 10 < in_ten ? 1 : 0);
    }
  }
  const Rows rows = Rows(y).groups(groups);
  const double in_order = worst_share(split(rows, StratifiedGroupKFold{}), y);
  for (const Draws draws : {Draws::even, Draws::imbalanced_learn}) {
    double sum = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed)
      sum += worst_share(split(rows, StratifiedGroupKFold{5, seed, draws}), y);
    CAPTURE(in_order, sum / 20);
    CHECK(sum / 20 < 2 * in_order);
  }
}

TEST_CASE("shuffled, neither groups nor classes have names", "[split]") {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const auto groups = splits::drawn(300, 60, seed);
    const auto y = splits::drawn(300, 3 + static_cast<int>(seed % 9), seed + 50, 2);
    const Rows rows = Rows(y).groups(groups);
    const Rows other = Rows(splits::renamed(y)).groups(splits::renamed(groups));
    CHECK((split(rows, StratifiedGroupKFold{.seed = seed}) == split(other, StratifiedGroupKFold{.seed = seed})));
    CHECK((split(rows, StratifiedGroupKFold{.seed = seed}) != split(rows, StratifiedGroupKFold{.seed = seed + 1})));
  }
}

TEST_CASE("equal spreads are equal, whatever the order of the classes", "[split]") {
  const std::vector<std::uint32_t> counts{1, 0, 0}, same{0, 0, 1}, wider{2, 0, 0};
  CHECK(detail::exact_spread(counts) == detail::exact_spread(same));
  CHECK(detail::exact_spread(counts) < detail::exact_spread(wider));
  CHECK(detail::exact_spread(counts) == 2);  // 3 * 1 - 1: 9 times the variance 2 / 9
}

TEST_CASE("many groups are split", "[split]") {
  const auto groups = splits::drawn(1'000'000, 100'000, 1);
  const auto y = splits::drawn(1'000'000, 2, 2, 5);
  const auto folds = split(Rows(y).groups(groups), StratifiedGroupKFold{.seed = 1});
  CHECK(splits::k_folds(folds, 5, 1'000'000));
  CHECK(worst_share(folds, y) < 1e-4);
}

TEST_CASE("StratifiedGroupKFold says what it is and what it cannot do", "[split]") {
  CHECK(StratifiedGroupKFold{}.describe() == "StratifiedGroupKFold{.n_splits = 5, .seed = {}, .draws = Draws::even}");
  const std::vector<int> y{0, 0, 1, 1};
  CHECK_THROWS_WITH(split(Rows(y), StratifiedGroupKFold{2}),
                    "StratifiedGroupKFold needs groups: Data(X, y).groups(patient), or without features "
                    "Rows(y).groups(patient)");
  CHECK_THROWS_WITH(split(Rows(y).groups(std::vector<int>{1, 1, 2, 2}), StratifiedGroupKFold{3}),
                    "StratifiedGroupKFold: n_splits is 3; it must be at most 2, the number of groups");
  CHECK_THROWS_WITH(split(Rows(y).groups(std::vector<int>{1, 2, 3, 4}), StratifiedGroupKFold{3}),
                    "StratifiedGroupKFold: n_splits is 3; it must be at most 2, the rows of the largest class");
}
