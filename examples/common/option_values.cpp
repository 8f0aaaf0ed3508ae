// SPDX-License-Identifier: MIT
#include "option_values.hpp"

#include <charconv>
#include <system_error>

#include "csv_record.hpp"
#include "message.hpp"
#include "samplers.hpp"

namespace examples {

std::vector<std::string> parse_columns(const char* option, const std::string& text) {
  Fields names;
  if (!RecordParser().append(text, names)) throw WrongUsage(std::string(option) + ": the quotes of the list are wrong");
  std::vector<std::string> out;
  for (std::size_t i = 0; i < names.size(); ++i) out.emplace_back(names[i]);
  return out;
}

int thread_count(const std::string& text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number < 0)
    throw WrongUsage("--threads " + text + ": it must be a whole number, at least 0 (0: all the hardware has)");
  return number;
}

std::string list_of_samplers() {
  constexpr std::size_t width = 80;
  std::string out, line = "One of:";
  for (const auto& name : sampler_names()) {
    if (line.size() + name.size() > width) out += line + "\n", line.clear();
    line += (line.empty() ? "" : " ") + name;
  }
  return out + line;
}

}  // namespace examples
