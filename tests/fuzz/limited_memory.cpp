// SPDX-License-Identifier: MIT
#include "limited_memory.hpp"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <new>

namespace {

constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();
std::atomic<std::size_t> largest_piece = unlimited;

}  // namespace

namespace fuzz {

LimitedMemory::LimitedMemory() { largest_piece = std::size_t{2} << 20; }
LimitedMemory::~LimitedMemory() { largest_piece = unlimited; }

}  // namespace fuzz

void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
  return bytes <= largest_piece ? std::malloc(bytes > 0 ? bytes : 1) : nullptr;
}
void* operator new(std::size_t bytes) {
  void* const memory = operator new(bytes, std::nothrow);
  if (!memory) throw std::bad_alloc();
  return memory;
}
void* operator new[](std::size_t bytes) { return operator new(bytes); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
