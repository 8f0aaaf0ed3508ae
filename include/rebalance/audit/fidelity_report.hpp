// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/error.hpp>
#include <rebalance/core/number_text.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// A figure of new rows, and what the same figure is between real rows and real rows: above `usual` it is more than
/// chance.
struct Compared {
  double found = 0;  ///< of the new rows
  double usual = 0;  ///< not exceeded in 95 of 100 comparisons of real rows with as many drawn from them
  bool unusual() const noexcept { return found > usual; }  ///< Whether it is more than chance.
  friend bool operator==(const Compared&, const Compared&) = default;
};

/// The variance of new rows in parts of that of the real ones, below `usual` it is less than by chance: spread was
/// lost. This shows what distances of single columns do not.
struct ComparedVariance {
  double found = 1;  ///< of a constant real column 1, or infinity where the new one is not constant
  double usual = 0;  ///< not undercut in 95 of 100 comparisons of real rows with as many drawn from them
  /// What rows on the way between two parents have: 2/3 + rho/3, rho the correlation of the parents' values, where
  /// neighbors spread as their bases do; with their own spreads and means where they do not (hubs spread less). None
  /// for a constant column, and where values are made otherwise: by noise, rules for columns or donors, with parents of
  /// other classes, or where new rows were refused or cleaned away.
  std::optional<double> by_law = {};
  bool unusual() const noexcept { return found < usual; }  ///< Whether it is less than chance.
  friend bool operator==(const ComparedVariance&, const ComparedVariance&) = default;
};

/// One column of the new rows of a class beside that of the real ones. Distances are in standard deviations of the real
/// column, of a constant one in its own unit.
///
/// What is usual is usual of the column in which it is worst (Westfall, Young, "Resampling-based multiple testing",
/// 1993), and so the same for all: 5 of 100 sets of real rows have any column beyond it, however many columns there
/// are. `unknown` alone is compared column by column, as columns of few values and of many differ in kind.
struct ColumnFidelity {
  Compared kolmogorov_smirnov;  ///< greatest distance of the distribution functions, 0 to 1
  Compared wasserstein;         ///< how far values have to be moved, on average
  Compared mean_shift;          ///< distance of the means
  ComparedVariance variance;    ///< ratio of the variances
  /// Share of values beyond the least and greatest real one. Usual: the share of real rows beyond all other ones.
  Compared outside;
  /// Share of values that no real row has. Usual: as above, and 1 in a column where most real values stand alone, as in
  /// one of measurements: there new values are no fault. In one of few values a rule for columns (`integer`, `grid`)
  /// mends it.
  Compared unknown;
  friend bool operator==(const ColumnFidelity&, const ColumnFidelity&) = default;
};

/// The new rows of a class beside its real ones. Of a class without new rows only the counts are set.
struct ClassFidelity {
  Label label;              ///< of the class
  Index real = 0;           ///< rows of the class in the data
  Index synthetic = 0;      ///< rows the plan adds to it, copies too
  Index real_compared = 0;  ///< fewer than there are where FidelityOptions::most_rows says so; then a random choice
  Index synthetic_compared = 0;              ///< likewise
  std::vector<ColumnFidelity> columns = {};  ///< in the order of X
  ComparedVariance mean_variance = {};       ///< mean ratio of the variances, of all columns that are not constant
  // How much the correlation of two columns differs: the greatest of all pairs, and the mean. A pair with a column that
  // is constant in the real rows does not count; a column that is so in the new rows alone has correlation 0.
  Compared largest_correlation_shift = {};  ///< of all pairs of columns
  Compared mean_correlation_shift = {};     ///< over all pairs of columns
  // Shares of the new rows; usual is that of real rows among the other real ones.
  Compared copies = {};  ///< equal to a real row of the class in all columns
  /// Not equal, but nearer to one than a hundredth of the median distance of real rows to the next. Of rows between two
  /// parents up to 2 in 100 are, so that what chance makes of these is usual too.
  Compared near_copies = {};
  Compared among_others = {};  ///< whose nearest real row is of another class
  Compared in_void = {};       ///< farther from the class than 99 of 100 of its real rows are from the next one
  friend bool operator==(const ClassFidelity&, const ClassFidelity&) = default;
};

/// New rows beside real ones: what `fidelity` returns.
struct Fidelity {
  Index rows = 0;                              ///< real ones, of all classes
  int repetitions = 0;                         ///< bootstraps of the real rows that each figure is beside
  std::vector<std::string> column_names = {};  ///< one for each column of X
  std::vector<ClassFidelity> classes = {};     ///< in sorted label order
  std::uint64_t plan_digest = 0;               ///< of the plan: see digest

  /// What is unusual, in plain sentences: for each class and kind of figure the worst column, and how many more there
  /// are. None if nothing is.
  std::vector<std::string> findings() const;
  /// All of it to read: some lines for each class with the worst of its columns, then the findings.
  std::string text() const;
  friend bool operator==(const Fidelity&, const Fidelity&) = default;
};

namespace detail {

[[gnu::cold]] inline std::string figure_percent(double share) { return figure(100 * share) + " %"; }

/// The column in which a figure is farthest beyond what is usual, and how many are beyond it.
struct WorstColumn {
  std::size_t column = 0;
  std::size_t unusual = 0;
};

/// `excess(column)` is above 0 where the figure is unusual. There must be a column.
template <class Excess>
[[gnu::cold]] WorstColumn worst_column(const std::vector<ColumnFidelity>& columns, const Excess& excess) {
  WorstColumn out;
  for (std::size_t j = 0; j < columns.size(); ++j) {
    out.unusual += excess(columns[j]) > 0;
    if (excess(columns[j]) > excess(columns[out.column])) out.column = j;
  }
  return out;
}

/// A figure of columns as reports speak of it.
struct ColumnFigure {
  Compared ColumnFidelity::* figure;
  const char* name;
  const char* unit;
  bool share = false;
};
inline constexpr ColumnFigure column_figures[] = {
    {&ColumnFidelity::kolmogorov_smirnov, "Kolmogorov-Smirnov distance", ""},
    {&ColumnFidelity::wasserstein, "Wasserstein distance", " sd"},
    {&ColumnFidelity::mean_shift, "shift of the mean", " sd"},
    {&ColumnFidelity::outside, "share outside the real range", "", true},
    {&ColumnFidelity::unknown, "share of values no real row has", "", true}};

/// How far beyond what is usual.
inline auto excess_of(const ColumnFigure& kind) {
  return [&kind](const ColumnFidelity& column) { return (column.*kind.figure).found - (column.*kind.figure).usual; };
}
inline double excess_of_variance(const ColumnFidelity& column) { return column.variance.usual - column.variance.found; }

/// A figure of a class as reports speak of it.
struct ClassFigure {
  Compared ClassFidelity::* figure;
  const char* name;
  const char* finding;  ///< what follows "12 % of the new rows"; nullptr for what is no share
};
inline constexpr ClassFigure class_figures[] = {
    {&ClassFidelity::largest_correlation_shift, "largest correlation shift", nullptr},
    {&ClassFidelity::mean_correlation_shift, "mean correlation shift", nullptr},
    {&ClassFidelity::copies, "copies of real rows", "are copies of real rows"},
    {&ClassFidelity::near_copies, "near copies", "are near copies of real rows"},
    {&ClassFidelity::among_others, "nearest row of another class", "are nearest to a real row of another class"},
    {&ClassFidelity::in_void, "in the void", "lie in the void, far from all real rows of the class"}};

[[gnu::cold]] inline std::string written_figure(double value, bool share, const char* unit = "") {
  return share ? figure_percent(value) : figure(value) + unit;
}

[[gnu::cold]] inline std::string more_columns(std::size_t unusual) {
  if (unusual < 2) return "";
  return unusual == 2 ? " (and one more column)" : text({" (and ", unusual - 1, " more columns)"});
}

[[gnu::cold]] inline std::string written_variance(const ComparedVariance& variance) {
  const std::string law = variance.by_law ? text({", ", figure(*variance.by_law), " by the law of interpolation"}) : "";
  return text({figure(variance.found), " of the real one", law, "; usual is at least ", figure(variance.usual)});
}

/// What is unusual in the columns of a class.
[[gnu::cold]] inline void find_in_columns(const Fidelity& all, const ClassFidelity& of_class,
                                          std::vector<std::string>& out) {
  const auto place = [&](std::size_t column) {
    return text({"column ", all.column_names[column], " of class ", of_class.label.text, ": "});
  };
  if (const ComparedVariance& mean = of_class.mean_variance; mean.unusual())
    out.push_back(text({"class ", of_class.label.text, ": variance is on average ", written_variance(mean)}));
  const WorstColumn least = worst_column(of_class.columns, excess_of_variance);
  if (const ComparedVariance& variance = of_class.columns[least.column].variance; variance.unusual())
    out.push_back(text({place(least.column), "variance is ", written_variance(variance), more_columns(least.unusual)}));
  for (const ColumnFigure& kind : column_figures) {
    const WorstColumn worst = worst_column(of_class.columns, excess_of(kind));
    const Compared& value = of_class.columns[worst.column].*kind.figure;
    if (value.unusual())
      out.push_back(
          text({place(worst.column), kind.name, " is ", written_figure(value.found, kind.share, kind.unit),
                "; usual is up to ", written_figure(value.usual, kind.share, kind.unit), more_columns(worst.unusual)}));
  }
}

[[gnu::cold]] inline void find_in_rows(const ClassFidelity& of_class, std::vector<std::string>& out) {
  for (const ClassFigure& kind : class_figures) {
    const Compared& value = of_class.*kind.figure;
    if (!value.unusual()) continue;
    const std::string what = kind.finding ? text({figure_percent(value.found), " of the new rows ", kind.finding})
                                          : text({kind.name, " is ", figure(value.found)});
    out.push_back(text({"class ", of_class.label.text, ": ", what, "; usual is up to ",
                        written_figure(value.usual, kind.finding != nullptr)}));
  }
}

/// The figures of a class, a line each; of columns the one that is farthest beyond what is usual, or nearest to it.
[[gnu::cold]] inline std::string written_class(const Fidelity& all, const ClassFidelity& of_class) {
  std::string out;
  const auto column = [&](std::size_t number) { return text({" in column ", all.column_names[number]}); };
  out += text({"  variance is on average ", written_variance(of_class.mean_variance), "\n"});
  const std::size_t least = worst_column(of_class.columns, excess_of_variance).column;
  out += text({"  variance", column(least), " is ", written_variance(of_class.columns[least].variance), "\n"});
  for (const ColumnFigure& kind : column_figures) {
    const std::size_t worst = worst_column(of_class.columns, excess_of(kind)).column;
    const Compared& value = of_class.columns[worst].*kind.figure;
    out += text({"  ", kind.name, " ", written_figure(value.found, kind.share, kind.unit), column(worst),
                 "; usual is up to ", written_figure(value.usual, kind.share, kind.unit), "\n"});
  }
  for (const ClassFigure& kind : class_figures) {
    const Compared& value = of_class.*kind.figure;
    out += text({"  ", kind.name, " ", written_figure(value.found, kind.finding != nullptr), "; usual is up to ",
                 written_figure(value.usual, kind.finding != nullptr), "\n"});
  }
  return out;
}

/// "18 real rows, 100 new", and how many of them were looked at if not all.
[[gnu::cold]] inline std::string rows_compared(const ClassFidelity& c) {
  std::string rows = text({c.real, c.real == 1 ? " real row, " : " real rows, ", c.synthetic, " new"});
  if (c.synthetic == 0 || (c.real_compared == c.real && c.synthetic_compared == c.synthetic)) return rows;
  return text(
      {rows, "; compared are ", c.real_compared, " real and ", c.synthetic_compared, " new ones, chosen at random"});
}

}  // namespace detail

[[gnu::cold]] inline std::vector<std::string> Fidelity::findings() const {
  std::vector<std::string> out;
  for (const ClassFidelity& of_class : classes) {
    if (of_class.columns.empty()) continue;
    detail::find_in_columns(*this, of_class, out);
    detail::find_in_rows(of_class, out);
  }
  return out;
}

[[gnu::cold]] inline std::string Fidelity::text() const {
  std::string out = detail::text({rows, " real rows, ", column_names.size(), " columns; usual: of ", repetitions,
                                  " sets drawn from the real rows 95 in 100 are within\n"});
  for (const ClassFidelity& of_class : classes) {
    out += detail::text({"class ", of_class.label.text, ": ", detail::rows_compared(of_class), "\n"});
    if (!of_class.columns.empty()) out += detail::written_class(*this, of_class);
  }
  for (const std::string& finding : findings()) out += "- " + finding + "\n";
  return out;
}

}  // inline namespace
}  // namespace rebalance
