// SPDX-License-Identifier: MIT
//
// Draws::imbalanced_learn, and the options that choose imbalanced-learn's reading, against results recorded from
// imbalanced-learn 0.12.4, bit for bit. A few cases are committed; the whole set is run where REBALANCE_TEST_DATA names
// its folder.
//
// Where equal distances decide, the reference depends on the internals of its search (and its thread count); there the
// recorded result under the plain order, by distance and row number, counts. Nothing else is left out but:
//
// - RepeatedEditedNearestNeighbours and AllKNN where distances tie in a later pass (7 cases, all of the view
//   diabetes_readmission-num): see parity/passes.hpp. They are compared when the passes are run one by one on a set put
//   in the reference's order, and so differ in nothing else.
// - The 131 cases recorded from imbalanced-learn 0.10, in files of their own (*.v010.txt): 56 of Borderline-SMOTE of
//   kind 2, 25 of SMOTENC and 50 of a sampler that is not here. 0.12 changed all three (that old kind 2 took partners by
//   wrong row numbers; that old SMOTENC measured all classes by the spread of one), and 0.12 is what is matched.

#include "parity/borderline_2.hpp"
#include "parity/passes.hpp"
#include "parity/result.hpp"
#include "parity/runs.hpp"
#include "support/catch.hpp"
#include "support/golden.hpp"

using namespace rebalance;

namespace {

struct Count {
  int cases = 0;
  int tied = 0;       // compared under the plain order of ties
  int failing = 0;    // the call must throw
  int reordered = 0;  // compared pass by pass
};
using Counts = std::map<std::string, Count>;

/// Every nominal cell of a new row is its donor's, and has one.
void check_donors(const golden::Case& c, const golden::View& view, const Plan& plan, const Matrix<double>& X) {
  const std::size_t cells = c.sampler() == "SMOTENC" || c.sampler() == "SMOTEN" ? view.nominal.size() : 0;
  bool good = true;
  for (Index row = 0; row < plan.size(); ++row) {
    good = good && plan.donors(row).size() == (plan[row].synthetic() ? cells : 0);
    for (const Donor& donor : plan.donors(row))
      good = good && X(row, donor.column) == view.X(donor.row, donor.column) &&
             view.y[static_cast<std::size_t>(donor.row)] == view.y[static_cast<std::size_t>(plan[row].base)];
  }
  CHECK(good);
}

/// Blocks of 32 new rows, to see where a result differs.
void check_blocks(const golden::Case& c, const golden::View& view, const parity::Result& out) {
  std::vector<std::string> blocks;
  for (Index first = view.X.rows(); first < out.X.rows(); first += 32)
    blocks.push_back(golden::hash_rows(out.X, first, std::min(first + 32, out.X.rows())));
  CHECK(blocks == c.expected("blocks"));
}

/// The rows recorded in full: row t, label, base, neighbor, step, values. -1: the reference does not tell.
void check_recorded_rows(const golden::Case& c, const golden::View& view, const parity::Result& out) {
  for (const auto& words : c.expected_rows()) {
    const Index row = view.X.rows() + std::stol(words.at(0));
    const auto at = static_cast<std::size_t>(row);
    CHECK(out.y[at] == std::stoi(words.at(1)));
    if (words.at(2) != "-1") CHECK(out.origins[at].base == std::stol(words.at(2)));
    if (words.at(3) != "-1") {
      CHECK(out.origins[at].neighbor == std::stol(words.at(3)));
      CHECK(out.origins[at].step == std::stod(words.at(4)));
    }
    for (Index j = 0; j < view.X.cols(); ++j)
      CHECK(out.X(row, j) == std::stod(words.at(static_cast<std::size_t>(5 + j))));
  }
}

std::vector<Origin> kept_origins(const golden::Case& c, const golden::View& view) {
  const Plan before = parity::before_cleaning(c, view);
  std::vector<Origin> out;
  for (const Index row : golden::runs(c.expected("keep"))) out.push_back(before[row]);
  return out;
}

/// The same parents and step; a row drawn twice is here one kept and one copied.
bool same_origins(const std::vector<Origin>& a, const std::vector<Origin>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Origin& one, const Origin& other) {
    return one.base == other.base && one.neighbor == other.neighbor &&
           (one.step == other.step || one.base == one.neighbor);
  });
}

/// The rows as they are here, in the reference's order and rounding.
parity::Result run(const golden::Case& c, const golden::View& view, Count& count) {
  const Plan plan = parity::runs().at(c.sampler())(c, view);
  parity::Result out = parity::result(plan, view);
  check_donors(c, view, plan, out.X);
  if (c.parameter("kind", "") == "borderline-2") return parity::rounded_in_turn(parity::borderline_smote(c), view, out);
  if (!parity::comes_class_by_class(c.sampler())) return out;
  out = parity::class_by_class(out);

  const bool in_passes = c.sampler() == "AllKNN" || c.sampler() == "RepeatedEditedNearestNeighbours";
  if (!in_passes || !c.differs() || same_origins(out.origins, kept_origins(c, view))) return out;
  ++count.reordered;
  Plan instead(view.X.rows());
  for (const Index row : parity::edited_in_passes(c, view)) instead.keep(row);
  return parity::result(instead, view);
}

void check_case(const golden::Case& c, const golden::View& view, Count& count) {
  CAPTURE(c.name, c.sampler(), c.values.at("parameters").at(0));
  ++count.cases;
  count.tied += c.differs();
  count.failing += c.fails();
  if (c.fails()) {
    CHECK_THROWS_AS(parity::runs().at(c.sampler())(c, view), Error);
    return;
  }
  const auto out = run(c, view, count);
  CHECK(golden::hash_rows(out.X) == c.expected("hash").at(0));
  CHECK(golden::hash_labels(out.y) == c.expected("hash").at(1));
  if (c.values.contains("blocks")) check_blocks(c, view, out);
  if (c.values.contains("keep")) CHECK(same_origins(out.origins, kept_origins(c, view)));
  check_recorded_rows(c, view, out);
}

Counts check_folder(const std::string& golden_folder, const std::string& data_folder) {
  std::set<std::string> samplers;
  for (const auto& [name, run] : parity::runs()) samplers.insert(name);
  Counts counts;
  for (const auto& [name, record] : golden::read_views(golden_folder + "/views.csv")) {
    const auto cases = golden::read_cases(golden_folder + "/" + name + ".txt", name, samplers);
    const auto view = golden::load_view(record, data_folder);
    CAPTURE(name);
    REQUIRE(golden::hash_rows(view.X) == record.at("hash_X"));
    REQUIRE(golden::hash_labels(view.y) == record.at("hash_y"));
    for (const auto& c : cases) check_case(c, view, counts[c.sampler()]);
  }
  return counts;
}

/// A case that is not read is a case that cannot fail.
void check_counts(Counts counts, const Counts& expected) {
  for (const auto& [sampler, run] : parity::runs()) {
    const Count& count = counts[sampler];
    CAPTURE(sampler);
    REQUIRE(expected.contains(sampler));
    CHECK(count.cases == expected.at(sampler).cases);
    CHECK(count.tied == expected.at(sampler).tied);
    CHECK(count.failing == expected.at(sampler).failing);
    CHECK(count.reordered == expected.at(sampler).reordered);
  }
}

}  // namespace

TEST_CASE("the committed cases of imbalanced-learn come out bit for bit", "[parity]") {
  check_counts(check_folder(REBALANCE_COMMITTED_DATA, REBALANCE_EXAMPLE_DATA),
               {{"SMOTE", {9, 3, 1, 0}},
                {"BorderlineSMOTE", {6, 0, 0, 0}},
                {"ADASYN", {3, 1, 0, 0}},
                {"SMOTENC", {2, 0, 0, 0}},
                {"SMOTEN", {0, 0, 0, 0}},
                {"RandomOverSampler", {6, 0, 0, 0}},
                {"RandomUnderSampler", {6, 0, 0, 0}},
                {"TomekLinks", {6, 0, 0, 0}},
                {"EditedNearestNeighbours", {6, 0, 0, 0}},
                {"RepeatedEditedNearestNeighbours", {3, 0, 0, 0}},
                {"AllKNN", {4, 0, 0, 0}},
                {"SMOTEENN", {3, 1, 0, 0}},
                {"SMOTETomek", {3, 1, 0, 0}}});
}

TEST_CASE("all recorded cases of imbalanced-learn come out bit for bit", "[parity]") {
  const std::string folder = REBALANCE_TEST_DATA;
  if (folder.empty()) {
    WARN("REBALANCE_TEST_DATA is not set: only the committed cases were compared");
    return;
  }
  check_counts(check_folder(folder + "/golden", folder + "/data"), {{"SMOTE", {133, 37, 3, 0}},
                                                                    {"BorderlineSMOTE", {120, 23, 0, 0}},
                                                                    {"ADASYN", {72, 21, 5, 0}},
                                                                    {"SMOTENC", {25, 4, 0, 0}},
                                                                    {"SMOTEN", {20, 0, 0, 0}},
                                                                    {"RandomOverSampler", {132, 0, 0, 0}},
                                                                    {"RandomUnderSampler", {146, 0, 0, 0}},
                                                                    {"TomekLinks", {74, 11, 0, 0}},
                                                                    {"EditedNearestNeighbours", {120, 13, 0, 0}},
                                                                    {"RepeatedEditedNearestNeighbours", {56, 5, 0, 2}},
                                                                    {"AllKNN", {84, 10, 0, 5}},
                                                                    {"SMOTEENN", {42, 16, 0, 0}},
                                                                    {"SMOTETomek", {46, 17, 0, 0}}});
}
