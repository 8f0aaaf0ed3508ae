// SPDX-License-Identifier: MIT
#pragma once

// Catch2 version 3 or 2, whichever is there; the tests use only what both spell alike.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
