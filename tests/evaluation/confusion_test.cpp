// SPDX-License-Identifier: MIT
#include <rebalance/evaluation/confusion.hpp>

#include <Eigen/Core>
#include <algorithm>
#include <string>
#include <string_view>

#include "../support/catch.hpp"
#include "../support/metric_cases.hpp"
#include "../support/near.hpp"

using namespace rebalance;

namespace {

enum class Site { north = 2, south = 9 };

//             called a  b  c
//  truth a           3  1  0
//        b           1  1  0
//        c           1  0  2
const std::vector<std::string> truth{"a", "a", "a", "a", "b", "b", "c", "c", "c"};
const std::vector<std::string> called{"a", "a", "a", "b", "a", "b", "a", "c", "c"};

/// Every number of a confusion that does not name a class.
std::vector<double> overall(const Confusion& c) {
  std::vector<double> all{c.accuracy(), c.balanced_accuracy(), c.geometric_mean(), c.mcc()};
  for (const Average how : {Average::macro, Average::weighted})
    for (const double value : {c.precision(how), c.recall(how), c.specificity(how), c.f_beta(how), c.f_beta(how, 2),
                               c.geometric_mean(how), c.iba(how)})
      all.push_back(value);
  return all;
}

}  // namespace

TEST_CASE("three classes, counted by hand", "[confusion]") {
  const Confusion c = confusion(truth, called);
  CHECK(c.labels() == std::vector<Label>{"a", "b", "c"});
  CHECK(c.rows() == 9);
  CHECK(c.count("a", "b") == 1);
  CHECK(c.count("b", "c") == 0);
  CHECK(c.count("c", "a") == 1);
  CHECK(c.of("a") == BinaryCounts{3, 2, 1, 3});
  CHECK(c.of("c") == BinaryCounts{2, 0, 1, 6});
  CHECK(c.support("b") == 2);
  CHECK(c.precision("a") == .6);
  CHECK(c.recall("a") == .75);
  CHECK(c.specificity("b") == 6. / 7);
  CHECK(c.accuracy() == 6. / 9);
  CHECK(near(c.balanced_accuracy(), (.75 + .5 + 2. / 3) / 3));
  CHECK(near(c.geometric_mean(), std::cbrt(.75 * .5 * 2 / 3)));
  CHECK(near(c.mcc(), (6 * 9 - (4 * 5 + 2 * 2 + 3 * 2)) / std::sqrt((81. - 29) * (81 - 33))));
}

TEST_CASE("as scikit-learn and imbalanced-learn have it", "[confusion]") {
  const auto cases = golden::metric_cases("predicted");
  REQUIRE(cases.size() >= 15);
  for (const auto& expected : cases) {
    INFO(expected.name);
    const Confusion c = confusion(expected.labels("y"), expected.labels("predicted"));
    CHECK(near(c.accuracy(), expected.one("accuracy")));
    CHECK(near(c.balanced_accuracy(), expected.one("balanced_accuracy")));
    CHECK(near(c.geometric_mean(), expected.one("geometric_mean")));
    CHECK(near(c.mcc(), expected.one("mcc")));
    CHECK(
        near({c.precision(Average::macro), c.recall(Average::macro), c.f_beta(Average::macro)}, expected.all("macro")));
    CHECK(near(c.precision(Average::weighted), expected.one("avg_pre")));
    CHECK(near(c.recall(Average::weighted), expected.one("avg_rec")));
    CHECK(near(c.specificity(Average::weighted), expected.one("avg_spe")));
    CHECK(near(c.f_beta(Average::weighted), expected.one("avg_f1")));
    CHECK(near(c.geometric_mean(Average::weighted), expected.one("avg_geo")));
    CHECK(near(c.iba(Average::weighted), expected.one("avg_iba")));

    std::vector<double> count, pre, rec, spe, f1, f2, geo, iba;
    for (const Label& label : c.labels()) {
      for (const Label& other : c.labels()) count.push_back(static_cast<double>(c.count(label, other)));
      pre.push_back(c.precision(label));
      rec.push_back(c.recall(label));
      spe.push_back(c.specificity(label));
      f1.push_back(c.f_beta(label));
      f2.push_back(c.f_beta(label, 2));
      geo.push_back(c.geometric_mean(label));
      iba.push_back(c.iba(label));
    }
    CHECK(count == expected.all("count"));
    CHECK(near(pre, expected.all("pre")));
    CHECK(near(rec, expected.all("rec")));
    CHECK(near(spe, expected.all("spe")));
    CHECK(near(f1, expected.all("f1")));
    CHECK(near(f2, expected.all("f2")));
    CHECK(near(geo, expected.all("geo")));
    CHECK(near(iba, expected.all("iba")));
  }
}

TEST_CASE("renaming the classes changes no bit", "[confusion]") {
  for (const auto& expected : golden::metric_cases("predicted")) {
    INFO(expected.name);
    const auto y = expected.labels("y");
    const auto predicted = expected.labels("predicted");
    const Confusion before = confusion(y, predicted);
    std::vector<int> names{0, 1, 2, 3, 4};
    while (std::next_permutation(names.begin(), names.end())) {
      const auto renamed = [&](const std::vector<int>& labels) {
        std::vector<int> out;
        for (const int label : labels) out.push_back(names[static_cast<std::size_t>(label)]);
        return out;
      };
      REQUIRE(overall(confusion(renamed(y), renamed(predicted))) == overall(before));
    }
  }
}

TEST_CASE("labels sort as what they are, and any type will do", "[confusion]") {
  CHECK(confusion(std::vector<int>{10, 9}, std::vector<int>{9, -1}).labels() == std::vector<Label>{-1, 9, 10});
  CHECK(confusion(Eigen::Vector2i(1, 0), std::vector<int>{1, 1}).count(0, 1) == 1);
  CHECK(confusion(std::vector<bool>{true, false}, std::vector<bool>{true, true}).recall(true) == 1);
  const Confusion sites =
      confusion(std::vector<Site>{Site::south, Site::north}, std::vector<Site>{Site::south, Site::south});
  CHECK(sites.precision(Site::south) == .5);
  CHECK(confusion(truth, std::vector<std::string_view>(called.begin(), called.end())).accuracy() == 6. / 9);
}

TEST_CASE("a class that is only predicted", "[confusion]") {
  const Confusion c = confusion(std::vector<int>{0, 0, 1, 1}, std::vector<int>{0, 2, 1, 1});
  CHECK(c.labels().size() == 3);
  CHECK(c.recall(2) == 0);
  CHECK(c.geometric_mean() == 0);
  CHECK(c.balanced_accuracy() == .75);
}

TEST_CASE("many classes do not underflow", "[confusion]") {
  // Each class is found half the time: the product of recalls is 2^-1200, which is 0 in double.
  std::vector<int> y, predicted;
  for (int c = 0; c < 1200; ++c)
    for (const int called_as : {c, (c + 1) % 1200}) {
      y.push_back(c);
      predicted.push_back(called_as);
    }
  CHECK(near(confusion(y, predicted).geometric_mean(), .5));
}

TEST_CASE("a threshold takes the scores from itself on", "[confusion]") {
  const std::vector<std::string> y{"ok", "ok", "fraud", "fraud"};
  const std::vector<double> scores{.1, .4, .35, .4};
  const Confusion c = confusion(y, scores, "fraud", .4);
  CHECK(c.labels() == std::vector<Label>{"ok", "fraud"});
  CHECK(c.of("fraud") == BinaryCounts{1, 1, 1, 1});
  CHECK(c.count("ok", "fraud") == 1);
  CHECK(confusion(y, scores, "ok", .4).of("ok") == BinaryCounts{1, 1, 1, 1});
  CHECK(confusion(y, scores, "fraud", std::nextafter(.4, 1.)).of("fraud").alerts() == 0);
  CHECK(confusion(y, std::vector<float>{.1f, .4f, .35f, .4f}, "fraud", .4f).of("fraud").alerts() == 2);
}

TEST_CASE("a threshold parts one class from all others", "[confusion]") {
  const std::vector<int> y{0, 1, 2, 2};
  const Confusion c = confusion(y, std::vector<double>{0, 1, 1, 0}, 2, .5);
  CHECK(c.labels() == std::vector<Label>{"not 2", 2});
  CHECK(c.of(2) == BinaryCounts{1, 1, 1, 1});
  CHECK(confusion(std::vector<int>{0, 0}, std::vector<double>{0, 1}, 1, .5).labels() == std::vector<Label>{0, 1});
  CHECK(confusion(std::vector<int>{1, 1}, std::vector<double>{0, 1}, 1, .5).labels() == std::vector<Label>{"not 1", 1});
}

TEST_CASE("wrong calls of confusion are refused", "[confusion]") {
  CHECK_THROWS_AS(confusion(std::vector<int>{0, 1, 2}, std::vector<double>{0, 1, 1}, 7, .5), InvalidOption);
  CHECK_THROWS_AS(confusion(std::vector<int>{}, std::vector<int>{}), ShapeMismatch);
  CHECK_THROWS_AS(confusion(std::vector<int>{1}, std::vector<int>{1, 0}), ShapeMismatch);
  CHECK_THROWS_AS(confusion(std::vector<int>{1}, std::vector<double>{1}, 1, std::nan("")), InvalidOption);
  CHECK_THROWS_AS(confusion(truth, called).recall("d"), InvalidOption);
  CHECK_THROWS_AS(Confusion({0, 1}, {1, 2, 3}), ShapeMismatch);
  CHECK_THROWS_AS(Confusion({0, 0}, {1, 2, 3, 4}), InvalidOption);
  CHECK_THROWS_AS(Confusion({0, 1}, {1, 2, -3, 4}), InvalidOption);
  CHECK_THROWS_AS(Confusion({0, 1}, {0, 0, 0, 0}), ShapeMismatch);
}
