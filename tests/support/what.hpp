// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

#include <rebalance/core/error.hpp>

/// The message of the library's exception that a call throws; empty if it throws none.
inline std::string what(const std::function<void()>& call) {
  try {
    call();
  } catch (const rebalance::Error& error) {
    return error.what();
  }
  return "";
}
