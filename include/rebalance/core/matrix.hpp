// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <concepts>
#include <limits>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#include <rebalance/core/error.hpp>
#include <rebalance/core/huge_pages.hpp>
#include <rebalance/core/parallel.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

static_assert(std::same_as<Index, Eigen::Index>);

/// The matrices the library makes: one row per sample, row-major.
template <class S>
using Matrix = Eigen::Matrix<S, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A row-major matrix that somebody else owns; rows may have a distance greater than their length.
/// An Eigen::Map, so all of Eigen works on it; copying it copies a pointer.
template <class S>
using MatrixView = Eigen::Map<const Matrix<S>, Eigen::Unaligned, Eigen::OuterStride<>>;

/// What the rows of a matrix may still be used for.
enum class Role {
  any,
  resampled,  ///< for training only: its synthetic rows would have parents on the other side of a split
  held_out    ///< for testing only: a model that saw them cannot be tested on them
};

/// A matrix that remembers, in its type, what its rows may be used for: `resample` and `Folds` do not compile with
/// the wrong one. In all else it is a Matrix. What is copied into a plain matrix or taken as an expression of it
/// (`X * 2`, `X.topRows(3)`) is a plain matrix again: types stop accidents, not intent.
template <class S, Role role>
class RoleMatrix : public Matrix<S> {
 public:
  using Matrix<S>::Matrix;
  using Matrix<S>::operator=;
  RoleMatrix() = default;
  /// Takes rows over.
  RoleMatrix(Matrix<S> rows) : Matrix<S>(std::move(rows)) {}
};
/// What `resample` returns: for training only.
template <class S>
using ResampledMatrix = RoleMatrix<S, Role::resampled>;
/// What a fold's `test()` returns: for testing only.
template <class S>
using HeldOutMatrix = RoleMatrix<S, Role::held_out>;

namespace detail {

template <class>
inline constexpr bool never = false;

/// The Eigen type that X is, or is derived from: a RoleMatrix counts as the Matrix it holds.
template <class D>
std::type_identity<D> dense_base(const Eigen::DenseBase<D>&);
template <class X>
using dense_type = typename decltype(dense_base(std::declval<const X&>()))::type;

template <class>
inline constexpr Role role_of = Role::any;
template <class S, Role role>
inline constexpr Role role_of<RoleMatrix<S, role>> = role;

template <class T>
void refuse_held_out() {
  static_assert(role_of<T> != Role::held_out,
                "these rows are held out for testing and must stay as they are: resample the training side, "
                "fold.train(Smote{.seed = 1})");
}
template <class T>
void refuse_to_split_resampled() {
  static_assert(role_of<T> != Role::resampled,
                "these rows were resampled: synthetic rows would have parents on the other side of the split. Split "
                "first, Folds(X, y, splitter), then resample each training side, fold.train(sampler)");
}

}  // namespace detail

/// What may stand for X: any dense Eigen expression of float or double, one row per sample.
template <class X>
concept FeatureMatrix = requires {
  typename detail::dense_type<X>;
  requires std::same_as<typename detail::dense_type<X>::Scalar, float> ||
               std::same_as<typename detail::dense_type<X>::Scalar, double>;
};

namespace detail {

/// The scalar of X, or double where X is no matrix of ours: then one static_assert speaks, not ten errors.
template <class X>
struct ScalarOf {
  using type = double;
};
template <FeatureMatrix X>
struct ScalarOf<X> {
  using type = typename X::Scalar;
};
template <class X>
using scalar_of = typename ScalarOf<X>::type;

/// A matrix that owns its memory: a temporary one is gone after the call.
template <class X>
concept PlainMatrix = requires {
  typename dense_type<X>;
  requires std::derived_from<dense_type<X>, Eigen::PlainObjectBase<dense_type<X>>>;
};

template <class X>
inline constexpr bool has_row_major_memory =
    (Eigen::internal::traits<dense_type<X>>::Flags & Eigen::DirectAccessBit) != 0 &&
    (Eigen::internal::traits<dense_type<X>>::Flags & Eigen::RowMajorBit) != 0;

/// New memory for rows, not yet written.
template <class S>
Matrix<S> unwritten_rows(Index rows, Index columns) {
  Matrix<S> out(rows, columns);
  advise_huge_pages(out.data(), static_cast<std::size_t>(out.size()) * sizeof(S));
  return out;
}

template <class S>
MatrixView<S> view_of(const Matrix<S>& rows) {
  return {rows.data(), rows.rows(), rows.cols(), Eigen::OuterStride<>(rows.cols())};
}

/// Whether two views show the same values of the same rows (a block of a matrix starts where the matrix does).
template <class S>
bool same_view(const MatrixView<S>& a, const MatrixView<S>& b) {
  return a.data() == b.data() && a.cols() == b.cols() && a.outerStride() == b.outerStride();
}

/// Whether two views hold the same numbers. Cost O(n d).
template <class S>
bool same_values(const MatrixView<S>& a, const MatrixView<S>& b) {
  if (a.rows() != b.rows() || a.cols() != b.cols()) return false;
  for (Index row = 0; row < a.rows(); ++row)
    for (Index column = 0; column < a.cols(); ++column)
      if (a(row, column) != b(row, column)) return false;
  return true;
}

/// Makes a view one of other rows. A Map is bound anew by constructing it in place (Eigen's own advice); assigning
/// would copy the rows.
template <class S>
void rebind(MatrixView<S>& view, const MatrixView<S>& to) {
  std::construct_at(&view, to);
}

/// X as row-major memory: the caller's own where it is that already, else a converted copy made once.
/// Copies of this object share the converted rows.
template <class S>
class RowMajor {
 public:
  template <FeatureMatrix X>
  explicit RowMajor(const X& x) : view_(nullptr, x.rows(), x.cols(), Eigen::OuterStride<>(x.cols())) {
    if constexpr (has_row_major_memory<X>) {
      if (x.innerStride() == 1 || x.cols() <= 1) {
        const Index stride = x.rows() > 1 ? x.outerStride() : x.cols();
        rebind(view_, MatrixView<S>(x.derived().data(), x.rows(), x.cols(), Eigen::OuterStride<>(stride)));
        return;
      }
    }
    auto rows = unwritten_rows<S>(x.rows(), x.cols());
    rows.noalias() = x.matrix();
    converted_ = std::make_shared<const Matrix<S>>(std::move(rows));
    rebind(view_, view_of(*converted_));
  }

  RowMajor(const RowMajor&) = default;
  RowMajor& operator=(const RowMajor& other) {
    converted_ = other.converted_;
    rebind(view_, other.view_);
    return *this;
  }

  const MatrixView<S>& view() const noexcept { return view_; }

 private:
  std::shared_ptr<const Matrix<S>> converted_;
  MatrixView<S> view_;
};

/// The largest feature whose squared distances and differences cannot overflow.
template <class S>
inline constexpr double largest_feature = std::same_as<S, float> ? std::numeric_limits<float>::max() / 2 : 1e150;

/// Rows of a chunk of parallel work that reads or writes rows once. 2^18 values take several times as long as it takes
/// to start a thread and join it; less work starts none.
constexpr Index rows_per_chunk(Index columns) noexcept {
  return std::max(Index{1}, (Index{1} << 18) / std::max(Index{1}, columns));
}

/// Whether none of the values is NaN, infinite or too large.
template <class S>
bool all_usable(const S* values, Index count) noexcept {
  constexpr auto limit = static_cast<S>(largest_feature<S>);
  Index bad = 0;  // without a branch, so that compilers vectorize
  for (Index i = 0; i < count; ++i) bad += !(std::abs(values[i]) <= limit);
  return bad == 0;
}

/// Throws BadValue for the first value (in row order) that is NaN, infinite or too large; `name` is what the
/// caller calls the matrix. Cost O(n d).
template <class S>
void require_finite(std::string_view name, const MatrixView<S>& X, const Execution& how) {
  const bool no_gaps = X.outerStride() == X.cols();
  parallel_for(how, "checking features", X.rows(), rows_per_chunk(X.cols()), [&](Index first, Index last) {
    if (no_gaps && all_usable(X.data() + first * X.cols(), (last - first) * X.cols())) return;
    for (Index row = first; row < last; ++row) {
      const S* values = X.data() + row * X.outerStride();
      if (all_usable(values, X.cols())) continue;
      for (Index column = 0; column < X.cols(); ++column)
        if (!all_usable(values + column, 1))
          throw_bad_value(name, row, column, static_cast<double>(values[column]),
                          static_cast<double>(static_cast<S>(largest_feature<S>)));
    }
  });
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
