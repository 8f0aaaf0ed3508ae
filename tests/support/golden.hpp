// SPDX-License-Identifier: MIT
#pragma once

// Reads the reference results of imbalanced-learn: data views, cases and the hashes they are compared by.
// Format: tests/golden/README.md.

#include <bit>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <rebalance/rebalance.hpp>

#if defined(_WIN32)  // which has both, under names of its own
#define popen _popen
#define pclose _pclose
#endif

namespace golden {

using rebalance::Index;

inline std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text)
    if (c == separator) parts.emplace_back();
    else parts.back() += c;
  return parts;
}

inline std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

inline bool is_integer(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789", text[0] == '-' ? 1 : 0) == std::string::npos;
}

/// Lines of a text file, or of a gzip-compressed one by way of the gzip program.
inline std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> lines;
  if (path.ends_with(".gz")) {
    FILE* pipe = popen(("gzip -dc '" + path + "'").c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run gzip for " + path);
    std::string text;
    for (char buffer[65536]; const std::size_t n = std::fread(buffer, 1, sizeof buffer, pipe);) text.append(buffer, n);
    if (pclose(pipe) != 0) throw std::runtime_error("cannot read " + path);
    lines = split(text, '\n');
    if (!lines.empty() && lines.back().empty()) lines.pop_back();
    return lines;
  }
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// ---- FNV-1a, 64 bit ---------------------------------------------------------------------------------

class Hash {
 public:
  template <class T>
  Hash& add(T value) {
    for (std::size_t byte = 0; byte < sizeof value; ++byte)
      state_ = (state_ ^ (static_cast<std::uint64_t>(value) >> 8 * byte & 0xFF)) * 0x100000001b3ull;
    return *this;
  }
  std::uint64_t value() const { return state_; }
  std::string text() const {
    char digits[17];
    std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(state_));
    return digits;
  }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325ull;
};

template <class Rows>
std::string hash_rows(const Rows& X, Index first, Index last) {
  Hash all;
  for (Index i = first; i < last; ++i) {
    Hash row;
    for (Index j = 0; j < X.cols(); ++j) row.add(std::bit_cast<std::uint64_t>(X(i, j) + 0.0));
    all.add(row.value());
  }
  return all.text();
}

template <class Rows>
std::string hash_rows(const Rows& X) {
  return hash_rows(X, 0, X.rows());
}

template <class Labels>
std::string hash_labels(const Labels& y) {
  Hash all;
  for (const auto code : y) all.add(static_cast<std::uint32_t>(code));
  return all.text();
}

// ---- Views ------------------------------------------------------------------------------------------

struct View {
  rebalance::Matrix<double> X;
  std::vector<int> y;
  std::vector<Index> nominal;  // columns of X that hold category codes
};

/// One line of views.csv, by the name of its column.
using Record = std::map<std::string, std::string>;

inline std::map<std::string, Record> read_views(const std::string& path) {
  const auto lines = lines_of(path);
  const auto header = split(lines.at(0), ',');
  std::map<std::string, Record> views;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto cells = split(lines[i], ',');
    Record& record = views[cells.at(0)];
    for (std::size_t c = 0; c < header.size(); ++c) record[header[c]] = cells.at(c);
  }
  return views;
}

/// A cell as a number: a category by its place in byte order, anything else as it reads.
inline double number(const std::string& cell, const std::set<std::string>* categories) {
  if (categories == nullptr) return std::stod(cell);
  return static_cast<double>(std::distance(categories->begin(), categories->find(cell)));
}

inline View load_view(const Record& record, const std::string& data_folder) {
  const auto lines = lines_of(data_folder + "/" + record.at("data_file"));
  const auto header = split(lines.at(0), ',');
  const auto columns = split(record.at("columns"), '|');
  std::vector<std::size_t> place;
  for (const auto& column : columns)
    place.push_back(static_cast<std::size_t>(std::find(header.begin(), header.end(), column) - header.begin()));

  std::vector<std::vector<std::string>> rows;  // the wanted cells, then the label
  std::map<std::string, int> class_size;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].find('"') != std::string::npos) throw std::runtime_error("quoted field in " + record.at("data_file"));
    const auto cells = split(lines[i], ',');
    std::vector<std::string> row;
    for (const std::size_t p : place) row.push_back(cells.at(p));
    if (std::find(row.begin(), row.end(), "") != row.end()) continue;
    row.push_back(cells.back());
    ++class_size[row.back()];
    rows.push_back(std::move(row));
  }
  const int step = std::stoi(record.at("row_step"));
  std::vector<std::vector<std::string>> kept;
  for (std::size_t p = 0; p < rows.size(); ++p)
    if (p % static_cast<std::size_t>(step) == 0 || class_size[rows[p].back()] < 60) kept.push_back(rows[p]);

  View view;
  std::map<std::size_t, std::set<std::string>> categories;  // of each nominal column, those that occur
  if (!record.at("categorical").empty())
    for (const auto& column : split(record.at("categorical"), '|')) {
      view.nominal.push_back(std::stol(column));
      for (const auto& row : kept) categories[std::stoul(column)].insert(row[std::stoul(column)]);
    }
  view.X.resize(static_cast<Index>(kept.size()), static_cast<Index>(columns.size()));
  const auto classes = split(record.at("classes"), '|');
  for (std::size_t i = 0; i < kept.size(); ++i) {
    view.y.push_back(static_cast<int>(std::find(classes.begin(), classes.end(), kept[i].back()) - classes.begin()));
    for (std::size_t j = 0; j < columns.size(); ++j)
      view.X(static_cast<Index>(i), static_cast<Index>(j)) =
          number(kept[i][j], categories.contains(j) ? &categories.at(j) : nullptr);
  }
  return view;
}

// ---- Cases ------------------------------------------------------------------------------------------

/// A block of a case file: key -> the words behind it; continued lines are joined, `row` lines kept apart.
struct Case {
  std::string name;
  std::string view;
  std::map<std::string, std::vector<std::string>> values;
  std::vector<std::vector<std::string>> rows;            // words of the `row` lines
  std::vector<std::vector<std::string>> canonical_rows;  // words of the `canonical_row` lines

  std::string sampler() const { return values.at("sampler").at(0); }
  /// Whether the reference breaks a tie of distances by the internals of its search.
  bool differs() const { return values.at("canonical").at(0) == "differs"; }
  bool fails() const { return values.contains("error"); }
  /// What a search with the plain order of ties must give.
  const std::vector<std::string>& expected(const std::string& key) const {
    return values.at(differs() ? "canonical_" + key : key);
  }
  const std::vector<std::vector<std::string>>& expected_rows() const { return differs() ? canonical_rows : rows; }
  std::string parameter(const std::string& key, const std::string& otherwise) const {
    for (const auto& setting : split(values.at("parameters").at(0), ';'))
      if (setting.starts_with(key + "=")) return setting.substr(key.size() + 1);
    return otherwise;
  }
  Index number(const std::string& key, Index otherwise) const {
    return std::stol(parameter(key, std::to_string(otherwise)));
  }
  bool flag(const std::string& key) const { return parameter(key, "0") == "1"; }
  std::uint64_t seed() const { return std::stoull(parameter("seed", "0")); }
};

inline std::vector<Case> read_cases(const std::string& path, const std::string& view,
                                    const std::set<std::string>& samplers) {
  std::vector<Case> cases;
  Case current;
  for (const auto& line : lines_of(path)) {
    auto parts = words(line);
    if (parts.empty()) continue;
    const std::string key = parts[0];
    parts.erase(parts.begin());
    if (key == "case") {
      current = {};
      current.name = parts.at(0);
      current.view = view;
    } else if (key == "end") {
      if (!current.name.empty() && samplers.contains(current.sampler())) cases.push_back(current);
      current = {};
    } else if (key == "row") {
      current.rows.push_back(parts);
    } else if (key == "canonical_row") {
      current.canonical_rows.push_back(parts);
    } else {
      auto& value = current.values[key];
      value.insert(value.end(), parts.begin(), parts.end());
    }
  }
  return cases;
}

/// "0-15 17 20-22" written out.
inline std::vector<Index> runs(const std::vector<std::string>& parts) {
  std::vector<Index> out;
  for (const auto& part : parts) {
    const auto dash = part.find('-');
    const Index first = std::stol(part.substr(0, dash));
    const Index last = dash == std::string::npos ? first : std::stol(part.substr(dash + 1));
    for (Index row = first; row <= last; ++row) out.push_back(row);
  }
  return out;
}

/// `counts:0=463|2=75` as labels and numbers.
inline std::vector<std::pair<int, double>> assignments(const std::string& text) {
  std::vector<std::pair<int, double>> out;
  for (const auto& entry : split(text, '|')) {
    const auto equal = entry.find('=');
    out.emplace_back(std::stoi(entry.substr(0, equal)), std::stod(entry.substr(equal + 1)));
  }
  return out;
}

inline rebalance::Strategy strategy(const std::string& text) {
  using namespace rebalance;
  if (text == "auto") return balance();
  if (text == "minority") return minority();
  if (text == "majority") return majority();
  if (text == "not_minority") return not_minority();
  if (text == "not_majority") return not_majority();
  if (text == "all") return all();
  if (text.starts_with("ratio:")) return ratio(std::stod(text.substr(6)));
  if (text.starts_with("counts:")) {
    std::vector<ClassCount> wanted;
    for (const auto& [label, rows] : assignments(text.substr(7))) wanted.push_back({label, static_cast<Index>(rows)});
    return counts(wanted);
  }
  if (text.starts_with("list:")) {
    std::vector<Label> labels;
    for (const auto& label : split(text.substr(5), '|')) labels.emplace_back(std::stoi(label));
    return only(labels);
  }
  throw std::runtime_error("unknown strategy " + text);
}

}  // namespace golden
