// SPDX-License-Identifier: MIT
#pragma once

#include <xgboost/c_api.h>

#include <memory>
#include <string>

#include "message.hpp"

namespace examples {

/// What every call of XGBoost's C API returns. Throws Failure.
inline void check_xgboost(int status) {
  if (status != 0) throw Failure(std::string("XGBoost: ") + XGBGetLastError());
}

/// A handle of the C API that is freed as its owner is.
template <auto Free>
struct Freed {
  void operator()(void* handle) const { Free(handle); }
};
template <auto Free>
using Handle = std::unique_ptr<void, Freed<Free>>;
using MatrixHandle = Handle<XGDMatrixFree>;
using ModelHandle = Handle<XGBoosterFree>;

}  // namespace examples
