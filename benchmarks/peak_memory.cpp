// SPDX-License-Identifier: MIT
//
// Peak memory of resampling, and a bar for it; the argument names the case:
//
//   smote      1,000,000 x 30 doubles, 1 % minority. Above the input at most 1.3 times the output
//   smote_nc   200,000 x 16, 8 numbers and 8 nominal columns of 100 categories, 10 % minority. Above input and output
//              at most 16 bytes for each row of the output and each neighbor or nominal column: an indicator matrix of
//              the minority, not to speak of a matrix of its distances, would not fit under that
//   smote_n    the same for 200,000 x 16, all nominal
//
// A run for each case, since what one has used cannot be told from what the next one needs.

#include <cstdio>
#include <string>

#include "../examples/common/peak_memory.hpp"
#include "data.hpp"

namespace {

using namespace rebalance;

using examples::peak_megabytes;

double megabytes(const Matrix<double>& X) { return static_cast<double>(X.size()) * sizeof(double) / 1e6; }

struct Use {
  double output = 0;  // all in megabytes
  double above = 0;   // the peak, less the input
  Index rows = 0;     // of the output
};

template <class Sampler>
Use measure(const bench::Set& set, const Sampler& sampler) {
  const double before = peak_megabytes();
  const auto out = resample(set.X, set.y, sampler);
  const Use use{megabytes(out.X), peak_megabytes() - before, out.X.rows()};
  std::printf("input %.0f MB, output %.0f MB (%td rows), peak above the input %.0f MB: %.2f times the output\n",
              megabytes(set.X), use.output, use.rows, use.above, use.above / use.output);
  return use;
}

/// 16 bytes is an entry of the neighbor table, and a donor in the plan. Rows of the majority have neither, which leaves
/// room for what all rows have and for vectors that grow.
template <class Sampler>
bool holds_with_categories(const bench::Set& set, const Sampler& sampler, Index nominal) {
  const Use use = measure(set, sampler);
  const double bytes = (use.above - use.output) * 1e6 / static_cast<double>(use.rows);
  const double bar = 16 * static_cast<double>(sampler.k_neighbors + nominal);
  std::printf("beside the output %.0f bytes a row; the bar is %.0f\n", bytes, bar);
  return bytes <= bar;
}

}  // namespace

int main(int count, char** arguments) {
  const std::string name = count == 2 ? arguments[1] : "";
  bool holds = false;
  if (name == "smote") {
    const Use use = measure(bench::mixture(1'000'000, 30, 0.01), Smote{.seed = 1});
    holds = use.above <= 1.3 * use.output;
  } else if (name == "smote_nc") {
    const SmoteNc sampler{.nominal = {8, 9, 10, 11, 12, 13, 14, 15}, .seed = 1};
    holds = holds_with_categories(bench::mixture_with_categories(200'000, 8, 8, 0.1), sampler, 8);
  } else if (name == "smote_n") {
    holds = holds_with_categories(bench::mixture_with_categories(200'000, 0, 16, 0.1), SmoteN{.seed = 1}, 16);
  } else {
    std::fprintf(stderr, "peak_memory smote | smote_nc | smote_n\n");
    return 2;
  }
  return holds ? 0 : 1;
}
