// SPDX-License-Identifier: MIT
#pragma once

// A data set with all that may belong to it, and what resamples it, drawn from a number: the same on every machine.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <rebalance/rebalance.hpp>

namespace soak {

using namespace rebalance;

/// Random numbers one after the other, by the generator of the library: those of <random> are not the same everywhere.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : seed_(seed) {}
  std::uint64_t bits() { return detail::random_pair(seed_, 0, next_++, 0)[0]; }
  double unit() { return detail::unit_interval(bits()); }
  double normal() { return detail::standard_normal(bits()); }
  Index between(Index least, Index most) { return least + detail::index_below(bits(), most - least + 1); }
  bool once_in(Index times) { return between(1, times) == 1; }
  template <class T>
  T of(const std::vector<T>& choices) {
    return choices[static_cast<std::size_t>(between(0, static_cast<Index>(choices.size()) - 1))];
  }

 private:
  std::uint64_t seed_, next_ = 0;
};

inline bool is_cleaner(const std::string& sampler) {
  return sampler.ends_with("enn") || sampler.starts_with("tomek") || sampler == "all_knn";
}

/// A sampler by its name, as one stage of a chain, and the options its result is judged by.
struct Stage {
  std::string name;
  std::vector<NamedOption> options;

  /// The value of an option, or "".
  std::string value(const std::string& option) const {
    for (const NamedOption& one : options)
      if (one.name == option) return one.value;
    return "";
  }
};

struct Configuration {
  Matrix<double> X;      ///< every value is one of float too
  Matrix<double> space;  ///< likewise; no columns: X
  std::vector<int> y;
  std::vector<int> strata;  ///< or none
  StrataRules strata_rules;
  std::vector<ColumnRule> columns;
  Accept accept;
  Tries tries;
  Index codes = 0;  ///< so many columns, the first ones, hold codes of categories
  std::vector<Stage> stages;
  AnyResampler sampler = RandomOverSampler{};  ///< the stages in order

  std::vector<Index> sizes() const {
    std::vector<Index> out(static_cast<std::size_t>(*std::max_element(y.begin(), y.end()) + 1));
    for (const int label : y) ++out[static_cast<std::size_t>(label)];
    return out;
  }
};

/// A column of values that are hard on a search: ties, copies, constants, zeros of both signs, far off, huge, tiny.
inline void fill_column(Draw& draw, Matrix<double>& X, Index column, bool codes) {
  enum Kind { numbers, integers, constant, copy, zeros, far_off, huge, tiny };
  const auto kind = codes
                        ? integers
                        : draw.of<Kind>({numbers, numbers, numbers, integers, integers, constant, copy, zeros, far_off,
                                         draw.once_in(5) ? huge : numbers, draw.once_in(5) ? tiny : numbers});
  const Index most = draw.between(1, 9);
  for (Index row = 0; row < X.rows(); ++row) {
    double value = draw.normal();
    if (kind == integers) value = static_cast<double>(draw.between(0, most));
    if (kind == constant) value = 7.3;
    if (kind == copy && column > 0) value = X(row, column - 1);
    if (kind == zeros) value = draw.of<double>({-0.0, 0.0, 1.0});
    if (kind == far_off) value += 1e6;
    if (kind == huge) value *= 1e30;
    if (kind == tiny) value *= 1e-40;  // below the normal numbers of float
    X(row, column) = static_cast<double>(static_cast<float>(value));
  }
}

inline Matrix<double> drawn_matrix(Draw& draw, Index rows, Index columns, Index codes) {
  Matrix<double> X(rows, columns);
  for (Index column = 0; column < columns; ++column) fill_column(draw, X, column, column < codes);
  const Index apart = draw.once_in(4) ? draw.between(1, 5) : 0;  // rows that are copies of others
  for (Index row = apart; apart > 0 && row < rows; row += 2) X.row(row) = X.row(row - apart).eval();
  if (draw.once_in(100)) {
    const Index row = draw.between(0, rows - 1);
    X(row, draw.between(0, columns - 1)) = std::nan("");
  }
  return X;
}

/// Up to five classes, from equally large to one that is nearly all.
inline std::vector<int> drawn_labels(Draw& draw, Index rows) {
  const Index classes = draw.once_in(50) ? 1 : draw.between(2, 5);
  const double share = draw.of<double>({0, 0.3, 0.6, 0.9});  // that a row goes to the class before
  std::vector<int> y;
  for (Index row = 0; row < rows; ++row) {
    Index label = draw.between(0, classes - 1);
    while (label > 0 && draw.unit() < share) --label;
    y.push_back(static_cast<int>(label));
  }
  return y;
}

/// A strategy that a sampler of this kind can follow, now and then any.
inline std::string drawn_strategy(Draw& draw, const std::string& sampler, const std::vector<Index>& sizes) {
  const Index label = draw.between(0, static_cast<Index>(sizes.size()) - 1);
  const Index have = sizes[static_cast<std::size_t>(label)];
  const std::string ratio = detail::text({"ratio=", draw.of<double>({0.1, 0.5, 0.77, 1.0})});
  const std::string only = detail::text({"only=", label});
  const Index fewer = draw.between(0, have), more = have + draw.between(0, 60);
  const auto count = [&](Index rows) { return detail::text({"counts=", label, ":", rows}); };
  if (draw.once_in(8))
    return draw.of<std::string>({"minority", "majority", "all", ratio, only, count(fewer), count(more)});
  if (is_cleaner(sampler))
    return draw.of<std::string>({"auto", "majority", "not_minority", "not_majority", "all", only});
  if (sampler == "random_under")
    return draw.of<std::string>({"auto", "majority", "not_minority", "all", ratio, only, count(fewer)});
  return draw.of<std::string>({"auto", "minority", "not_majority", "all", ratio, only, count(more)});
}

/// A value for an option, now and then one that is refused.
inline std::string drawn_value(Draw& draw, const std::string& sampler, const std::string& option,
                               const Configuration& given) {
  static const std::map<std::string, std::vector<std::string>> known{
      {"draws", {"even", "imbalanced_learn"}},
      {"too_few_neighbors", {"error", "clamp", "duplicate", "clamp"}},
      {"no_hard_row", {"error", "uniform", "unchanged", "uniform"}},
      {"bandwidth", {"automatic", "class_rows", "all_rows"}},
      {"ends", {"by_strategy", "majority", "both"}},
      {"vote", {"majority", "unanimous", "mode"}},
      {"scaling", {"none", "standard", "min_max", "robust"}},
      {"shrinkage", {"0", "0.5", "3", "0:1", "1:0.2,0:0"}},
      {"kind", {"1", "2", "2"}},
      {"weights", {"", "", "", "1", "2,0.5"}},
      {"columns", {"", "0", "1,0"}},
      {"max_passes", {"1", "2", "100"}},
      {"min_per_class", {"0", "1", "5", "40"}},
  };
  const std::string last = option.substr(option.rfind('.') + 1);
  if (last == "seed") return detail::text({draw.between(0, 1'000'000)});
  if (last == "strategy")
    return drawn_strategy(draw, option == "strategy" ? sampler : option.substr(0, option.find('.')), given.sizes());
  if (last.ends_with("neighbors") && last != "too_few_neighbors")
    return detail::text({draw.between(draw.once_in(20) ? 0 : 1, 8)});
  if (last == "nominal") {
    std::string columns;
    for (Index column = 0; column < given.codes; ++column) columns += detail::text({column > 0 ? "," : "", column});
    return columns;
  }
  const auto at = known.find(last);
  return at != known.end() ? draw.of(at->second) : draw.of<std::string>({"true", "false"});
}

inline Stage drawn_stage(Draw& draw, const std::string& name, const Configuration& given) {
  Stage stage{name, {}};
  for (const auto& [option, value] : sampler_options(name))
    if (option == "nominal" || option.ends_with("seed") || draw.once_in(option.starts_with("space") ? 10 : 3))
      stage.options.push_back({option, drawn_value(draw, name, option, given)});
  return stage;
}

inline AnyResampler resampler_of(const std::vector<Stage>& stages) {
  const auto at = [&](std::size_t i) { return named_resampler(stages[i].name, stages[i].options); };
  if (stages.size() == 1) return at(0);
  if (stages.size() == 2) return Chain{at(0), at(1)};
  return Chain{at(0), at(1), at(2)};
}

/// What else may belong to the rows, each in some of the configurations.
inline void draw_companions(Draw& draw, Configuration& out) {
  const Index rows = out.X.rows(), columns = out.X.cols();
  if (draw.once_in(6)) out.space = drawn_matrix(draw, rows, draw.between(1, 6), 0);
  if (draw.once_in(5)) {
    const Index keys = draw.between(1, 4);
    for (Index row = 0; row < rows; ++row) out.strata.push_back(static_cast<int>(draw.between(0, keys - 1)));
    out.strata_rules.allocation =
        draw.of<Allocation>({Allocation::proportional, Allocation::equal, Allocation::match_odds, Allocation::listed});
    out.strata_rules.small =
        draw.of<SmallStratum>({SmallStratum::as_sampler, SmallStratum::whole_class, SmallStratum::skip});
    if (out.strata_rules.allocation == Allocation::listed)
      out.strata_rules.counts = {{out.strata[0], out.y[0], draw.between(rows / 4, rows)}};
  }
  if (draw.once_in(5)) {
    const std::vector<Index> column{draw.between(0, columns - 1)};
    out.columns = {draw.of<ColumnRule>({integer(column), grid(column, 0.25, 0.1), nominal(column), from_base(column)})};
  }
  if (draw.once_in(8)) {
    const double bound = draw.normal();
    out.accept = [bound](std::span<const double> row) { return row[0] <= bound; };
    out.tries = {static_cast<int>(draw.between(0, 5)),
                 draw.of<Otherwise>({Otherwise::nearest_parent, Otherwise::drop, Otherwise::error})};
  }
}

inline Configuration drawn_configuration(std::uint64_t seed) {
  Draw draw(seed);
  Configuration out;
  const double least = draw.once_in(20) ? 1 : 20;
  const auto rows = static_cast<Index>(least * std::exp(draw.unit() * std::log(2001 / least)));  // few sets are large
  const Index columns = draw.between(1, 20);
  std::vector<std::string> names;
  for (Index count = draw.of<Index>({1, 1, 1, 1, 2, 2, 3}); count > 0; --count)
    names.push_back(draw.of(sampler_names()));
  for (const std::string& name : names) {
    if (name == "smote_nc") out.codes = std::max(out.codes, (columns + 1) / 2);
    if (name == "smote_n") out.codes = columns;
  }
  out.X = drawn_matrix(draw, rows, columns, out.codes);
  out.y = drawn_labels(draw, rows);
  draw_companions(draw, out);
  for (const std::string& name : names) out.stages.push_back(drawn_stage(draw, name, out));
  out.sampler = resampler_of(out.stages);
  return out;
}

/// The configuration in words, for who has to find out why it fails.
inline std::string described(const Configuration& one) {
  std::string out =
      detail::text({one.X.rows(), " x ", one.X.cols(), ", ", one.codes, " columns of codes; rows of classes"});
  for (const Index rows : one.sizes()) out += detail::text({" ", rows});
  if (one.space.cols() > 0) out += detail::text({"; a space of ", one.space.cols(), " columns"});
  if (!one.strata.empty()) out += "; " + detail::written(one.strata_rules);
  for (const ColumnRule& rule : one.columns) out += "; " + detail::written(rule);
  if (one.accept) out += detail::text({"; accept, ", one.tries.most, " tries, ", detail::written(one.tries.otherwise)});
  return out + "\n" + one.sampler.describe();
}

}  // namespace soak
