// SPDX-License-Identifier: MIT
#include "csv_record.hpp"

#include <new>

namespace examples {

namespace {

void take_field(void* field, std::size_t size, void* out) {
  auto& fields = *static_cast<Fields*>(out);
  fields.text.append(static_cast<const char*>(field), size);
  fields.ends.push_back(fields.text.size());
}
void take_record(int, void*) {}
int never(unsigned char) { return 0; }

}  // namespace

RecordParser::RecordParser() {
  if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
  csv_set_space_func(&parser_, never);  // libcsv would trim spaces
  csv_set_term_func(&parser_, never);   // a record has been cut out already
}

RecordParser::~RecordParser() { csv_free(&parser_); }

bool RecordParser::append(std::string_view record, Fields& out) {
  const bool parsed = csv_parse(&parser_, record.data(), record.size(), take_field, take_record, &out) == record.size();
  if (parsed && csv_fini(&parser_, take_field, take_record, &out) == 0) return true;
  if (csv_error(&parser_) == CSV_ENOMEM) throw std::bad_alloc();
  return false;
}

std::size_t record_end(std::string_view file, std::size_t begin) {
  bool in_quotes = false;
  for (std::size_t at = begin; at < file.size(); ++at) {
    if (file[at] == '"') in_quotes = !in_quotes;  // a doubled quote turns twice
    else if (file[at] == '\n' && !in_quotes) return at + 1;
  }
  return file.size();
}

std::string_view line_end_of(std::string_view record) {
  if (record.ends_with("\r\n")) return "\r\n";
  return record.ends_with('\n') ? "\n" : "";
}

void append_field(std::string& out, std::string_view field) {
  const bool has_edge_space = field.starts_with(' ') || field.ends_with(' ');  // which other readers trim
  if (!has_edge_space && field.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += field;
    return;
  }
  out += '"';
  for (const char c : field) out.append(c == '"' ? 2 : 1, c);
  out += '"';
}

}  // namespace examples
