// SPDX-License-Identifier: MIT
//
// Fails if we have become slower, on any machine and under any load: what counts is not seconds but how many times as
// long a workload takes as a kernel of known work, in turns in the same process, one thread, processor time. The least
// of all rounds counts for both, because other work on the machine only ever adds.
//
//   speed_gate                       fails if a workload takes more than twice its recorded ratio
//   speed_gate --record              prints the ratios anew, for the table below
//   speed_gate --backend kd_tree     the same with one search everywhere, or brute_force: has to fail
//
// The ratios are those of an optimized build (g++, -O3 -march=native), as CMakeLists.txt makes it always.

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <limits>
#include <new>
#include <numeric>
#include <string_view>
#include <vector>

#ifdef __linux__
#include <sys/mman.h>
#endif

#include "data.hpp"

namespace {

using namespace rebalance;

constexpr double margin = 2;

/// What bounds the search: products of a block of rows with another, in floats.
void multiply() {
  static const Eigen::MatrixXf a = Eigen::MatrixXf::Random(256, 64), b = Eigen::MatrixXf::Random(64, 1024);
  static Eigen::MatrixXf out(256, 1024);
  for (int repeat = 0; repeat < 10; ++repeat) out.noalias() = a * b;
}

/// What bounds the writing of rows: the first touch of memory, in huge pages where there are any.
void fill() {
  constexpr std::size_t size = std::size_t{64} << 20;
  constexpr std::align_val_t huge_page{std::size_t{2} << 20};
  void* memory = ::operator new(size, huge_page);
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  madvise(memory, size, MADV_HUGEPAGE);
#endif
  volatile double* values = static_cast<double*>(memory);  // volatile: nobody reads them
  for (std::size_t i = 0; i < size / sizeof(double); ++i) values[i] = 1;
  ::operator delete(memory, huge_page);
}

struct Kernel {
  const char* name;
  void (*run)();
  double least = std::numeric_limits<double>::infinity();  // seconds
};
Kernel product{"multiply", multiply}, first_touch{"fill", fill};

struct Workload {
  const char* name;
  Kernel& kernel;
  double recorded;  // times as long as the kernel
  std::function<void(const Execution&)> run;
  double least = std::numeric_limits<double>::infinity();

  double ratio() const { return least / kernel.least; }
};

std::function<void(const Execution&)> nearest(Index rows, Index columns) {
  return [set = bench::mixture(rows, columns, 0.5)](const Execution& how) {
    std::vector<Index> all(set.y.size());
    std::iota(all.begin(), all.end(), Index{0});
    nearest_neighbors(detail::view_of(set.X), all, all, 5, how);
  };
}

template <class Sampler>
std::function<void(const Execution&)> resampling(const bench::Set& set, const Sampler& sampler) {
  return [=](const Execution& how) { resample(how, set.X, set.y, sampler); };
}

std::function<void(const Execution&)> writing_rows() {
  const auto set = bench::mixture(200'000, 30, 0.01);
  return
      [set, plan = make_plan(set.X, set.y, Smote{.seed = 1})](const Execution& how) { materialize(how, plan, set.X); };
}

std::vector<Workload> workloads() {
  const auto numbers = bench::mixture(10'000, 8, 0.05);
  const auto mixed = bench::mixture_with_categories(20'000, 12, 4, 0.05, 8);
  return {
      {"nearest, 20,000 x 4", product, 9, nearest(20'000, 4)},
      {"nearest, 5,000 x 32", product, 6.7, nearest(5'000, 32)},
      {"TomekLinks, 10,000 x 8", product, 0.95, resampling(numbers, TomekLinks{})},
      {"EditedNearestNeighbors, 10,000 x 8", product, 3, resampling(numbers, EditedNearestNeighbors{})},
      {"Adasyn, 10,000 x 8", product, 1.2, resampling(numbers, Adasyn{.seed = 1})},
      {"SmoteNc, 20,000 x 12 and 4", product, 1.5, resampling(mixed, SmoteNc{.nominal = {12, 13, 14, 15}, .seed = 1})},
      {"Smote's rows, 396,000 x 30", first_touch, 2.5, writing_rows()},
  };
}

/// Processor time in seconds: what other programs take of the machine is not in it.
template <class Function>
double seconds_of(const Function& function) {
  const std::clock_t start = std::clock();
  function();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

void measure(std::vector<Workload>& all, const Execution& how, int rounds) {
  for (int round = 0; round < rounds; ++round)
    for (Workload& workload : all) {
      workload.kernel.least = std::min(workload.kernel.least, seconds_of(workload.kernel.run));
      workload.least = std::min(workload.least, seconds_of([&] { workload.run(how); }));
    }
}

bool holds(const Workload& workload) {
  const bool good = workload.ratio() <= margin * workload.recorded;
  std::printf("%-36s %7.2f times %-8s recorded %7.2f%s\n", workload.name, workload.ratio(), workload.kernel.name,
              workload.recorded, good ? "" : "  TOO SLOW");
  return good;
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view first = count > 1 ? arguments[1] : "", second = count > 2 ? arguments[2] : "";
  const bool record = first == "--record" && count == 2;
  Execution how{.threads = 1};
  if (first == "--backend" && second == "kd_tree") how.backend = Backend::kd_tree;
  else if (first == "--backend" && second == "brute_force") how.backend = Backend::brute_force;
  else if (count > 1 && !record) {
    std::fprintf(stderr, "speed_gate [--record | --backend kd_tree | --backend brute_force]\n");
    return 2;
  }

  auto all = workloads();
  measure(all, how, how.backend == Backend::automatic ? 15 : 5);  // what has to fail does so soon
  if (record) {
    for (const Workload& workload : all) std::printf("%-36s %.3g\n", workload.name, workload.ratio());
    return 0;
  }
  return std::count_if(all.begin(), all.end(), holds) == static_cast<std::ptrdiff_t>(all.size()) ? 0 : 1;
}
