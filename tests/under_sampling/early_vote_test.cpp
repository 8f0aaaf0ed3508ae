// SPDX-License-Identifier: MIT
#include <rebalance/under_sampling/early_vote.hpp>

#include <algorithm>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

namespace {

std::vector<Index> rows_of(const std::vector<detail::Suspect>& suspects) {
  std::vector<Index> out;
  for (const detail::Suspect& suspect : suspects) out.push_back(suspect.row);
  return out;
}

/// Every vote of every class, by early decisions and by whole lists of neighbors.
void check_against_whole_lists(const Matrix<double>& X, const std::vector<int>& y) {
  const Data data(X, y);
  const DataView<double> view = data.view();
  const auto all = sets::numbers(X.rows());
  for (const Vote vote : {Vote::majority, Vote::unanimous, Vote::mode})
    for (const Index k : {1, 2, 3, 4, 7}) {
      if (k >= X.rows()) continue;
      const bool decides = detail::EarlyVote<double>::decides(view.classes, k, vote);
      for (const Backend backend : {Backend::automatic, Backend::kd_tree, Backend::brute_force}) {
        const Execution how{.threads = backend == Backend::automatic ? 3 : 1, .backend = backend};
        detail::EarlyVote<double> early(view, k, vote, how);
        for (std::uint32_t c = 0; c < view.classes.size(); ++c) {
          std::vector<Index> judged(view.classes.members(c).begin(), view.classes.members(c).end());
          if (k == 4) judged.resize(judged.size() / 2);
          CAPTURE(k, c, static_cast<int>(vote), static_cast<int>(backend));
          const auto doubtful = early.doubtful(c, judged);
          const auto expected = rows_of(detail::outvoted<double>(view, all, judged, {k, k}, vote, {}));
          if (decides) REQUIRE(doubtful == expected);
          else REQUIRE(std::includes(doubtful.begin(), doubtful.end(), expected.begin(), expected.end()));
          REQUIRE(rows_of(detail::outvoted<double>(view, all, doubtful, {k, k}, vote, {})) == expected);
        }
      }
    }
}

}  // namespace

TEST_CASE("early decisions are those of the whole list", "[early_vote]") {
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates, Kind::constant_columns);
  CAPTURE(sets::name(kind));
  for (const std::vector<Index>& sizes :
       std::vector<std::vector<Index>>{{150, 20}, {100, 100}, {90, 3}, {60, 1}, {5, 5}, {80, 50, 9}, {70, 2, 2, 1, 30}})
    for (const Index columns : {1, 3, 12}) {
      CAPTURE(sizes.size(), sizes[0], columns);
      const auto y = sets::labels(sizes);
      check_against_whole_lists(sets::features(kind, static_cast<Index>(y.size()), columns), y);
    }
}

TEST_CASE("classes far apart, and one within the other", "[early_vote]") {
  auto X = sets::features(Kind::continuous, 400, 4);
  const auto y = sets::labels({360, 40});
  for (Index i = 0; i < 400; ++i)
    if (y[static_cast<std::size_t>(i)] == 1) X.row(i).array() += i % 3 == 0 ? 0.0 : 1e4;
  check_against_whole_lists(X, y);
}

TEST_CASE("what numbers of strangers cannot decide is not tried", "[early_vote]") {
  const auto X = sets::features(Kind::continuous, 30, 2);
  const auto three = sets::labels({10, 10, 10}), two = sets::labels({15, 15});
  using Early = detail::EarlyVote<double>;
  const Data of_three(X, three), of_two(X, two);
  CHECK(Early::decides(of_three.view().classes, 3, Vote::unanimous));
  CHECK_FALSE(Early::decides(of_three.view().classes, 3, Vote::majority));
  CHECK(Early::decides(of_two.view().classes, 4, Vote::majority));
  CHECK(Early::decides(of_two.view().classes, 3, Vote::mode));
  CHECK_FALSE(Early::decides(of_two.view().classes, 4, Vote::mode));
}
