// SPDX-License-Identifier: MIT
//
// Whole calls, from the caller's matrix to the rows; one and two threads. And the writing of rows alone.

#include <benchmark/benchmark.h>

#include "data.hpp"

namespace {

using namespace rebalance;

template <class Sampler>
void time_call(benchmark::State& state, const bench::Set& set, const Sampler& sampler) {
  const Execution how{.threads = static_cast<int>(state.range(3))};
  Index made = 0;
  for (auto _ : state) {
    const auto out = resample(how, set.X, set.y, sampler);
    made = out.X.rows();
    benchmark::DoNotOptimize(out.X.data());
  }
  state.counters["rows/s"] =
      benchmark::Counter(static_cast<double>(made), benchmark::Counter::kIsIterationInvariantRate);
}

/// Arguments: rows, columns, minority in percent, threads.
template <class Sampler>
void whole_call(benchmark::State& state, const Sampler& sampler) {
  time_call(state, bench::mixture(state.range(0), state.range(1), static_cast<double>(state.range(2)) / 100), sampler);
}

/// Half of the columns nominal, the last ones.
void mixed_call(benchmark::State& state) {
  const Index columns = state.range(1), numbers = columns / 2;
  SmoteNc sampler{.seed = 1};
  for (Index column = numbers; column < columns; ++column) sampler.nominal.push_back(column);
  time_call(state,
            bench::mixture_with_categories(state.range(0), numbers, columns - numbers,
                                           static_cast<double>(state.range(2)) / 100),
            sampler);
}

/// All columns nominal.
void nominal_call(benchmark::State& state) {
  time_call(
      state,
      bench::mixture_with_categories(state.range(0), 0, state.range(1), static_cast<double>(state.range(2)) / 100),
      SmoteN{.seed = 1});
}

/// Into memory that is there already: what is left is reading parents and writing rows.
void write_rows(benchmark::State& state) {
  const auto set = bench::mixture(state.range(0), state.range(1), static_cast<double>(state.range(2)) / 100);
  const Execution how{.threads = static_cast<int>(state.range(3))};
  const Plan plan = make_plan(how, set.X, set.y, Smote{.seed = 1});
  Matrix<double> out = Matrix<double>::Zero(plan.size(), set.X.cols());
  for (auto _ : state) {
    materialize(how, plan, set.X, out);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(state.iterations() * out.size() * static_cast<Index>(sizeof(double)));
}

/// Into new memory, as resample() does: what is added is its first touch.
void write_new_rows(benchmark::State& state) {
  const auto set = bench::mixture(state.range(0), state.range(1), static_cast<double>(state.range(2)) / 100);
  const Execution how{.threads = static_cast<int>(state.range(3))};
  const Plan plan = make_plan(how, set.X, set.y, Smote{.seed = 1});
  for (auto _ : state) benchmark::DoNotOptimize(materialize(how, plan, set.X));
  state.SetBytesProcessed(state.iterations() * plan.size() * set.X.cols() * static_cast<Index>(sizeof(double)));
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  for (const int threads : {1, 2})
    for (const auto& [rows, columns, percent] :
         {std::tuple{10'000, 16, 5}, {100'000, 8, 5}, {100'000, 30, 5}, {1'000'000, 2, 5}, {1'000'000, 30, 1}})
      benchmark->Args({rows, columns, percent, threads});
  benchmark->Unit(benchmark::kMillisecond)->UseRealTime();
}

/// For samplers that search the whole set, not only the smaller class.
void smaller_sizes(benchmark::internal::Benchmark* benchmark) {
  for (const int threads : {1, 2})
    for (const auto& [rows, columns, percent] : {std::tuple{10'000, 16, 5}, {100'000, 4, 5}, {20'000, 30, 5}})
      benchmark->Args({rows, columns, percent, threads});
  benchmark->Unit(benchmark::kMillisecond)->UseRealTime();
}

BENCHMARK_CAPTURE(whole_call, smote, Smote{.seed = 1})->Apply(sizes);
BENCHMARK_CAPTURE(whole_call, smote_as_imbalanced_learn, Smote{.seed = 1, .draws = Draws::imbalanced_learn})
    ->Apply(sizes);
BENCHMARK_CAPTURE(whole_call, random_over, RandomOverSampler{.seed = 1})->Apply(sizes);
BENCHMARK_CAPTURE(whole_call, smoothed_over, RandomOverSampler{.seed = 1, .shrinkage = 1.0})->Apply(sizes);
BENCHMARK_CAPTURE(whole_call, random_under, RandomUnderSampler{.seed = 1})->Apply(sizes);
BENCHMARK_CAPTURE(whole_call, borderline_1, BorderlineSmote{.kind = 1, .seed = 1})->Apply(smaller_sizes);
BENCHMARK_CAPTURE(whole_call, borderline_2, BorderlineSmote{.kind = 2, .seed = 1})->Apply(smaller_sizes);
BENCHMARK_CAPTURE(whole_call, adasyn, Adasyn{.seed = 1})->Apply(smaller_sizes);
BENCHMARK(mixed_call)->Name("whole_call/smote_nc")->Apply(smaller_sizes);
BENCHMARK(nominal_call)->Name("whole_call/smote_n")->Apply(smaller_sizes);
BENCHMARK_CAPTURE(whole_call, tomek_links, TomekLinks{})->Apply(smaller_sizes);
BENCHMARK_CAPTURE(whole_call, enn, EditedNearestNeighbors{})->Apply(smaller_sizes);
BENCHMARK_CAPTURE(whole_call, repeated_enn, RepeatedEditedNearestNeighbors{})->Apply(smaller_sizes);
BENCHMARK_CAPTURE(whole_call, all_knn, AllKnn{})->Apply(smaller_sizes);
BENCHMARK_CAPTURE(whole_call, smote_enn, SmoteEnn{.smote = {.seed = 1}})->Apply(smaller_sizes);
BENCHMARK_CAPTURE(whole_call, smote_tomek, SmoteTomek{.smote = {.seed = 1}})->Apply(smaller_sizes);
BENCHMARK(write_rows)->Apply(sizes);
BENCHMARK(write_new_rows)->Apply(sizes);

}  // namespace
