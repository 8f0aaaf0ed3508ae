// SPDX-License-Identifier: MIT
//
// Draws data and options, thousands of times, and compares what must not differ: threads, backends, layouts, scalar types,
// plans that went through bytes and manifests that went through JSON, rows written at once, in batches and into the
// caller's memory. Whatever is refused has to be refused in the same words.
//
//   soak [--seconds S] [--first SEED] [--count N]
//
// Ends at the first difference with status 1 and the seed: `soak --first SEED --count 1` shows it again.

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/rebalance.hpp>

#include "configuration.hpp"
#include "invariants.hpp"

namespace {

using namespace rebalance;
using namespace soak;

std::string type_of(const Error& error) {
  if (dynamic_cast<const InvalidOption*>(&error)) return "InvalidOption";
  if (dynamic_cast<const BadValue*>(&error)) return "BadValue";
  if (dynamic_cast<const TooFewRows*>(&error)) return "TooFewRows";
  if (dynamic_cast<const TooFewClasses*>(&error)) return "TooFewClasses";
  if (dynamic_cast<const InvalidPlan*>(&error)) return "InvalidPlan";
  return "another Error";
}

/// What became of a configuration: a resampled set, or the words it was refused in.
template <class S>
struct Outcome {
  std::string type, refusal;
  Resampled<S, int> made;

  template <class T>
  bool same_as(const Outcome<T>& other) const {
    const bool same_words =
        std::same_as<S, T> ? refusal == other.refusal : type == other.type;  // they name a limit of S
    return same_words && made.plan == other.made.plan && made.y == other.made.y &&
           made.plan.notes() == other.made.plan.notes() && made.counts == other.made.counts;
  }
};

/// The data of a configuration, with X and space as they are given.
template <class X, class Z>
auto data_of(const Configuration& given, const X& x, const Z& space) {
  Data data(x, given.y);
  if (space.cols() > 0) data.space(space);
  if (!given.strata.empty()) data.strata(given.strata, given.strata_rules);
  if (!given.columns.empty()) data.columns(given.columns);
  if (given.accept) data.accept(given.accept, given.tries);
  return data;
}

template <class X, class Z>
Outcome<typename X::Scalar> outcome(const Execution& how, const Configuration& given, const X& x, const Z& space) {
  try {
    const auto data = data_of(given, x, space);
    return {"", "", resample(how, data, given.sampler)};
  } catch (const Error& error) {
    return {type_of(error), error.what(), {}};
  }
}

/// Whether float is promised the plan of double: nothing that decides is rounded to the scalar before it does.
bool float_decides_alike(const Configuration& given) {
  const Stage& stage = given.stages.front();
  return given.stages.size() == 1 && stage.name != "smote_enn" && stage.name != "smote_tomek" && !given.accept &&
         std::none_of(stage.options.begin(), stage.options.end(),
                      [](const NamedOption& option) { return option.name.starts_with("space."); });
}

void compare_executions(const Configuration& given, const Outcome<double>& first, Faults& faults) {
  const auto compare = [&](const auto& other, const std::string& what) {
    if (!first.same_as(other)) faults.push_back(what + (other.refusal.empty() ? "" : ": " + other.refusal));
  };
  for (const int threads : {1, 2, 5})
    for (const Backend backend : {Backend::kd_tree, Backend::brute_force, Backend::automatic}) {
      const auto other = outcome({.threads = threads, .backend = backend}, given, given.X, given.space);
      const std::string what = detail::text({threads, " threads, backend ", static_cast<int>(backend)});
      compare(other, what);
      if (!same_bytes<double>(other.made.X, first.made.X)) faults.push_back(what + ": other rows");
    }
  const Eigen::MatrixXd columns = given.X, space = given.space;
  const auto other = outcome({}, given, columns, space);
  compare(other, "column-major");
  if (!same_bytes<double>(other.made.X, first.made.X)) faults.push_back("column-major: other rows");
  if (!float_decides_alike(given)) return;
  const Matrix<float> narrow = given.X.cast<float>(), narrow_space = given.space.cast<float>();
  compare(outcome({.threads = 2}, given, narrow, narrow_space), "float");
}

void compare_writing(const Configuration& given, const Data<double, int>& data, const Resampled<double, int>& made,
                     Faults& faults) {
  Matrix<double> mine = Matrix<double>::Constant(made.plan.size(), given.X.cols(), 99);
  materialize(Execution{.threads = 5}, made.plan, given.X, mine);
  if (!same_bytes<double>(mine, made.X)) faults.push_back("written into the caller's memory: other rows");
  mine.setConstant(99);
  std::vector<int> labels;
  for_each_batch(Execution{.threads = 2}, made.plan, data, 1 + made.plan.size() / 3,
                 [&](const auto& rows, const auto& part) {
                   mine.middleRows(static_cast<Index>(labels.size()), rows.rows()) = rows;
                   labels.insert(labels.end(), part.begin(), part.end());
                 });
  if (!same_bytes<double>(mine, made.X) || labels != made.y) faults.push_back("in batches: other rows or labels");
}

void compare_records(const Configuration& given, const Data<double, int>& data, const Resampled<double, int>& made,
                     Faults& faults) {
  const Plan plan = plan_of_bytes(plan_bytes(made.plan), given.X.rows());
  if (plan != made.plan || plan.notes() != made.plan.notes() || plan.stages() != made.plan.stages())
    faults.push_back("another plan after it was bytes");
  const Manifest record = manifest(data, made.plan, given.sampler);
  const Manifest read = manifest_of_json(record.json());
  if (read != record) faults.push_back("another manifest after it was JSON");
  const auto again = replay(Execution{.threads = 2}, read, data);
  if (!same_bytes<double>(again.X, made.X) || again.y != made.y || again.plan != made.plan ||
      again.counts != made.counts)
    faults.push_back("the replay is another set");
  if (!verify(made.plan, given.X, made.X).empty()) faults.push_back("verify finds rows of another plan");
}

/// All faults of a configuration.
Faults faults_of(const Configuration& given, const Outcome<double>& first) {
  Faults faults;
  compare_executions(given, first, faults);
  if (!first.refusal.empty()) return faults;
  const auto data = data_of(given, given.X, given.space);
  compare_writing(given, data, first.made, faults);
  compare_records(given, data, first.made, faults);
  check_invariants(given, data, first.made, faults);
  return faults;
}

/// Whether a configuration is as it must be; counts what became of it.
bool passes(std::uint64_t seed, std::map<std::string, int>& refused) {
  std::string words;
  Faults faults;
  try {
    const Configuration given = drawn_configuration(seed);
    words = described(given);
    const auto first = outcome({}, given, given.X, given.space);
    if (!first.refusal.empty()) ++refused[first.type];
    words += "\n" + first.refusal;
    faults = faults_of(given, first);
  } catch (const std::exception& error) {
    faults.push_back(std::string("an exception where there must be none: ") + error.what());
  }
  for (const std::string& fault : faults) std::fprintf(stderr, "%s\n", fault.c_str());
  if (!faults.empty())
    std::fprintf(stderr, "soak --first %llu --count 1\n%s\n", static_cast<unsigned long long>(seed), words.c_str());
  return faults.empty();
}

}  // namespace

int main(int count, char** arguments) {
  std::map<std::string_view, std::uint64_t> options{
      {"--seconds", 5}, {"--first", 1}, {"--count", std::numeric_limits<std::uint64_t>::max()}};
  for (int i = 1; i < count; i += 2) {
    if (i + 1 == count || !options.contains(arguments[i])) {
      std::fprintf(stderr, "soak [--seconds S] [--first SEED] [--count N]\n");
      return 2;
    }
    options[arguments[i]] = std::strtoull(arguments[i + 1], nullptr, 10);
  }

  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(options["--seconds"]);
  std::map<std::string, int> refused;
  std::uint64_t done = 0;
  for (; done < options["--count"] && std::chrono::steady_clock::now() < end; ++done)
    if (!passes(options["--first"] + done, refused)) return 1;
  std::printf("%llu configurations without a difference\n", static_cast<unsigned long long>(done));
  for (const auto& [type, times] : refused) std::printf("  %d refused as %s\n", times, type.c_str());
}
