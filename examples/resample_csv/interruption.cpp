// SPDX-License-Identifier: MIT
#include "interruption.hpp"

#include <csignal>

#include "../common/message.hpp"

namespace resample_csv {

namespace {

volatile std::sig_atomic_t interrupted = 0;

}  // namespace

void catch_interruptions() {
  struct sigaction action = {};
  action.sa_handler = [](int) { interrupted = 1; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that must not grow then fails to be written, and that is reported
}

void stop_if_interrupted() {
  if (interrupted) throw examples::Failure("interrupted; nothing was written");
}

}  // namespace resample_csv
