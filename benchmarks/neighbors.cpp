// SPDX-License-Identifier: MIT
//
// All rows of a set for their 5 nearest: both backends, to see where the one overtakes the other.

#include <benchmark/benchmark.h>

#include <numeric>

#include "data.hpp"

namespace {

using namespace rebalance;

void all_nearest(benchmark::State& state, Backend backend) {
  const auto set = bench::mixture(state.range(0), state.range(1), 0.5);
  std::vector<Index> all(static_cast<std::size_t>(state.range(0)));
  std::iota(all.begin(), all.end(), Index{0});
  const Execution how{.threads = 1, .backend = backend};
  for (auto _ : state)
    benchmark::DoNotOptimize(nearest_neighbors(detail::view_of(set.X), all, all, 5, how));
  state.counters["queries/s"] =
      benchmark::Counter(static_cast<double>(state.range(0)), benchmark::Counter::kIsIterationInvariantRate);
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  for (const int rows : {1'000, 10'000})
    for (const int columns : {2, 4, 6, 8, 10, 12, 16, 30, 64}) benchmark->Args({rows, columns});
  benchmark->Unit(benchmark::kMillisecond);
}

BENCHMARK_CAPTURE(all_nearest, kd_tree, Backend::kd_tree)->Apply(sizes);
BENCHMARK_CAPTURE(all_nearest, brute_force, Backend::brute_force)->Apply(sizes);
BENCHMARK_CAPTURE(all_nearest, automatic, Backend::automatic)->Apply(sizes);

}  // namespace
