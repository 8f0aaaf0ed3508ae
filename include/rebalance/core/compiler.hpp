// SPDX-License-Identifier: MIT
#pragma once

#include <cfloat>
#include <cstdint>

// clang-format off: it would break the sentences

// What the library needs of a compiler and its flags. Every header includes this one by way of version.hpp, so whatever
// is missing is said in one sentence, before a page of what follows from it.

#if defined(_MSVC_LANG) ? _MSVC_LANG < 202002L : __cplusplus < 202002L
#error "rebalance is written in C++20: compile this file with -std=c++20 or /std:c++20, or later"
#endif

#if !defined(__cpp_exceptions)
#error "rebalance says by exceptions what cannot be done: compile this file without -fno-exceptions, with /EHsc in MSVC"
#endif

// An Index of 32 bits could not hold the row numbers of a plan or a record that was made elsewhere.
#if PTRDIFF_MAX < INT64_MAX
#error "rebalance numbers rows in 64 bits: compile this file for a 64-bit machine"
#endif

// _M_FP_CONTRACT, FLT_EVAL_METHOD: operations that round once where two are written, or to more digits than a double
// has.
#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__) || defined(_M_FP_FAST)
#error "rebalance finds NaN and promises the same bits everywhere; it cannot under -ffast-math, -Ofast, -ffinite-math-only or /fp:fast: compile this file without"
#elif defined(_M_FP_CONTRACT) || FLT_EVAL_METHOD == 1 || FLT_EVAL_METHOD == 2
#error "rebalance promises the same bits everywhere; it cannot under /fp:contract or where doubles are computed in more digits: compile this file without, or with -msse2 -mfpmath=sse"
#endif

#if defined(_MSC_VER) && !defined(__clang__) && _MSC_VER < 1930
#error "rebalance promises the same bits everywhere; MSVC before Visual Studio 2022 fuses products into sums: use a newer one"
#endif

#if defined(min) || defined(max)
#error "rebalance needs std::min and std::max, and here they are macros: define NOMINMAX before windows.h is included"
#endif

// clang-format on
