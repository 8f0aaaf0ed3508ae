// SPDX-License-Identifier: MIT
//
// Memory runs out at every place of a call, once or for good. The call throws std::bad_alloc or does without; it leaves
// no block of memory behind, what the caller gave it is as it was, and the next call returns the same bits.

#include <rebalance/rebalance.hpp>

#include <algorithm>
#include <bit>
#include <functional>
#include <string>
#include <system_error>
#include <thread>

#if defined(__GLIBC__)
#include <pthread.h>
#endif

#include "../support/caller.hpp"
#include "../support/catch.hpp"
#include "../support/failing_memory.hpp"

namespace allocation_test {

using namespace rebalance;
using caller::bits;
using caller::Caller;
using failing_memory::Shortage;

/// A call whose result is known by its bits.
using Call = std::function<std::uint64_t(const Execution&)>;

/// What is wrong with a call whose request number `nth` for memory is refused; empty if nothing is.
std::string fault_at(long nth, Shortage shortage, const Call& call, const Execution& how, std::uint64_t wanted) {
  const long before = failing_memory::blocks;
  std::string fault;
  try {
    failing_memory::Scope scope(nth, shortage);
    const std::uint64_t got = call(how);
    scope.end();
    if (got != wanted) fault = "another result";
  } catch (const std::bad_alloc&) {
  } catch (const std::exception& error) {
    fault = std::string("instead of std::bad_alloc: ") + error.what();
  }
  if (fault.empty() && failing_memory::blocks != before) fault = "memory was not given back";
  return fault;
}

/// Refuses each request of the call for memory, of many some, on one thread and on two; looks at what is left.
void check_shortages(const std::string& name, const Caller& caller, const Call& call) {
  const std::uint64_t wanted = call({});
  for (const int threads : {1, 2})
    for (const Shortage shortage : {Shortage::one, Shortage::all_from})
      for (long nth = 1;; nth += 1 + nth / 8) {
        const Execution how{.threads = threads};
        std::string fault = fault_at(nth, shortage, call, how, wanted);
        const bool refused = failing_memory::refused > 0;
        if (fault.empty() && !caller.unharmed()) fault = "what the caller gave was changed";
        if (fault.empty() && nth % 7 == 0 && call(how) != wanted) fault = "the next call is another";
        if (!fault.empty()) FAIL(name << ", request " << nth << ", " << threads << " threads: " << fault);
        if (!refused) break;
      }
  CHECK(call({}) == wanted);
}

TEST_CASE("memory runs out in every sampler", "[allocation]") {
  const Caller numbers, categories(true);
  caller::for_every_sampler([&](const auto& sampler, bool codes) {
    const Caller& caller = codes ? categories : numbers;
    check_shortages(sampler.describe(), caller,
                    [&](const Execution& how) { return bits(resample(how, caller.data, sampler)); });
  });
}

TEST_CASE("memory runs out while several threads write rows", "[allocation]") {
  const Matrix<double> X = Matrix<double>::Constant(2, 80'000, 7.5);  // four rows are more than one chunk
  const std::vector<int> y{0, 1};
  const Data data(X, y);
  const RandomOverSampler eight{.strategy = counts({{0, 4}, {1, 4}})};
  check_shortages("threads", Caller(), [&](const Execution& how) { return bits(resample(how, data, eight)); });
}

#if defined(__GLIBC__)
/// While it lives no thread can be started: its stack would be larger than all memory that can be addressed.
class NoThreads {
 public:
  NoThreads() {
    pthread_getattr_default_np(&before_);
    pthread_attr_t huge;
    pthread_attr_init(&huge);
    pthread_attr_setstacksize(&huge, std::size_t{1} << 48);
    pthread_setattr_default_np(&huge);
    pthread_attr_destroy(&huge);
  }
  NoThreads(const NoThreads&) = delete;
  NoThreads& operator=(const NoThreads&) = delete;
  ~NoThreads() { pthread_setattr_default_np(&before_); }

 private:
  pthread_attr_t before_;
};

TEST_CASE("where no thread can be started the calling one does the work", "[allocation]") {
  const Caller caller;
  const auto folds = [&](int threads) {
    return cross_validate(
        Execution{.threads = threads}, caller.data, StratifiedKFold{.n_splits = 3}, Smote{},
        [](const auto& train) { return digest(train.X); },
        [](std::uint64_t model, const auto& test) { return model + digest(test.X); });
  };
  const auto wanted = folds(1);
  const NoThreads none;
  CHECK_THROWS_AS(std::thread([] {}).join(), std::system_error);
  CHECK(folds(3) == wanted);
}
#endif

TEST_CASE("memory runs out while columns are added, and the data stay as they were", "[allocation]") {
  const Caller caller;
  const Eigen::MatrixXd Z = caller.X.leftCols(2);
  const auto digests = [](const Data<double, int>& data) {
    const InputDigests all = detail::digests_of(data.view());
    std::vector<std::uint64_t> out{all.X, all.y};
    for (const auto& column : {all.space, all.strata, all.groups, all.times, all.ends})
      out.push_back(column.value_or(0));
    return bits(out);
  };
  Data data(caller.X, caller.y);
  const std::uint64_t before = digests(data);
  const auto refused_and_unchanged = [&](const std::function<void()>& change) {
    try {
      failing_memory::Scope scope(1, Shortage::one);
      change();
      return false;
    } catch (const std::bad_alloc&) {
    }
    return digests(data) == before;
  };
  CHECK(refused_and_unchanged([&] { data.space(Z); }));
  CHECK(refused_and_unchanged([&] { data.strata(caller.halves); }));
  CHECK(refused_and_unchanged([&] { data.groups(caller.halves); }));
  CHECK(refused_and_unchanged([&] { data.times(caller.y, caller.y); }));

  check_shortages("columns", caller, [&](const Execution&) {
    Data other(caller.X, caller.y);
    return digests(other.space(Z).strata(caller.halves).groups(caller.halves).times(caller.y));
  });
}

TEST_CASE("memory runs out with strata, rules and spaces", "[allocation]") {
  const Caller caller;
  const Matrix<double> Z = caller.X.leftCols(2);
  const Data data = Data(caller.X, caller.y)
                        .space(Z)
                        .strata(caller.halves, {.allocation = Allocation::equal})
                        .columns({integer({2})})
                        .accept([](std::span<const double> row) { return row[0] > -1; });
  check_shortages("strata", caller,
                  [&](const Execution& how) { return bits(resample(how, data, Smote{}, TomekLinks{})); });
  const Smote scaled{.space = {.scaling = Scaling::robust, .columns = {0, 1}}};
  check_shortages("space", caller, [&](const Execution& how) { return bits(make_plan(how, caller.data, scaled)); });
  check_shortages("clusters", caller, [&](const Execution& how) { return bits(mutual_clusters(how, caller.data)); });
}

TEST_CASE("memory runs out while rows are written into the caller's", "[allocation]") {
  const Caller caller;
  const Plan plan = make_plan(caller.data, Smote{});
  const std::uint64_t plan_before = bits(plan);
  const Eigen::MatrixXd by_column = caller.X;  // is converted first
  Matrix<double> out(plan.size(), 3);
  bool all_or_nothing = true;
  check_shortages("materialize", caller, [&](const Execution& how) {
    out.setConstant(7.5);
    try {
      materialize(how, plan, by_column, out);
    } catch (const std::bad_alloc&) {
      all_or_nothing = all_or_nothing && (out.array() == 7.5).all();
      throw;
    }
    return bits(out);
  });
  CHECK(all_or_nothing);
  CHECK(bits(plan) == plan_before);
  check_shortages("gather", caller, [&](const Execution&) { return bits(gather(plan, caller.halves)); });
}

TEST_CASE("memory runs out in a batch, and the next call makes that batch", "[allocation]") {
  const Caller caller;
  const Plan plan = make_plan(caller.data, Smote{});
  const auto whole = materialize(plan, caller.X);
  Batches batches(plan, caller.data, 64);  // 270 rows: the last batch is smaller and needs other memory
  Index made = 0;
  long refused = 0;
  for (bool more = true; more; made += batches.rows().rows()) {
    for (long nth = 1;; ++nth) {
      try {
        failing_memory::Scope scope(nth, Shortage::one);
        more = batches.next();
        break;
      } catch (const std::bad_alloc&) {
        ++refused;
      }
    }
    REQUIRE(batches.rows() == whole.middleRows(made, batches.rows().rows()));
  }
  CHECK(made == whole.rows());
  CHECK(refused > 4);
}

TEST_CASE("memory runs out in folds and cross-validation", "[allocation]") {
  const Caller caller;
  const StratifiedKFold splitter{.n_splits = 3, .seed = 1};
  check_shortages("folds", caller, [&](const Execution& how) {
    std::vector<std::uint64_t> sides;
    for (const auto& fold : Folds(caller.data, splitter).transformed(Standardize{}).in_space(MinMax{})) {
      sides.push_back(bits(fold.train(how, Smote{}).X));
      sides.push_back(bits(fold.test().X));
    }
    return bits(sides);
  });
  check_shortages("nested folds", caller, [&](const Execution& how) {
    return bits(Folds(caller.data, splitter)[1].inner(splitter)[0].train(how, Smote{}).plan);
  });
  check_shortages("cross_validate", caller, [&](const Execution& how) {
    return bits(cross_validate(
        how, caller.data, splitter, Smote{}, [](const auto& train) { return digest(train.X); },
        [](std::uint64_t model, const auto& test) { return model + digest(test.X); }));
  });
  const Split split = splitter.split(caller.data.facts())[0];
  check_shortages("leakage_report", caller, [&](const Execution& how) {
    return bits(leakage_report(how, caller.data, split, {.near = 0.1}).text());
  });
}

TEST_CASE("memory runs out in records", "[allocation]") {
  const Caller caller;
  const SmoteNc sampler{.nominal = {2}};
  const Plan plan = make_plan(caller.data, sampler);
  const std::string bytes = plan_bytes(plan);
  const Manifest made = manifest(caller.data, plan, sampler);
  const std::string json = made.json();
  check_shortages("plan_bytes", caller, [&](const Execution&) { return bits(plan_bytes(plan)); });
  check_shortages("plan_of_bytes", caller, [&](const Execution&) { return bits(plan_of_bytes(bytes)); });
  check_shortages("manifest", caller,
                  [&](const Execution& how) { return bits(manifest(how, caller.data, plan, sampler).plan); });
  check_shortages("manifest to JSON", caller, [&](const Execution&) { return bits(made.json()); });
  check_shortages("manifest of JSON", caller, [&](const Execution&) { return bits(manifest_of_json(json).plan); });
  check_shortages("replay", caller, [&](const Execution& how) { return bits(replay(how, made, caller.data)); });
  check_shortages("metrics_text", caller,
                  [&](const Execution&) { return bits(metrics_text(made, "claims", "run 7")); });
}

TEST_CASE("memory runs out in reports", "[allocation]") {
  const Caller caller;
  const Plan plan = make_plan(caller.data, Smote{});
  const FidelityOptions quick{.repetitions = 20};
  const Fidelity report = fidelity(caller.data, plan, quick);
  check_shortages("profile", caller, [&](const Execution& how) { return bits(profile(how, caller.data).text()); });
  check_shortages("fidelity", caller,
                  [&](const Execution& how) { return bits(to_json(fidelity(how, caller.data, plan, quick)).text()); });
  check_shortages("audit_page", caller, [&](const Execution&) { return bits(audit_page(caller.data, plan, report)); });
}

/// Out-of-fold scores of two folds, by the first column.
struct Scored {
  explicit Scored(const Caller& caller) : folds(caller.X, caller.halves, StratifiedKFold{.n_splits = 2, .seed = 3}) {}
  void add(OutOfFold& oof, Index fold) const {
    const auto test = folds[fold].test();
    oof.add(test, std::vector<double>(test.X.col(0).begin(), test.X.col(0).end()));
  }
  Folds<double, int> folds;
};

TEST_CASE("memory runs out in an evaluation", "[allocation]") {
  const Caller caller;
  const Scored scored(caller);
  const std::vector<double> p(150, 0.25);
  const auto number = [](double value) { return std::bit_cast<std::uint64_t>(value); };
  check_shortages("choose_threshold", caller, [&](const Execution&) {
    OutOfFold oof(1);
    scored.add(oof, 0);
    scored.add(oof, 1);
    return number(choose_threshold(oof, best_f_beta(1)).threshold);
  });
  check_shortages("average_precision", caller,
                  [&](const Execution&) { return number(average_precision(caller.halves, p, 1)); });
  check_shortages("calibration_error", caller, [&](const Execution&) {
    return number(calibration_error(caller.halves, p, 1, 10, Bins::equal_mass, {.simulations = 20}).null_high);
  });
  check_shortages("confusion", caller,
                  [&](const Execution&) { return number(confusion(caller.y, caller.halves).balanced_accuracy()); });
  check_shortages("PriorShift", caller, [&](const Execution&) {
    return number(PriorShift(prior_of(caller.halves), {{0, 0.9}, {1, 0.1}}).weights()[0]);
  });
}

TEST_CASE("scores that could not be added were not added", "[allocation]") {
  const Caller caller;
  const Scored scored(caller);
  OutOfFold whole(1), oof(1);
  for (const Index fold : {0, 1}) scored.add(whole, fold);
  long refused = 0;
  for (const Index fold : {0, 1})
    for (long nth = 1;; ++nth) {
      const Index before = oof.size();
      try {
        failing_memory::Scope scope(nth, Shortage::one);
        scored.add(oof, fold);
        break;
      } catch (const std::bad_alloc&) {
        ++refused;
        REQUIRE(oof.size() == before);
      }
    }
  CHECK(refused > 10);
  CHECK(std::ranges::equal(oof.scores(), whole.scores()));
  CHECK(std::ranges::equal(oof.rows(), whole.rows()));
}

TEST_CASE("a plan to which a row could not be added is the plan it was", "[allocation]") {
  const std::vector<Donor> donors{{0, 3}, {1, 4}};
  const auto add = [&](Plan& plan, int kind) {
    if (kind == 0) plan.keep(1);
    if (kind == 1) plan.add_with_donors(1, 2, 0.5, donors);
    if (kind == 2) plan.add_by_rule(1, 1, 2, 0.5);
    if (kind == 3) plan.add_rows(3, 1, 2).origins[0] = {1, 2, 0.5};
  };
  Plan whole(9), plan(9);
  for (Plan* one : {&whole, &plan}) one->add_rule({.kind = Rule::Kind::box, .scale = {}, .normals = {}});
  long refused = 0;
  for (const int kind : {0, 1, 2, 1, 0, 2, 1, 1, 1, 2, 0, 1}) {
    for (long nth = 1;; ++nth) {
      try {
        failing_memory::Scope scope(nth, Shortage::one);
        add(plan, kind);
        break;
      } catch (const std::bad_alloc&) {
        ++refused;
        REQUIRE(plan == whole);
      }
    }
    add(whole, kind);
    REQUIRE(plan == whole);
  }
  CHECK(refused > 10);
}

}  // namespace allocation_test
