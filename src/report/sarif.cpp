// SARIF 2.1.0 (OASIS), as code scanning services and editors read it.
#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <modcore/tooling.hpp>
#include <modcore/version.hpp>

#include "api/json_writer.hpp"
#include "report/report.hpp"

namespace modcore::report {
namespace {

using api::JsonWriter;

// GitHub takes 5,000 results a run.
constexpr std::size_t most_results = 5000;

constexpr SeverityWords severity_words{"error", "warning", "note"};

// "unknown-name" -> "UnknownName", as the format wants the names of rules.
std::string pascal_case(std::string_view name) {
  std::string out;
  bool upper = true;
  for (const char c : name) {
    if (c == '-') {
      upper = true;
    } else {
      out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      upper = false;
    }
  }
  return out;
}

// A message that ends as a sentence.
std::string sentence(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z')
    out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out.ends_with('.') ? out : out + '.';
}

std::string_view without_heading(std::string_view page) {
  const std::size_t end = page.find("\n\n");
  return end == std::string_view::npos ? page : page.substr(end + 2);
}

std::string first_paragraph(std::string_view page) {
  std::string text(page.substr(0, page.find("\n\n")));
  std::ranges::replace(text, '\n', ' ');
  return text;
}

class Writer {
 public:
  Writer(Diagnostics diagnostics, const RenderOptions& options)
      : diagnostics_(diagnostics), options_(options), json_(out_) {
    for (const Diagnostic& d : diagnostics_) rules_.emplace(d.id, 0);
    std::size_t index = 0;
    for (auto& [id, position] : rules_) position = index++;
  }

  std::string write() {
    json_.begin_object();
    json_.key("$schema").text("https://json.schemastore.org/sarif-2.1.0.json");
    json_.key("version").text("2.1.0").key("runs").begin_array().begin_object();
    tool();
    invocation();
    json_.key("originalUriBaseIds").begin_object().key("SRCROOT").begin_object().key("description");
    message("The folder that the names of files are relative to.");
    json_.end_object().end_object();
    json_.key("columnKind").text("unicodeCodePoints");
    results();
    json_.end_object().end_array().end_object();
    return out_ + '\n';
  }

 private:
  void message(std::string_view text) { json_.begin_object().key("text").text(text).end_object(); }

  void tool() {
    json_.key("tool").begin_object().key("driver").begin_object();
    json_.key("name").text("modcore").key("version").text(library_version());
    json_.key("semanticVersion").text(library_version());
    json_.key("rules").begin_array();
    for (const auto& [id, index] : rules_) rule(id);
    json_.end_array().end_object().end_object();
  }

  void rule(const std::string& id) {
    const DiagnosticInfo* info = catalogue_entry(id);
    json_.begin_object().key("id").text(id);
    if (info != nullptr) describe(*info);
    json_.end_object();
  }

  // What `modcore explain` shows stands here as well.
  void describe(const DiagnosticInfo& info) {
    const std::string_view page = without_heading(diagnostic_page(info.id));
    json_.key("name").text(pascal_case(info.name));
    json_.key("shortDescription");
    message(sentence(info.summary));
    json_.key("fullDescription");
    message(first_paragraph(page));
    json_.key("help").begin_object().key("text").text(page).key("markdown").text(page).end_object();
    json_.key("defaultConfiguration").begin_object();
    json_.key("level").text(word_of(info.severity, severity_words)).end_object();
    json_.key("properties").begin_object().key("tags");
    json_.texts(std::vector<std::string_view>{"moderation-rules"}).end_object();
  }

  void invocation() {
    json_.key("invocations").begin_array().begin_object();
    json_.key("executionSuccessful").boolean(options_.exit_code < 3);
    json_.key("exitCode").integer(options_.exit_code);
    if (diagnostics_.size() > most_results) {
      json_.key("toolExecutionNotifications").begin_array().begin_object();
      json_.key("level").text("warning").key("message");
      message(fmt::format("{} more findings are left out.", diagnostics_.size() - most_results));
      json_.end_object().end_array();
    }
    json_.end_object().end_array();
  }

  // Errors first, so that what is cut off matters least.
  void results() {
    const std::vector<std::string> prints = fingerprints(diagnostics_);
    json_.key("results").begin_array();
    std::size_t room = most_results;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
      for (std::size_t i = 0; i < diagnostics_.size(); ++i) {
        if (diagnostics_[i].severity != severity || room == 0) continue;
        result(diagnostics_[i], prints[i]);
        --room;
      }
    }
    json_.end_array();
  }

  void result(const Diagnostic& d, const std::string& print) {
    json_.begin_object().key("ruleId").text(d.id);
    json_.key("ruleIndex").integer(static_cast<std::int64_t>(rules_.at(d.id)));
    json_.key("level").text(word_of(d.severity, severity_words)).key("message");
    const std::string more = remarks(d);
    message(more.empty() ? sentence(d.message) : sentence(d.message) + '\n' + more);
    json_.key("locations").begin_array();
    location(d.where, d.rule, {}, 0);
    json_.end_array();
    related(d);
    json_.key("partialFingerprints").begin_object().key("modcore/v1").text(print).end_object();
    fixes(d);
    suppression(d);
    json_.end_object();
  }

  // Without one the array says that the result counts.
  void suppression(const Diagnostic& d) {
    json_.key("suppressions").begin_array();
    if (d.suppressed) {
      json_.begin_object().key("kind").text("inSource");
      json_.key("justification").text(d.justification).end_object();
    }
    json_.end_array();
  }

  void artifact(const std::string& file) {
    json_.key("artifactLocation").begin_object();
    // Services refuse a result without a place.
    const std::string uri = file.empty() ? "." : uri_of(file, options_);
    json_.key("uri").text(uri);
    if (!uri.starts_with("file:")) json_.key("uriBaseId").text("SRCROOT");
    json_.end_object();
  }

  void region(const Location& where) {
    json_.begin_object();
    json_.key("startLine").integer(where.line).key("startColumn").integer(where.column);
    json_.key("endLine").integer(where.end_line).key("endColumn").integer(where.end_column);
    json_.key("byteOffset").integer(where.begin).key("byteLength").integer(where.end - where.begin);
    json_.end_object();
  }

  void location(const Location& where, const std::string& rule, const std::string& text,
                std::size_t id) {
    json_.begin_object();
    if (id != 0) json_.key("id").integer(static_cast<std::int64_t>(id));
    json_.key("physicalLocation").begin_object();
    artifact(where.file);
    json_.key("region");
    if (where.line != 0) {
      region(where);
    } else {
      json_.begin_object().key("startLine").integer(1).end_object();
    }
    json_.end_object();
    if (!rule.empty()) {
      json_.key("logicalLocations").begin_array().begin_object();
      json_.key("fullyQualifiedName")
          .text(rule)
          .key("kind")
          .text("object")
          .end_object()
          .end_array();
    }
    if (!text.empty()) {
      json_.key("message");
      message(text);
    }
    json_.end_object();
  }

  void related(const Diagnostic& d) {
    if (d.labels.empty()) return;
    json_.key("relatedLocations").begin_array();
    std::size_t id = 0;
    for (const Label& label : d.labels) location(label.where, {}, label.text, ++id);
    json_.end_array();
  }

  void fixes(const Diagnostic& d) {
    if (d.fixes.empty()) return;
    json_.key("fixes").begin_array();
    for (const Fix& fix : d.fixes) {
      json_.begin_object().key("description");
      message(fix.safe ? "A safe correction." : "A correction to look at.");
      json_.key("artifactChanges").begin_array().begin_object();
      artifact(fix.where.file);
      json_.key("replacements").begin_array().begin_object().key("deletedRegion");
      region(fix.where);
      json_.key("insertedContent");
      message(fix.replacement);
      json_.end_object().end_array().end_object().end_array().end_object();
    }
    json_.end_array();
  }

  Diagnostics diagnostics_;
  const RenderOptions& options_;
  std::map<std::string, std::size_t> rules_;
  std::string out_;
  JsonWriter json_;
};

}  // namespace

std::string sarif(Diagnostics diagnostics, const RenderOptions& options) {
  return Writer(diagnostics, options).write();
}

}  // namespace modcore::report
