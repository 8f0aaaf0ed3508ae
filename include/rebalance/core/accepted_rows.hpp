// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/materialize.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/row_keys.hpp>
#include <rebalance/core/row_rules.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Tries the new rows of a plan one by one. What is drawn anew is the step alone: parents, and so how often each row is a
/// base, stay what they are. Numbers are addressed by the step drawn first, so they belong to the row.
template <class S>
class AcceptedRows {
 public:
  AcceptedRows(const RowRules& rules, const DataView<S>& data, const Plan& plan)
      : rules_(rules),
        data_(data),
        plan_(plan),
        row_(static_cast<std::size_t>(data.X.cols())),
        values_(row_.size()),
        tried_(data.classes.size()) {}

  /// The plan with accepted rows alone, and a note for each class. Throws InvalidOption.
  Plan plan() {
    Plan out = plan_.rewritten([&](Index row) -> std::optional<Plan::Rewritten> {
      if (plan_.is_verbatim(row)) return Plan::Rewritten{plan_[row]};
      return accepted(row);
    });
    for (std::uint32_t c = 0; c < data_.classes.size(); ++c)
      if (tried_[c].redrawn + tried_[c].failed > 0) out.note({"accept", data_.classes.label(c), told(tried_[c])});
    return out;
  }

 private:
  /// What became of the new rows of a class.
  struct Tried {
    Index rows = 0;
    Index redrawn = 0;  ///< accepted with another step
    Index failed = 0;   ///< in no try
    Index dropped = 0;  ///< of these
  };

  std::optional<Plan::Rewritten> accepted(Index row) {
    const Origin& first = plan_[row];
    Tried& tried = tried_[data_.classes.code(first.base)];
    ++tried.rows;
    if (accepts(row, first)) return Plan::Rewritten{first};
    for (int i = 0; i < rules_.tries.most && has_step(row); ++i) {
      const Origin again = redrawn(row, i);
      if (!accepts(row, again)) continue;
      ++tried.redrawn;
      return Plan::Rewritten{again};
    }
    ++tried.failed;
    if (rules_.tries.otherwise == Otherwise::nearest_parent)
      if (const auto parent = accepted_parent(row)) return Plan::Rewritten{{*parent, *parent, 1}, true};
    if (rules_.tries.otherwise == Otherwise::error)
      throw InvalidOption(text({"accept: a new row of class ", data_.classes.label(data_.classes.code(first.base)).text,
                                " was not accepted in any of ", rules_.tries.most,
                                " tries; choose Otherwise::nearest_parent or ::drop, or more tries"}));
    ++tried.dropped;
    return {};
  }

  /// The nearer parent, or else the other, of those that are accepted themselves and of the row's class.
  std::optional<Index> accepted_parent(Index row) {
    const Origin& origin = plan_[row];
    const bool base_first = plan_.rule(row) != nullptr || origin.step < 0.5;  // by a rule a step is no distance
    for (const Index parent :
         {base_first ? origin.base : origin.neighbor, base_first ? origin.neighbor : origin.base}) {
      if (data_.classes.code(parent) != data_.classes.code(origin.base)) continue;  // or the copy would have its label
      for (Index j = 0; j < data_.X.cols(); ++j)
        values_[static_cast<std::size_t>(j)] = static_cast<double>(data_.X(parent, j));
      if (rules_.accept(values_)) return parent;
    }
    return {};
  }

  /// Whether another step makes another row: not of a list of noise, nor where votes made the row.
  bool has_step(Index row) const {
    const Rule* rule = plan_.rule(row);
    return rule ? rule->kind != Rule::Kind::listed : plan_[row].neighbor != plan_[row].base;
  }
  /// Between parents of two classes (BorderlineSmote's kind 2) less than half the way, as the first step was.
  Origin redrawn(Index row, int i) const {
    const Origin& first = plan_[row];
    const std::uint64_t key = key_of_values(data_.X.data() + first.base * data_.X.outerStride(), data_.X.cols());
    const auto bits = random_pair(std::bit_cast<std::uint64_t>(first.step), 2, key, static_cast<std::uint32_t>(i))[0];
    const bool half = data_.classes.code(first.base) != data_.classes.code(first.neighbor);
    const double step = plan_.rule(row) ? open_interval(bits) : unit_interval(bits);
    return {first.base, first.neighbor, half ? step / 2 : step};
  }
  bool accepts(Index row, const Origin& origin) {
    write_row(plan_, row, origin, data_.X, row_.data());
    for (std::size_t j = 0; j < row_.size(); ++j) values_[j] = static_cast<double>(row_[j]);
    return rules_.accept(values_);
  }

  std::string told(const Tried& tried) const {
    return text({"of ", tried.rows, " new rows ", tried.redrawn, " were accepted with another step, ",
                 tried.failed - tried.dropped, " replaced by a parent, ", tried.dropped, " left out"});
  }

  const RowRules& rules_;
  const DataView<S>& data_;
  const Plan& plan_;
  std::vector<S> row_;
  std::vector<double> values_;
  std::vector<Tried> tried_;  // by class
};

/// A stage's plan under the rules of the data.
template <class S>
Plan under_rules(Plan plan, const DataView<S>& data) {
  if (data.rules == nullptr) return plan;
  plan.rule_columns(data.rules->columns);
  return data.rules->accept ? AcceptedRows<S>(*data.rules, data, plan).plan() : std::move(plan);
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
