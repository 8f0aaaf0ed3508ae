// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/random.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Rows of one class: what exists, or what is wanted.
struct ClassCount {
  Label label;     ///< of the class
  Index rows = 0;  ///< of the class
  friend bool operator==(const ClassCount&, const ClassCount&) = default;
};

/// How many rows each class shall have. An option of every sampler, with imbalanced-learn's meaning. A cleaner
/// (TomekLinks, EditedNearestNeighbors and their kind) only asks which classes may lose rows.
///
/// | strategy          | over-sampling: raised to the largest    | under-sampling: lowered to the smallest, or cleaned |
/// |-------------------|-----------------------------------------|-----------------------------------------------------|
/// | balance()         | every class but the largest             | every class but the smallest                        |
/// | minority()        | the smallest class                      | refused                                             |
/// | majority()        | refused                                 | the largest class                                   |
/// | not_minority()    | every class but the smallest            | every class but the smallest                        |
/// | not_majority()    | every class but the largest             | every class but the largest                         |
/// | all()             | every class                             | every class                                         |
/// | only({..})        | the classes named                       | the classes named                                   |
/// | ratio(r)          | at least r times the largest            | the smallest is at least r times each; not cleaned  |
/// | counts({..})      | the number given, for the classes named | the same; not cleaned                               |
/// | targets(function) | the counts that the function returns    | the same; not cleaned                               |
///
/// Where two classes are equally large (small), the one with the smaller label is the largest (smallest). Only a cleaner
/// under balance() does not ask for labels: it spares all classes that are the smallest, or, where all are, none.
/// Equality: by value; two functions are equal if they are the same object.
class Strategy {
 public:
  /// Which of the functions below made it.
  enum class Kind { balance, minority, majority, not_minority, not_majority, all, only, ratio, counts, function };
  /// Classes with numbers of rows.
  using Counts = std::vector<ClassCount>;
  /// Gets the classes with their sizes, in sorted order; returns the wanted sizes of those it names.
  using Function = std::function<Counts(const Counts&)>;

  Strategy() = default;

  /// In one line, as the caller wrote it.
  std::string describe() const;

  /// Whether it asks for numbers of rows, and does not only name classes.
  bool has_numbers() const noexcept { return kind_ == Kind::ratio || kind_ == Kind::counts || kind_ == Kind::function; }

  friend bool operator==(const Strategy&, const Strategy&) = default;

  /// Rows wanted of each class by an over-sampler, at least as many as there are; nothing for a class
  /// that the strategy leaves alone.
  /// Throws InvalidOption with the class and both numbers, TooFewClasses.
  std::vector<std::optional<Index>> raised(const Classes& classes, std::string_view sampler, Draws draws) const;
  /// Rows to keep of each class by an under-sampler, at most as many as there are; likewise.
  std::vector<std::optional<Index>> lowered(const Classes& classes, std::string_view sampler, Draws draws) const;
  /// Whether each class may lose rows to a cleaner. Throws InvalidOption where the strategy asks for numbers of rows,
  /// which a cleaner cannot meet, or names a class that y does not have; TooFewClasses.
  std::vector<bool> cleaned(const Classes& classes, std::string_view sampler) const;

 private:
  explicit Strategy(Kind kind) : kind_(kind) {}
  friend Strategy balance();
  friend Strategy minority();
  friend Strategy majority();
  friend Strategy not_minority();
  friend Strategy not_majority();
  friend Strategy all();
  friend Strategy only(std::vector<Label> labels);
  friend Strategy ratio(double share);
  friend Strategy counts(Counts wanted);
  friend Strategy targets(Function function);

  /// The counts given, or returned by the function, by class code.
  std::vector<std::optional<Index>> named(const Classes& classes, std::string_view sampler) const;
  /// Whether each class is one that a strategy of this kind, without numbers, means.
  std::vector<bool> meant(Kind kind, const Classes& classes, std::string_view sampler) const;

  Kind kind_ = Kind::balance;
  double share_ = 0;                          // ratio
  Counts counts_;                             // counts; only: without numbers of rows
  std::shared_ptr<const Function> function_;  // function
};

/// Every class as large as the largest (over-sampling) or as small as the smallest (under-sampling).
inline Strategy balance() { return Strategy(Strategy::Kind::balance); }
/// Only the smallest class.
inline Strategy minority() { return Strategy(Strategy::Kind::minority); }
/// Only the largest class.
inline Strategy majority() { return Strategy(Strategy::Kind::majority); }
/// Every class but the smallest.
inline Strategy not_minority() { return Strategy(Strategy::Kind::not_minority); }
/// Every class but the largest.
inline Strategy not_majority() { return Strategy(Strategy::Kind::not_majority); }
/// Every class.
inline Strategy all() { return Strategy(Strategy::Kind::all); }
/// The classes with these labels: `only({"ill"})`. Throws nothing; a label that y does not have is named when it is used.
inline Strategy only(std::vector<Label> labels) {
  Strategy strategy(Strategy::Kind::only);
  for (Label& label : labels) strategy.counts_.push_back({std::move(label), 0});
  return strategy;
}
/// Size of the smaller class as a share of the larger, in (0, 1], for any number of classes. A mild
/// ratio (0.1 to 0.5) disturbs probabilities less than balance.
inline Strategy ratio(double share) {
  Strategy strategy(Strategy::Kind::ratio);
  strategy.share_ = share;
  return strategy;
}
/// Sizes by label: `counts({{Fraud::yes, 5000}})`. Classes not named stay as they are.
inline Strategy counts(Strategy::Counts wanted) {
  Strategy strategy(Strategy::Kind::counts);
  strategy.counts_ = std::move(wanted);
  return strategy;
}
/// Sizes by a function of the sizes there are; see `Strategy::Function`. Throws InvalidOption (empty function).
inline Strategy targets(Strategy::Function function) {
  if (!function) throw InvalidOption("Strategy: the targets function is empty; pass a callable");
  Strategy strategy(Strategy::Kind::function);
  strategy.function_ = std::make_shared<const Strategy::Function>(std::move(function));
  return strategy;
}

namespace detail {

using Targets = std::vector<std::optional<Index>>;

/// The largest and smallest class among those that have rows; equal sizes: the smaller label.
struct Extremes {
  std::uint32_t largest = 0;
  std::uint32_t smallest = 0;
};

inline Extremes extremes(const Classes& classes) {
  require_two_classes(classes);
  std::optional<Extremes> out;
  for (std::uint32_t c = 0; c < classes.size(); ++c) {
    if (classes.count(c) == 0) continue;
    if (!out) out = Extremes{c, c};
    if (classes.count(c) > classes.count(out->largest)) out->largest = c;
    if (classes.count(c) < classes.count(out->smallest)) out->smallest = c;
  }
  return *out;
}

inline bool chosen(Strategy::Kind kind, std::uint32_t c, Extremes extremes) {
  switch (kind) {
    case Strategy::Kind::minority: return c == extremes.smallest;
    case Strategy::Kind::majority: return c == extremes.largest;
    case Strategy::Kind::not_minority: return c != extremes.smallest;
    case Strategy::Kind::not_majority: return c != extremes.largest;
    default: return true;
  }
}

/// `rows` for each class that is meant.
inline Targets choose(const std::vector<bool>& meant, Index rows) {
  Targets out(meant.size());
  for (std::size_t c = 0; c < meant.size(); ++c)
    if (meant[c]) out[c] = rows;
  return out;
}

[[noreturn, gnu::cold]] inline void throw_wrong_end(std::string_view sampler, std::string_view strategy,
                                                    const Classes& classes, std::uint32_t c, std::string_view reason) {
  throw InvalidOption(text({sampler, ": strategy ", strategy, " names class ", classes.label(c).text, " with ",
                            classes.count(c), " rows, ", reason}));
}

inline void require_share(std::string_view sampler, double share) {
  if (!(share > 0 && share <= 1)) throw_option(sampler, "ratio", share, "above 0 and at most 1");
}

/// The smallest m with m / rows >= share. By division, which rounds correctly: 29 / 100 is 0.29 while
/// 0.29 * 100 is 28.999999999999996.
inline Index at_least(double share, Index rows) {
  auto m = static_cast<Index>(share * static_cast<double>(rows));
  while (m > 0 && static_cast<double>(m - 1) / static_cast<double>(rows) >= share) --m;
  while (static_cast<double>(m) / static_cast<double>(rows) < share) ++m;
  return m;
}

/// The largest m with rows / m >= share.
inline Index at_most(double share, Index rows) {
  auto m = static_cast<Index>(static_cast<double>(rows) / share);
  while (static_cast<double>(rows) / static_cast<double>(m + 1) >= share) ++m;
  while (m > 1 && static_cast<double>(rows) / static_cast<double>(m) < share) --m;
  return m;
}

/// Counts by class code; refuses unknown and repeated labels and negative numbers.
[[gnu::cold]] inline Targets by_code(const Strategy::Counts& counts, const Classes& classes, std::string_view sampler) {
  Targets out(classes.size());
  for (const auto& [label, rows] : counts) {
    const auto at = std::find(classes.labels().begin(), classes.labels().end(), label);
    if (at == classes.labels().end()) {
      std::string known;
      for (std::uint32_t c = 0; c < std::min(classes.size(), 20u); ++c)
        known += (known.empty() ? "" : ", ") + classes.label(c).text;
      throw InvalidOption(
          text({sampler, ": the strategy names class ", label.text, ", but y has no such class; it has ", known}));
    }
    auto& target = out[static_cast<std::size_t>(at - classes.labels().begin())];
    if (target) throw InvalidOption(text({sampler, ": the strategy names class ", label.text, " twice; name it once"}));
    if (rows < 0)
      throw InvalidOption(text({sampler, ": the strategy asks for ", rows, " rows of class ", label.text,
                                "; a count cannot be negative: ask for 0 or more"}));
    target = rows;
  }
  return out;
}

inline Strategy::Counts sizes(const Classes& classes) {
  Strategy::Counts out;
  for (std::uint32_t c = 0; c < classes.size(); ++c) out.push_back({classes.label(c), classes.count(c)});
  return out;
}

[[gnu::cold]] inline Targets raised_to_ratio(double share, const Classes& classes, std::string_view sampler,
                                             Draws draws) {
  require_share(sampler, share);
  const Extremes ends = extremes(classes);
  const Index most = classes.count(ends.largest);
  Targets out(classes.size());
  bool gains = false;
  for (std::uint32_t c = 0; c < classes.size(); ++c) {
    const Index have = classes.count(c);
    if (c == ends.largest || have == 0) continue;
    // imbalanced-learn truncates the difference; two roundings, as there
    const Index want =
        draws == Draws::even
            ? at_least(share, most)
            : have + static_cast<Index>(rounded(static_cast<double>(most) * share) - static_cast<double>(have));
    out[c] = std::max(have, want);
    gains = gains || want > have;
  }
  if (!gains)
    throw_target(sampler, classes.label(ends.smallest).text, classes.count(ends.smallest), at_least(share, most),
                 text({"ratio ", share, " of the largest class is already met; raise it"}));
  return out;
}

[[gnu::cold]] inline Targets lowered_to_ratio(double share, const Classes& classes, std::string_view sampler,
                                              Draws draws) {
  require_share(sampler, share);
  const Extremes ends = extremes(classes);
  const Index least = classes.count(ends.smallest);
  // A tiny ratio allows more rows than a number can count; more than the largest class has is enough to say so.
  const double bound =
      std::min(static_cast<double>(least) / share, 2.0 * static_cast<double>(classes.count(ends.largest)));
  const Index most = draws == Draws::imbalanced_learn || bound < static_cast<double>(least) / share
                         ? static_cast<Index>(bound)
                         : at_most(share, least);
  Targets out(classes.size());
  for (std::uint32_t c = 0; c < classes.size(); ++c)
    if (c != ends.smallest && classes.count(c) > 0) out[c] = std::min(classes.count(c), most);
  if (classes.count(ends.largest) < most)
    throw_target(sampler, classes.label(ends.largest).text, classes.count(ends.largest), most,
                 text({"ratio ", share, " of the smallest class is already met; raise it"}));
  return out;
}

}  // namespace detail

// Once per call and never hot: gnu::cold spares every program the time to optimize them.

[[gnu::cold]] inline std::vector<std::optional<Index>> Strategy::named(const Classes& classes,
                                                                       std::string_view sampler) const {
  detail::require_two_classes(classes);
  return detail::by_code(kind_ == Kind::counts ? counts_ : (*function_)(detail::sizes(classes)), classes, sampler);
}

[[gnu::cold]] inline std::vector<bool> Strategy::meant(Kind kind, const Classes& classes,
                                                       std::string_view sampler) const {
  const detail::Extremes ends = detail::extremes(classes);
  std::vector<bool> out(classes.size());
  const auto listed = kind == Kind::only ? detail::by_code(counts_, classes, sampler) : detail::Targets(classes.size());
  for (std::uint32_t c = 0; c < classes.size(); ++c)
    out[c] = classes.count(c) > 0 && (kind == Kind::only ? listed[c].has_value() : detail::chosen(kind, c, ends));
  return out;
}

[[gnu::cold]] inline std::vector<std::optional<Index>> Strategy::raised(const Classes& classes,
                                                                        std::string_view sampler, Draws draws) const {
  if (kind_ == Kind::ratio) return detail::raised_to_ratio(share_, classes, sampler, draws);
  if (kind_ == Kind::counts || kind_ == Kind::function) {
    auto out = named(classes, sampler);
    for (std::uint32_t c = 0; c < classes.size(); ++c)
      if (out[c] && *out[c] < classes.count(c))
        detail::throw_target(sampler, classes.label(c).text, classes.count(c), *out[c],
                             "over-sampling removes no rows: ask for at least as many as there are");
    return out;
  }
  const detail::Extremes ends = detail::extremes(classes);
  if (kind_ == Kind::majority)
    detail::throw_wrong_end(sampler, "majority()", classes, ends.largest,
                            "the most; over-sampling cannot raise it: use balance() or counts({...})");
  return detail::choose(meant(kind_ == Kind::balance ? Kind::not_majority : kind_, classes, sampler),
                        classes.count(ends.largest));
}

[[gnu::cold]] inline std::vector<std::optional<Index>> Strategy::lowered(const Classes& classes,
                                                                         std::string_view sampler, Draws draws) const {
  if (kind_ == Kind::ratio) return detail::lowered_to_ratio(share_, classes, sampler, draws);
  if (kind_ == Kind::counts || kind_ == Kind::function) {
    auto out = named(classes, sampler);
    for (std::uint32_t c = 0; c < classes.size(); ++c)
      if (out[c] && *out[c] > classes.count(c))
        detail::throw_target(sampler, classes.label(c).text, classes.count(c), *out[c],
                             "under-sampling adds no rows: ask for at most as many as there are");
    return out;
  }
  const detail::Extremes ends = detail::extremes(classes);
  if (kind_ == Kind::minority)
    detail::throw_wrong_end(sampler, "minority()", classes, ends.smallest,
                            "the fewest; under-sampling cannot lower it: use balance() or counts({...})");
  return detail::choose(meant(kind_ == Kind::balance ? Kind::not_minority : kind_, classes, sampler),
                        classes.count(ends.smallest));
}

[[gnu::cold]] inline std::vector<bool> Strategy::cleaned(const Classes& classes, std::string_view sampler) const {
  if (has_numbers())
    throw InvalidOption(
        detail::text({sampler, ": strategy ", describe(),
                      " asks for numbers of rows, which a cleaner cannot "
                      "meet; name the classes that may lose rows, as in only({...}), and set min_per_class"}));
  const detail::Extremes ends = detail::extremes(classes);
  if (kind_ == Kind::minority)
    detail::throw_wrong_end(sampler, "minority()", classes, ends.smallest,
                            "the fewest; to clean it all the same, name it in only({...})");
  if (kind_ != Kind::balance) return meant(kind_, classes, sampler);
  std::vector<bool> larger(classes.size());
  for (std::uint32_t c = 0; c < classes.size(); ++c) larger[c] = classes.count(c) > classes.count(ends.smallest);
  const bool all_equal = classes.count(ends.largest) == classes.count(ends.smallest);
  return all_equal ? meant(Kind::all, classes, sampler) : larger;
}

[[gnu::cold]] inline std::string Strategy::describe() const {
  switch (kind_) {
    case Kind::balance: return "balance()";
    case Kind::minority: return "minority()";
    case Kind::majority: return "majority()";
    case Kind::not_minority: return "not_minority()";
    case Kind::not_majority: return "not_majority()";
    case Kind::all: return "all()";
    case Kind::ratio: return detail::text({"ratio(", share_, ")"});
    case Kind::function: return "targets(function)";
    case Kind::only:
    case Kind::counts: break;
  }
  if (kind_ == Kind::only) {
    std::string out = "only({";
    for (const auto& [label, rows] : counts_) out += (out.back() == '{' ? "" : ", ") + detail::written(label);
    return out + "})";
  }
  std::string out = "counts({";
  for (const auto& [label, rows] : counts_)
    out += detail::text({out.back() == '{' ? "{" : ", {", detail::written(label), ", ", rows, "}"});
  return out + "})";
}

}  // inline namespace
}  // namespace rebalance
