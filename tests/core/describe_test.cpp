// SPDX-License-Identifier: MIT
#include <rebalance/core/describe.hpp>

#include "../support/catch.hpp"

namespace {

enum class Pace { slow, fast };

struct Engine {
  int cylinders = 4;
  std::string describe() const { return "Engine{" + std::to_string(cylinders) + "}"; }
};

struct Car {
  rebalance::Index doors = 5;
  bool loud = false;
  double weight = 0.5;
  Pace pace = Pace::fast;
  Engine engine = {};
  std::vector<rebalance::Index> seats = {2, 3};
  std::optional<std::uint64_t> plate = {};

  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("doors", self.doors);
    use("loud", self.loud);
    use("weight", self.weight);
    use("pace", self.pace);
    use("engine", self.engine);
    use("seats", self.seats);
    use("plate", self.plate);
  }
};

struct Bare {
  template <class Self, class Use>
  static void options(Self&, const Use&) {}
};

}  // namespace

template <>
inline constexpr rebalance::detail::EnumNames rebalance::detail::enum_names<Pace>{"Pace", {"slow", "fast"}};

TEST_CASE("options are written as one would write them", "[describe]") {
  CHECK(rebalance::detail::describe("Car", Car{}) ==
        "Car{.doors = 5, .loud = false, .weight = 0.5, .pace = Pace::fast, .engine = Engine{4}, .seats = {2, 3}, "
        ".plate = {}}");
  CHECK(rebalance::detail::describe("Car", Car{.pace = Pace::slow, .seats = {}, .plate = 7}) ==
        "Car{.doors = 5, .loud = false, .weight = 0.5, .pace = Pace::slow, .engine = Engine{4}, .seats = {}, .plate = "
        "7}");
  CHECK(rebalance::detail::describe("Bare", Bare{}) == "Bare{}");
}
