// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/quantiles.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>
#include <rebalance/neighbors/neighbor_space.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// What a profile looks at, and the rules of thumb behind its advice.
struct ProfileOptions {
  Index k_neighbors = 5;          ///< as the sampler will have it, at least 1
  NeighborSpace space = {};       ///< as the sampler will have it
  Index few_rows = 50;            ///< a class with fewer is small
  double many_strays = 0.5;       ///< a larger share of rare and outlier rows is noise or no class at all
  double mostly_synthetic = 0.5;  ///< a larger share of new rows in the balanced set is too many
  friend bool operator==(const ProfileOptions&, const ProfileOptions&) = default;
};

/// One class before it is over-sampled.
struct ClassProfile {
  Label label;     ///< of the class
  Index rows = 0;  ///< of the class
  // Its rows by how many of their k nearest in the whole set are of the class; with k = 5:
  Index safe = 0;        ///< 4 or 5
  Index borderline = 0;  ///< 2 or 3
  Index rare = 0;        ///< 1
  Index outlier = 0;     ///< none
  double overlap = 0;    ///< of all these neighbors, the share of other classes
  /// Distance to the k-th nearest of the class (fewer in a smaller class): least, quartiles, greatest. Empty for one row.
  std::vector<double> reach = {};
  Index most_named = 0;   ///< how often the row that most rows have among their k nearest of the class is named: a hub
  Index never_named = 0;  ///< rows that no row of the class has: new rows never lead to them
  Index feasible_k = 0;   ///< most neighbors that a row of the class has in it

  friend bool operator==(const ClassProfile&, const ClassProfile&) = default;
};

/// A training set before it is resampled.
struct Profile {
  Index rows = 0;                     ///< of all classes
  Index columns = 0;                  ///< of the space that was searched
  Index k_neighbors = 0;              ///< that each row was asked for
  std::vector<ClassProfile> classes;  ///< in sorted label order
  std::vector<std::string> advice;    ///< plain sentences; none if nothing is wrong

  /// All of it to read: a line for each class, then the advice.
  std::string text() const;
  friend bool operator==(const Profile&, const Profile&) = default;
};

namespace detail {

/// Safe from seven in ten of its own, borderline from three in ten: for k = 5 the four types of Napierala and Stefanowski.
inline void count_type(ClassProfile& profile, Index own, Index k) {
  if (10 * own >= 7 * k) ++profile.safe;
  else if (10 * own >= 3 * k) ++profile.borderline;
  else if (own > 0) ++profile.rare;
  else ++profile.outlier;
}

/// How the rows of a class lie among all; the table holds the neighbors of every row.
inline void profile_types(ClassProfile& profile, const Classes& classes, std::uint32_t c, const NeighborTable& table,
                          Index k) {
  Index foreign = 0;
  for (const Index row : classes.members(c)) {
    const auto nearest = table[row];
    const Index own = std::count_if(nearest.begin(), nearest.end(),
                                    [&](const Neighbor& neighbor) { return classes.code(neighbor.row) == c; });
    count_type(profile, own, k);
    foreign += k - own;
  }
  profile.overlap = static_cast<double>(foreign) / static_cast<double>(k * profile.rows);
}

/// How the rows of a class lie among themselves. `named` counts how often each row of the data is a neighbor in its
/// class, from 0: classes have no row in common.
template <class S>
void profile_reach(ClassProfile& profile, const DataView<S>& data, std::uint32_t c, Index k, const Execution& how,
                   std::vector<Index>& named) {
  if (profile.rows < 2) {
    profile.never_named = profile.rows;
    return;
  }
  const auto members = data.classes.members(c);
  const NeighborTable table = nearest_neighbors(data.space, members, members, std::min(k, profile.feasible_k), how);
  std::vector<double> distance;
  for (Index q = 0; q < table.queries(); ++q) {
    distance.push_back(std::sqrt(table[q].back().distance));
    for (const Neighbor& neighbor : table[q]) ++named[static_cast<std::size_t>(neighbor.row)];
  }
  std::sort(distance.begin(), distance.end());
  for (const double q : {0.0, 0.25, 0.5, 0.75, 1.0}) profile.reach.push_back(quantile(distance, q));
  for (const Index row : members) {
    const Index times = named[static_cast<std::size_t>(row)];
    profile.most_named = std::max(profile.most_named, times);
    profile.never_named += times == 0;
  }
}

/// A share in whole percent.
inline std::string percent(double share) { return text({std::lround(share * 100), " %"}); }

[[gnu::cold]] inline void advise(Profile& profile, const ProfileOptions& options) {
  Index largest = 0;
  for (const ClassProfile& c : profile.classes) largest = std::max(largest, c.rows);
  const auto say = [&](const std::string& sentence) { profile.advice.push_back(sentence); };
  if (options.k_neighbors < 3 || options.k_neighbors > 7)
    say(text({"k_neighbors = ", options.k_neighbors,
              " is outside 3 to 7: few neighbors repeat rows, many reach over gaps"}));
  Index missing = 0;
  for (const ClassProfile& c : profile.classes) {
    missing += largest - c.rows;
    if (c.rows == largest) continue;
    const std::string name = text({"class ", c.label.text});
    const auto rows = static_cast<double>(c.rows);
    if (c.rows < options.few_rows)
      say(text({name, " has ", c.rows,
                " rows: new rows will be variations of very few; weights, a threshold or more data may do better"}));
    if (c.feasible_k < options.k_neighbors)
      say(text({name, " has ", c.rows, " rows, too few for k_neighbors = ", options.k_neighbors, ": at most ",
                c.feasible_k}));
    if (const double strays = static_cast<double>(c.rare + c.outlier) / rows; strays > options.many_strays)
      say(text({percent(strays), " of the rows of ", name,
                " are rare or outliers: clean the labels first, SMOTE would spread what is wrong"}));
    if (profile.columns > c.rows)
      say(text({name, " has fewer rows (", c.rows, ") than there are columns (", profile.columns,
                "): distances tell little; search fewer columns or scores (space)"}));
  }
  const double synthetic = static_cast<double>(missing) / static_cast<double>(profile.rows + missing);
  if (synthetic > options.mostly_synthetic)
    say(text({"balance() would make ", percent(synthetic),
              " of the set synthetic: a mild ratio (0.1 to 0.5) disturbs less"}));
}

}  // namespace detail

/// Looks at a training set before it is resampled: which rows of each class are safe, borderline, rare or outliers, how far
/// classes overlap, which k is feasible, whether some rows are everybody's neighbor or nobody's, and says in plain words
/// what speaks against over-sampling.
///
///     std::cout << profile(Data(X, y)).text();
///
/// In      the n x d training rows: what is learned from test rows is a leak      Out  every class that has rows
/// Cost    the k nearest of every row in the whole set and in its class; memory O(n k)
/// Throws  InvalidOption (k_neighbors out of range), BadValue (not finite), TooFewClasses
/// Source  Napierala, Stefanowski, "Types of minority class examples and their influence on learning classifiers from
///         imbalanced data", J. Intelligent Information Systems 46, 2016
template <class S, class L>
Profile profile(const Execution& how, const Data<S, L>& data, const ProfileOptions& options = {}) {
  detail::require_two_classes(data.classes());
  if (options.k_neighbors < 1 || options.k_neighbors >= data.rows())
    detail::throw_option("profile", "k_neighbors", options.k_neighbors,
                         detail::text({"from 1 to ", data.rows() - 1, ", the number of other rows"}));
  const DataView<S> given = data.view();
  detail::require_finite(detail::same_view(given.space, given.X) ? "X" : "Z", given.space, how);
  const detail::SpacedData<S> spaced("profile", options.space, given, how);
  const DataView<S>& view = spaced.view();

  const std::vector<Index> all = detail::all_rows(data.rows());
  const auto table = nearest_neighbors(view.space, all, all, options.k_neighbors, how);
  std::vector<Index> named(all.size(), 0);
  Profile out{data.rows(), view.space.cols(), options.k_neighbors, {}, {}};
  for (std::uint32_t c = 0; c < data.classes().size(); ++c) {
    const Index rows = data.classes().count(c);
    if (rows == 0) continue;
    ClassProfile& of_class = out.classes.emplace_back();
    of_class.label = data.classes().label(c);
    of_class.rows = rows;
    of_class.feasible_k = rows - 1;
    detail::profile_types(of_class, data.classes(), c, table, options.k_neighbors);
    detail::profile_reach(of_class, view, c, options.k_neighbors, how, named);
  }
  detail::advise(out, options);
  return out;
}
/// The same on one thread.
template <class S, class L>
Profile profile(const Data<S, L>& data, const ProfileOptions& options = {}) {
  return profile(Execution{}, data, options);
}

[[gnu::cold]] inline std::string Profile::text() const {
  std::string out = detail::text({rows, " rows, ", columns, " columns, ", k_neighbors, " neighbors\n"});
  for (const ClassProfile& c : classes) {
    const auto share = [&](Index count) {
      return detail::percent(static_cast<double>(count) / static_cast<double>(c.rows));
    };
    out += detail::text({"class ", c.label.text, ": ", c.rows, " rows, ", share(c.safe), " safe, ", share(c.borderline),
                         " borderline, ", share(c.rare), " rare, ", share(c.outlier), " outliers; ",
                         detail::percent(c.overlap), " of their neighbors are of other classes; ", share(c.never_named),
                         " are nobody's neighbor, one is that of ", c.most_named, "\n"});
  }
  for (const std::string& sentence : advice) out += "- " + sentence + "\n";
  return out;
}

}  // inline namespace
}  // namespace rebalance
