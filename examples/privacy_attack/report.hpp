// SPDX-License-Identifier: MIT
#pragma once

#include <ostream>

#include "attack.hpp"
#include "distances.hpp"

namespace privacy_attack {

/// The rarer class, half of it trained on.
struct Rows {
  Matrix training, held_out;
  Matrix synthetic;  ///< what the sampler made of the training rows, as the attacker is given it
  double epsilon;    ///< rounding of one value there, relative to it
};

/// What common measures say.
void write_distances(std::ostream& out, const Rows& rows);

/// What is recognized where real and synthetic rows are mixed.
void write_detection(std::ostream& out, const Rows& rows);

/// What is rebuilt from the synthetic rows, and how much of it is true.
void write_reconstruction(std::ostream& out, const Rows& rows);

}  // namespace privacy_attack
