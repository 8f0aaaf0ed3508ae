// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <memory>
#include <string>
#include <utility>

#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/fold_seed.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/resample.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {

/// A resampler whose type is known only inside.
class HeldResampler {
 public:
  virtual ~HeldResampler() = default;
  virtual Plan plan(const DataView<float>& data, const Execution& how) const = 0;
  virtual Plan plan(const DataView<double>& data, const Execution& how) const = 0;
  virtual bool reads_features() const = 0;
  virtual std::string describe() const = 0;
  virtual std::shared_ptr<const HeldResampler> for_fold(Index fold) const = 0;
  virtual bool equals(const HeldResampler& other) const = 0;
  virtual const void* type() const = 0;
};

/// One address for each type: tells types apart where there is no RTTI.
template <class R>
inline constexpr char type_mark = 0;

template <class R>
class Held final : public HeldResampler {
 public:
  explicit Held(R sampler) : sampler_(std::move(sampler)) {}

  Plan plan(const DataView<float>& data, const Execution& how) const override { return sampler_.plan(data, how); }
  Plan plan(const DataView<double>& data, const Execution& how) const override { return sampler_.plan(data, how); }
  bool reads_features() const override { return detail::reads_features(sampler_); }
  std::string describe() const override {
    if constexpr (Describable<R>) return sampler_.describe();
    else return "AnyResampler{a type without describe()}";
  }
  std::shared_ptr<const HeldResampler> for_fold(Index fold) const override {
    return std::make_shared<const Held>(detail::for_fold(sampler_, fold));
  }
  bool equals(const HeldResampler& other) const override {
    if constexpr (std::equality_comparable<R>)
      return type() == other.type() && sampler_ == static_cast<const Held&>(other).sampler_;
    else return this == &other;
  }
  const void* type() const override { return &type_mark<R>; }

 private:
  R sampler_;
};

}  // namespace detail

/// A sampler chosen at run time: holds any resampler, ours or yours, and does what it does, to the bit. For programs
/// that read from a file or a command line which one to use (see named_resampler), or keep several in one container.
///
/// A resampler and a regular value like those it holds. Copies share what they hold, which never changes. Equal are
/// two that hold equal values of one type; a type without == equals only its own copies.
/// Cost: a virtual call for each plan. Compiles the held sampler for float and double at once.
class AnyResampler {
 public:
  /// Holds a copy of any resampler.
  template <class R>
    requires(!std::same_as<R, AnyResampler> && detail::MakesPlans<R>)
  AnyResampler(R sampler)  // NOLINT: a sampler shall be usable where any is asked for
      : held_(std::make_shared<const detail::Held<R>>(std::move(sampler))) {
    static_assert(std::copyable<R>, "a resampler is a value: give it a copy constructor and assignment");
  }

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const {
    return held_->plan(data, how);
  }
  bool reads_features() const { return held_->reads_features(); }  ///< Whether what it holds looks at features.

  /// What it holds, as it runs in a fold: with its seed of that fold.
  AnyResampler for_fold(Index fold) const {
    AnyResampler out = *this;
    out.held_ = held_->for_fold(fold);
    return out;
  }

  /// What it holds, in one line, as one would write it.
  std::string describe() const { return held_->describe(); }

  /// Whether they hold equal values of one type, or are copies of each other.
  friend bool operator==(const AnyResampler& a, const AnyResampler& b) {
    return a.held_ == b.held_ || a.held_->equals(*b.held_);
  }

 private:
  std::shared_ptr<const detail::HeldResampler> held_;
};

}  // inline namespace
}  // namespace rebalance
