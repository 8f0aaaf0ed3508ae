// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <rebalance/core/bulk_vector.hpp>
#include <rebalance/core/error.hpp>
#include <rebalance/core/huge_pages.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {

template <class L>
concept TextLabel = std::convertible_to<const L&, std::string_view>;
template <class L>
concept OneLabel = std::integral<L> || std::is_enum_v<L> || TextLabel<L>;

template <class Y>
using element_of = typename std::iterator_traits<decltype(std::begin(std::declval<const Y&>()))>::value_type;

}  // namespace detail

/// What may stand for y: any sized range of integers, bool, enums or strings, one label per row of X.
template <class Y>
concept LabelRange = requires(const Y& y) {
  std::begin(y);
  std::end(y);
  { std::size(y) } -> std::convertible_to<std::size_t>;
  requires detail::OneLabel<detail::element_of<Y>>;
};

namespace detail {

/// The type a label comes back as: its own, or std::string for anything that reads as text. int where Y
/// is no range of labels: then one static_assert speaks, not ten errors.
template <class Y>
struct LabelOf {
  using type = int;
};
template <LabelRange Y>
struct LabelOf<Y> {
  using type = std::conditional_t<TextLabel<element_of<Y>>, std::string, element_of<Y>>;
};
template <class Y>
using label_of = typename LabelOf<Y>::type;

}  // namespace detail

/// The name of a class, whatever type its label has: how options and messages speak of it.
/// An integer, bool, char or enum is named by its decimal number: 'z' is class 122, "z" is class z. Cost: one short string.
struct Label {
  std::string text;  ///< the name

  Label() = default;
  /// Of a label of any type that y may have.
  template <detail::OneLabel L>
  Label(const L& label) : text({name(label)}) {}  // NOLINT: counts({{Fraud::yes, 5000}}) shall read as it does

  friend bool operator==(const Label&, const Label&) = default;  ///< By the bytes of the name.
  /// By the bytes of the name.
  friend std::strong_ordering operator<=>(const Label& a, const Label& b) {
    return a.text.compare(b.text) <=> 0;  // strings have no <=> in libc++ 14
  }

 private:
  template <class L>
  static std::string name(const L& label) {
    if constexpr (detail::TextLabel<L>) return std::string(std::string_view(label));
    else if constexpr (std::is_enum_v<L>) return name(static_cast<std::underlying_type_t<L>>(label));
    else if constexpr (std::same_as<L, bool>) return label ? "1" : "0";
    else if constexpr (std::signed_integral<L>) return detail::text({static_cast<std::int64_t>(label)});
    else return detail::text({static_cast<std::uint64_t>(label)});
  }
};

/// The labels of a data set as class codes 0 .. C-1, in the sorted order of the labels.
///
/// Algorithms see only this, so they are compiled once whatever type the labels have.
/// Memory: 12 bytes a row.
class Classes {
 public:
  Classes() = default;

  /// `codes` are numbers below `labels.size()`, one per row. Cost O(n + C).
  Classes(std::vector<std::uint32_t> codes, std::vector<Label> labels)
      : codes_(std::move(codes)), labels_(std::move(labels)), begin_(labels_.size() + 1, 0), rows_(codes_.size()) {
    for (const std::uint32_t code : codes_) ++begin_[code + 1];
    for (std::size_t c = 0; c < labels_.size(); ++c) begin_[c + 1] += begin_[c];
    std::vector<std::size_t> next(begin_.begin(), begin_.end() - 1);
    for (std::size_t row = 0; row < codes_.size(); ++row) rows_[next[codes_[row]]++] = static_cast<Index>(row);
  }

  /// Number of rows.
  Index rows() const noexcept { return static_cast<Index>(codes_.size()); }
  /// Number of classes C; after a cleaning stage some may be empty.
  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(labels_.size()); }
  /// Class of a row.
  std::uint32_t code(Index row) const { return codes_[static_cast<std::size_t>(row)]; }
  /// Class of every row.
  std::span<const std::uint32_t> codes() const noexcept { return {codes_.data(), codes_.size()}; }
  /// Name of a class.
  const Label& label(std::uint32_t c) const { return labels_[c]; }
  const std::vector<Label>& labels() const noexcept { return labels_; }  ///< Names of all classes, by code.
  /// Rows of class c, ascending.
  std::span<const Index> members(std::uint32_t c) const {
    return {rows_.data() + begin_[c], begin_[c + 1] - begin_[c]};
  }
  /// Rows of all other classes, ascending. Cost O(n).
  std::vector<Index> others(std::uint32_t c) const {
    std::vector<Index> out;
    out.reserve(static_cast<std::size_t>(rows() - count(c)));
    for (Index row = 0; row < rows(); ++row)
      if (code(row) != c) out.push_back(row);
    return out;
  }
  /// Number of rows of class c.
  Index count(std::uint32_t c) const { return static_cast<Index>(begin_[c + 1] - begin_[c]); }

 private:
  std::vector<std::uint32_t> codes_;
  std::vector<Label> labels_;
  std::vector<std::size_t> begin_{0};  // rows of class c stand in rows_ from begin_[c] to begin_[c + 1]
  detail::BulkVector<Index> rows_;
};

namespace detail {

/// The rows of the classes chosen, ascending.
inline std::vector<Index> rows_of_classes(const Classes& classes, const std::vector<bool>& chosen) {
  std::vector<Index> out;
  for (Index row = 0; row < classes.rows(); ++row)
    if (chosen[classes.code(row)]) out.push_back(row);
  return out;
}

/// A label as one would write it: an integer as it is, anything else in quotes.
[[gnu::cold]] inline std::string written(const Label& label) {
  const std::string& name = label.text;
  const std::size_t first = name.starts_with('-') ? 1 : 0;
  const bool integer = name.size() > first && name.find_first_not_of("0123456789", first) == std::string::npos;
  return integer ? name : text({"\"", name, "\""});
}

/// Labels as they came and as codes: `values[code]` is the label.
template <class L>
struct EncodedLabels {
  std::vector<std::uint32_t> codes;
  std::vector<L> values;
};

/// Cost O(n log C).
template <class L, LabelRange Y>
EncodedLabels<L> encode(const Y& y) {
  std::map<L, std::uint32_t, std::less<>> code_of;  // numbered as they appear, at first
  EncodedLabels<L> out;
  reserve_in_huge_pages(out.codes, static_cast<std::size_t>(std::size(y)));
  auto found = code_of.end();
  for (const auto& label : y) {
    if (found == code_of.end() || found->first != label) {  // labels come in runs: try the last one first
      found = code_of.find(label);
      if (found == code_of.end()) found = code_of.emplace(L(label), static_cast<std::uint32_t>(code_of.size())).first;
    }
    out.codes.push_back(found->second);
  }

  std::vector<std::uint32_t> sorted(code_of.size());
  for (const auto& [label, code] : code_of) {
    sorted[code] = static_cast<std::uint32_t>(out.values.size());
    out.values.push_back(label);
  }
  for (std::uint32_t& code : out.codes) code = sorted[code];
  return out;
}

/// How many rows have each of the values.
template <class L>
std::vector<Index> counts_of(const EncodedLabels<L>& y) {
  std::vector<Index> out(y.values.size(), 0);
  for (const std::uint32_t code : y.codes) ++out[code];
  return out;
}

/// The classes that labels stand for.
template <class L>
Classes classes_of(EncodedLabels<L> y) {
  std::vector<Label> names;
  for (const L& value : y.values) names.emplace_back(value);  // by L: vector<bool> hands out proxies
  return Classes(std::move(y.codes), std::move(names));
}

/// Throws TooFewClasses unless rows are of two classes or more.
inline void require_two_classes(const Classes& classes) {
  std::uint32_t present = 0;
  std::uint32_t last = 0;
  for (std::uint32_t c = 0; c < classes.size(); ++c)
    if (classes.count(c) > 0) {
      ++present;
      last = c;
    }
  if (present < 2) throw_one_class(classes.label(last).text, classes.rows());
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
