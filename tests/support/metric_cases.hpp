// SPDX-License-Identifier: MIT
#pragma once

// Reads tests/golden/metrics.txt: metrics as scikit-learn and imbalanced-learn give them.

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace golden {

/// A case by the names of its lines; `values.at("rec")` are the numbers on that line.
struct MetricCase {
  std::string name;
  std::map<std::string, std::vector<double>> values;

  const std::vector<double>& all(const std::string& line) const { return values.at(line); }
  double one(const std::string& line) const { return values.at(line).at(0); }
  std::vector<int> labels(const std::string& line) const { return {all(line).begin(), all(line).end()}; }
};

/// The cases that have a line of this name: "predicted" for decisions, "p" for probabilities.
inline std::vector<MetricCase> metric_cases(const std::string& with) {
  std::ifstream in(REBALANCE_COMMITTED_DATA "/metrics.txt");
  if (!in) throw std::runtime_error("cannot read metrics.txt");
  std::vector<MetricCase> cases;
  MetricCase current;
  for (std::string text; std::getline(in, text);) {
    std::istringstream words(text);
    std::string name;
    words >> name;
    if (name == "case") {
      current = {};
      words >> current.name;
    } else if (name == "end") {
      if (current.values.count(with) > 0) cases.push_back(current);
    } else {
      for (double value; words >> value;) current.values[name].push_back(value);
      if (!words.eof()) throw std::runtime_error("metrics.txt: cannot read line " + text);
    }
  }
  return cases;
}

}  // namespace golden
