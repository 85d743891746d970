// Diagnostics as JSON.
#include <algorithm>

#include <modcore/json.hpp>

#include "api/json_writer.hpp"

namespace modcore {
namespace {

using api::JsonWriter;

void write(JsonWriter& json, const Location& where) {
  json.begin_object();
  json.key("file").text(where.file);
  json.key("line").integer(where.line).key("column").integer(where.column);
  json.key("end_line").integer(where.end_line).key("end_column").integer(where.end_column);
  json.key("begin").integer(where.begin).key("end").integer(where.end);
  json.key("line_text").text(where.line_text);
  json.end_object();
}

void write(JsonWriter& json, const Label& label) {
  json.begin_object().key("where");
  write(json, label.where);
  json.key("text").text(label.text).end_object();
}

void write(JsonWriter& json, const Fix& fix) {
  json.begin_object().key("where");
  write(json, fix.where);
  json.key("replacement").text(fix.replacement).key("safe").boolean(fix.safe).end_object();
}

void write(JsonWriter& json, const Diagnostic& diagnostic) {
  json.begin_object();
  json.key("severity").text(to_string(diagnostic.severity));
  json.key("id").text(diagnostic.id).key("name").text(diagnostic.name);
  json.key("message").text(diagnostic.message).key("help").text(diagnostic.help);
  json.key("rule").text(diagnostic.rule).key("where");
  write(json, diagnostic.where);
  json.key("labels").array(diagnostic.labels, [&](const Label& label) { write(json, label); });
  json.key("notes").texts(diagnostic.notes);
  json.key("fixes").array(diagnostic.fixes, [&](const Fix& fix) { write(json, fix); });
  if (diagnostic.suppressed) {
    json.key("suppressed").begin_object();
    json.key("justification").text(diagnostic.justification).end_object();
  }
  json.end_object();
}

}  // namespace

std::string to_json(std::span<const Diagnostic> diagnostics) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("schema").text("modcore.report/1");
  json.key("counts").begin_object();
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    json.key(to_string(severity));
    json.integer(std::ranges::count_if(diagnostics, [severity](const Diagnostic& d) {
      return d.severity == severity && !d.suppressed;
    }));
  }
  json.end_object();
  json.key("diagnostics").array(diagnostics, [&](const Diagnostic& d) { write(json, d); });
  json.end_object();
  return out;
}

}  // namespace modcore
