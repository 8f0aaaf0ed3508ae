// SPDX-License-Identifier: MIT
//
// JSON from outside. The input: a text.

#include <rebalance/record/json_parser.hpp>

#include "input.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) try {
  const rebalance::Json json = rebalance::parse_json(fuzz::Input(data, size).rest());
  const std::string text = json.text();
  const rebalance::Json again = rebalance::parse_json(text);
  fuzz::require(again == json, "what is written reads back as the same value");
  fuzz::require(again.text() == text, "and is written as the same text");
  return 0;
} catch (const rebalance::InvalidRecord&) {
  return 0;
}
