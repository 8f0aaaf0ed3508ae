// SPDX-License-Identifier: MIT
#pragma once

// A contestant as a process of its own that stays: reads a request from each line of its input, answers with a line.
//
//   request   METHOD SET THREADS RESULT     SET: a folder that write_set made; RESULT: a file to write, or -
//   answer    SECONDS PEAK_BEFORE PEAK_AFTER OUTPUT     memory in bytes; or: ! and what went wrong
//
// Only the call is timed: not reading the set, nor writing the result. The result is one 64-bit key for each row of the
// output, made of all its bits: equal keys, equal rows. peers.py is the same in Python.

#include <chrono>
#include <cstdint>
#include <cstring>
#include <exception>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "../data.hpp"

namespace bench {

struct Request {
  std::string method, set;
  int threads = 1;
  bool wants_result = false;
};

struct Answer {
  double seconds = 0;
  std::size_t output_bytes = 0;
  std::vector<std::uint64_t> keys{};  // if wanted
};

template <class T>
void read_values(const std::string& path, T* to, std::size_t count) {
  std::ifstream in(path, std::ios::binary);
  if (!in.read(reinterpret_cast<char*>(to), static_cast<std::streamsize>(count * sizeof(T))))
    throw std::runtime_error("cannot read " + path);
}

template <class T>
void write_values(const std::string& path, const T* from, std::size_t count) {
  std::ofstream out(path, std::ios::binary);
  if (!out.write(reinterpret_cast<const char*>(from), static_cast<std::streamsize>(count * sizeof(T))))
    throw std::runtime_error("cannot write " + path);
}

inline Set read_set(const std::string& folder) {
  Index rows = 0, columns = 0;
  if (!(std::ifstream(folder + "/shape") >> rows >> columns)) throw std::runtime_error("no set in " + folder);
  Set set{rebalance::Matrix<double>(rows, columns), std::vector<int>(static_cast<std::size_t>(rows))};
  read_values(folder + "/X", set.X.data(), static_cast<std::size_t>(set.X.size()));
  read_values(folder + "/y", set.y.data(), set.y.size());
  return set;
}

/// Of `columns` values of 64 bits each.
template <class T>
std::uint64_t key_of_row(const T* row, Index columns) {
  static_assert(sizeof(T) == sizeof(std::uint64_t));
  std::uint64_t key = 0;
  for (Index j = 0; j < columns; ++j) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, row + j, sizeof bits);
    key = key * 0x9E3779B97F4A7C15 + bits;
  }
  return key;
}

/// Seconds that a function takes.
template <class Function>
double seconds_of(const Function& function) {
  const auto start = std::chrono::steady_clock::now();
  function();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Most memory that this process has had, in bytes. (What getrusage tells may be that of the process it came from.)
inline std::size_t peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (word == "VmHWM:" && status >> word) return std::stoul(word) * 1024;
  return 0;
}

/// Answers requests until there are none: the body of main().
template <class Run>  // Answer(const Request&, const Set&)
int serve(const Run& run) {
  std::string held;
  Set set;
  for (std::string line; std::getline(std::cin, line);) {
    try {
      Request request;
      std::string result;
      std::istringstream(line) >> request.method >> request.set >> request.threads >> result;
      request.wants_result = result != "-";
      if (held != request.set) {
        set = Set{};  // before the next: never two in memory
        set = read_set(request.set);
        held = request.set;
      }
      const std::size_t before = peak_memory();
      const Answer answer = run(request, set);
      if (request.wants_result) write_values(result, answer.keys.data(), answer.keys.size());
      std::cout << answer.seconds << ' ' << before << ' ' << peak_memory() << ' ' << answer.output_bytes << std::endl;
    } catch (const std::exception& error) {
      std::cout << "! " << error.what() << std::endl;
    }
  }
  return 0;
}

}  // namespace bench
