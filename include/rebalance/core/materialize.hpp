// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <functional>
#include <iterator>
#include <utility>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/interpolate_row.hpp>
#include <rebalance/core/plan.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {

/// `base + step * (neighbor - base)`, or the very bytes of base where there is no other parent.
template <class S>
void write_segment(const Origin& origin, const MatrixView<S>& X, S* out) {
  const S* base = X.data() + origin.base * X.outerStride();
  const S* neighbor = X.data() + origin.neighbor * X.outerStride();
  if (origin.neighbor == origin.base) std::copy_n(base, X.cols(), out);
  else interpolate_row(base, neighbor, origin.step, X.cols(), out);
}

/// A row that a rule makes. The random numbers of feature j are addressed by the row's own step.
template <class S>
void write_by_rule(const Rule& rule, const Origin& origin, const MatrixView<S>& X, S* out) {
  const S* base = X.data() + origin.base * X.outerStride();
  const S* neighbor = X.data() + origin.neighbor * X.outerStride();
  const auto bits = [&](Index j) {
    const auto seed = std::bit_cast<std::uint64_t>(origin.step);
    return random_pair(seed, 0, static_cast<std::uint64_t>(j / 2), 0)[static_cast<std::size_t>(j % 2)];
  };
  const auto shifted = [&](Index j, double normal) {
    return static_cast<S>(static_cast<double>(base[j]) + rounded(rule.scale[static_cast<std::size_t>(j)] * normal));
  };
  for (Index j = 0; j < X.cols(); ++j) switch (rule.kind) {
      case Rule::Kind::box: out[j] = interpolate(base[j], neighbor[j], unit_interval(bits(j))); break;
      case Rule::Kind::noise: out[j] = shifted(j, standard_normal(bits(j))); break;
      case Rule::Kind::listed: out[j] = shifted(j, (*rule.normals)(static_cast<Index>(origin.step) - 1, j)); break;
    }
}

/// Any row of a plan, as if it had this origin.
template <class S>
void write_row(const Plan& plan, Index number, const Origin& origin, const MatrixView<S>& X, S* out) {
  const Rule* rule = plan.rule(number);
  if (rule) write_by_rule(*rule, origin, X, out);
  else write_segment(origin, X, out);
  const auto donors = plan.donors(number);
  for (const Donor& donor : donors) out[donor.column] = X(donor.row, donor.column);
  if (!plan.column_rules().empty() && (rule || origin.neighbor != origin.base || !donors.empty()))
    keep_rules(plan.column_rules(), X.data() + origin.base * X.outerStride(),
               X.data() + origin.neighbor * X.outerStride(), X.cols(), origin.step, out);
}

/// The number of rows from `row` on, at most up to `last`, that have the values of rows which follow one another in X.
inline Index length_of_run(const Plan& plan, Index row, Index last) {
  const Index base = plan[row].base;
  Index length = 0;
  while (row + length < last && plan[row + length].base == base + length && plan.is_verbatim(row + length)) ++length;
  return length;
}

/// Rows of X that follow one another, byte for byte: in one piece where there are no gaps between them.
template <class S>
void copy_run(const MatrixView<S>& X, Index first, Index count, S* out, Index stride) {
  const S* const from = X.data() + first * X.outerStride();
  if (X.outerStride() == X.cols() && stride == X.cols()) {
    std::copy_n(from, count * X.cols(), out);
  } else {
    for (Index i = 0; i < count; ++i) std::copy_n(from + i * X.outerStride(), X.cols(), out + i * stride);
  }
}

/// The parents of a synthetic row lie anywhere in X: waiting for memory is most of its cost, unless that was asked for
/// some rows before.
template <class S>
void prefetch_parents(const Origin& origin, const MatrixView<S>& X) {
  Eigen::internal::prefetch(X.data() + origin.base * X.outerStride());
  Eigen::internal::prefetch(X.data() + origin.neighbor * X.outerStride());
}

/// The one interpreter: output rows first .. first + count - 1, into `out` with `stride` values from row to row.
template <class S>
void write_rows(const Execution& how, const Plan& plan, Index first, Index count, const MatrixView<S>& X, S* out,
                Index stride) {
  constexpr Index rows_ahead = 16;
  parallel_for(how, "writing rows", count, rows_per_chunk(X.cols()), [&](Index from, Index to) {
    for (Index i = from; i < to; ++i) {
      S* const row = out + i * stride;
      if (const Index run = length_of_run(plan, first + i, first + to); run > 0) {
        copy_run(X, plan[first + i].base, run, row, stride);
        i += run - 1;
        continue;
      }
      if (i + rows_ahead < to) prefetch_parents(plan[first + i + rows_ahead], X);
      write_row(plan, first + i, plan[first + i], X, row);
    }
  });
}

/// A plan may come from outside: nothing is read before every number in it is known to exist.
template <class S>
void require_fit(const Plan& plan, const MatrixView<S>& X, const Execution& how = {}) {
  if (plan.source_rows() != X.rows()) throw_plan_size(plan.source_rows(), X.rows());
  plan.check(how);
  for (const Rule& rule : plan.rules())
    if (rule.kind != Rule::Kind::box && static_cast<Index>(rule.scale.size()) != X.cols())
      throw InvalidPlan(text({"the plan was made for ", rule.scale.size(), " features but X has ", X.cols(),
                              "; apply a plan to the rows it was made for"}));
  if (const std::string fault = fault_of(plan.column_rules(), X.cols()); !fault.empty())
    throw InvalidPlan(text({"in the plan ", fault, "; apply a plan to the rows it was made for"}));
  if (!plan.has_donors()) return;
  for (Index row = 0; row < plan.size(); ++row)
    for (const Donor& donor : plan.donors(row))
      if (donor.column >= X.cols())
        throw InvalidPlan(text({"row ", row, " of the plan has a donor for column ", donor.column, " but X has ",
                                X.cols(), " columns; apply a plan to the rows it was made for"}));
}

/// Rows written into X itself would be read again as parents.
template <class S>
void require_apart(const MatrixView<S>& X, const S* out, const S* out_end) {
  const std::less<const S*> before;  // pointers into different arrays have no order of their own
  if (before(out, X.data() + X.rows() * X.outerStride()) && before(X.data(), out_end))
    throw ShapeMismatch(
        "out shares memory with X; a row written too early would be read as a parent: use other memory");
}

template <class S>
Matrix<S> rows_of_plan(const Execution& how, const Plan& plan, const MatrixView<S>& X) {
  Matrix<S> out = unwritten_rows<S>(plan.size(), X.cols());
  write_rows(how, plan, 0, plan.size(), X, out.data(), X.cols());
  return out;
}

/// Where the rows of a plan lie in a neighbor space: between their parents. Rules speak of features, not of
/// this space: a row moved by noise stays at its base, a box row at its one step.
template <class S>
Matrix<S> places_of_plan(const Execution& how, const Plan& plan, const MatrixView<S>& space) {
  Matrix<S> out = unwritten_rows<S>(plan.size(), space.cols());
  parallel_for(how, "writing rows", plan.size(), rows_per_chunk(space.cols()), [&](Index from, Index to) {
    for (Index row = from; row < to; ++row) write_segment(plan[row], space, out.data() + row * out.cols());
  });
  return out;
}

}  // namespace detail

/// The rows of a plan, written once into new memory.
///
/// In      plan  made for X      X  any dense Eigen expression of float or double, as for `resample`
/// Out     plan.size() x d, row-major, marked as resampled: Folds does not split it; the same bits whatever the
///         threads, the batches or the layout of X
/// Cost    O(m d); memory: the result (and one copy of X where X is not row-major)
/// Throws  InvalidPlan (not made for this X)
template <FeatureMatrix X>
ResampledMatrix<typename X::Scalar> materialize(const Execution& how, const Plan& plan, const X& x) {
  const detail::RowMajor<typename X::Scalar> rows(x);
  detail::require_fit(plan, rows.view(), how);
  return detail::rows_of_plan(how, plan, rows.view());
}
/// The same on one thread.
template <FeatureMatrix X>
ResampledMatrix<typename X::Scalar> materialize(const Plan& plan, const X& x) {
  return materialize(Execution{}, plan, x);
}

/// The rows of a plan, written into the caller's memory: `out` is plan.size() x d, row-major, of X's scalar
/// (a Matrix, a Map or a block of rows). Nothing is written if anything is wrong; a call that is cancelled while it
/// writes leaves whole rows of the plan, and others untouched.
/// Throws ShapeMismatch (out has another size, or shares memory with X), InvalidPlan.
template <FeatureMatrix X, class Out>
void materialize(const Execution& how, const Plan& plan, const X& x, Out&& out) {
  using S = typename X::Scalar;
  using Target = std::remove_cvref_t<Out>;
  if constexpr (FeatureMatrix<Target>) {
    static_assert(std::same_as<typename Target::Scalar, S> && detail::has_row_major_memory<Target>,
                  "out must be row-major memory of the scalar of X");
    const detail::RowMajor<S> rows(x);
    detail::require_fit(plan, rows.view(), how);
    if (out.rows() != plan.size() || out.cols() != x.cols() || (out.innerStride() != 1 && out.cols() > 1))
      throw ShapeMismatch(
          detail::text({"out is ", out.rows(), " x ", out.cols(), " but the plan makes ", plan.size(), " x ", x.cols(),
                        "; give it memory of that shape, the features of a row side by side"}));
    detail::require_apart(rows.view(), out.data(), out.data() + out.rows() * out.outerStride());
    detail::write_rows(how, plan, 0, plan.size(), rows.view(), out.data(), out.outerStride());
  } else {
    static_assert(detail::never<Target>, "out must be row-major memory of the scalar of X");
  }
}
/// The same on one thread.
template <FeatureMatrix X, class Out>
void materialize(const Plan& plan, const X& x, Out&& out) {
  materialize(Execution{}, plan, x, std::forward<Out>(out));
}

/// What follows a row from its base: `values[plan[n].base]` for every output row n. For weights, ids, names.
/// Throws ShapeMismatch (values has another size than the input of the plan), InvalidPlan. Cost O(m).
template <class Range>
auto gather(const Plan& plan, const Range& values) {
  return gather(plan, values, [](const auto& base, const auto&, double) { return base; });
}

/// What follows a row from both parents: `combine(values[base], values[neighbor], step)` for every output
/// row. A time stamp that must not lie before either parent: `[](auto a, auto b, double) { return max(a, b); }`.
/// The step is how far a row is from base to neighbor where no rule made it (`plan.rule(row)`); a rule draws from it a
/// step for each feature, or noise, or reads it as a line of listed noise.
template <class Range, class Combine>
auto gather(const Plan& plan, const Range& values, const Combine& combine) {
  using Value = detail::element_of<Range>;
  if (static_cast<Index>(std::size(values)) != plan.source_rows())
    detail::throw_size("the side column", static_cast<Index>(std::size(values)), "the plan's input",
                       plan.source_rows());
  plan.check();
  const auto at = [&](Index row) -> decltype(auto) { return *std::next(std::begin(values), row); };
  std::vector<Value> out;
  out.reserve(static_cast<std::size_t>(plan.size()));
  for (const Origin& origin : plan) out.push_back(combine(at(origin.base), at(origin.neighbor), origin.step));
  return out;
}

/// The rows of a plan in batches, for who pulls them, such as the data iterator of XGBoost: the resampled matrix never
/// exists as a whole. `for_each_batch` is this in a loop.
///
///     Batches batches(plan, data, 65'536);
///     while (batches.next()) learn(batches.rows(), batches.labels());
///     batches.restart();  // for another pass: the same batches
///
/// Lifetime  plan and data must outlive this object (temporaries are refused)
/// Cost      O(m d) a pass; memory O(batch_rows d) beside X
/// Throws    InvalidOption (batch_rows < 1), InvalidPlan
template <class S, class L>
class Batches {
 public:
  /// Stands before the first batch.
  Batches(const Execution& how, const Plan& plan, const Data<S, L>& data, Index batch_rows)
      : how_(how), plan_(&plan), data_(&data), batch_rows_(batch_rows) {
    if (batch_rows < 1) detail::throw_option("Batches", "batch_rows", batch_rows, "at least 1");
    detail::require_fit(plan, data.view().X, how);
  }
  /// The same on one thread.
  Batches(const Plan& plan, const Data<S, L>& data, Index batch_rows) : Batches(Execution{}, plan, data, batch_rows) {}
  Batches(const Execution&, const Plan&&, const Data<S, L>&, Index) = delete;  // give the plan a name first
  Batches(const Plan&&, const Data<S, L>&, Index) = delete;
  Batches(const Execution&, const Plan&, const Data<S, L>&&, Index) = delete;  // give the data a name first
  Batches(const Plan&, const Data<S, L>&&, Index) = delete;

  /// Makes the next batch in the place of the one before; false, and no rows, after the last. Where it throws
  /// (cancelled, no memory), the next call makes the same batch.
  bool next() {
    const DataView<S> view = data_->view();
    const Index first = made_, count = std::min(batch_rows_, plan_->size() - first);
    if (rows_.rows() != count) rows_.resize(0, 0);  // or Eigen, where it finds no memory, keeps what it has freed
    rows_.resize(count, view.X.cols());
    detail::write_rows(how_, *plan_, first, count, view.X, rows_.data(), rows_.cols());
    labels_.clear();
    for (Index row = first; row < first + count; ++row)
      labels_.push_back(data_->labels()[view.classes.code((*plan_)[row].base)]);
    made_ += count;
    return count > 0;
  }
  /// The next batch is the first again.
  void restart() noexcept { made_ = 0; }

  /// The rows of this batch, at most batch_rows x d; reused by the next.
  const ResampledMatrix<S>& rows() const noexcept { return rows_; }
  /// Their labels.
  const std::vector<L>& labels() const noexcept { return labels_; }

 private:
  Execution how_;
  const Plan* plan_;
  const Data<S, L>* data_;
  Index batch_rows_;
  Index made_ = 0;  // rows of all batches up to this one
  ResampledMatrix<S> rows_;
  std::vector<L> labels_;
};

/// Streams the rows of a plan: `use(rows, labels)` gets the next at most `batch_rows` rows (a Matrix, reused
/// between calls) and their labels (a vector). The resampled matrix never exists as a whole.
///
/// Cost    O(m d); memory O(batch_rows d) beside X
/// Throws  InvalidOption (batch_rows < 1), InvalidPlan, ShapeMismatch, whatever `use` throws
template <class S, class L, class Use>
void for_each_batch(const Execution& how, const Plan& plan, const Data<S, L>& data, Index batch_rows, Use&& use) {
  Batches batches(how, plan, data, batch_rows);
  while (batches.next()) use(batches.rows(), batches.labels());
}
/// The same on one thread.
template <class S, class L, class Use>
void for_each_batch(const Plan& plan, const Data<S, L>& data, Index batch_rows, Use&& use) {
  for_each_batch(Execution{}, plan, data, batch_rows, std::forward<Use>(use));
}
/// The same for X and y alone.
template <FeatureMatrix X, class Y, class Use>
void for_each_batch(const Execution& how, const Plan& plan, const X& x, const Y& y, Index batch_rows, Use&& use) {
  const Data data(x, y);
  for_each_batch(how, plan, data, batch_rows, std::forward<Use>(use));
}
/// The same for X and y alone, on one thread.
template <FeatureMatrix X, class Y, class Use>
void for_each_batch(const Plan& plan, const X& x, const Y& y, Index batch_rows, Use&& use) {
  for_each_batch(Execution{}, plan, x, y, batch_rows, std::forward<Use>(use));
}

}  // inline namespace
}  // namespace rebalance
