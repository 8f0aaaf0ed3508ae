// SPDX-License-Identifier: MIT
//
// Peak memory of resampling 1,000,000 x 30 doubles with 1 % minority, above the input. The bar: 1.3 times the output.

#include <sys/resource.h>

#include <cstdio>

#include "data.hpp"

namespace {

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
#ifdef __APPLE__
  return static_cast<double>(usage.ru_maxrss) / 1e6;
#else
  return static_cast<double>(usage.ru_maxrss) * 1024 / 1e6;
#endif
}

}  // namespace

int main() {
  using namespace rebalance;
  const auto set = bench::mixture(1'000'000, 30, 0.01);
  const double before = peak_megabytes();
  const auto out = resample(set.X, set.y, Smote{.seed = 1});
  const double above = peak_megabytes() - before;
  const double output = static_cast<double>(out.X.size()) * sizeof(double) / 1e6;
  std::printf("input %.0f MB, output %.0f MB (%td rows), peak above the input %.0f MB: %.2f times the output\n",
              static_cast<double>(set.X.size()) * sizeof(double) / 1e6, output, out.X.rows(), above, above / output);
  return above <= 1.3 * output ? 0 : 1;
}
