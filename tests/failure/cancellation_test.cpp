// SPDX-License-Identifier: MIT
//
// A call is cancelled at every moment it can be, or a callback of the caller's throws. It leaves by that exception at
// once; what the caller gave it is as it was, and the next call returns the same bits.

#include <rebalance/rebalance.hpp>

#include <functional>
#include <latch>
#include <string>
#include <thread>

#include "../support/caller.hpp"
#include "../support/catch.hpp"

namespace cancellation_test {

using namespace rebalance;
using caller::bits;
using caller::Caller;

/// A call whose result is known by its bits.
using Call = std::function<std::uint64_t(const Execution&)>;

/// What is wrong with a call that is cancelled when it reports for the nth time. Tells how often it reported.
std::string fault_at(Index nth, Execution how, const Call& call, std::uint64_t wanted, Index& reports) {
  how.progress = [&](std::string_view, double) { return ++reports < nth; };
  try {
    const std::uint64_t got = call(how);
    if (reports >= nth) return "it was told to stop and went on";
    return got == wanted ? "" : "another result";
  } catch (const Cancelled&) {
    return reports == nth ? "" : "it was told to stop and reported again";
  }
}

/// Cancels the call at each of its reports, of many at some, on one thread and on two.
void check_cancelling(const std::string& name, const Caller& caller, const Call& call) {
  const std::uint64_t wanted = call({});
  for (const int threads : {1, 2})
    for (const Backend backend : {Backend::kd_tree, Backend::brute_force}) {
      const Execution how{.threads = threads, .backend = backend};
      for (Index nth = 1;; nth += 1 + nth / 8) {
        Index reports = 0;
        std::string fault = fault_at(nth, how, call, wanted, reports);
        if (fault.empty() && !caller.unharmed()) fault = "what the caller gave was changed";
        if (fault.empty() && nth % 5 == 0 && call(how) != wanted) fault = "the next call is another";
        if (!fault.empty()) FAIL(name << ", report " << nth << ", " << threads << " threads: " << fault);
        if (reports < nth) break;
        REQUIRE(nth < 100'000);
      }
    }
  CHECK(call({}) == wanted);
}

TEST_CASE("every sampler can be cancelled at any moment", "[cancellation]") {
  const Caller numbers, categories(true);
  caller::for_every_sampler([&](const auto& sampler, bool codes) {
    const Caller& caller = codes ? categories : numbers;
    check_cancelling(sampler.describe(), caller,
                     [&](const Execution& how) { return bits(resample(how, caller.data, sampler)); });
  });
}

TEST_CASE("searches of many rows can be cancelled at any moment", "[cancellation]") {
  const Caller caller;
  const auto X = sets::features(sets::Kind::continuous, 1000, 3);
  const Data data(X, sets::labels({750, 250}));
  const auto check = [&](const auto& sampler) {
    check_cancelling(sampler.describe(), caller,
                     [&](const Execution& how) { return bits(resample(how, data, sampler)); });
  };
  check(Smote{});
  check(EditedNearestNeighbors{});
}

TEST_CASE("streams, folds and reports can be cancelled at any moment", "[cancellation]") {
  const Caller caller;
  const Plan plan = make_plan(caller.data, Smote{});
  const StratifiedKFold splitter{.n_splits = 5, .seed = 1};
  check_cancelling("for_each_batch", caller, [&](const Execution& how) {
    std::vector<std::uint64_t> batches;
    for_each_batch(how, plan, caller.data, 10, [&](const auto& rows, const auto&) { batches.push_back(bits(rows)); });
    return bits(batches);
  });
  check_cancelling("cross_validate", caller, [&](const Execution& how) {
    return bits(cross_validate(
        how, caller.data, splitter, Smote{}, [](const auto& train) { return digest(train.X); },
        [](std::uint64_t model, const auto& test) { return model + digest(test.X); }));
  });
  check_cancelling("fold.train", caller, [&](const Execution& how) {
    return bits(Folds(caller.data, splitter)[1].train(how, Smote{}, TomekLinks{}).plan);
  });
  check_cancelling("fidelity", caller, [&](const Execution& how) {
    return bits(to_json(fidelity(how, caller.data, plan, {.repetitions = 20})).text());
  });
  check_cancelling("profile", caller, [&](const Execution& how) { return bits(profile(how, caller.data).text()); });
}

TEST_CASE("a batch that was cancelled is made by the next call", "[cancellation]") {
  const Caller caller;
  const Plan plan = make_plan(caller.data, Smote{});
  bool go_on = true;
  Batches batches(Execution{.progress = [&](std::string_view, double) { return go_on; }}, plan, caller.data, 100);
  REQUIRE(batches.next());
  go_on = false;
  CHECK_THROWS_AS(batches.next(), Cancelled);
  go_on = true;
  REQUIRE(batches.next());
  CHECK(batches.rows() == materialize(plan, caller.X).middleRows(100, 100));
}

TEST_CASE("of the caller's rows those that were not yet written are untouched", "[cancellation]") {
  const int threads = GENERATE(1, 2);
  const Matrix<double> X = Matrix<double>::Random(4, 50'000);  // five rows are a chunk
  const RandomOverSampler forty{.strategy = counts({{0, 20}, {1, 20}})};
  const Plan plan = make_plan(X, std::vector<int>{0, 0, 1, 1}, forty);
  const auto whole = materialize(plan, X);
  for (const Index nth : {1, 2, 3, 5}) {  // the first is of the plan that is checked
    Matrix<double> out = Matrix<double>::Constant(40, 50'000, 7.5);
    Index reports = 0, written = 0;
    const Execution how{.threads = threads, .progress = [&](std::string_view, double) { return ++reports < nth; }};
    try {
      materialize(how, plan, X, out);
    } catch (const Cancelled&) {
      CHECK(reports == nth);
    }
    for (Index row = 0; row < 40; ++row) {
      const bool is_written = out.row(row) == whole.row(row);
      CHECK((is_written || (out.row(row).array() == 7.5).all()));
      written += is_written;
    }
    CHECK(written >= 5 * (nth - 1));
    if (threads == 1) CHECK(written == 5 * (nth - 1));
  }
}

/// What a caller's callback throws: none of the library's exceptions.
struct Own {
  int number;
};

/// The number of the Own that a call throws; -1: none.
int own_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Own& own) {
    return own.number;
  }
  return -1;
}

struct Throws {
  template <class S>
  Plan plan(const DataView<S>&, const Execution&) const {
    throw Own{1};
  }
};

TEST_CASE("what a callback throws reaches the caller as it is", "[cancellation]") {
  const Caller caller;
  const int threads = GENERATE(1, 2);
  const Execution how{.threads = threads};
  const Execution progress{.threads = threads, .progress = [](std::string_view, double) -> bool { throw Own{2}; }};
  const Execution searching{.threads = threads, .searching = [](const SearchReport&) { throw Own{3}; }};
  const auto sizes = [](const Strategy::Counts&) -> Strategy::Counts { throw Own{4}; };
  const auto refuse = [](std::span<const double>) -> bool { throw Own{5}; };
  CHECK(own_of([&] { resample(how, caller.data, Smote{}, Throws{}); }) == 1);
  CHECK(own_of([&] { resample(progress, caller.data, Smote{}); }) == 2);
  CHECK(own_of([&] { resample(searching, caller.data, Smote{}); }) == 3);
  CHECK(own_of([&] { resample(how, caller.data, Smote{.strategy = targets(sizes)}); }) == 4);
  CHECK(own_of([&] { resample(how, Data(caller.X, caller.y).accept(refuse), Smote{}); }) == 5);
  const Plan plan = make_plan(caller.data, Smote{});
  CHECK(own_of([&] { for_each_batch(how, plan, caller.data, 9, [](const auto&, const auto&) { throw Own{6}; }); }) ==
        6);
  CHECK(own_of([&] { gather(plan, caller.y, [](int, int, double) -> int { throw Own{7}; }); }) == 7);
  CHECK(caller.unharmed());
}

TEST_CASE("what a callback throws on another thread reaches the caller as it is", "[cancellation]") {
  const Caller caller;
  const auto here = std::this_thread::get_id();
  std::latch both(2);
  const auto fit = [&](const auto& train) {
    both.arrive_and_wait();  // so that each thread has one of the two folds
    if (std::this_thread::get_id() != here) throw Own{8};
    return train.X.rows();
  };
  const auto score = [](Index rows, const auto&) { return rows; };
  CHECK(own_of([&] {
          cross_validate(Execution{.threads = 2}, caller.data, StratifiedKFold{.n_splits = 2}, Smote{}, fit, score);
        }) == 8);
  CHECK(caller.unharmed());
}

}  // namespace cancellation_test
