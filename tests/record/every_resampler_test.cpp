// SPDX-License-Identifier: MIT
//
// What is recorded of a run, on every sampler and chain: compiled once for all of the records.

#include <rebalance/rebalance.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "../support/catch.hpp"
#include "../support/every_resampler.hpp"

namespace every_resampler_test {

using namespace rebalance;
using every_resampler::cases;

const auto y = sets::labels(every_resampler::sizes());

template <class S>
bool same_bytes(const Matrix<S>& a, const Matrix<S>& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() &&
         std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(S)) == 0;
}

TEST_CASE("plans come back from their bytes", "[every_resampler]") {
  for (const auto& one : cases()) {
    INFO(one.name);
    const Plan plan = make_plan(every_resampler::features<double>(one), y, one.sampler);
    const std::string bytes = plan_bytes(plan);
    const Plan read = plan_of_bytes(bytes, 150);
    CHECK(read == plan);
    CHECK(read.notes() == plan.notes());
    CHECK(read.stages() == plan.stages());
    CHECK(digest(read) == digest(plan));
    CHECK(plan_bytes(read) == bytes);
    CHECK_THROWS_AS(plan_of_bytes(bytes, 149), InvalidPlan);
  }
}

TEMPLATE_TEST_CASE("rows are made again from the manifest, bit for bit", "[every_resampler]", float, double) {
  for (const auto& one : cases()) {
    INFO(one.name);
    auto X = every_resampler::features<TestType>(one);
    const Data data(X, y);
    const auto out = resample(data, one.sampler);
    const Manifest made = manifest(data, out.plan, one.sampler);
    CHECK(made.recipe == std::vector<std::string>{one.sampler.describe()});
    const Manifest record = manifest_of_json(made.json());
    CHECK(record == made);
    CHECK(same_bytes<TestType>(replay(record, X), out.X));
    const auto again = replay(Execution{.threads = 2}, record, data);
    CHECK(same_bytes<TestType>(again.X, out.X));
    CHECK(again.y == out.y);
    CHECK(again.plan == out.plan);
    CHECK(again.plan.notes() == out.plan.notes());
    CHECK(again.counts == out.counts);
    CHECK(verify(again.plan, X, out.X).empty());
    X(149, 2) += TestType(1);
    CHECK_THROWS_AS(replay(record, X), InvalidRecord);
  }
}

TEST_CASE("numbers of a manifest add up", "[every_resampler]") {
  for (const auto& one : cases()) {
    INFO(one.name);
    const auto X = every_resampler::features<double>(one);
    const Data data(X, y);
    const auto out = resample(data, one.sampler);
    const PlanSummary summary = manifest(data, out.plan, one.sampler).summary;
    Index removed = 0, synthetic = 0, listed = 0;
    for (std::size_t c = 0; c < 3; ++c) {
      const ClassSummary& found = summary.classes[c];
      CHECK(found.before == out.counts[c].before);
      CHECK(found.after == out.counts[c].after);
      CHECK(found.after == found.kept + found.synthetic);
      CHECK(found.kept == found.before - found.removed);  // nothing is kept twice
      removed += found.removed;
      synthetic += found.synthetic;
    }
    for (const RemovalSummary& removal : summary.removals) listed += removal.real;
    CHECK(listed <= removed);
    CHECK(summary.synthetic_ratio == static_cast<double>(synthetic) / static_cast<double>(out.X.rows()));
  }
}

TEST_CASE("weights keep the totals of classes, and lie between those of the parents", "[every_resampler]") {
  std::vector<double> given;
  for (std::size_t row = 0; row < y.size(); ++row) given.push_back(0.5 + static_cast<double>(row * 7 % 13));
  const auto of = [&](Index row) { return given[static_cast<std::size_t>(row)]; };
  for (const auto& one : cases()) {
    INFO(one.name);
    const Plan plan = make_plan(every_resampler::features<double>(one), y, one.sampler);
    CHECK(gather_weights(plan, given, WeightPolicy::of_base) == gather(plan, given));

    const auto between = gather_weights(plan, given, WeightPolicy::interpolated);
    const auto sharing = gather_weights(plan, given, y, WeightPolicy::keep_class_total);
    double before[3] = {0, 0, 0}, after[3] = {0, 0, 0};
    for (Index row = 0; row < 150; ++row) before[y[static_cast<std::size_t>(row)]] += of(row);
    for (Index row = 0; row < plan.size(); ++row) {
      const auto& [base, neighbor, step] = plan[row];
      const double weight = between[static_cast<std::size_t>(row)];
      CHECK((weight >= std::min(of(base), of(neighbor)) && weight <= std::max(of(base), of(neighbor))));
      if (!plan[row].synthetic()) CHECK(weight == of(base));
      after[y[static_cast<std::size_t>(base)]] += sharing[static_cast<std::size_t>(row)];
    }
    for (int c = 0; c < 3; ++c) CHECK(std::abs(after[c] - before[c]) < 1e-9 * before[c]);

    const std::vector<double> equal(150, 3.5);
    CHECK(gather_weights(plan, equal, WeightPolicy::interpolated) == gather(plan, equal));
  }
}

}  // namespace every_resampler_test
