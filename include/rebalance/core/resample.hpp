// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <rebalance/core/accepted_rows.hpp>
#include <rebalance/core/compose.hpp>
#include <rebalance/core/data.hpp>
#include <rebalance/core/execution.hpp>
#include <rebalance/core/materialize.hpp>
#include <rebalance/core/plan.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {
/// What Resampler asks but for being copyable. AnyResampler asks no more than this of what it can be made of: whether
/// a type can be copied may depend on whether AnyResampler can be made of it (Chain<AnyResampler>, a wrapper of yours).
template <class R>
concept MakesPlans =
    requires(const R& sampler, const DataView<float>& single, const DataView<double>& wide, const Execution& how) {
      { sampler.plan(single, how) } -> std::same_as<Plan>;
      { sampler.plan(wide, how) } -> std::same_as<Plan>;
    };
}  // namespace detail

/// What resamples: a regular value with one const function from the rows to a plan, for float and double.
///
///     struct DropRepeats { template <class S> Plan plan(const DataView<S>& data, const Execution& how) const; };
///
/// A plan speaks of the rows of `data`. A resampler that never looks at feature values may say so with
/// `bool reads_features() const`; if no stage of a call reads them, NaN and infinity pass through.
template <class R>
concept Resampler = detail::MakesPlans<R> && std::copyable<R>;

/// Rows of a class before and after.
template <class L>
struct ClassChange {
  L label{};         ///< of the class
  Index before = 0;  ///< rows of the caller
  Index after = 0;   ///< rows of the result
  friend bool operator==(const ClassChange&, const ClassChange&) = default;
};

/// A resampled training set and how it came about.
template <class S, class L>
struct Resampled {
  ResampledMatrix<S> X;                ///< m x d, row-major; a Matrix that Folds refuses: split first, then resample
  std::vector<L> y;                    ///< m labels of the type that came in
  Plan plan;                           ///< where each of the m rows comes from, and the notes
  std::vector<ClassChange<L>> counts;  ///< per class, in sorted label order
};

namespace detail {

template <class S, class L>
inline constexpr Role role_of<Resampled<S, L>> = Role::resampled;

template <class R>
bool reads_features(const R& sampler) {
  if constexpr (requires {
                  { sampler.reads_features() } -> std::convertible_to<bool>;
                })
    return sampler.reads_features();
  else return true;
}

template <class T>
inline constexpr bool is_data = false;
template <class S, class L>
inline constexpr bool is_data<Data<S, L>> = true;

/// A result that knows what it may be used for, and is no matrix: the test side of a fold, a resampled set.
template <class T>
concept Side = role_of<T> != Role::any && !FeatureMatrix<T>;

template <Side T>
void refuse() {
  refuse_held_out<T>();
  static_assert(role_of<T> != Role::resampled,
                "this set was resampled already: run all samplers in one call, resample(X, y, a, b), which keeps the "
                "recipe of every row");
}

/// What may stand where X does; what it must be is then said by Data in one sentence.
template <class X>
concept NotData = !is_data<X> && !std::same_as<X, Execution> && !Side<X>;

/// What belongs to the rows, between two stages of a chain.
template <class S>
class Intermediate {
 public:
  Intermediate(const DataView<S>& data, const Plan& plan, const Execution& how)
      : features_(rows_of_plan(how, plan, data.X)),
        stage_(data.stage + plan.stages()),
        classes_(of_base(plan, data.classes.codes()), data.classes.labels()),
        strata_(of_base(plan, data.strata)),
        stratification_(data.stratification),
        rules_(data.rules),
        groups_(of_base(plan, data.groups)),
        times_(of_base(plan, data.times)),
        ends_(of_base(plan, data.ends)) {
    if (!same_view(data.space, data.X)) space_ = places_of_plan(how, plan, data.space);
    synthetic_.reserve(static_cast<std::size_t>(plan.size()));
    for (const Origin& origin : plan) {
      const bool before = !data.synthetic.empty() && data.synthetic[static_cast<std::size_t>(origin.base)] != 0;
      synthetic_.push_back(before || origin.synthetic());
    }
  }

  DataView<S> view() const {
    return {.X = view_of(features_),
            .space = view_of(space_ ? *space_ : features_),
            .classes = classes_,
            .strata = strata_,
            .groups = groups_,
            .times = times_,
            .stage = stage_,
            .synthetic = synthetic_,
            .ends = ends_,
            .stratification = stratification_,
            .rules = rules_};
  }

 private:
  template <class T>
  static std::vector<T> of_base(const Plan& plan, std::span<const T> column) {
    std::vector<T> out;
    if (column.empty()) return out;
    out.reserve(static_cast<std::size_t>(plan.size()));
    for (const Origin& origin : plan) out.push_back(column[static_cast<std::size_t>(origin.base)]);
    return out;
  }

  Matrix<S> features_;
  std::optional<Matrix<S>> space_;
  std::uint32_t stage_;
  Classes classes_;
  std::vector<std::uint32_t> strata_;
  const Stratification* stratification_;
  const RowRules* rules_;
  std::vector<std::uint32_t> groups_;
  std::vector<double> times_;
  std::vector<double> ends_;
  std::vector<std::uint8_t> synthetic_;
};

/// A later stage speaks of the rows that the earlier ones made; the caller knows his own.
[[noreturn, gnu::cold]] inline void throw_in_chain(const BadValue& error, const Plan& earlier) {
  const Origin& origin = earlier[error.row];
  throw BadValue(text({"in a later stage of the chain: ", error.what(), " (row ", error.row,
                       earlier.is_verbatim(error.row) ? text({" there is row ", origin.base, " of the caller's)"})
                                                      : text({" there was made from rows ", origin.base, " and ",
                                                              origin.neighbor, " of the caller's)"})}),
                 origin.base, error.column);
}

/// Runs the stages in order, each on the rows the one before it made.
template <class S, class First, class... Rest>
Plan run_stages(const DataView<S>& data, const Execution& how, const First& first, const Rest&... rest) {
  Plan plan = first.plan(data, how);
  require_fit(plan, data.X, how);
  if (data.rules != nullptr) {
    plan = under_rules(std::move(plan), data);
    require_fit(plan, data.X, how);
  }
  if constexpr (sizeof...(Rest) == 0) {
    return plan;
  } else {
    if (plan.size() == 0)
      throw InvalidPlan(
          "a stage of the chain removed every row; the next one has nothing to work on: let it keep some");
    const Intermediate<S> between(data, plan, how);
    try {
      return compose(plan, run_stages(between.view(), how, rest...));
    } catch (const BadValue& error) {
      if (error.row < 0 || error.row >= plan.size()) throw;  // a resampler of yours may name any row
      throw_in_chain(error, plan);
    }
  }
}

template <class S, class... Rs>
Plan plan_of(const Execution& how, const DataView<S>& data, const Rs&... samplers) {
  if constexpr (sizeof...(Rs) == 0 || !(Resampler<Rs> && ...)) {
    static_assert(never<S>,
                  "after X and y come resamplers: Smote{.seed = 1}, or a copyable type of yours with "
                  "template <class S> Plan plan(const DataView<S>&, const Execution&) const");
    return {};
  } else {
    thread_count(how, 1);  // refuses a negative number, also where nothing runs in parallel
    if ((reads_features(samplers) || ...)) {
      require_finite("X", data.X, how);
      if (!same_view(data.space, data.X)) require_finite("Z", data.space, how);
    }
    return run_stages(data, how, samplers...);
  }
}

/// Rows of every class before; none after.
template <class S, class L>
std::vector<ClassChange<L>> rows_before(const Data<S, L>& data) {
  std::vector<ClassChange<L>> out;
  for (std::uint32_t c = 0; c < data.classes().size(); ++c)
    out.push_back({data.labels()[c], data.classes().count(c), 0});
  return out;
}

/// Labels and counts of the rows of the plan, which was checked.
template <class S, class L>
void label_rows(const Execution& how, const Data<S, L>& data, Resampled<S, L>& out) {
  out.counts = rows_before(data);
  reserve_in_huge_pages(out.y, out.plan.origins().size());
  out.y.resize(out.plan.origins().size());
  std::mutex counting;
  // vector<bool> keeps the labels of several rows in one word: one thread
  parallel_for(std::same_as<L, bool> ? Execution{} : how, "labeling rows", out.plan.size(), rows_per_chunk(3),
               [&](Index first, Index last) {
                 std::vector<Index> rows(out.counts.size(), 0);
                 for (Index row = first; row < last; ++row) {
                   const std::uint32_t c = data.classes().code(out.plan[row].base);
                   out.y[static_cast<std::size_t>(row)] = data.labels()[c];
                   ++rows[c];
                 }
                 const std::lock_guard lock(counting);
                 for (std::size_t c = 0; c < rows.size(); ++c) out.counts[c].after += rows[c];
               });
}

}  // namespace detail

/// Rows of every class before and after a plan, in sorted label order. Cost O(m). Throws InvalidPlan.
template <class S, class L>
std::vector<ClassChange<L>> class_changes(const Plan& plan, const Data<S, L>& data) {
  if (plan.source_rows() != data.rows()) detail::throw_plan_size(plan.source_rows(), data.rows());
  plan.check();
  auto out = detail::rows_before(data);
  for (const Origin& origin : plan) ++out[data.classes().code(origin.base)].after;
  return out;
}

/// The recipe without the rows: for streaming with `for_each_batch`, for side columns with `gather`, for
/// keeping. `resample` is this and then the rows.
///
/// In, cost, throws: as for `resample`, but no memory for features.
template <class S, class L, class... Rs>
Plan make_plan(const Execution& how, const Data<S, L>& data, const Rs&... samplers) {
  return detail::plan_of(how, data.view(), samplers...);
}
/// The same on one thread.
template <class S, class L, class... Rs>
Plan make_plan(const Data<S, L>& data, const Rs&... samplers) {
  return make_plan(Execution{}, data, samplers...);
}
/// The same for X and y alone.
template <detail::NotData X, class Y, class... Rs>
Plan make_plan(const Execution& how, const X& x, const Y& y, const Rs&... samplers) {
  const Data data(x, y);
  return make_plan(how, data, samplers...);
}
/// The same for X and y alone, on one thread.
template <detail::NotData X, class Y, class... Rs>
Plan make_plan(const X& x, const Y& y, const Rs&... samplers) {
  return make_plan(Execution{}, x, y, samplers...);
}

/// Resamples a training set: `resample(X, y, Smote{.seed = 42})`. Several samplers run in order. Never give it
/// rows a model will be tested on.
///
/// In      X  n x d, any dense Eigen expression of float or double, finite      y  n labels, at least two classes
///         samplers  one or more      Execution first, if any; `Data` instead of X, y to add aligned columns
/// Out     the rows, their labels, the recipe of every row, the counts per class. What a sampler keeps comes
///         first, byte for byte and (unless it says otherwise) in order; then what it adds, class by class
/// Cost    that of the samplers, plus O(m d) to write the m rows; memory: the result, 24 bytes a row for the plan
/// Throws  ShapeMismatch, BadValue (row and column), TooFewClasses, and what the samplers throw. The caller's
///         data are never changed
///
/// Into memory of your own: `make_plan`, then `materialize(plan, X, out)`; no row is written anywhere else.
template <class S, class L, class... Rs>
Resampled<S, L> resample(const Execution& how, const Data<S, L>& data, const Rs&... samplers) {
  Resampled<S, L> out;
  out.plan = make_plan(how, data, samplers...);
  detail::label_rows(how, data, out);
  out.X = detail::rows_of_plan(how, out.plan, data.view().X);
  return out;
}
/// The same on one thread.
template <class S, class L, class... Rs>
Resampled<S, L> resample(const Data<S, L>& data, const Rs&... samplers) {
  return resample(Execution{}, data, samplers...);
}
/// The same for X and y alone.
template <detail::NotData X, class Y, class... Rs>
auto resample(const Execution& how, const X& x, const Y& y, const Rs&... samplers) {
  const Data data(x, y);
  return resample(how, data, samplers...);
}
/// The same for X and y alone, on one thread.
template <detail::NotData X, class Y, class... Rs>
auto resample(const X& x, const Y& y, const Rs&... samplers) {
  return resample(Execution{}, x, y, samplers...);
}

/// \cond
// What is no training set: one sentence instead of rows.
template <detail::Side T, class... Rest>
void make_plan(const T&, const Rest&...) {
  detail::refuse<T>();
}
template <detail::Side T, class... Rest>
void make_plan(const Execution&, const T&, const Rest&...) {
  detail::refuse<T>();
}
template <detail::Side T, class... Rest>
void resample(const T&, const Rest&...) {
  detail::refuse<T>();
}
template <detail::Side T, class... Rest>
void resample(const Execution&, const T&, const Rest&...) {
  detail::refuse<T>();
}
/// \endcond

}  // inline namespace
}  // namespace rebalance
