// SPDX-License-Identifier: MIT
#include "target_column.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "message.hpp"

namespace examples {

namespace {

std::string rarer_class(const Column& column) {
  std::map<std::string_view, std::size_t> counts;
  for (std::size_t i = 0; i < column.size(); ++i) ++counts[column[i]];
  if (counts.size() != 2)
    throw Failure("column " + in_quotes(column.table.names()[column.number]) + " has " + std::to_string(counts.size()) +
                  " classes; say with --positive which of them is to be found" +
                  (counts.size() == 1 ? ", and take a column with two" : ""));
  const auto& [first, second] = std::pair(*counts.begin(), *counts.rbegin());
  return std::string(second.second <= first.second ? second.first : first.first);
}

}  // namespace

BinaryTarget read_target(const Column& column, const std::optional<std::string>& positive) {
  BinaryTarget out{column.table.names()[column.number], positive ? *positive : rarer_class(column), {}};
  for (std::size_t i = 0; i < column.size(); ++i) out.y.push_back(column[i] == out.positive ? 1 : 0);
  const auto positives = std::count(out.y.begin(), out.y.end(), 1);
  if (positives == 0 || positives == std::ssize(out.y))
    throw Failure((positives == 0 ? "no row" : "every row") + std::string(" of column ") + in_quotes(out.name) +
                  " is " + in_quotes(out.positive) + "; name with --positive a class that some rows have");
  return out;
}

}  // namespace examples
