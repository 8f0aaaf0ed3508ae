// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/data.hpp>
#include <rebalance/core/digest.hpp>
#include <rebalance/core/materialize.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/plan_bytes.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/record/manifest.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// The plan that a manifest holds, over as many rows as the manifest says and no more: a few bytes can keep any number
/// of rows, so compare `rows` with your data before you ask this of a manifest from a stranger (`replay` does).
/// Throws InvalidRecord (without a plan, or with another than its digest tells), InvalidPlan (damaged).
inline Plan plan_of(const Manifest& manifest) {
  if (manifest.plan.empty())
    throw InvalidRecord(
        "the manifest holds no plan, so no row can be made again: write manifests without clearing their plan");
  Plan plan = plan_of_bytes(manifest.plan, manifest.rows);
  if (plan.source_rows() != manifest.rows)
    throw InvalidRecord(
        detail::text({"the plan in the manifest is over ", plan.source_rows(), " rows, the manifest over ",
                      manifest.rows, "; use the manifest as it was written"}));
  if (digest(plan) != manifest.plan_digest)
    throw InvalidRecord(
        "the plan in the manifest is another than its plan_digest tells; use the manifest as it was written");
  return plan;
}

namespace detail {

[[noreturn, gnu::cold]] inline void throw_other_data(std::string_view what, std::string_view remedy) {
  throw InvalidRecord(text({"these are not the data of the manifest: ", what, "; ", remedy}));
}

template <class S>
void require_same_features(const Manifest& manifest, const MatrixView<S>& X) {
  constexpr std::string_view scalar = std::same_as<S, float> ? "float" : "double";
  constexpr std::string_view remedy = "replay it on the very X that was resampled, all rows in their order";
  if (X.rows() != manifest.rows || X.cols() != manifest.columns)
    throw_other_data(
        text({"X is ", X.rows(), " x ", X.cols(), ", there it was ", manifest.rows, " x ", manifest.columns}), remedy);
  if (scalar != manifest.scalar)
    throw_other_data(text({"X is of ", scalar, ", there it was of ", manifest.scalar}), remedy);
  if (const std::uint64_t here = digest(X); here != manifest.input.X)
    throw_other_data(text({"X has as many values, but at least one is another (digest ", hex(here), ", there ",
                           hex(manifest.input.X), ")"}),
                     remedy);
  if (manifest.transformed)
    throw InvalidRecord(
        "the rows of this fold were transformed before they were resampled, and X alone does not tell how: "
        "make the fold again, with its transform, and train");
}

[[gnu::cold]] inline void require_same_labels(const Manifest& manifest, const Classes& classes) {
  const std::uint64_t here = digest_of_labels(classes.codes(), classes.labels());
  if (here != manifest.input.y)
    throw_other_data(
        text({"at least one label of y is another (digest ", hex(here), ", there ", hex(manifest.input.y), ")"}),
        "replay it on the very y that was resampled, in its order");
}

}  // namespace detail

/// The resampled rows again, from a manifest and the X it was made for: bit for bit what `resample`, or `train` of a
/// fold, returned. No sampler runs. Give all rows also for a fold.
///
/// Cost    reading X once, then as `materialize`
/// Throws  InvalidRecord (another X: told by shape, scalar type or digest; no plan; a transformed fold), InvalidPlan
template <FeatureMatrix X>
ResampledMatrix<typename X::Scalar> replay(const Execution& how, const Manifest& manifest, const X& x) {
  const detail::RowMajor<typename X::Scalar> rows(x);
  detail::require_same_features(manifest, rows.view());
  return materialize(how, plan_of(manifest), rows.view());
}
/// The same on one thread.
template <FeatureMatrix X>
ResampledMatrix<typename X::Scalar> replay(const Manifest& manifest, const X& x) {
  return replay(Execution{}, manifest, x);
}

/// The same with labels, plan and counts. Also refuses other labels. What else belonged to the rows (a neighbor space,
/// strata, groups, times) had its part in the plan and is not needed.
template <class S, class L>
Resampled<S, L> replay(const Execution& how, const Manifest& manifest, const Data<S, L>& data) {
  detail::require_same_features(manifest, data.view().X);
  detail::require_same_labels(manifest, data.classes());
  Resampled<S, L> out;
  out.plan = plan_of(manifest);
  out.X = materialize(how, out.plan, data.view().X);
  detail::label_rows(how, data, out);
  for (auto& change : out.counts)
    for (const ClassSummary& c : manifest.summary.classes)
      if (c.label == Label(change.label)) change.before = c.before;  // of a fold, its training rows
  return out;
}
/// The same on one thread.
template <class S, class L>
Resampled<S, L> replay(const Manifest& manifest, const Data<S, L>& data) {
  return replay(Execution{}, manifest, data);
}

/// The rows of `out` that are not, byte for byte, what the plan makes of X: none if all is right. For rows that were
/// kept in a file, sent, or made by other means.
///
/// In      plan  made for X      out  of X's scalar; any layout
/// Out     numbers of rows of out, ascending
/// Cost    O(m d): every row is made again, and nothing kept of it
/// Throws  ShapeMismatch (out is not plan.size() x d), InvalidPlan (not made for this X)
template <FeatureMatrix X, FeatureMatrix Out>
std::vector<Index> verify(const Execution& how, const Plan& plan, const X& x, const Out& out) {
  using S = typename X::Scalar;
  static_assert(std::same_as<typename Out::Scalar, S>,
                "out must have the scalar type of X: rows are compared byte for byte");
  const detail::RowMajor<S> source(x), rows(out);
  detail::require_fit(plan, source.view(), how);
  if (out.rows() != plan.size() || out.cols() != x.cols())
    throw ShapeMismatch(detail::text({"out is ", out.rows(), " x ", out.cols(), " but the plan makes ", plan.size(),
                                      " x ", x.cols(), "; verify the rows that this plan made"}));
  std::vector<std::uint8_t> differs(static_cast<std::size_t>(plan.size()));
  detail::parallel_for(
      how, "verifying rows", plan.size(), detail::rows_per_chunk(x.cols()), [&](Index first, Index last) {
        std::vector<S> made(static_cast<std::size_t>(x.cols()));
        for (Index row = first; row < last; ++row) {
          detail::write_row(plan, row, plan[row], source.view(), made.data());
          const S* const found = rows.view().data() + row * rows.view().outerStride();
          const bool same = made.empty() || std::memcmp(made.data(), found, made.size() * sizeof(S)) == 0;
          differs[static_cast<std::size_t>(row)] = !same;
        }
      });
  std::vector<Index> wrong;
  for (Index row = 0; row < plan.size(); ++row)
    if (differs[static_cast<std::size_t>(row)]) wrong.push_back(row);
  return wrong;
}
/// The same on one thread.
template <FeatureMatrix X, FeatureMatrix Out>
std::vector<Index> verify(const Plan& plan, const X& x, const Out& out) {
  return verify(Execution{}, plan, x, out);
}

}  // inline namespace
}  // namespace rebalance
