// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <new>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include <rebalance/core/error.hpp>
#include <rebalance/core/execution.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Joins its threads however the scope is left.
class ThreadGroup {
 public:
  ThreadGroup() = default;
  ThreadGroup(const ThreadGroup&) = delete;
  ThreadGroup& operator=(const ThreadGroup&) = delete;
  ~ThreadGroup() { join(); }

  /// A machine that is out of threads, or of memory for them, only makes the work slower: whoever runs takes all chunks.
  void start(Index count, const std::function<void()>& work) {
    try {
      threads_.reserve(static_cast<std::size_t>(count));
      for (Index i = 0; i < count; ++i) threads_.emplace_back(work);
    } catch (const std::system_error&) {
    } catch (const std::bad_alloc&) {
    }
  }
  void join() {
    for (auto& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  std::vector<std::thread> threads_;
};

/// The exception of the lowest chunk that threw, so that the same one surfaces on any number of threads.
class FirstError {
 public:
  void keep(Index chunk) {
    const std::lock_guard lock(mutex_);
    if (error_ && chunk_ < chunk) return;
    chunk_ = chunk;
    error_ = std::current_exception();
  }
  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  std::mutex mutex_;
  std::exception_ptr error_;
  Index chunk_ = 0;
};

inline void report(const Execution& how, std::string_view what, double share) {
  if (how.progress && !how.progress(what, share))
    throw Cancelled(text({"cancelled by the progress callback while ", what}));
}

inline Index thread_count(const Execution& how, Index chunks) {
  if (how.threads < 0) throw_option("Execution", "threads", how.threads, "at least 0 (0 = all the hardware has)");
  const Index wanted = how.threads > 0 ? how.threads : static_cast<Index>(std::thread::hardware_concurrency());
  return std::clamp(wanted, Index{1}, std::max(chunks, Index{1}));
}

/// Chunks of at most `grain` numbers that parallel_for makes of `count`.
inline Index chunks_of(Index count, Index grain) noexcept { return (count + grain - 1) / grain; }

/// Calls `work(first, last)` on chunks of at most `grain` of the numbers 0 .. count-1.
///
/// Threads take the next chunk when they are done with one. A chunk must write only what belongs to
/// its own numbers; then the result is the same for any number of threads.
/// Throws what `work` throws (the lowest chunk's exception), `Cancelled`, `InvalidOption` (threads < 0).
inline void parallel_for(const Execution& how, std::string_view what, Index count, Index grain,
                         const std::function<void(Index first, Index last)>& work) {
  const Index chunks = chunks_of(count, grain);
  std::atomic<Index> next{0};
  std::atomic<Index> finished{0};
  std::atomic<bool> stop{false};
  FirstError error;

  const auto take_chunks = [&](bool reports) {
    while (!stop) {
      const Index chunk = next++;
      if (chunk >= chunks) return;
      try {
        work(chunk * grain, std::min(count, (chunk + 1) * grain));
        ++finished;
        if (reports) report(how, what, static_cast<double>(finished) / static_cast<double>(chunks));
      } catch (...) {
        error.keep(chunk);
        stop = true;
      }
    }
  };

  ThreadGroup helpers;
  helpers.start(thread_count(how, chunks) - 1, [&] { take_chunks(false); });
  take_chunks(true);
  helpers.join();
  error.rethrow();
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
