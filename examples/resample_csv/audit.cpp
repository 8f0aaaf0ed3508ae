// SPDX-License-Identifier: MIT
#include "audit.hpp"

#include <rebalance/audit/audit_page.hpp>
#include <rebalance/audit/fidelity.hpp>

namespace resample_csv {

std::string audit_page(const rebalance::Execution& how, const CsvTable& table, const TrainingSet& set,
                       const Outcome& outcome, const std::string& title) {
  rebalance::FidelityOptions options{.space = {.scaling = rebalance::Scaling::standard}};
  for (const std::size_t column : set.features) options.column_names.push_back(table.names()[column]);
  return with_data(set, [&](const auto& data) {
    const auto fidelity = rebalance::fidelity(how, data, outcome.plan, options);
    return rebalance::audit_page(data, outcome.plan, fidelity, {.title = title});
  });
}

}  // namespace resample_csv
