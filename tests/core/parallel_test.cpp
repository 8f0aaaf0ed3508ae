// SPDX-License-Identifier: MIT
#include <rebalance/core/parallel.hpp>

#include <atomic>
#include <thread>
#include <vector>

#include "../support/catch.hpp"

using namespace rebalance;
using detail::parallel_for;

TEST_CASE("every number is visited once, whatever the threads and the grain", "[parallel]") {
  const int threads = GENERATE(0, 1, 2, 3, 8);
  const Index grain = GENERATE(1, 7, 1000);
  const Index count = GENERATE(0, 1, 999, 1000);
  std::vector<int> visits(static_cast<std::size_t>(count), 0);
  parallel_for(Execution{.threads = threads}, "counting", count, grain, [&](Index first, Index last) {
    for (Index i = first; i < last; ++i) ++visits[static_cast<std::size_t>(i)];
  });
  CHECK(visits == std::vector<int>(visits.size(), 1));
}

TEST_CASE("of several exceptions the one of the lowest chunk surfaces", "[parallel]") {
  const int threads = GENERATE(1, 2, 8);
  for (int repeat = 0; repeat < 20; ++repeat)
    CHECK_THROWS_WITH(parallel_for(Execution{.threads = threads}, "failing", 64, 1,
                                   [](Index first, Index) {
                                     if (first >= 5) throw std::runtime_error(std::to_string(first));
                                   }),
                      "5");
}

TEST_CASE("progress comes on the calling thread, grows, and ends at 1 on one thread", "[parallel]") {
  const int threads = GENERATE(1, 4);
  double last = 0;
  bool here = true, grows = true;
  const auto caller = std::this_thread::get_id();
  const Execution how{.threads = threads, .progress = [&](std::string_view what, double share) {
                        here = here && std::this_thread::get_id() == caller && what == "counting";
                        grows = grows && share >= last && share <= 1;
                        last = share;
                        return true;
                      }};
  parallel_for(how, "counting", 100, 1, [](Index, Index) {});
  CHECK(here);
  CHECK(grows);
  if (threads == 1) CHECK(last == 1.0);
}

TEST_CASE("a callback that returns false cancels", "[parallel]") {
  const int threads = GENERATE(1, 4);
  std::atomic<int> chunks{0};
  const Execution how{.threads = threads, .progress = [](std::string_view, double) { return false; }};
  // slow chunks, so that helpers cannot have finished all of them before the caller reports its first
  CHECK_THROWS_AS(parallel_for(how, "counting", 1000, 1,
                               [&](Index, Index) {
                                 ++chunks;
                                 std::this_thread::sleep_for(std::chrono::milliseconds(1));
                               }),
                  Cancelled);
  CHECK(chunks < 1000);
}

TEST_CASE("a negative number of threads is refused", "[parallel]") {
  CHECK_THROWS_AS(parallel_for(Execution{.threads = -1}, "x", 10, 1, [](Index, Index) {}), InvalidOption);
}
