// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace v0 {

/// A figure of new rows, and what the same figure is between real rows and real rows: above `usual` it is more than chance.
struct Compared {
  double found = 0;
  double usual = 0;  ///< not exceeded in 95 of 100 comparisons of real rows with as many drawn from them
  bool unusual() const noexcept { return found > usual; }
  friend bool operator==(const Compared&, const Compared&) = default;
};

/// One column of the new rows of a class beside that of the real ones. Distances are in standard deviations of the real
/// column, of a constant one in its own unit.
///
/// What is usual is usual of the column in which it is worst (Westfall, Young, "Resampling-based multiple testing", 1993), and
/// so the same for all: 5 of 100 sets of real rows have any column beyond it, however many columns there are. `unknown`
/// alone is compared column by column, as columns of few values and of many differ in kind.
struct ColumnFidelity {
  Compared kolmogorov_smirnov;  ///< greatest distance of the distribution functions, 0 to 1
  Compared wasserstein;         ///< how far values have to be moved, on average
  Compared mean_shift;          ///< distance of the means
  double variance_ratio = 1;    ///< new to real; of a constant real column 1, or infinity where the new one is not
  double least_usual_ratio = 0;  ///< not undercut in 95 of 100 comparisons of real rows with real rows
  /// What rows on the way between two parents have: 2/3 + rho/3, rho the correlation of the parents' values. None where
  /// values are made otherwise: by noise, rules for columns or donors, or with parents of other classes.
  std::optional<double> variance_by_law = {};
  Compared outside;  ///< share of values beyond the least and greatest real one; usual: of a real row among the other ones
  Compared unknown;  ///< share of values that no real row has; usual: as above, which is 1 of columns without ties
  /// Whether spread was lost beyond chance: what the distances do not show where there are many columns.
  bool shrunk() const noexcept { return variance_ratio < least_usual_ratio; }
  friend bool operator==(const ColumnFidelity&, const ColumnFidelity&) = default;
};

/// The new rows of a class beside its real ones. Of a class without new rows only the counts are set.
struct ClassFidelity {
  Label label;
  Index real = 0;                ///< rows of the class in the data
  Index synthetic = 0;           ///< rows the plan adds to it, copies too
  Index real_compared = 0;       ///< fewer than there are where FidelityOptions::most_rows says so; then a random choice
  Index synthetic_compared = 0;  ///< likewise
  std::vector<ColumnFidelity> columns = {};
  // How much the correlation of two columns differs: the greatest of all pairs, and the mean. A pair with a column that is
  // constant in the real rows does not count; a column that is so in the new rows alone has correlation 0.
  Compared largest_correlation_shift = {};
  Compared mean_correlation_shift = {};
  // Shares of the new rows; usual is that of real rows among the other real ones.
  Compared copies = {};        ///< equal to a real row of the class in all columns
  Compared near_copies = {};   ///< nearer to a real row than a hundredth of the median distance of real rows; copies too
  Compared among_others = {};  ///< whose nearest real row is of another class
  Compared in_void = {};       ///< farther from the class than 99 of 100 of its real rows are from the next one
  friend bool operator==(const ClassFidelity&, const ClassFidelity&) = default;
};

/// New rows beside real ones: what `fidelity` returns.
struct Fidelity {
  Index rows = 0;  ///< real ones, of all classes
  int repetitions = 0;
  std::vector<std::string> column_names = {};  ///< one for each column of X
  std::vector<ClassFidelity> classes = {};     ///< in sorted label order

  /// What is unusual, in plain sentences: for each class and kind of figure the worst column, and how many more there are.
  /// None if nothing is.
  std::vector<std::string> findings() const;
  /// All of it to read: some lines for each class with the worst of its columns, then the findings.
  std::string text() const;
  friend bool operator==(const Fidelity&, const Fidelity&) = default;
};

namespace detail {

/// A figure in three digits: what a reader takes in.
[[gnu::cold]] inline std::string figure(double value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::general, 3).ptr;
  return {digits, end};
}
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
  Compared ColumnFidelity::*figure;
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

/// A figure of a class as reports speak of it.
struct ClassFigure {
  Compared ClassFidelity::*figure;
  const char* name;
  const char* finding;  ///< what follows "12 % of the new rows"; nullptr for what is no share
};
inline constexpr ClassFigure class_figures[] = {
    {&ClassFidelity::largest_correlation_shift, "largest correlation shift", nullptr},
    {&ClassFidelity::mean_correlation_shift, "mean correlation shift", nullptr},
    {&ClassFidelity::copies, "copies of real rows", "are copies of real rows"},
    {&ClassFidelity::near_copies, "copies or nearly", "are copies of real rows or nearly so"},
    {&ClassFidelity::among_others, "nearest row of another class", "are nearest to a real row of another class"},
    {&ClassFidelity::in_void, "in the void", "lie in the void, far from all real rows of the class"}};

[[gnu::cold]] inline std::string written_figure(double value, bool share, const char* unit = "") {
  return share ? figure_percent(value) : figure(value) + unit;
}

[[gnu::cold]] inline std::string more_columns(std::size_t unusual) {
  if (unusual < 2) return "";
  return unusual == 2 ? " (and one more column)" : text({" (and ", unusual - 1, " more columns)"});
}

/// What is unusual in the columns of a class.
[[gnu::cold]] inline void find_in_columns(const Fidelity& all, const ClassFidelity& of_class, std::vector<std::string>& out) {
  const auto place = [&](std::size_t column) {
    return text({"column ", all.column_names[column], " of class ", of_class.label.text, ": "});
  };
  const auto shrunk = worst_column(of_class.columns, [](const ColumnFidelity& c) { return c.least_usual_ratio - c.variance_ratio; });
  const ColumnFidelity& least = of_class.columns[shrunk.column];
  if (least.shrunk()) {
    const std::string law =
        least.variance_by_law ? text({", ", figure(*least.variance_by_law), " by the law of interpolation"}) : "";
    out.push_back(text({place(shrunk.column), "variance is ", figure(least.variance_ratio), " of the real one", law,
                        "; usual is at least ", figure(least.least_usual_ratio), more_columns(shrunk.unusual)}));
  }
  for (const ColumnFigure& kind : column_figures) {
    const auto worst = worst_column(of_class.columns, [&](const ColumnFidelity& c) {
      return (c.*kind.figure).found - (c.*kind.figure).usual;
    });
    const Compared& value = of_class.columns[worst.column].*kind.figure;
    if (value.unusual())
      out.push_back(text({place(worst.column), kind.name, " is ", written_figure(value.found, kind.share, kind.unit),
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

/// "18 real rows, 100 new", and how many of them were looked at if not all.
[[gnu::cold]] inline std::string rows_compared(const ClassFidelity& c) {
  const std::string rows = text({c.real, c.real == 1 ? " real row, " : " real rows, ", c.synthetic, " new"});
  if (c.synthetic == 0 || (c.real_compared == c.real && c.synthetic_compared == c.synthetic)) return rows;
  return text({rows, "; compared are ", c.real_compared, " real and ", c.synthetic_compared, " new ones, chosen at random"});
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
    if (of_class.columns.empty()) continue;
    const auto line = [&](const char* name, double found, double usual, bool share, const char* unit, const std::string& where) {
      out += detail::text({"  ", name, " ", detail::written_figure(found, share, unit), where, ", usual ",
                           detail::written_figure(usual, share, unit), "\n"});
    };
    const auto name = [&](std::size_t column) { return " in column " + column_names[column]; };
    const auto least = detail::worst_column(of_class.columns, [](const ColumnFidelity& c) { return -c.variance_ratio; });
    const ColumnFidelity& shrunk = of_class.columns[least.column];
    line("least ratio of variances", shrunk.variance_ratio, shrunk.least_usual_ratio, false, "", name(least.column));
    for (const detail::ColumnFigure& kind : detail::column_figures) {
      const auto worst = detail::worst_column(of_class.columns, [&](const ColumnFidelity& c) {
        return (c.*kind.figure).found - (c.*kind.figure).usual;
      });
      const Compared& value = of_class.columns[worst.column].*kind.figure;
      line(kind.name, value.found, value.usual, kind.share, kind.unit, name(worst.column));
    }
    for (const detail::ClassFigure& kind : detail::class_figures)
      line(kind.name, (of_class.*kind.figure).found, (of_class.*kind.figure).usual, kind.finding != nullptr, "", "");
  }
  for (const std::string& finding : findings()) out += "- " + finding + "\n";
  return out;
}

}  // namespace v0
}  // namespace rebalance
