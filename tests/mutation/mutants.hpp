// SPDX-License-Identifier: MIT
#pragma once

// Every mutant of a room is compiled into one program, which takes the number of the one to be from the environment:
// one compilation serves hundreds of them. tests/mutation/run writes calls of what is here into a copy of the headers.
// A binary operator becomes two of the same precedence with a Site between: `a < b` is `a < Site<7, ...>{} < b`.
// What the compiler evaluates cannot be switched and is what it was.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <initializer_list>
#include <type_traits>
#include <utility>

namespace mutation {

inline constexpr int most = 1 << 16;
inline constexpr int no_such_code = 77;  // exit status: this mutant would not compile

inline bool reached[most];
/// Reads which mutant is on, and writes which ones the tests pass by into the file that REBALANCE_REACHED names.
struct Active {
  int mutant = 0;  // none: the first is 1
  Active() {
    if (const char* text = std::getenv("REBALANCE_MUTANT")) mutant = std::atoi(text);
  }
  ~Active() {
    const char* path = std::getenv("REBALANCE_REACHED");
    std::FILE* out = path ? std::fopen(path, "w") : nullptr;
    if (!out) return;
    for (int id = 0; id < most; ++id)
      if (reached[id]) std::fprintf(out, "%d\n", id);
    std::fclose(out);
  }
};
inline const Active active;

template <int Id>
[[gnu::always_inline]] constexpr bool is_on() {
  if (std::is_constant_evaluated()) return false;
  reached[Id] = true;
  return active.mutant == Id;
}

template <int Id, class Result, class Other, class A, class B>
constexpr Result other(A&& a, B&& b) {
  if constexpr (requires { static_cast<Result>(Other{}(a, b)); }) return static_cast<Result>(Other{}(a, b));
  else std::_Exit(no_such_code);
}
template <int Id, class Op, class First, class... Others, class A, class B>
[[gnu::always_inline]] constexpr auto choose(A&& a, B&& b) -> decltype(Op{}(a, b)) {
  if (is_on<Id>()) return other<Id, decltype(Op{}(a, b)), First>(a, b);
  if constexpr (sizeof...(Others) > 0) return choose<Id + 1, Op, Others...>(a, b);
  else return Op{}(a, b);
}

template <int Id, class... Ops>
struct Site {};
template <class A, int Id, class... Ops>
struct Left {
  A&& a;
};

#define MUTATION_OPERATOR(op)                                                                    \
  template <class A, int Id, class... Ops>                                                       \
  [[gnu::always_inline]] constexpr Left<A, Id, Ops...> operator op(A && a, Site<Id, Ops...>) {   \
    return {std::forward<A>(a)};                                                                 \
  }                                                                                              \
  template <class A, int Id, class... Ops, class B>                                              \
  [[gnu::always_inline]] constexpr decltype(auto) operator op(Left<A, Id, Ops...> left, B&& b) { \
    return choose<Id, Ops...>(left.a, b);                                                        \
  }
MUTATION_OPERATOR(%)
MUTATION_OPERATOR(-)
MUTATION_OPERATOR(<)
MUTATION_OPERATOR(!=)
#undef MUTATION_OPERATOR

/// `a += b` is `a += Compound<7, true>{} += b`, which is read from the right; `a -= b` has false.
template <int Id, bool add>
struct Compound {};
template <int Id, bool add, class B>
struct Operand {
  B&& b;
};
template <int Id, bool add, class B>
[[gnu::always_inline]] constexpr Operand<Id, add, B> operator+=(Compound<Id, add>, B&& b) {
  return {std::forward<B>(b)};
}
template <class A, int Id, bool add, class B>
[[gnu::always_inline]] constexpr A& operator+=(A& a, Operand<Id, add, B> right) {
  bool adds = add;  // no constant: what initializes one may be evaluated by the compiler
  if (is_on<Id>()) adds = !add;
  if constexpr (requires { a += right.b; })
    if (adds) return a += right.b;
  if constexpr (requires { a -= right.b; })
    if (!adds) return a -= right.b;
  std::_Exit(no_such_code);
}

/// For what is left out by a mutant, and for conditions that always hold or never.
template <int Id>
[[gnu::always_inline]] constexpr bool live() {
  return !is_on<Id>();
}
template <int Id, class T>
[[gnu::always_inline]] constexpr T number(T value) {
  if (is_on<Id>()) return static_cast<T>(value + 1);
  if (is_on<Id + 1>()) return static_cast<T>(value - 1);
  return value;
}
template <int Id>
[[gnu::always_inline]] constexpr bool flag(bool value) {
  return value == live<Id>();
}
template <int Id, class T>
[[gnu::always_inline]] constexpr bool negated(T&& value) {
  return static_cast<bool>(value) != live<Id>();
}
template <int Id, class T>
[[gnu::always_inline]] constexpr T min(const T& a, const T& b) {
  return live<Id>() ? std::min(a, b) : std::max(a, b);
}
template <int Id, class T>
[[gnu::always_inline]] constexpr T max(const T& a, const T& b) {
  return live<Id>() ? std::max(a, b) : std::min(a, b);
}
template <int Id, class T>
[[gnu::always_inline]] constexpr T max(std::initializer_list<T> values) {
  return live<Id>() ? std::max(values) : std::min(values);
}
template <int Id, class T>
[[gnu::always_inline]] constexpr T min(std::initializer_list<T> values) {
  return live<Id>() ? std::min(values) : std::max(values);
}

}  // namespace mutation
