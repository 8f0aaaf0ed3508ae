// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/core/strategy.hpp>
#include <rebalance/over_sampling/cells.hpp>
#include <rebalance/over_sampling/deviation.hpp>
#include <rebalance/over_sampling/interpolation.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// How wide the noise of a smoothed bootstrap is, as a factor on the bandwidth rule: none (plain copies), one
/// factor for all classes, or one for each class that is filled. 0 makes copies, 1 is the rule itself.
class Shrinkage {
 public:
  /// A class and its factor.
  struct ClassFactor {
    Label label;        ///< of the class
    double factor = 0;  ///< at least 0
    friend bool operator==(const ClassFactor&, const ClassFactor&) = default;
  };

  Shrinkage() = default;
  /// One factor for all classes.
  Shrinkage(double factor) : all_(factor) {}  // NOLINT: `.shrinkage = 0.5` shall read as it does
  /// One for each class named, which are all that are filled.
  Shrinkage(std::initializer_list<ClassFactor> factors) : by_class_(factors) {}
  /// Likewise.
  explicit Shrinkage(std::vector<ClassFactor> factors) : by_class_(std::move(factors)) {}

  /// Whether there is noise at all.
  bool smooths() const noexcept { return all_ || !by_class_.empty(); }

  /// Throws InvalidOption (a class that y does not have, or named twice).
  void check(const Classes& classes) const {
    for (std::size_t i = 0; i < by_class_.size(); ++i) {
      const auto is_it = [&](const Label& label) { return label == by_class_[i].label; };
      const bool known = std::any_of(classes.labels().begin(), classes.labels().end(), is_it);
      const bool repeated = std::any_of(by_class_.begin(), by_class_.begin() + static_cast<std::ptrdiff_t>(i),
                                        [&](const ClassFactor& other) { return is_it(other.label); });
      if (!known || repeated)
        throw InvalidOption(
            detail::text({"RandomOverSampler: shrinkage names class ", by_class_[i].label.text,
                          repeated ? " twice; name it once" : ", but y has no such class; name classes of y"}));
    }
  }

  /// Throws InvalidOption (no factor for this class, or not a finite number of at least 0).
  double factor(const Label& label) const {
    std::optional<double> found = all_;
    for (const auto& entry : by_class_)
      if (entry.label == label) found = entry.factor;
    if (!found)
      throw InvalidOption(detail::text(
          {"RandomOverSampler: shrinkage has no factor for class ", label.text, ", which is to be filled; add one"}));
    if (!(*found >= 0) || std::isinf(*found))
      throw InvalidOption(detail::text({"RandomOverSampler: shrinkage of class ", label.text, " is ", *found,
                                        "; it must be a finite number of at least 0"}));
    return *found;
  }

  /// In one line, as the caller wrote it.
  std::string describe() const {
    if (all_) return detail::text({*all_});
    std::string out = "{";
    for (const auto& [label, factor] : by_class_)
      out += detail::text({out.size() > 1 ? ", {" : "{", detail::written(label), ", ", factor, "}"});
    return out + "}";
  }
  friend bool operator==(const Shrinkage&, const Shrinkage&) = default;

 private:
  std::optional<double> all_;
  std::vector<ClassFactor> by_class_;
};

/// The bandwidth of a smoothed bootstrap: (4 / ((d + 2) n))^(1 / (d + 4)) times the standard deviation of each
/// feature within the class; the two rules differ in n and in the standard deviation.
enum class Bandwidth {
  automatic,   ///< class_rows with Draws::even, all_rows with Draws::imbalanced_learn
  class_rows,  ///< n rows of the class, deviation with n - 1: the ROSE paper and R package
  all_rows     ///< n rows of the whole set, deviation with n: imbalanced-learn; narrower where the class is small
};

namespace detail {
template <>
inline constexpr EnumNames enum_names<Bandwidth>{"Bandwidth", {"automatic", "class_rows", "all_rows"}};
}  // namespace detail

/// Random over-sampling: copies of rows, or with `shrinkage` a smoothed bootstrap (ROSE): copies moved by
/// Gaussian noise. The baseline every over-sampler must beat; copies keep categories and integers intact.
///
/// Out     every input row, unchanged and in order, then class by class the new rows; with Draws::even each row of
///         a class is copied floor or ceil of (new rows / rows) times
/// Cost    O(n_c d) for each class to fill
/// Throws  InvalidOption, TooFewClasses, TooFewRows (a class to fill has no row). NaN and infinity pass through
///         unless there is noise
/// Differs from imbalanced-learn: copies are spread evenly, and the noise of a small class follows the size of the
///         class (see Draws, Bandwidth)
/// Source  Menardi, Torelli, "Training and assessing classification rules with imbalanced data", DMKD 28, 2014
struct RandomOverSampler {
  Strategy strategy = {};                      ///< rows wanted of each class
  std::uint64_t seed = 0;                      ///< of all random choices
  Draws draws = Draws::even;                   ///< whose random choices: ours, or those of imbalanced-learn
  Shrinkage shrinkage = {};                    ///< none: plain copies
  Bandwidth bandwidth = Bandwidth::automatic;  ///< which rule of thumb shrinkage is a factor of

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const;

  /// Whether NaN must be refused: noise needs features.
  bool reads_features() const noexcept { return shrinkage.smooths(); }

  /// Every option by its name: what describe() writes and a configuration sets.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("strategy", self.strategy);
    use("seed", self.seed);
    use("draws", self.draws);
    use("shrinkage", self.shrinkage);
    use("bandwidth", self.bandwidth);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("RandomOverSampler", *this); }
  friend bool operator==(const RandomOverSampler&, const RandomOverSampler&) = default;
};

namespace detail {

/// The width of the noise for every feature of a class.
template <class S>
std::vector<double> noise_scale(const MatrixView<S>& X, std::span<const Index> members, double factor,
                                Bandwidth bandwidth, Draws draws) {
  const auto d = static_cast<double>(X.cols());
  const auto class_rows = static_cast<double>(members.size());
  const bool whole = bandwidth == Bandwidth::all_rows;
  const double n = whole ? static_cast<double>(X.rows()) : class_rows;
  const double h = std::pow(4.0 / ((d + 2.0) * n), 1.0 / (d + 4.0));
  std::vector<double> scale;
  for (Index j = 0; j < X.cols(); ++j)
    scale.push_back(factor * h * deviation(X, members, j, whole ? class_rows : class_rows - 1, draws));
  return scale;
}

/// No sampler draws a normal beyond 13: noise that reaches the largest feature from there is refused, or rows would
/// turn infinite unnoticed.
template <class S>
void require_room_for_noise(const MatrixView<S>& X, std::span<const Index> members, const std::vector<double>& scale,
                            const Label& label) {
  for (Index j = 0; j < X.cols(); ++j) {
    double largest = 0;
    for (const Index row : members) largest = std::max(largest, std::abs(static_cast<double>(X(row, j))));
    const double width = scale[static_cast<std::size_t>(j)];
    if (!(largest + 13 * width <= largest_feature<S>))
      throw InvalidOption(text({"RandomOverSampler: shrinkage gives column ", j, " of class ", label.text,
                                " noise of width ", width, ", which overflows; lower it or rescale the column"}));
  }
}

/// Picks with replacement, then for all of them the noise, which is listed because NumPy's stream cannot be
/// entered in the middle.
inline void add_copies_as_numpy(Plan& plan, std::span<const Index> members, NumpyRandom& random, Index count,
                                bool smooth, Rule rule) {
  const auto picks = random.integers(static_cast<Index>(members.size()), count);
  if (!smooth) {
    for (const Index pick : picks) plan.add_copy(members[static_cast<std::size_t>(pick)]);
    return;
  }
  Matrix<double> normals(count, static_cast<Index>(rule.scale.size()));
  for (Index i = 0; i < normals.size(); ++i) normals.data()[i] = random.gauss();
  rule.kind = Rule::Kind::listed;
  rule.normals = std::make_shared<const Matrix<double>>(std::move(normals));
  const std::uint32_t number = plan.add_rule(std::move(rule));
  double line = 0;
  for (const Index pick : picks) {
    const Index base = members[static_cast<std::size_t>(pick)];
    plan.add_by_rule(number, base, base, ++line);
  }
}

}  // namespace detail

template <class S>
Plan RandomOverSampler::plan(const DataView<S>& data, const Execution& how) const {
  const auto width = bandwidth != Bandwidth::automatic ? bandwidth
                     : draws == Draws::even            ? Bandwidth::class_rows
                                                       : Bandwidth::all_rows;
  shrinkage.check(data.classes);
  const auto filling = detail::cells_to_fill("RandomOverSampler", strategy, draws, data, 0);
  std::optional<detail::NumpyRandom> numpy;  // one stream for all classes, unlike Smote
  if (draws == Draws::imbalanced_learn) numpy.emplace("RandomOverSampler", seed);

  Plan plan = detail::keep_all_for(filling, data.rows(), how);
  for (const detail::Cell& cell : filling.cells) {
    const Index count = cell.count();
    const auto members = cell.members();
    Rule rule;
    if (shrinkage.smooths()) {
      const Label& label = cell.label();
      rule.scale = detail::noise_scale(data.X, members, shrinkage.factor(label), width, draws);
      detail::require_room_for_noise(data.X, members, rule.scale, label);
      if (members.size() == 1)
        plan.note({"RandomOverSampler", label,
                   detail::text(
                       {"class has 1 row", cell.where(), " and so no deviation: the row was copied without noise"})});
    }

    if (numpy) {
      detail::add_copies_as_numpy(plan, members, *numpy, count, shrinkage.smooths(), std::move(rule));
    } else if (!shrinkage.smooths()) {
      detail::add_copies(plan, data, members, seed, count, how);
    } else {
      rule.kind = Rule::Kind::noise;
      const std::uint32_t number = plan.add_rule(std::move(rule));
      const auto keys = detail::row_keys(data.X, members, how);
      const auto origins = plan.add_rows(count, number).origins;
      detail::draw_evenly(keys, seed, data.stage, count, how,
                          [&](Index row, Index place, const detail::RandomPair& numbers) {
                            const Index base = members[static_cast<std::size_t>(place)];
                            origins[static_cast<std::size_t>(row)] = {base, base, detail::open_interval(numbers[1])};
                          });
    }
  }
  return plan;
}

}  // inline namespace
}  // namespace rebalance
