// SPDX-License-Identifier: MIT
#pragma once

#include <sys/resource.h>

namespace examples {

/// The most memory this program has had so far, resident, in megabytes (10^6 bytes). It never falls.
inline double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
#ifdef __APPLE__
  return static_cast<double>(usage.ru_maxrss) / 1e6;
#else
  return static_cast<double>(usage.ru_maxrss) * 1024 / 1e6;
#endif
}

}  // namespace examples
