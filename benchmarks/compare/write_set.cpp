// SPDX-License-Identifier: MIT
//
// write_set FOLDER ROWS NUMBERS NOMINAL MINORITY: writes a set for all contestants to read. MINORITY is in percent.
//
//   X      doubles, little-endian, row by row: the numbers, then columns of 8 category codes each
//   y      32-bit integers: 1 for the rare class
//   shape  ROWS COLUMNS NOMINAL; written last: where it is, the rest is whole

#include "worker.hpp"

int main(int count, char** arguments) {
  if (count != 6) {
    std::cerr << "write_set FOLDER ROWS NUMBERS NOMINAL MINORITY\n";
    return 2;
  }
  try {
    const std::string folder = arguments[1];
    const bench::Index rows = std::stol(arguments[2]), numbers = std::stol(arguments[3]),
                       nominal = std::stol(arguments[4]);
    const bench::Set set = bench::mixture_with_categories(rows, numbers, nominal, std::stod(arguments[5]) / 100, 8);
    bench::write_values(folder + "/X", set.X.data(), static_cast<std::size_t>(set.X.size()));
    bench::write_values(folder + "/y", set.y.data(), set.y.size());
    if (!(std::ofstream(folder + "/shape") << rows << ' ' << set.X.cols() << ' ' << nominal << '\n'))
      throw std::runtime_error("cannot write in " + folder);
  } catch (const std::exception& error) {
    std::cerr << "write_set: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
