// SPDX-License-Identifier: MIT
// Nothing but what CMake puts before it: the headers that all test programs share.
