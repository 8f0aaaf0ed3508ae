// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include <rebalance/core/huge_pages.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Memory in huge pages, where it is large, that nobody writes before its owner does.
template <class T>
struct BulkAllocator : std::allocator<T> {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
  template <class U>
  struct rebind {
    using other = BulkAllocator<U>;
  };

  BulkAllocator() = default;
  template <class U>
  BulkAllocator(const BulkAllocator<U>&) noexcept {}  // NOLINT: allocators convert

  T* allocate(std::size_t count) {
    T* const memory = std::allocator<T>::allocate(count);
    advise_huge_pages(memory, count * sizeof(T));
    return memory;
  }
  void construct(T*) noexcept {}
  template <class... From>
  void construct(T* at, From&&... from) {
    std::construct_at(at, std::forward<From>(from)...);
  }
};

/// A vector for something of every row. `resize` leaves what it adds unwritten: threads then touch the memory first,
/// each its own part.
template <class T>
using BulkVector = std::vector<T, BulkAllocator<T>>;

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
