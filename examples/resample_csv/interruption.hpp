// SPDX-License-Identifier: MIT
#pragma once

namespace resample_csv {

/// From now on Ctrl-C and the like only ask the program to stop, so that it can remove its temporary files.
/// Asking twice stops it at once.
void catch_interruptions();

/// Throws Failure if the program was asked to stop.
void stop_if_interrupted();

}  // namespace resample_csv
