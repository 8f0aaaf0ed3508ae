// SPDX-License-Identifier: MIT
//
// Our side. Options as in imbalanced-learn, so that both sides do the same work; see peers.py.

#include <functional>
#include <map>
#include <numeric>

#include "worker.hpp"

namespace {

using namespace rebalance;
using bench::Answer;
using bench::Request;
using bench::Set;

/// Where a sampler draws at random, the time is that of our own draws, the result that of imbalanced-learn's.
template <class Sampler>
Answer resampled(const Request& request, const Set& set, Sampler sampler) {
  const Execution how{.threads = request.threads};
  Resampled<double, int> out;
  Answer answer;
  answer.seconds = bench::seconds_of([&] { out = resample(how, set.X, set.y, sampler); });
  answer.output_bytes = static_cast<std::size_t>(out.X.size()) * sizeof(double);
  if (!request.wants_result) return answer;

  if constexpr (requires { sampler.draws; }) sampler.draws = Draws::imbalanced_learn;
  if constexpr (requires { sampler.smote.draws; }) sampler.smote.draws = Draws::imbalanced_learn;
  out = resample(how, set.X, set.y, sampler);
  for (Index row = 0; row < out.X.rows(); ++row)
    answer.keys.push_back(bench::key_of_row(out.X.row(row).data(), out.X.cols()));
  return answer;
}

/// The 5 nearest of all rows. A row of the result is the row's number and those of its neighbors.
Answer k_nearest(const Request& request, const Set& set) {
  const Execution how{.threads = request.threads};
  std::vector<Index> all(set.y.size());
  std::iota(all.begin(), all.end(), Index{0});
  NeighborTable table(0, 1);
  Answer answer;
  answer.seconds = bench::seconds_of([&] { table = nearest_neighbors(detail::view_of(set.X), all, all, 5, how); });
  answer.output_bytes = all.size() * 5 * sizeof(Neighbor);
  for (Index query = 0; request.wants_result && query < table.queries(); ++query) {
    std::vector<Index> row{query};
    for (const Neighbor& neighbor : table[query]) row.push_back(neighbor.row);
    answer.keys.push_back(bench::key_of_row(row.data(), static_cast<Index>(row.size())));
  }
  return answer;
}

using Method = std::function<Answer(const Request&, const Set&)>;

template <class Sampler>
Method method(const Sampler& sampler) {
  return [=](const Request& request, const Set& set) { return resampled(request, set, sampler); };
}

/// The last 4 columns hold categories.
Answer smote_nc(const Request& request, const Set& set) {
  SmoteNc sampler{.seed = 1};
  for (Index column = set.X.cols() - 4; column < set.X.cols(); ++column) sampler.nominal.push_back(column);
  return resampled(request, set, sampler);
}

const EditedNearestNeighbors enn{.vote = Vote::unanimous};

const std::map<std::string, Method> methods{
    {"smote", method(Smote{.seed = 1})},
    {"borderline_1", method(BorderlineSmote{.kind = 1, .seed = 1})},
    {"borderline_2", method(BorderlineSmote{.kind = 2, .seed = 1})},
    {"adasyn", method(Adasyn{.seed = 1})},
    {"smote_nc", smote_nc},
    {"smote_n", method(SmoteN{.seed = 1})},
    {"random_over", method(RandomOverSampler{.seed = 1})},
    {"random_under", method(RandomUnderSampler{.seed = 1})},
    {"tomek", method(TomekLinks{.strict = true})},
    {"enn", method(enn)},
    {"repeated_enn", method(RepeatedEditedNearestNeighbors{.vote = Vote::unanimous, .stop_below_minority = true})},
    {"all_knn", method(AllKnn{.vote = Vote::unanimous, .sequential = true, .stop_below_minority = true})},
    {"smote_enn", method(SmoteEnn{.smote = {.seed = 1}, .enn = enn})},
    {"smote_tomek", method(SmoteTomek{.smote = {.seed = 1}, .tomek = {.strategy = all(), .strict = true}})},
    {"k_nearest", k_nearest},
};

}  // namespace

int main() {
  return bench::serve([](const Request& request, const Set& set) { return methods.at(request.method)(request, set); });
}
