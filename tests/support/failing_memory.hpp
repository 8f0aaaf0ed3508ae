// SPDX-License-Identifier: MIT
#pragma once

// Memory that runs out when a test wants it to, and a count of the blocks in use: everything that this program asks
// malloc for (Eigen does) or operator new. For one file of a program that is linked with
// -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=free.

#include <atomic>
#include <cstdlib>
#include <limits>
#include <new>

namespace failing_memory {

/// Which requests are refused once a shortage has begun: some that follow one another.
enum class Shortage { one, all_from };

inline constexpr long never = std::numeric_limits<long>::max();
inline std::atomic<long> blocks{0};   ///< in use
inline std::atomic<long> asked{0};    ///< requests since a shortage was last begun
inline std::atomic<long> refused{0};  ///< of these
inline std::atomic<long> first_refused{never};
inline std::atomic<long> last_refused{never};

/// Refuses request number `nth` from now on, counted from 1, or all from that on, until the scope is left.
class Scope {
 public:
  Scope(long nth, Shortage shortage) {
    asked = refused = 0;
    last_refused = shortage == Shortage::one ? nth : never;
    first_refused = nth;
  }
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  ~Scope() { end(); }

  void end() { first_refused = never; }
};

inline bool refuses() {
  const long number = ++asked;
  const bool refuse = number >= first_refused && number <= last_refused;
  if (refuse) ++refused;
  return refuse;
}

inline void* counted(void* memory) {
  if (memory) ++blocks;
  return memory;
}

inline void* allocated(std::size_t bytes, std::size_t alignment = 0) noexcept {
  if (alignment == 0) return std::malloc(bytes == 0 ? 1 : bytes);
  if (refuses()) return nullptr;
  return counted(std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment));
}

template <class... Alignment>
void* allocated_or_thrown(std::size_t bytes, Alignment... alignment) {
  if (void* const memory = allocated(bytes, static_cast<std::size_t>(alignment)...)) return memory;
  throw std::bad_alloc();
}

}  // namespace failing_memory

extern "C" {
void* __real_malloc(std::size_t);
void* __real_calloc(std::size_t, std::size_t);
void* __real_realloc(void*, std::size_t);
void __real_free(void*);

void* __wrap_malloc(std::size_t bytes) {
  return failing_memory::refuses() ? nullptr : failing_memory::counted(__real_malloc(bytes));
}
void* __wrap_calloc(std::size_t count, std::size_t bytes) {
  return failing_memory::refuses() ? nullptr : failing_memory::counted(__real_calloc(count, bytes));
}
void* __wrap_realloc(void* memory, std::size_t bytes) {
  if (!memory) return __wrap_malloc(bytes);
  return failing_memory::refuses() ? nullptr : __real_realloc(memory, bytes);
}
void __wrap_free(void* memory) {
  if (memory) --failing_memory::blocks;
  __real_free(memory);
}
}

// All of them: a sanitizer would keep those that are not replaced for itself.
void* operator new(std::size_t bytes) { return failing_memory::allocated_or_thrown(bytes); }
void* operator new[](std::size_t bytes) { return failing_memory::allocated_or_thrown(bytes); }
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept { return failing_memory::allocated(bytes); }
void* operator new[](std::size_t bytes, const std::nothrow_t&) noexcept { return failing_memory::allocated(bytes); }
void* operator new(std::size_t bytes, std::align_val_t at) { return failing_memory::allocated_or_thrown(bytes, at); }
void* operator new[](std::size_t bytes, std::align_val_t at) { return failing_memory::allocated_or_thrown(bytes, at); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
