// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <rebalance/core/strategy.hpp>

namespace resample_csv {

/// The strategy that a command line names: auto, minority, majority, not_minority, not_majority, all, ratio=R or
/// counts=LABEL:N,... (quoted as CSV where a label holds a comma). Throws WrongUsage.
rebalance::Strategy parse_strategy(const std::string& text);

}  // namespace resample_csv
