// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <rebalance/core/enum_names.hpp>
#include <rebalance/core/error.hpp>
#include <rebalance/core/number_text.hpp>
#include <rebalance/core/strategy.hpp>

// Options read from text: what describe() writes for people, a configuration writes in these forms.

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {

[[noreturn, gnu::cold]] inline void throw_not_read(std::string_view option, std::string_view value,
                                                   std::string_view form) {
  throw InvalidOption(text({option, " = '", value, "' is not understood; write ", form}));
}

/// Fields between commas. A field that holds a comma or a quote stands in double quotes, its own quotes doubled, as in
/// a CSV file. Throws InvalidOption.
[[gnu::cold]] inline std::vector<std::string> fields_of(std::string_view option, std::string_view list) {
  std::vector<std::string> out;
  if (list.empty()) return out;
  std::size_t at = 0;
  do {
    std::string& field = out.emplace_back();
    if (at < list.size() && list[at] == '"') {
      for (++at; at < list.size() && (list[at] != '"' || list.substr(at, 2) == "\"\""); ++at) {
        if (list[at] == '"') ++at;
        field += list[at];
      }
      if (at == list.size()) throw_not_read(option, list, "a closing quote for each opening one");
      if (++at < list.size() && list[at] != ',') throw_not_read(option, list, "a comma after each closing quote");
    } else {
      for (; at < list.size() && list[at] != ','; ++at) {
        if (list[at] == '"')
          throw_not_read(option, list, "double quotes around a whole field that holds one, and double that one");
        field += list[at];
      }
    }
  } while (at++ < list.size());
  return out;
}

/// `LABEL:NUMBER`, an entry of a list, at its last colon: a label may hold others.
template <class Number>
[[gnu::cold]] std::pair<Label, Number> read_entry(std::string_view option, std::string_view list,
                                                  std::string_view entry, std::string_view form) {
  const std::size_t colon = entry.rfind(':');
  Number number{};
  if (colon == std::string_view::npos || !read_number(entry.substr(colon + 1), number))
    throw_not_read(option, list, form);
  return {Label(entry.substr(0, colon)), number};
}

template <std::integral Number>
[[gnu::cold]] void read_option(std::string_view option, std::string_view value, Number& out) {
  if (!read_number(value, out))
    throw_not_read(option, value,
                   text({"a whole number ", std::unsigned_integral<Number> ? "from 0 " : "", "up to ",
                         std::numeric_limits<Number>::max()}));
}

[[gnu::cold]] inline void read_option(std::string_view option, std::string_view value, bool& out) {
  if (value != "true" && value != "false") throw_not_read(option, value, "true or false");
  out = value == "true";
}

template <class E>
  requires std::is_enum_v<E>
[[gnu::cold]] void read_option(std::string_view option, std::string_view value, E& out) {
  std::string known;
  for (int i = 0; i < static_cast<int>(std::size(enum_names<E>.values)) && !enum_names<E>.values[i].empty(); ++i) {
    if (value == enum_names<E>.values[i]) {
      out = static_cast<E>(i);
      return;
    }
    known += text({i == 0 ? "" : ", ", enum_names<E>.values[i]});
  }
  throw_not_read(option, value, "one of: " + known);
}

/// Numbers of columns: `2,5`.
[[gnu::cold]] inline void read_option(std::string_view option, std::string_view value, std::vector<Index>& out) {
  out.clear();
  for (const std::string& field : fields_of(option, value))
    if (!read_number(field, out.emplace_back())) throw_not_read(option, value, "numbers of columns, as in 2,5");
}

/// Numbers: `1,0.5`.
[[gnu::cold]] inline void read_option(std::string_view option, std::string_view value, std::vector<double>& out) {
  out.clear();
  for (const std::string& field : fields_of(option, value))
    if (!read_number(field, out.emplace_back())) throw_not_read(option, value, "numbers, as in 1,0.5");
}

}  // namespace detail

/// A strategy from text, as configuration files and command lines have it:
///
///     auto (or balance), minority, majority, not_minority, not_majority, all
///     ratio=0.5    counts=LABEL:ROWS,LABEL:ROWS    only=LABEL,LABEL (or list=LABEL,LABEL)
///
/// A label with a comma or a quote stands in double quotes, its own quotes doubled: `only="a,b",c`. In counts the quotes
/// go around the whole entry: `counts="a,b:7",c:5`; the last colon of an entry counts.
/// `option` is what messages call it. Throws InvalidOption.
[[gnu::cold]] inline Strategy read_strategy(std::string_view value, std::string_view option = "strategy") {
  constexpr std::pair<std::string_view, Strategy (*)()> named[] = {{"auto", balance},
                                                                   {"balance", balance},
                                                                   {"minority", minority},
                                                                   {"majority", majority},
                                                                   {"not_minority", not_minority},
                                                                   {"not_majority", not_majority},
                                                                   {"all", all}};
  for (const auto& [name, make] : named)
    if (value == name) return make();
  const std::size_t equals = value.find('=');
  const std::string_view kind = value.substr(0, equals);
  const std::string_view rest = equals == std::string_view::npos ? "" : value.substr(equals + 1);
  if (kind == "ratio" && equals != std::string_view::npos) {
    double share = 0;
    if (!detail::read_number(rest, share)) detail::throw_not_read(option, value, "a number, as in ratio=0.5");
    return ratio(share);
  }
  if (kind == "counts" && !rest.empty()) {
    Strategy::Counts wanted;
    for (const std::string& field : detail::fields_of(option, rest)) {
      auto [label, rows] = detail::read_entry<Index>(option, value, field, "counts=LABEL:ROWS,LABEL:ROWS");
      wanted.push_back({std::move(label), rows});
    }
    return counts(std::move(wanted));
  }
  if ((kind == "only" || kind == "list") && !rest.empty()) {
    std::vector<Label> labels;
    for (const std::string& field : detail::fields_of(option, rest)) labels.emplace_back(field);
    return only(std::move(labels));
  }
  detail::throw_not_read(
      option, value,
      "auto, minority, majority, not_minority, not_majority, all, ratio=R, counts=LABEL:ROWS,.. or list=LABEL,..");
}

namespace detail {
[[gnu::cold]] inline void read_option(std::string_view option, std::string_view value, Strategy& out) {
  out = read_strategy(value, option);
}
}  // namespace detail

}  // inline namespace
}  // namespace rebalance
