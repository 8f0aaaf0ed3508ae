// SPDX-License-Identifier: MIT
#include <rebalance/core/digest.hpp>

#include <set>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;

TEST_CASE("digests are pinned", "[digest]") {
  const Matrix<double> X{{1, 2, 3}, {4, 5, 6.5}};
  CHECK(detail::hex(digest(X)) == "2fcff1318440aa4b");
  CHECK(detail::hex(digest(Matrix<float>(X.cast<float>()))) == "bfc0d5d80bf92aa7");
  Plan plan(3);
  plan.keep(0);
  plan.add(0, 2, 0.5);
  CHECK(detail::hex(digest(plan)) == "b088dea52533a7a1");
}

TEST_CASE("the layout of a matrix does not matter, its shape, scalar and every bit do", "[digest]") {
  const auto X = sets::features(sets::Kind::continuous, 40, 7);
  const std::uint64_t first = digest(X);
  CHECK(digest(Eigen::MatrixXd(X)) == first);  // column-major
  Matrix<double> wide = Matrix<double>::Constant(42, 11, 99);
  wide.block(1, 2, 40, 7) = X;
  CHECK(digest(wide.block(1, 2, 40, 7)) == first);
  CHECK(digest(X * 1.0) == first);

  std::set<std::uint64_t> seen{first};
  CHECK(seen.insert(digest(Matrix<double>(X.reshaped<Eigen::RowMajor>(20, 14)))).second);
  CHECK(seen.insert(digest(Matrix<double>(X.topRows(39)))).second);
  CHECK(seen.insert(digest(Matrix<float>(X.cast<float>()))).second);
  Matrix<double> zeros = Matrix<double>::Zero(3, 2);
  seen.insert(digest(zeros));
  zeros(2, 1) = -0.0;
  CHECK(seen.insert(digest(zeros)).second);
  Matrix<double> swapped = X;
  swapped.row(3).swap(swapped.row(4));
  CHECK(seen.insert(digest(swapped)).second);
}

TEMPLATE_TEST_CASE("every bit of every value counts", "[digest]", float, double) {
  using Bits = std::conditional_t<std::same_as<TestType, float>, std::uint32_t, std::uint64_t>;
  Matrix<TestType> X = sets::features<TestType>(sets::Kind::continuous, 6, 5);
  std::set<std::uint64_t> seen{digest(X)};
  for (Index i = 0; i < X.size(); ++i)
    for (std::size_t bit = 0; bit < 8 * sizeof(TestType); ++bit) {
      const TestType before = X.data()[i];
      X.data()[i] = std::bit_cast<TestType>(std::bit_cast<Bits>(before) ^ Bits{1} << bit);
      CHECK(seen.insert(digest(X)).second);
      X.data()[i] = before;
    }
}

TEST_CASE("two changed signs do not cancel", "[digest]") {
  const Matrix<double> X{{1, 2, 3, 4, 5, 6, 7, 8}};
  std::set<std::uint64_t> seen;
  for (int signs = 0; signs < 256; ++signs) {
    Matrix<double> changed = X;
    for (int j = 0; j < 8; ++j)
      if (signs >> j & 1) changed(0, j) = -changed(0, j);
    CHECK(seen.insert(digest(changed)).second);
  }
}

TEST_CASE("labels count by their names", "[digest]") {
  const auto of = [](const auto& y) {
    const auto encoded = detail::encode<detail::label_of<std::remove_cvref_t<decltype(y)>>>(y);
    std::vector<Label> names;
    for (const auto& value : encoded.values) names.emplace_back(value);
    return detail::digest_of_labels(encoded.codes, names);
  };
  const auto numbers = of(std::vector<int>{9, 10, 9});
  CHECK(of(std::vector<std::string>{"9", "10", "9"}) == numbers);  // sorted the other way round
  CHECK_FALSE(of(std::vector<int>{9, 10, 10}) == numbers);
  CHECK_FALSE(of(std::vector<int>{9, 11, 9}) == numbers);
  CHECK_FALSE(of(std::vector<int>{9, 10}) == numbers);
}

TEST_CASE("everything in a plan counts but its notes", "[digest]") {
  const auto plan_with = [](auto change) {
    Plan plan(5);
    plan.keep(0);
    plan.keep(1);
    const auto box = plan.add_rule({Rule::Kind::box, {}});
    plan.add_rule({Rule::Kind::noise, {1, 2}});
    plan.add_by_rule(box, 2, 3, 0.5);
    const Donor donor[] = {{1, 4}};
    plan.add_with_donors(2, 3, 0.25, donor);
    plan.remove(4, Reason::outvoted);
    change(plan);
    return digest(plan);
  };
  const std::uint64_t first = plan_with([](Plan&) {});
  CHECK(plan_with([](Plan& plan) { plan.note({"Smote", {}, "a note"}); }) == first);
  std::set<std::uint64_t> seen{first};
  const auto differs = [&](auto change) { return seen.insert(plan_with(change)).second; };
  CHECK(differs([](Plan& plan) { plan.keep(2); }));
  CHECK(differs([](Plan& plan) { plan.add_copy(2); }));
  CHECK(differs([](Plan& plan) { plan.add(2, 4, 0.5); }));
  CHECK(differs([](Plan& plan) { plan.add(2, 4, std::nextafter(0.5, 1)); }));
  CHECK(differs([](Plan& plan) { plan.add_by_rule(1, 2, 4, 0.5); }));
  CHECK(differs([](Plan& plan) { plan.add_by_rule(2, 2, 4, 0.5); }));
  CHECK(differs([](Plan& plan) { plan.add_rule({Rule::Kind::noise, {1, 3}}); }));
  CHECK(differs([](Plan& plan) { plan.remove(3, Reason::outvoted); }));
  CHECK(differs([](Plan& plan) { plan.remove(3, Reason::tomek_link); }));
  CHECK(differs([](Plan& plan) { plan.remove(3, Reason::outvoted, 2); }));
  CHECK(differs([](Plan& plan) { plan.rule_columns({integer({0})}); }));
  CHECK(differs([](Plan& plan) { plan.rule_columns({grid({0}, 0.5)}); }));
  const Donor donors[] = {{0, 4}, {1, 4}};
  CHECK(differs([&](Plan& plan) { plan.add_with_donors(2, 3, 0.25, donors); }));
  CHECK(differs([&](Plan& plan) { plan.add_with_donors(2, 3, 0.25, std::span(donors).first(1)); }));
}
