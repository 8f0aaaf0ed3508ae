// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <rebalance/core/error.hpp>
#include <rebalance/core/utf8.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {
class JsonParser;
}

/// A JSON value (RFC 8259): what the reports of this library are written as and manifests are read from (parse_json).
///
///     Json report = Json::object();
///     report.set("rows", 340).set("classes", Json::array().add("fraud").add("fine"));
///     file << report.text();
///
/// A regular value. Objects keep the order of their keys. Whole numbers are 64 bits wide and told from others: 5 is one
/// and 5.0 is not, also after they were written and read again. What has all 64 bits, such as a seed, is better text:
/// many readers keep 53. NaN and infinity do not exist in JSON and are written as null.
class Json {
 public:
  using Items = std::vector<Json>;                            ///< of an array
  using Members = std::vector<std::pair<std::string, Json>>;  ///< keys and values

  Json() = default;
  /// Null, as Json() is.
  Json(std::nullptr_t) {}
  /// True or false.
  template <std::same_as<bool> Truth>  // pointers shall not become true
  Json(Truth truth) : value_(truth) {}
  /// A number; NaN and infinity are null.
  Json(double number) : value_(number) {}
  /// Throws InvalidRecord (above 2^63 - 1).
  template <std::integral Number>
    requires(!std::same_as<Number, bool>)
  Json(Number number) : value_(static_cast<std::int64_t>(number)) {
    if (std::in_range<std::int64_t>(number)) return;
    throw InvalidRecord(detail::text({"JSON: ", number, " needs more than 63 bits; write it as text"}));
  }
  /// Throws InvalidRecord (not UTF-8).
  Json(std::string text);
  /// Likewise.
  Json(const char* text) : Json(std::string(text)) {}
  /// Likewise.
  Json(std::string_view text) : Json(std::string(text)) {}

  static Json array() { return Json(Value(Items{})); }  ///< []
  static Json object() { return Json(Members{}); }      ///< {}

  /// Adds an item to an array. Throws InvalidRecord (no array).
  Json& add(Json item) &;
  Json&& add(Json item) && { return std::move(add(std::move(item))); }  ///< The same, in one line.
  /// Adds a key to an object: cost O(keys). Throws InvalidRecord (no object, a key twice, not UTF-8).
  Json& set(std::string key, Json value) &;
  /// The same, in one line.
  Json&& set(std::string key, Json value) && { return std::move(set(std::move(key), std::move(value))); }

  /// What it is, or nullptr.
  const bool* truth() const noexcept { return std::get_if<bool>(&value_); }
  const std::int64_t* integer() const noexcept { return std::get_if<std::int64_t>(&value_); }  ///< A whole number.
  const double* number() const noexcept { return std::get_if<double>(&value_); }            ///< not of a whole number
  const std::string* string() const noexcept { return std::get_if<std::string>(&value_); }  ///< A text.
  const Items* items() const noexcept { return std::get_if<Items>(&value_); }               ///< What an array holds.
  /// What an object holds, in its order.
  const Members* members() const noexcept { return std::get_if<Members>(&value_); }
  bool is_null() const noexcept { return std::holds_alternative<std::monostate>(value_); }  ///< Whether it is null.

  /// The value as text, without a newline at its end: indented by two, a scalar on each line. An array or object of
  /// scalars whose values fit in 100 columns stands on one line. Numbers in the fewest digits that read back to the same bits.
  std::string text() const;

  /// By type and value; keys in the same order.
  friend bool operator==(const Json& a, const Json& b) { return a.value_ == b.value_; }

 private:
  friend class detail::JsonParser;
  using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, Items, Members>;
  explicit Json(Members members) : value_(std::move(members)) {}
  explicit Json(Value value) : value_(std::move(value)) {}

  Value value_;
};

namespace detail {

/// Throws InvalidRecord where text is not UTF-8.
[[gnu::cold]] inline void require_utf8(std::string_view string) {
  for (std::size_t at = 0, length = 0; at < string.size(); at += length) {
    length = utf8_length(string.substr(at));
    if (length == 0)
      throw InvalidRecord(text({"JSON: byte ", at, " of a text is ", unsigned{static_cast<unsigned char>(string[at])},
                                ", which is not UTF-8 there; convert the text to UTF-8 first"}));
  }
}

/// Writes values as Json::text says.
class JsonWriter {
 public:
  [[gnu::cold]] void write(const Json& json, std::size_t depth) {
    if (const auto* items = json.items()) write_all(*items, '[', ']', depth);
    else if (const auto* members = json.members()) write_all(*members, '{', '}', depth);
    else write_scalar(json);
  }
  std::string take() && { return std::move(out_); }

 private:
  static constexpr std::size_t longest_line = 100;

  [[gnu::cold]] void write_scalar(const Json& json) {
    if (const auto* truth = json.truth()) out_ += *truth ? "true" : "false";
    else if (const auto* integer = json.integer()) out_ += text({*integer});
    else if (const auto* number = json.number()) write_number(*number);
    else if (const auto* string = json.string()) write_string(*string);
    else out_ += "null";
  }
  [[gnu::cold]] void write_number(double number) {
    const std::string digits = std::isfinite(number) ? text({number}) : "null";
    const bool whole = digits.find_first_not_of("-0123456789") == std::string::npos;
    out_ += whole ? digits + ".0" : digits;
  }
  [[gnu::cold]] void write_string(std::string_view string) {
    constexpr std::string_view hex = "0123456789abcdef";
    out_ += '"';
    for (const char c : string) {
      const auto code = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') (out_ += '\\') += c;
      else if (c == '\n') out_ += "\\n";
      else if (c == '\t') out_ += "\\t";
      else if (c == '\r') out_ += "\\r";
      else if (code < 0x20) ((out_ += "\\u00") += hex[code >> 4]) += hex[code & 15];
      else out_ += c;
    }
    out_ += '"';
  }

  static const Json& value_of(const Json& item) { return item; }
  static const Json& value_of(const Json::Members::value_type& member) { return member.second; }
  void write_key(const Json&) {}
  void write_key(const Json::Members::value_type& member) {
    write_string(member.first);
    out_ += ": ";
  }

  /// On one line if that is short, else a line for each.
  template <class All>
  [[gnu::cold]] void write_all(const All& all, char open, char close, std::size_t depth) {
    const std::size_t begin = out_.size();
    if (write_line(all, open, close) && out_.size() - begin + 2 * depth <= longest_line) return;
    out_.resize(begin);
    out_ += open;
    for (const auto& one : all) {
      if (&one != &all.front()) out_ += ',';
      (out_ += '\n').append(2 * (depth + 1), ' ');
      write_key(one);
      write(value_of(one), depth + 1);
    }
    (out_ += '\n').append(2 * depth, ' ');
    out_ += close;
  }
  template <class All>
  [[gnu::cold]] bool write_line(const All& all, char open, char close) {
    const std::size_t begin = out_.size();
    out_ += open;
    for (const auto& one : all) {
      if (value_of(one).items() || value_of(one).members() || out_.size() - begin > longest_line) return false;
      if (&one != &all.front()) out_ += ", ";
      write_key(one);
      write_scalar(value_of(one));
    }
    out_ += close;
    return true;
  }

  std::string out_;
};

}  // namespace detail

[[gnu::cold]] inline Json::Json(std::string text) : value_(std::move(text)) { detail::require_utf8(*string()); }

[[gnu::cold]] inline Json& Json::add(Json item) & {
  auto* items = std::get_if<Items>(&value_);
  if (!items) throw InvalidRecord("JSON: an item is added to what is no array; begin with Json::array()");
  items->push_back(std::move(item));
  return *this;
}

[[gnu::cold]] inline Json& Json::set(std::string key, Json value) & {
  auto* members = std::get_if<Members>(&value_);
  if (!members)
    throw InvalidRecord(
        detail::text({"JSON: the key '", key, "' is set in what is no object; begin with Json::object()"}));
  detail::require_utf8(key);
  for (const auto& member : *members)
    if (member.first == key) throw InvalidRecord(detail::text({"JSON: the key '", key, "' is set twice; set it once"}));
  members->emplace_back(std::move(key), std::move(value));
  return *this;
}

[[gnu::cold]] inline std::string Json::text() const {
  detail::JsonWriter writer;
  writer.write(*this, 0);
  return std::move(writer).take();
}

namespace detail {

/// An array of texts.
[[gnu::cold]] inline Json json_of(const std::vector<std::string>& texts) {
  Json out = Json::array();
  for (const std::string& one : texts) out.add(one);
  return out;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
