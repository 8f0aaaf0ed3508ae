// SPDX-License-Identifier: MIT
#include <rebalance/core/any_resampler.hpp>

#include <tuple>

#include <rebalance/rebalance.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

namespace {

struct Halve {  // neither == nor describe()
  template <class S>
  Plan plan(const DataView<S>& data, const Execution&) const {
    Plan plan(data.rows());
    for (Index row = 0; row < data.rows(); row += 2) plan.keep(row);
    return plan;
  }
};

struct Twice {  // made of any resampler, as a user's own wrapper may be
  explicit Twice(AnyResampler inner) : inner_(std::move(inner)) {}
  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const {
    return Chain{inner_, inner_}.plan(data, how);
  }

 private:
  AnyResampler inner_;
};

}  // namespace

TEST_CASE("a sampler does the same, whether its type is known or not", "[any_resampler]") {
  const auto X = sets::features(Kind::continuous, 120, 3);
  const Matrix<float> single = X.cast<float>();
  const auto y = sets::labels({80, 40});
  const Smote smote{.k_neighbors = 3, .seed = 7};
  const AnyResampler any = smote;
  CHECK(resample(X, y, any).X == resample(X, y, smote).X);
  CHECK(make_plan(single, y, any) == make_plan(single, y, smote));
  CHECK(make_plan(Execution{.threads = 2}, X, y, any) == make_plan(X, y, smote));
  CHECK(resample(X, y, RandomUnderSampler{.strategy = ratio(0.8)}, any).X ==
        resample(X, y, RandomUnderSampler{.strategy = ratio(0.8)}, smote).X);
  CHECK(resample(X, y, Chain{any, AnyResampler(TomekLinks{})}).X == resample(X, y, smote, TomekLinks{}).X);
  CHECK(any.describe() == smote.describe());
  CHECK(any.reads_features());
}

TEST_CASE("it is a resampler and a regular value", "[any_resampler]") {
  STATIC_REQUIRE(Resampler<AnyResampler>);
  STATIC_REQUIRE(std::copyable<AnyResampler>);
  STATIC_REQUIRE_FALSE(std::constructible_from<AnyResampler, int>);
  AnyResampler a = Smote{.seed = 1}, b = Smote{.seed = 1}, c = Smote{.seed = 2}, d = SmoteN{.seed = 1};
  CHECK(a == b);
  CHECK_FALSE(a == c);
  CHECK_FALSE(a == d);  // another type
  a = d;
  CHECK(a == d);
  std::vector<AnyResampler> several{Smote{}, TomekLinks{}, RandomOverSampler{}};
  several.push_back(Chain{RandomUnderSampler{}, Smote{}});
  CHECK(several[3].describe() == Chain{RandomUnderSampler{}, Smote{}}.describe());
}

TEST_CASE("what the held sampler lacks is not asked of it", "[any_resampler]") {
  const auto X = sets::features(Kind::continuous, 40, 2);
  const auto y = sets::labels({25, 15});
  const AnyResampler mine = Halve{};
  CHECK(resample(X, y, mine).plan.size() == 20);
  CHECK(mine == AnyResampler(mine));
  CHECK_FALSE(mine == AnyResampler(Halve{}));
  CHECK(mine.describe() == "AnyResampler{a type without describe()}");
}

TEST_CASE("whether features are read is the held sampler's to say", "[any_resampler]") {
  auto X = sets::features(Kind::continuous, 40, 2);
  X(3, 1) = std::nan("");
  const auto y = sets::labels({25, 15});
  CHECK_NOTHROW(resample(X, y, AnyResampler(RandomOverSampler{})));
  CHECK_THROWS_AS(resample(X, y, AnyResampler(Smote{})), BadValue);
}

TEST_CASE("what is made of any resampler is one, and can be held in turn", "[any_resampler]") {
  // To copy these, the compiler asks whether AnyResampler could be made of them: that must not ask whether they can be copied.
  STATIC_REQUIRE(Resampler<Chain<AnyResampler>>);
  STATIC_REQUIRE(Resampler<Twice>);
  STATIC_REQUIRE(std::copyable<std::tuple<AnyResampler>>);
  const auto X = sets::features(Kind::continuous, 40, 2);
  const auto y = sets::labels({25, 15});
  const Chain alone{AnyResampler(Halve{})};
  CHECK(make_plan(X, y, AnyResampler(alone)) == make_plan(X, y, Halve{}));
  CHECK(make_plan(X, y, AnyResampler(Twice(Halve{}))) == make_plan(X, y, Halve{}, Halve{}));
}
