// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <rebalance/core/error.hpp>
#include <rebalance/core/number_text.hpp>
#include <rebalance/core/utf8.hpp>
#include <rebalance/record/json.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Reads a text as parse_json says.
class JsonParser {
 public:
  explicit JsonParser(std::string_view text) : text_(text) {}

  [[gnu::cold]] Json parse() {
    Json out = value(0);
    skip_space();
    if (at_ < text_.size()) fail("there is more text after the value; remove it");
    return out;
  }

 private:
  static constexpr int deepest = 100;

  [[noreturn, gnu::cold]] void fail(std::string_view problem) const { fail(problem, at_); }
  [[noreturn, gnu::cold]] void fail(std::string_view problem, std::size_t at) const {
    const std::string_view before = text_.substr(0, at);
    std::size_t line = 1, begin = 0;
    for (std::size_t end = before.find('\n'); end != std::string_view::npos; end = before.find('\n', begin)) {
      ++line;
      begin = end + 1;
    }
    throw InvalidRecord(detail::text({"JSON, line ", line, ", column ", at - begin + 1, ": ", problem}));
  }

  char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }  // a zero byte is refused like the end
  void skip_space() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r') ++at_;
  }
  bool skip(char c) {
    skip_space();
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  [[gnu::cold]] Json value(int depth) {
    skip_space();
    if (at_ == text_.size()) fail("the text ends where a value must stand; is the file complete?");
    if (depth > deepest) fail("more than 100 arrays and objects within each other");
    if (peek() == '{') return object(depth);
    if (peek() == '[') return array(depth);
    if (peek() == '"') return string();
    if (peek() == '-' || is_digit()) return number();
    if (skip_word("null")) return nullptr;
    if (skip_word("true")) return true;
    if (skip_word("false")) return false;
    fail("no value begins like this; write a number, text in double quotes, true, false, null, [ or {");
  }
  bool skip_word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  [[gnu::cold]] Json array(int depth) {
    Json out = Json::array();
    ++at_;
    if (skip(']')) return out;
    do out.add(value(depth + 1));
    while (skip(','));
    if (!skip(']')) fail("an array goes on with a comma or ends with ]");
    return out;
  }
  [[gnu::cold]] Json object(int depth) {
    const std::size_t begin = at_++;
    Json::Members members;
    if (skip('}')) return Json::object();
    do {
      skip_space();
      if (peek() != '"') fail("a key in double quotes must stand here");
      std::string key = string();
      if (!skip(':')) fail("a colon must follow a key");
      members.emplace_back(std::move(key), value(depth + 1));
    } while (skip(','));
    if (!skip('}')) fail("an object goes on with a comma or ends with }");
    return without_repeats(std::move(members), begin);
  }
  [[gnu::cold]] Json without_repeats(Json::Members members, std::size_t begin) const {
    std::vector<std::string_view> keys;
    for (const auto& member : members) keys.push_back(member.first);
    std::sort(keys.begin(), keys.end());
    if (const auto twice = std::adjacent_find(keys.begin(), keys.end()); twice != keys.end())
      fail(detail::text({"the object that begins here has the key '", *twice, "' twice"}), begin);
    return Json(std::move(members));
  }

  [[gnu::cold]] std::string string() {
    std::string out;
    const std::size_t begin = at_++;
    while (peek() != '"') {
      if (at_ == text_.size()) fail("the text that begins here has no closing quote", begin);
      if (static_cast<unsigned char>(text_[at_]) < 0x20)
        fail("a control character stands in text; write it as \\u00..");
      if (text_[at_] == '\\') {
        append_escaped(out);
        continue;
      }
      const std::size_t length = utf8_length(text_.substr(at_));
      if (length == 0) fail("these bytes are not UTF-8; convert the file to UTF-8");
      out += text_.substr(at_, length);
      at_ += length;
    }
    ++at_;
    return out;
  }
  [[gnu::cold]] void append_escaped(std::string& out) {
    constexpr std::string_view names = "\"\\/bfnrt", characters = "\"\\/\b\f\n\r\t";
    const std::size_t begin = at_++;
    if (const std::size_t i = names.find(peek()); i != std::string_view::npos) {
      out += characters[i];
      ++at_;
    } else {
      append_utf8(out, code_point(begin));
    }
  }
  /// After a backslash, `u` and four hexadecimal digits, or twice that for what lies above U+FFFF.
  [[gnu::cold]] std::uint32_t code_point(std::size_t begin) {
    const std::uint32_t first = code_unit(begin);
    if (first < 0xD800 || first > 0xDFFF) return first;
    if (first > 0xDBFF || !skip_word("\\")) fail("half of a surrogate pair stands alone", begin);
    const std::uint32_t second = code_unit(begin);
    if (second < 0xDC00 || second > 0xDFFF) fail("half of a surrogate pair stands alone", begin);
    return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
  }
  [[gnu::cold]] std::uint32_t code_unit(std::size_t begin) {
    if (!skip_word("u")) fail("a backslash must be followed by one of \"\\/bfnrt or by u and four digits", begin);
    const std::string_view digits = text_.substr(at_, 4);
    std::uint32_t code = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    if (error != std::errc() || digits.size() != 4 || end != digits.data() + 4)
      fail("four hexadecimal digits must follow \\u", begin);
    at_ += 4;
    return code;
  }
  static void append_utf8(std::string& out, std::uint32_t code) {
    const auto rest = [&](int shift) { return static_cast<char>(0x80 | (code >> shift & 0x3F)); };
    if (code < 0x80) out += static_cast<char>(code);
    else if (code < 0x800) (out += static_cast<char>(0xC0 | code >> 6)) += rest(0);
    else if (code < 0x10000) ((out += static_cast<char>(0xE0 | code >> 12)) += rest(6)) += rest(0);
    else (((out += static_cast<char>(0xF0 | code >> 18)) += rest(12)) += rest(6)) += rest(0);
  }

  bool is_digit() const noexcept { return peek() >= '0' && peek() <= '9'; }
  void skip_digits(std::size_t begin) {
    if (!is_digit()) fail("a number lacks digits", begin);
    while (is_digit()) ++at_;
  }
  [[gnu::cold]] Json number() {
    const std::size_t begin = at_;
    bool whole = true;
    if (peek() == '-') ++at_;
    if (peek() == '0') ++at_;
    else skip_digits(begin);
    if (is_digit()) fail("a number begins with 0; remove it", begin);
    if (peek() == '.') {
      whole = false;
      ++at_;
      skip_digits(begin);
    }
    if (peek() == 'e' || peek() == 'E') {
      whole = false;
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      skip_digits(begin);
    }
    const std::string_view digits = text_.substr(begin, at_ - begin);
    if (whole && digits != "-0") return converted<std::int64_t>(digits, begin);
    return converted<double>(digits, begin);
  }
  template <class Number>
  [[gnu::cold]] Json converted(std::string_view digits, std::size_t begin) const {
    Number number{};
    if (!read_number(digits, number))
      fail(std::same_as<Number, double> ? "no double is as large, or as small, as this number"
                                        : "this whole number has more than 63 bits; write it as text",
           begin);
    return number;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace detail

/// Reads one JSON value, as the standard has it and nothing besides: no comments, commas at the end, NaN, keys that
/// occur twice, text that is not UTF-8; at most 100 arrays and objects within each other, and only numbers that a
/// double or, if whole, 64 bits can hold. Cost O(length). Throws InvalidRecord with line and column.
[[gnu::cold]] inline Json parse_json(std::string_view text) { return detail::JsonParser(text).parse(); }

}  // inline namespace
}  // namespace rebalance
