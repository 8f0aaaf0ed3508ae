// SPDX-License-Identifier: MIT
#include "strategy_text.hpp"

#include <string_view>
#include <utility>

#include "csv_record.hpp"
#include "message.hpp"
#include "number_text.hpp"

namespace resample_csv {

namespace {

using rebalance::Strategy;

constexpr std::pair<std::string_view, Strategy (*)()> named_strategies[] = {
    {"auto", rebalance::balance},
    {"minority", rebalance::minority},
    {"majority", rebalance::majority},
    {"not_minority", rebalance::not_minority},
    {"not_majority", rebalance::not_majority},
    {"all", rebalance::all},
};

Strategy parse_ratio(std::string_view text) {
  const auto share = parse_number(text);
  if (!share) throw WrongUsage("--strategy ratio=" + std::string(text) + ": that is no number; write ratio=0.5");
  return rebalance::ratio(*share);
}

Strategy parse_counts(std::string_view text) {
  const auto wrong = [](std::string_view entry) {
    return WrongUsage("--strategy counts: " + quoted(entry) + " is not LABEL:N; write counts=LABEL:N,LABEL:N");
  };
  Fields entries;
  if (!RecordParser().append(text, entries) || entries.size() == 0) throw wrong(text);

  Strategy::Counts counts;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto entry = entries[i];
    const auto colon = entry.rfind(':');  // a label may hold others
    if (colon == std::string_view::npos) throw wrong(entry);
    const auto rows = parse_canonical_integer(entry.substr(colon + 1));
    if (!rows) throw wrong(entry);
    counts.push_back({entry.substr(0, colon), static_cast<rebalance::Index>(*rows)});
  }
  return rebalance::counts(std::move(counts));
}

}  // namespace

Strategy parse_strategy(const std::string& text) {
  for (const auto& [name, make] : named_strategies)
    if (text == name) return make();
  const std::string_view all = text;
  if (all.starts_with("ratio=")) return parse_ratio(all.substr(6));
  if (all.starts_with("counts=")) return parse_counts(all.substr(7));
  if (all.starts_with("list="))
    throw WrongUsage(
        "--strategy list= is for samplers that clean, which come with a later version; "
        "use counts=LABEL:N,.. to name classes");
  throw WrongUsage("--strategy " + quoted(text) +
                   " is unknown; use auto, minority, majority, not_minority, not_majority, all, ratio=R or "
                   "counts=LABEL:N,..");
}

}  // namespace resample_csv
