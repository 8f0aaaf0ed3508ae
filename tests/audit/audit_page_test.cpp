// SPDX-License-Identifier: MIT
#include <rebalance/audit/audit_page.hpp>

#include <cctype>
#include <string>
#include <vector>

#include <rebalance/over_sampling/smote.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace audit_page_test {

using namespace rebalance;
using sets::Kind;

std::size_t count_of(const std::string& page, const std::string& words) {
  std::size_t count = 0;
  for (std::size_t at = page.find(words); at != std::string::npos; at = page.find(words, at + 1)) ++count;
  return count;
}

/// The first thing that is wrong with the tags of a page, or nothing: every one is closed, in order.
std::string fault_of_tags(const std::string& page) {
  std::vector<std::string> open;
  for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
    const std::size_t end = page.find('>', at);
    if (end == std::string::npos) return "a tag without end";
    const std::string tag = page.substr(at + 1, end - at - 1), name = tag.substr(0, tag.find(' '));
    if (name == "meta" || name == "br" || tag.back() == '/') continue;
    if (name[0] != '/') open.push_back(name);
    else if (open.empty() || "/" + open.back() != name) return "unexpected " + tag;
    else open.pop_back();
  }
  return open.empty() ? "" : "open " + open.back();
}

TEST_CASE("a page shows what was found, and is one piece of HTML", "[audit_page]") {
  const auto X = sets::features(Kind::continuous, 120, 16);
  const auto y = sets::labels({90, 30});
  const Data data(X, y);
  const Plan plan = make_plan(data, Smote{.seed = 1});
  const Fidelity report = fidelity(data, plan, {.repetitions = 40});
  const std::string page = audit_page(data, plan, report);
  CHECK(fault_of_tags(page.substr(page.find("<html"))) == "");
  CHECK(page.starts_with("<!DOCTYPE html>\n"));
  CHECK(page.find("<tr><th>1</th><td>30</td><td>90</td><td>60</td><td>66.7 %</td></tr>") != std::string::npos);
  for (const std::string& finding : report.findings()) CHECK(page.find(finding) != std::string::npos);
  CHECK(count_of(page, "<figure class=\"small\"") == 12);
  CHECK(page.find("Drawn are 12 of 16 columns") != std::string::npos);
  CHECK(count_of(page, "<polyline class=\"way\"") == 60);
  CHECK(page.find("60 of 60 new rows") != std::string::npos);
  int unusual = report.classes[1].mean_variance.unusual();
  for (const ColumnFidelity& column : report.classes[1].columns)
    unusual += column.variance.unusual() + column.kolmogorov_smirnov.unusual() + column.wasserstein.unusual() +
               column.mean_shift.unusual() + column.outside.unusual() + column.unknown.unusual();
  for (const detail::ClassFigure& kind : detail::class_figures) unusual += (report.classes[1].*kind.figure).unusual();
  CHECK(count_of(page, "class=\"unusual\"") == static_cast<std::size_t>(unusual));
  CHECK(count_of(page, "http") == 0);  // nothing is loaded from elsewhere
  CHECK(count_of(page, "<script") == 0);
  CHECK(count_of(page, "nan") == 0);
  CHECK(audit_page(data, plan, report) == page);

  const std::string few = audit_page(data, plan, report, {.title = "Run 7", .most_curves = 3, .most_segments = 10});
  CHECK(count_of(few, "<figure class=\"small\"") == 3);
  CHECK(count_of(few, "<polyline class=\"way\"") == 10);
  CHECK(few.find("10 of 60 new rows") != std::string::npos);
  CHECK(few.find("<h1>Run 7</h1>") != std::string::npos);
}

TEST_CASE("names may be any bytes", "[audit_page]") {
  const Matrix<double> X{{0, 1}, {1, 1}, {2, 0}, {3, 1}, {10, 0}, {11, 0}};
  const std::vector<std::string> y{"<b>&", "<b>&", "<b>&", "c\xFFz", "c\xFFz", "c\xFFz"};
  const Data data(X, y);
  Plan plan = Plan::keep_all(6);
  plan.add(0, 1, .5);
  plan.note({"Mine", Label("<b>&"), "\"<script>\""});
  const Fidelity report = fidelity(data, plan, {.column_names = {"<i>\n", "a'b"}});
  const std::string page = audit_page(data, plan, report, {.title = "</title>"});
  CHECK(fault_of_tags(page.substr(page.find("<html"))) == "");
  CHECK(count_of(page, "<b>&amp;") == 0);
  CHECK(page.find("<th>&lt;b&gt;&amp;</th>") != std::string::npos);
  CHECK(page.find("<th>c\xEF\xBF\xBDz</th>") != std::string::npos);
  CHECK(page.find("<li>Mine, class &lt;b&gt;&amp;: &quot;&lt;script&gt;&quot;</li>") != std::string::npos);
  CHECK(page.find("a&#39;b") != std::string::npos);
}

TEST_CASE("there is a page where there is little to show", "[audit_page]") {
  const Matrix<double> X{{1}, {1}, {1}, {5}};
  const std::vector<int> y{0, 0, 0, 1};
  const Data data(X, y);
  Plan copies = Plan::keep_all(4);
  copies.add_copy(3);
  for (const Plan& plan : {Plan::keep_all(4), copies}) {
    const std::string page = audit_page(data, plan, fidelity(data, plan));
    CHECK(fault_of_tags(page.substr(page.find("<html"))) == "");
    CHECK(count_of(page, "nan") == 0);
    CHECK(count_of(page, "New rows between") == 0);
  }
}

TEST_CASE("a large constant has a place on its axis", "[audit_page]") {
  Matrix<double> X = sets::features(Kind::continuous, 20, 2);
  X.col(1).setConstant(1.7e18);  // a time in nanoseconds
  const auto y = sets::labels({14, 6});
  const Data data(X, y);
  const Plan plan = make_plan(data, Smote{});
  CHECK(audit_page(data, plan, fidelity(data, plan)).find("nan") == std::string::npos);
}

TEST_CASE("a report of other data is refused", "[audit_page]") {
  const auto X = sets::features(Kind::continuous, 20, 2);
  const auto y = sets::labels({14, 6}), other = sets::labels({10, 6, 4});
  const Data data(X, y), renamed(X, other);
  const Plan plan = make_plan(data, Smote{});
  const Fidelity report = fidelity(data, plan);
  CHECK_THROWS_AS(audit_page(renamed, plan, report), InvalidPlan);
  CHECK_THROWS_WITH(
      audit_page(data, make_plan(data, RandomUnderSampler{.seed = 1}), report),
      "audit_page: the report is of another plan; give it what fidelity(data, plan) returned for this one");
  CHECK_THROWS_AS(audit_page(data, Plan(19), report), InvalidPlan);
  CHECK_THROWS_AS(audit_page(data, plan, report, {.most_curves = -1}), InvalidOption);
  CHECK_THROWS_AS(audit_page(data, plan, report, {.most_segments = -1}), InvalidOption);
}

}  // namespace audit_page_test
