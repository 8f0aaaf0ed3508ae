// SPDX-License-Identifier: MIT
#pragma once

namespace resample_csv {

/// Does what a command line says: reads, resamples, writes, reports.
/// Throws Failure (WrongUsage: the command line itself is wrong) and what the library throws; then nothing is written.
void run(int argc, char** argv);

}  // namespace resample_csv
