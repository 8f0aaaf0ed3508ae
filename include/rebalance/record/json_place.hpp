// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/error.hpp>
#include <rebalance/record/json.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// A place in a JSON value, which knows its path: what is missing or of another type than asked for is named in full,
/// as in `counts[2].label`. The value must outlive it.
///
///     const Json json = parse_json(text);
///     for (const JsonPlace& row : JsonPlace(json).at("rows").items()) sum += row.at("count").as_int();
class JsonPlace {
 public:
  /// The root, unless a path is given for messages.
  explicit JsonPlace(const Json& json, std::string path = "") : json_(&json), path_(std::move(path)) {}
  explicit JsonPlace(const Json&& json, std::string path = "") = delete;  // it would be gone: give it a name first

  const Json& json() const noexcept { return *json_; }        ///< What stands there.
  const std::string& path() const noexcept { return path_; }  ///< Where it stands, for messages.
  bool is_null() const noexcept { return json_->is_null(); }  ///< Whether null stands there.

  // Each of these throws InvalidRecord, where the value is of another type.

  /// The value of a key, which must be there.
  JsonPlace at(std::string_view key) const;
  /// Whether an object has a key.
  bool has(std::string_view key) const;
  std::vector<JsonPlace> items() const;  ///< Those of an array. Throws InvalidRecord (no array).
  /// Keys and values of an object, in their order.
  std::vector<std::pair<std::string, JsonPlace>> members() const;
  const std::string& as_text() const;  ///< Throws InvalidRecord (no text).
  bool as_bool() const;                ///< Throws InvalidRecord (neither true nor false).
  /// A whole number.
  std::int64_t as_int() const;
  /// A whole number of things, from 0 to 2^48: no sum of some overflows.
  std::int64_t as_count() const;
  /// Any number; a whole one up to 2^53, so that it is exact.
  double as_number() const;

 private:
  template <class T>
  const T& required(const T* value, std::string_view type) const {
    if (!value) fail(detail::text({"is not ", type}));
    return *value;
  }
  [[noreturn]] void fail(std::string_view problem) const;
  const Json* find(std::string_view key) const;
  JsonPlace under(std::string_view key, const Json& value) const;

  const Json* json_;
  std::string path_;
};

[[gnu::cold]] inline void JsonPlace::fail(std::string_view problem) const {
  throw InvalidRecord(detail::text({"JSON: ", path_.empty() ? "the value" : path_, " ", problem}));
}

[[gnu::cold]] inline JsonPlace JsonPlace::under(std::string_view key, const Json& value) const {
  return JsonPlace(value, detail::text({path_, path_.empty() ? "" : ".", key}));
}

[[gnu::cold]] inline const Json* JsonPlace::find(std::string_view key) const {
  for (const auto& member : required(json_->members(), "an object"))
    if (member.first == key) return &member.second;
  return nullptr;
}

[[gnu::cold]] inline JsonPlace JsonPlace::at(std::string_view key) const {
  const Json* value = find(key);
  if (!value) fail(detail::text({"lacks the key '", key, "'"}));
  return under(key, *value);
}

[[gnu::cold]] inline bool JsonPlace::has(std::string_view key) const { return find(key) != nullptr; }

[[gnu::cold]] inline std::vector<JsonPlace> JsonPlace::items() const {
  std::vector<JsonPlace> out;
  for (const Json& item : required(json_->items(), "an array"))
    out.emplace_back(item, detail::text({path_, "[", out.size(), "]"}));
  return out;
}

[[gnu::cold]] inline std::vector<std::pair<std::string, JsonPlace>> JsonPlace::members() const {
  std::vector<std::pair<std::string, JsonPlace>> out;
  for (const auto& [key, value] : required(json_->members(), "an object")) out.emplace_back(key, under(key, value));
  return out;
}

[[gnu::cold]] inline const std::string& JsonPlace::as_text() const { return required(json_->string(), "text"); }
[[gnu::cold]] inline bool JsonPlace::as_bool() const { return required(json_->truth(), "true or false"); }
[[gnu::cold]] inline std::int64_t JsonPlace::as_int() const { return required(json_->integer(), "a whole number"); }

[[gnu::cold]] inline std::int64_t JsonPlace::as_count() const {
  const std::int64_t count = as_int();
  if (count < 0 || count > std::int64_t{1} << 48) fail(detail::text({"is ", count, "; a count is from 0 to 2^48"}));
  return count;
}

[[gnu::cold]] inline double JsonPlace::as_number() const {
  const std::int64_t* whole = json_->integer();
  if (!whole) return required(json_->number(), "a number");
  if (std::abs(static_cast<double>(*whole)) > 0x1p53)
    fail(detail::text({"is ", *whole, ", which no double need hold exactly"}));
  return static_cast<double>(*whole);
}

}  // inline namespace
}  // namespace rebalance
