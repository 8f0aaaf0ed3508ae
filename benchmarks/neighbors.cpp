// SPDX-License-Identifier: MIT
//
// All rows of a set for their 5 nearest, on one thread: both backends, to see where the one overtakes the other, and
// how near brute force comes to what the processor can do.

#include <benchmark/benchmark.h>

#include <numeric>

#include "data.hpp"
#include "fma_peak.hpp"

namespace {

using namespace rebalance;

void all_nearest(benchmark::State& state, Backend backend) {
  const auto set = bench::mixture(state.range(0), state.range(1), 0.5);
  std::vector<Index> all(static_cast<std::size_t>(state.range(0)));
  std::iota(all.begin(), all.end(), Index{0});
  const Execution how{.threads = 1, .backend = backend};
  for (auto _ : state) benchmark::DoNotOptimize(nearest_neighbors(detail::view_of(set.X), all, all, 5, how));
  state.counters["queries/s"] =
      benchmark::Counter(static_cast<double>(state.range(0)), benchmark::Counter::kIsIterationInvariantRate);
}

/// Counted is what has to be done: a multiplication and an addition for each column of each pair of rows, and each pair
/// once, whatever is done in fact.
void all_pairs(benchmark::State& state) {
  static const double peak = bench::fma_peak();
  all_nearest(state, Backend::brute_force);
  const auto rows = static_cast<double>(state.range(0)), columns = static_cast<double>(state.range(1));
  const double operations = rows * rows * columns;
  state.counters["flop/s"] = benchmark::Counter(operations, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["of peak"] = benchmark::Counter(operations / peak, benchmark::Counter::kIsIterationInvariantRate);
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgsProduct({{1'000, 10'000}, {2, 4, 6, 8, 10, 12, 16, 30, 64}})->Unit(benchmark::kMillisecond);
}
void large_sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgsProduct({{100'000}, {2, 4, 8}})->Unit(benchmark::kMillisecond);
}
void wide_sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgsProduct({{5'000, 20'000}, {8, 16, 30, 64, 128}})->Unit(benchmark::kMillisecond);
}

BENCHMARK_CAPTURE(all_nearest, kd_tree, Backend::kd_tree)->Apply(sizes)->Apply(large_sizes);
BENCHMARK_CAPTURE(all_nearest, brute_force, Backend::brute_force)->Apply(sizes);
BENCHMARK_CAPTURE(all_nearest, automatic, Backend::automatic)->Apply(sizes)->Apply(large_sizes);
BENCHMARK(all_pairs)->Apply(wide_sizes);

}  // namespace
