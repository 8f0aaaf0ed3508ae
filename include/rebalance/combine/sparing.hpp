// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/core/strategy.hpp>
#include <rebalance/under_sampling/edited_nearest_neighbors.hpp>
#include <rebalance/under_sampling/tomek_links.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// The cleaner of a combination: after over-sampling no class is the smallest, so the default strategy means all classes.
/// Said here and not by the default of the member alone, which `{.enn = {.n_neighbors = 5}}` would silently replace.
template <class Cleaner>
Cleaner on_every_class(Cleaner cleaner) {
  if (cleaner.strategy == balance()) cleaner.strategy = all();
  return cleaner;
}

/// A cleaner that knows which rows an earlier stage made: it tells how many real and how many synthetic rows of each
/// class went, and can spare the real rows of the classes that were filled up. A cleaner joins by overloads
/// of two functions, `judged_rows` and `clean`: in namespace detail as TomekLinks, or in its own.
template <class Cleaner>
struct Sparing {
  std::string_view sampler;  ///< whose notes they are
  Cleaner cleaner;
  bool spare_real_rows = false;

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const {
    std::vector<Index> judged = judged_rows(cleaner, data);
    if (spare_real_rows) spare(judged, data);
    Plan plan = clean(cleaner, data, judged, how);
    add_notes(plan, data);
    return plan;
  }

 private:
  template <class S>
  static bool is_synthetic(const DataView<S>& data, Index row) {
    return !data.synthetic.empty() && data.synthetic[static_cast<std::size_t>(row)] != 0;
  }

  /// Takes the real rows of classes with synthetic rows out of those that may go.
  template <class S>
  static void spare(std::vector<Index>& judged, const DataView<S>& data) {
    std::vector<bool> filled(data.classes.size());
    for (Index row = 0; row < data.rows(); ++row)
      if (is_synthetic(data, row)) filled[data.classes.code(row)] = true;
    std::erase_if(judged, [&](Index row) { return filled[data.classes.code(row)] && !is_synthetic(data, row); });
  }

  template <class S>
  [[gnu::cold]] void add_notes(Plan& plan, const DataView<S>& data) const {
    struct Gone {
      Index real = 0;
      Index synthetic = 0;
    };
    std::vector<Gone> gone(data.classes.size());
    for (const Removal& removal : plan.removed()) {
      Gone& of_class = gone[data.classes.code(removal.origin.base)];
      ++(is_synthetic(data, removal.origin.base) ? of_class.synthetic : of_class.real);
    }
    for (std::uint32_t c = 0; c < data.classes.size(); ++c)
      if (gone[c].real + gone[c].synthetic > 0)
        plan.note({std::string(sampler), data.classes.label(c),
                   text({"cleaning removed ", gone[c].real, " real and ", gone[c].synthetic, " synthetic rows"})});
  }
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
