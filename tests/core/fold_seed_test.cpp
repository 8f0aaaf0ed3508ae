// SPDX-License-Identifier: MIT
#include <set>
#include <vector>

#include <rebalance/rebalance.hpp>

#include "../support/catch.hpp"

using namespace rebalance;

namespace {

/// Takes part in the seeds of folds by its list of options.
struct Listed {
  std::uint64_t seed = 0;
  std::uint64_t rounds = 3;
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("seed", self.seed);
    use("rounds", self.rounds);
  }
};
/// Takes part by a function of its own.
struct Counted {
  Index fold = -1;
  Counted for_fold(Index number) const { return {number}; }
};
/// Has a seed and does not say so: it runs as it is.
struct Silent {
  std::uint64_t seed = 4;
};

}  // namespace

TEST_CASE("the seed of a fold is pinned, small, and differs from fold to fold", "[fold_seed]") {
  CHECK(seed_of_fold(42, 0) == 867394066);  // the same on every machine: recorded on the first run
  CHECK(seed_of_fold(42, 1) == 2747593147);
  std::set<std::uint64_t> seeds;
  for (std::uint64_t seed = 0; seed < 100; ++seed)
    for (Index fold = 0; fold < 100; ++fold) {
      CHECK(seed_of_fold(seed, fold) < std::uint64_t{1} << 32);
      seeds.insert(seed_of_fold(seed, fold));
    }
  CHECK(seeds.size() == 10'000);
}

TEST_CASE("every sampler runs with the seed of the fold, wherever its seed stands", "[fold_seed]") {
  const std::uint64_t five = seed_of_fold(5, 3);
  CHECK(detail::for_fold(Smote{.k_neighbors = 2, .seed = 5}, 3) == Smote{.k_neighbors = 2, .seed = five});
  CHECK(detail::for_fold(TomekLinks{}, 3) == TomekLinks{});
  CHECK(detail::for_fold(SmoteTomek{.smote = {.seed = 5}}, 3) == SmoteTomek{.smote = {.seed = five}});
  CHECK(detail::for_fold(Chain{Smote{.seed = 5}, Chain{RandomUnderSampler{.seed = 5}}}, 3) ==
        Chain{Smote{.seed = five}, Chain{RandomUnderSampler{.seed = five}}});
  CHECK(detail::for_fold(AnyResampler(Chain{Smote{.seed = 5}}), 3) == AnyResampler(Chain{Smote{.seed = five}}));
  CHECK(detail::for_fold(Listed{.seed = 5}, 3).seed == five);
  CHECK(detail::for_fold(Listed{.seed = 5}, 3).rounds == 3);
  CHECK(detail::for_fold(Counted{}, 3).fold == 3);
  CHECK(detail::for_fold(Silent{}, 3).seed == 4);
}

TEST_CASE("who draws as imbalanced-learn does keeps its seed, as there", "[fold_seed]") {
  const Smote numpy{.seed = 5, .draws = Draws::imbalanced_learn};
  CHECK(detail::for_fold(numpy, 3) == numpy);
  CHECK(detail::for_fold(SmoteEnn{.smote = numpy}, 3) == SmoteEnn{.smote = numpy});
  CHECK(detail::for_fold(Adasyn{.seed = 5, .draws = Draws::imbalanced_learn}, 3).seed == 5);
}
