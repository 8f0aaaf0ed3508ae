// SPDX-License-Identifier: MIT
//
// Resamples an imbalanced CSV file from a shell.

#include "../common/command_line.hpp"
#include "program.hpp"

int main(int argc, char** argv) {
  return examples::status_of("resample_csv", [&] {
    resample_csv::run(argc, argv);
    return 0;
  });
}
