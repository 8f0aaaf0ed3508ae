// SPDX-License-Identifier: MIT
// A program with two such libraries.
#include <iostream>
#include <string>

std::string ours();
std::string theirs();

int main() { std::cout << ours() << ", " << theirs() << "\n"; }
