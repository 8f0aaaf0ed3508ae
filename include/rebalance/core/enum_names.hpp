// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include <rebalance/core/version.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// An enum as text: its type and its values, in their order. What describe() writes and a configuration reads.
struct EnumNames {
  std::string_view type;
  std::string_view values[4];
};

/// Specialized beside each enum that is an option of a sampler.
template <class E>
inline constexpr EnumNames enum_names{};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
