// SPDX-License-Identifier: MIT
//
// The splitters without a seed, and with one under Draws::imbalanced_learn, against folds recorded from scikit-learn
// 1.2.1, row for row. Some are committed; the whole set is run where REBALANCE_TEST_DATA names its folder. Left out are
// `resample` and train_test_split without stratification: they are no splitters here.
//
// GroupKFold where groups are equally large: scikit-learn's order is that of an unstable sort; recorded is what the
// plain rule gives, larger groups first, of equals the larger number.
// StratifiedGroupKFold with shuffling, before scikit-learn 1.8: it chose a fold for group order[i] and gave it to group
// i. Here the group gets its own; the recorded folds are made of ours by that permutation, so both are compared.

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <rebalance/rebalance.hpp>

#include "support/catch.hpp"
#include "support/golden.hpp"

using namespace rebalance;

namespace {

/// A block of a folds file.
struct Recorded {
  std::string splitter;
  std::map<std::string, std::string> options;
  std::map<std::size_t, std::vector<Index>> train, test;  // by fold; train only where its order matters

  bool has(const std::string& option) const { return options.contains(option); }
  Index number(const std::string& option) const { return std::stol(options.at(option)); }
  /// Of `seed`, where the rows are shuffled.
  std::optional<std::uint64_t> seed() const {
    return options.at("shuffle") == "1" ? std::optional(std::stoull(options.at("seed"))) : std::nullopt;
  }
};

std::vector<Recorded> read_folds(const std::string& path) {
  std::vector<Recorded> out;
  for (const auto& line : golden::lines_of(path)) {
    const auto words = golden::words(line);
    if (words.empty()) continue;
    if (words[0] == "split") {
      out.push_back({words.at(1), {}, {}, {}});
      for (const auto& setting : golden::split(words.at(2), ';')) {
        const auto equals = setting.find('=');
        out.back().options[setting.substr(0, equals)] = setting.substr(equals + 1);
      }
    } else if (words[0] == "train" || words[0] == "test") {
      auto& side = words[0] == "train" ? out.back().train : out.back().test;
      auto& rows = side[std::stoul(words.at(1))];  // a long list goes on in further lines
      const auto more = golden::runs({words.begin() + 2, words.end()});
      rows.insert(rows.end(), more.begin(), more.end());
    }
  }
  return out;
}

std::vector<Split> expected(const Recorded& recorded, Index rows) {
  std::vector<Split> out;
  for (const auto& [fold, test] : recorded.test) {
    Split split{{}, test};
    if (recorded.train.contains(fold)) {
      split.train = recorded.train.at(fold);
    } else {
      std::vector<char> tested(static_cast<std::size_t>(rows), 0);
      for (const Index row : test) tested[static_cast<std::size_t>(row)] = 1;
      for (Index row = 0; row < rows; ++row)
        if (tested[static_cast<std::size_t>(row)] == 0) split.train.push_back(row);
    }
    out.push_back(std::move(split));
  }
  return out;
}

/// The groups by their rule; `column` is the patient of the readmission data, numbered in byte order of the text.
void add_groups(Rows& rows, const std::string& rule, const golden::Record& record, const std::string& data_folder) {
  const Index n = rows.facts().rows();
  if (rule == "column") {
    golden::Record with_patient = record;
    with_patient["columns"] += "|patient_nbr";
    const auto view = golden::load_view(with_patient, data_folder);
    REQUIRE(view.X.rows() == n);
    std::vector<std::string> patients;
    for (const double number : view.X.col(view.X.cols() - 1)) patients.push_back(std::to_string(std::lround(number)));
    rows.groups(patients);
  } else {
    std::vector<Index> numbers;
    for (Index i = 0; i < n; ++i) numbers.push_back(rule == "i//7" ? i / 7 : i * i % 13);
    rows.groups(numbers);
  }
}

/// Scikit-learn before 1.8 from ours: group i gets the fold of group order[i].
std::vector<Split> with_groups_moved(const std::vector<Split>& splits, const RowFacts& rows, std::uint64_t seed) {
  const Index groups = 1 + static_cast<Index>(*std::max_element(rows.groups.begin(), rows.groups.end()));
  std::vector<std::uint32_t> fold_of_group(static_cast<std::size_t>(groups));
  for (std::size_t fold = 0; fold < splits.size(); ++fold)
    for (const Index row : splits[fold].test)
      fold_of_group[rows.groups[static_cast<std::size_t>(row)]] = static_cast<std::uint32_t>(fold);
  const auto order = detail::NumpyRandom("test", seed).permutation(groups);
  std::vector<std::uint32_t> fold_of_row;
  for (const std::uint32_t group : rows.groups)
    fold_of_row.push_back(fold_of_group[static_cast<std::size_t>(order[group])]);
  return detail::splits_of(fold_of_row, static_cast<Index>(splits.size()));
}

std::vector<Split> run(const Recorded& recorded, const RowFacts& rows) {
  constexpr Draws draws = Draws::imbalanced_learn;
  const std::string& name = recorded.splitter;
  const Index n_splits = recorded.has("n_splits") ? recorded.number("n_splits") : 1;
  if (name == "KFold") return KFold{n_splits, recorded.seed(), draws}.split(rows);
  if (name == "StratifiedKFold") return StratifiedKFold{n_splits, recorded.seed(), draws}.split(rows);
  if (name == "GroupKFold") return GroupKFold{.n_splits = n_splits}.split(rows);
  if (name == "RepeatedStratifiedKFold")
    return RepeatedStratifiedKFold{n_splits, recorded.number("n_repeats"), std::stoull(recorded.options.at("seed")),
                                   draws}
        .split(rows);
  if (name == "StratifiedGroupKFold") {
    const auto ours = StratifiedGroupKFold{n_splits, recorded.seed(), draws}.split(rows);
    return recorded.has("semantics") ? with_groups_moved(ours, rows, *recorded.seed()) : ours;
  }
  if (name == "TimeSeriesSplit") {
    if (!recorded.has("gap")) return TimeSeriesSplit{.n_splits = n_splits}.split(rows);
    return TimeSeriesSplit{n_splits, recorded.number("test_size"), recorded.number("gap"),
                           recorded.number("max_train_size")}
        .split(rows);
  }
  if (name == "train_test_split" || name == "StratifiedShuffleSplit")
    return StratifiedHoldout{std::stod(recorded.options.at("test_size")), n_splits,
                             std::stoull(recorded.options.at("seed")), draws}
        .split(rows);
  throw std::runtime_error("no splitter for " + name);
}

bool is_ours(const Recorded& recorded) {
  return recorded.splitter != "resample" &&
         !(recorded.splitter == "train_test_split" && recorded.options.at("stratify") == "0");
}

/// How many splits of each kind were compared: a split that is not read is one that cannot fail.
std::map<std::string, int> check_splits_of(const std::string& golden_folder, const std::string& data_folder) {
  std::map<std::string, int> compared;
  for (const auto& [view_name, record] : golden::read_views(golden_folder + "/views.csv")) {
    const std::string path = golden_folder + "/" + view_name + ".folds.txt";
    if (!std::ifstream(path)) continue;
    const auto y = golden::load_view(record, data_folder).y;
    const auto n = static_cast<Index>(y.size());
    for (const Recorded& recorded : read_folds(path)) {
      if (!is_ours(recorded)) continue;
      std::string options;
      for (const auto& [name, value] : recorded.options) options += name + "=" + value + " ";
      CAPTURE(view_name, recorded.splitter, options);
      Rows rows(y);
      if (recorded.has("groups")) add_groups(rows, recorded.options.at("groups"), record, data_folder);
      CHECK((run(recorded, rows.facts()) == expected(recorded, n)));
      ++compared[recorded.splitter];
    }
  }
  return compared;
}

}  // namespace

TEST_CASE("the committed folds of scikit-learn come out row for row", "[parity][split]") {
  CHECK(check_splits_of(REBALANCE_COMMITTED_DATA, REBALANCE_EXAMPLE_DATA) ==
        std::map<std::string, int>{{"GroupKFold", 4},
                                   {"KFold", 1},
                                   {"RepeatedStratifiedKFold", 1},
                                   {"StratifiedGroupKFold", 9},
                                   {"StratifiedKFold", 6},
                                   {"StratifiedShuffleSplit", 1},
                                   {"TimeSeriesSplit", 7},
                                   {"train_test_split", 1}});
}

TEST_CASE("all recorded folds of scikit-learn come out row for row", "[parity][split]") {
  const std::string folder = REBALANCE_TEST_DATA;
  if (folder.empty()) {
    WARN("REBALANCE_TEST_DATA is not set: only the committed folds were compared");
    return;
  }
  CHECK(check_splits_of(folder + "/golden", folder + "/data") ==
        std::map<std::string, int>{{"GroupKFold", 38},
                                   {"KFold", 18},
                                   {"RepeatedStratifiedKFold", 18},
                                   {"StratifiedGroupKFold", 72},
                                   {"StratifiedKFold", 90},
                                   {"StratifiedShuffleSplit", 18},
                                   {"TimeSeriesSplit", 54},
                                   {"train_test_split", 54}});
}
