// SPDX-License-Identifier: MIT
//
// Any sampler, with any options, on any rows. The answer is a plan that keeps its promises, or an exception of the
// library; and it is the same whatever the threads and the backend.

#include <new>
#include <optional>
#include <string>
#include <vector>

#include <rebalance/core/materialize.hpp>
#include <rebalance/core/plan_bytes.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/record/replay.hpp>

#include "../../examples/common/message.hpp"
#include "arbitrary_data.hpp"
#include "arbitrary_sampler.hpp"
#include "input.hpp"
#include "limited_memory.hpp"

namespace {

using namespace fuzz;

/// A plan, or in which words it was refused.
struct Answer {
  std::optional<Plan> plan;
  std::string refusal;
};

template <class S>
Answer answer(const Execution& how, const Data<S, int>& data, const std::vector<AnyResampler>& samplers) try {
  if (samplers.size() == 1) return {make_plan(how, data, samplers[0]), {}};
  return {make_plan(how, data, samplers[0], samplers[1]), {}};
} catch (const Error& error) {
  return {std::nullopt, error.what()};
}

void require_same(const Answer& a, const Answer& b) {
  require(a.refusal == b.refusal, "threads and backend do not change why a call is refused");
  require(a.plan == b.plan, "nor do they change a plan");
  if (a.plan) require(a.plan->notes() == b.plan->notes(), "nor its notes");
}

/// What new rows are made of has one stratum.
template <class S>
void require_strata(const ArbitraryData<S>& set, const Plan& plan) {
  const auto key = [&](Index row) { return set.strata[static_cast<std::size_t>(row)]; };
  for (Index row = 0; row < plan.size(); ++row) {
    require(key(plan[row].base) == key(plan[row].neighbor), "the parents of a row have one stratum");
    for (const Donor& donor : plan.donors(row)) require(key(donor.row) == key(plan[row].base), "and its donors");
  }
}

template <class S>
void require_good(const ArbitraryData<S>& set, const Plan& plan, bool one_sampler) {
  plan.check();
  const auto rows = materialize(Execution{.threads = 2}, plan, set.X);
  if (set.X.allFinite()) require(rows.allFinite(), "finite rows give finite rows");
  require(verify(plan, set.X, rows).empty(), "rows are the same once more");
  require(plan_of_bytes(plan_bytes(plan), set.rows) == plan, "a plan comes back from its bytes");
  if (one_sampler && set.has(1) && set.strata_rules.small != SmallStratum::whole_class) require_strata(set, plan);
}

template <class S>
void run(Input& in) try {
  std::vector<AnyResampler> samplers{arbitrary_sampler(in)};
  if (in.below(4) == 1) samplers.push_back(arbitrary_sampler(in));
  const Execution other{.threads = static_cast<int>(in.below(3)) + 1, .backend = static_cast<Backend>(in.below(3))};
  const ArbitraryData<S> set(in);
  const auto data = set.data();
  const Answer first = answer({}, data, samplers);
  require_same(first, answer(other, data, samplers));
  if (first.plan) require_good(set, *first.plan, samplers.size() == 1);
} catch (const Error&) {  // of Data
} catch (const examples::WrongUsage&) {
} catch (const std::bad_alloc&) {
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const LimitedMemory limited;
  Input in(data, size);
  if (in.flip()) run<float>(in);
  else run<double>(in);
  return 0;
}
