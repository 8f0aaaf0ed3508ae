// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <rebalance/core/version.hpp>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Asks for pages of 2 MiB instead of 4 KiB under large memory that is new and will be written as a whole. The system
/// clears a page when it is touched first, and page by page that takes several times as long as the writing itself.
///
/// A hint: it changes no value, fails silently, and does nothing but on Linux. Call it before the first write.
inline void advise_huge_pages([[maybe_unused]] void* memory, [[maybe_unused]] std::size_t bytes) noexcept {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  constexpr std::uintptr_t page = std::uintptr_t{1} << 21;
  if (bytes < 2 * page) return;
  const auto begin = reinterpret_cast<std::uintptr_t>(memory);
  const std::uintptr_t first = (begin + page - 1) / page * page, last = (begin + bytes) / page * page;
  madvise(static_cast<char*>(memory) + (first - begin), last - first, MADV_HUGEPAGE);
#endif
}

/// Room for `count` values that are about to be appended, in huge pages where that pays.
template <class T>
void reserve_in_huge_pages(std::vector<T>& values, std::size_t count) {
  values.reserve(count);
  if constexpr (!std::same_as<T, bool>) advise_huge_pages(values.data(), count * sizeof(T));
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
