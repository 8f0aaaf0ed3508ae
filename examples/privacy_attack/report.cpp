// SPDX-License-Identifier: MIT
#include "report.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "../common/number_text.hpp"
#include "../common/text_table.hpp"
#include "risk.hpp"

namespace privacy_attack {

namespace {

constexpr double same = 1e-3;  // standard deviations, in every column: the row is known

std::string share_text(Index hits, Index of) {
  const Share share = wilson(hits, of);
  return examples::decimal_text(share.value, 3) + "  (" + std::to_string(hits) + " of " + std::to_string(of) + ")";
}

std::string interval_text(const Share& share) {
  return examples::decimal_text(share.value, 3) + "  (95 %: " + examples::decimal_text(share.low, 3) + " to " +
         examples::decimal_text(share.high, 3) + ")";
}

examples::Line quantile_line(const std::string& name, const std::vector<double>& ascending) {
  examples::Line out{name};
  for (const double q : {0.05, 0.25, 0.5, 0.75, 0.95}) out.push_back(examples::decimal_text(quantile(ascending, q), 3));
  return out;
}

/// How many rows have one of the others in their place.
Index found_among(const Matrix& rows, const Matrix& others) {
  Index found = 0;
  for (Index i = 0; i < rows.rows(); ++i) {
    bool here = false;
    for (Index j = 0; j < others.rows() && !here; ++j)
      here = (rows.row(i) - others.row(j)).cwiseAbs().maxCoeff() <= same;
    found += here;
  }
  return found;
}

}  // namespace

void write_distances(std::ostream& out, const Rows& rows) {
  const Distances found = distances(rows.synthetic, rows.training, rows.held_out);
  const Index n = rows.synthetic.rows();
  out << "\nWhat common measures say of the synthetic rows\n"
      << "  exact copies of training rows                  " << share_text(found.copies, n) << '\n'
      << "  closer to a training than to a held-out row    " << share_text(found.closer, n)
      << "; by chance half of them\n"
      << "  distance to the nearest training row over that to the second nearest (NNDR)\n";
  examples::write_table(out, {{"    quantile", "5 %", "25 %", "50 %", "75 %", "95 %"},
                              quantile_line("    synthetic rows", found.ratios),
                              quantile_line("    held-out rows", found.held_out_ratios)});
}

void write_detection(std::ostream& out, const Rows& rows) {
  Matrix mixed(rows.training.rows() + rows.synthetic.rows(), rows.training.cols());
  mixed << rows.training, rows.synthetic;
  const std::vector<bool> told = rows_between_others(mixed, rows.epsilon);
  const auto synthetic = told.begin() + rows.training.rows();
  out << "\nWhat an attacker tells apart, who is given training and synthetic rows in one table\n"
      << "  synthetic rows recognized (TPR)                "
      << share_text(std::count(synthetic, told.end(), true), rows.synthetic.rows()) << '\n'
      << "  real rows taken for synthetic (FPR)            "
      << share_text(std::count(told.begin(), synthetic, true), rows.training.rows()) << '\n';
}

void write_reconstruction(std::ostream& out, const Rows& rows) {
  const Rebuilt rebuilt = rebuild(rows.synthetic, rows.epsilon);
  const auto scaling = rebalance::Standardize{}.fit(rows.training);
  const Matrix guesses = scaling(rebuilt.rows), training = scaling(rows.training), held_out = scaling(rows.held_out);
  const Index right = found_among(guesses, training), lost = found_among(training, guesses);
  const Index by_chance = found_among(held_out, guesses);
  const Share attack = wilson(lost, training.rows()), control = wilson(by_chance, held_out.rows());
  out << "\nWhat an attacker rebuilds, who is given the synthetic rows and nothing else\n"
      << "  " << rebuilt.lines << " lines of three or more rows; they meet in " << guesses.rows() << " places\n"
      << "  places that are a training row (precision)     " << share_text(right, guesses.rows()) << '\n'
      << "  training rows rebuilt (recall)                 " << share_text(lost, training.rows()) << '\n'
      << "  held-out rows \"rebuilt\": the control           " << share_text(by_chance, held_out.rows()) << '\n'
      << "  residual risk                                  " << interval_text(residual_risk(attack, control)) << '\n';
}

}  // namespace privacy_attack
