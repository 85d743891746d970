// The diagnostic format of reviewdog. Its columns count bytes of UTF-8.
#include <optional>

#include "api/json_writer.hpp"
#include "report/report.hpp"
#include "support/utf8.hpp"

namespace modcore::report {
namespace {

constexpr SeverityWords severity_words{"ERROR", "WARNING", "INFO"};

// From 1; nothing where the line is not at hand.
std::optional<std::size_t> byte_column(const Location& where, std::uint32_t column) {
  std::size_t byte = 0;
  for (std::uint32_t i = 1; i < column; ++i) {
    if (byte >= where.line_text.size()) return std::nullopt;
    byte += utf8::decode(where.line_text, byte).length;
  }
  return byte + 1;
}

bool has_columns(const Location& where) {
  return where.line == where.end_line && byte_column(where, where.column) &&
         byte_column(where, where.end_column);
}

void position(api::JsonWriter& json, const Location& where, std::uint32_t line,
              std::uint32_t column) {
  json.begin_object().key("line").integer(line);
  if (has_columns(where)) {
    json.key("column").integer(static_cast<std::int64_t>(*byte_column(where, column)));
  }
  json.end_object();
}

void range(api::JsonWriter& json, const Location& where) {
  json.key("range").begin_object().key("start");
  position(json, where, where.line, where.column);
  json.key("end");
  position(json, where, where.end_line, where.end_column);
  json.end_object();
}

void location(api::JsonWriter& json, const Location& where, const RenderOptions& options) {
  json.begin_object().key("path").text(shown_file(where.file, options));
  if (where.line != 0) range(json, where);
  json.end_object();
}

void suggestions(api::JsonWriter& json, const Diagnostic& d) {
  json.key("suggestions").begin_array();
  for (const Fix& fix : d.fixes) {
    if (fix.where.file != d.where.file || !has_columns(fix.where)) continue;
    json.begin_object();
    range(json, fix.where);
    json.key("text").text(fix.replacement).end_object();
  }
  json.end_array();
}

void related(api::JsonWriter& json, const Diagnostic& d, const RenderOptions& options) {
  json.key("related_locations").begin_array();
  for (const Label& label : d.labels) {
    json.begin_object().key("message").text(label.text).key("location");
    location(json, label.where, options);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string rdjson(Diagnostics diagnostics, const RenderOptions& options) {
  std::string out;
  api::JsonWriter json(out);
  json.begin_object().key("source").begin_object().key("name").text("modcore").end_object();
  json.key("diagnostics").begin_array();
  for (const Diagnostic& d : diagnostics) {
    const std::string more = remarks(d);
    json.begin_object();
    json.key("message").text(more.empty() ? d.message : d.message + '\n' + more);
    json.key("location");
    location(json, d.where, options);
    json.key("severity").text(word_of(d.severity, severity_words));
    json.key("code").begin_object().key("value").text(d.id).end_object();
    suggestions(json, d);
    related(json, d, options);
    json.end_object();
  }
  json.end_array().end_object();
  return out + '\n';
}

}  // namespace modcore::report
