// SPDX-License-Identifier: MIT
#pragma once

#include <csv.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace examples {

/// The fields of records, one after the other in one text: field i ends at ends[i], where field i + 1 begins.
struct Fields {
  std::string text;
  std::vector<std::size_t> ends;

  std::size_t size() const { return ends.size(); }
  std::string_view operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return std::string_view(text).substr(begin, ends[i] - begin);
  }
};

/// Takes records apart with libcsv, strictly by RFC 4180: nothing is trimmed, quotes are where they may be.
class RecordParser {
 public:
  RecordParser();
  ~RecordParser();
  RecordParser(const RecordParser&) = delete;
  RecordParser& operator=(const RecordParser&) = delete;

  /// Appends the fields of a record (without its line end). False if its quotes are wrong.
  bool append(std::string_view record, Fields& out);

 private:
  csv_parser parser_;
};

/// Where the record that begins at `begin` ends: past its line end. Line ends inside quotes are text.
std::size_t record_end(std::string_view file, std::size_t begin);

/// The "\n" or "\r\n" a record ends in, or nothing.
std::string_view line_end_of(std::string_view record);

/// Appends a field, in quotes where it needs them.
void append_field(std::string& out, std::string_view field);

}  // namespace examples
