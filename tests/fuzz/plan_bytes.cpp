// SPDX-License-Identifier: MIT
//
// Plans from outside. The input: a number of columns, then the bytes of a plan, which are read as they are and once more
// with the digest that they should have.

#include <cmath>
#include <string>
#include <string_view>

#include <rebalance/core/materialize.hpp>
#include <rebalance/core/plan_bytes.hpp>
#include <rebalance/record/replay.hpp>

#include "input.hpp"

namespace {

using namespace rebalance;
using fuzz::require;

constexpr Index most_rows = 2000;

Matrix<double> features(Index rows, Index columns) {
  Matrix<double> X(rows, columns);
  for (Index i = 0; i < X.size(); ++i) X.data()[i] = std::sin(static_cast<double>(i));
  return X;
}

std::string with_right_digest(std::string_view bytes) {
  std::string content(bytes.substr(0, bytes.size() - 8));
  detail::ByteWriter digest;
  digest.word(detail::digest_of_bytes(content));
  return content + digest.bytes();
}

void require_round_trip(const Plan& plan) {
  const std::string bytes = plan_bytes(plan);
  const Plan read = plan_of_bytes(bytes, most_rows);
  require(read == plan, "a plan comes back from its bytes");
  require(read.notes() == plan.notes() && read.stages() == plan.stages(), "so do its notes and stages");
  require(plan_bytes(read) == bytes, "and gives the same bytes again");
}

/// The rows of the plan, where it fits a matrix of so many columns.
void make_rows(const Plan& plan, Index columns) {
  const Matrix<double> X = features(plan.source_rows(), columns);
  const auto rows = materialize(plan, X);
  require(rows.rows() == plan.size() && rows.cols() == columns, "a plan makes as many rows as it says");
  require(verify(Execution{.threads = 2}, plan, X, rows).empty(), "two threads make the same rows");
}

void read(std::string_view bytes, Index columns) try {
  const Plan plan = plan_of_bytes(bytes, most_rows);
  plan.check();
  require(plan.source_rows() <= most_rows, "no plan is over more rows than it may be");
  require_round_trip(plan);
  make_rows(plan, columns);
} catch (const InvalidPlan&) {
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input in(data, size);
  const Index columns = in.below(8);
  read(in.rest(), columns);
  if (in.rest().size() >= 8) read(with_right_digest(in.rest()), columns);
  return 0;
}
