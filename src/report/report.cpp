#include "report/report.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include <fmt/format.h>
#include <xxhash.h>

#include "support/utf8.hpp"

namespace modcore::report {
namespace {

bool is_unreserved(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') ||
         std::string_view("-._~/").find(c) != std::string_view::npos;
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

std::string noun(std::size_t number, std::string_view one) {
  return fmt::format("{} {}{}", number, one, number == 1 ? "" : "s");
}

}  // namespace

std::string shown_file(const std::string& file, const RenderOptions& options) {
  if (options.root.empty()) return file;
  namespace fs = std::filesystem;
  const fs::path path = fs::path(file).lexically_normal();
  if (path.is_relative()) return path.generic_string();
  const std::string below = path.lexically_relative(fs::path(options.root)).generic_string();
  return below.empty() || below == ".." || below.starts_with("../") ? path.generic_string() : below;
}

std::string uri_of(const std::string& file, const RenderOptions& options) {
  const std::string name = shown_file(file, options);
  std::string uri = name.starts_with('/') ? "file://" : "";
  for (const char c : name) {
    if (is_unreserved(c)) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

std::string one_line(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded character = utf8::decode(text, i);
    utf8::append(out, is_control(character.code_point) ? U' ' : character.code_point);
    i += character.length;
  }
  return out;
}

std::string remarks(const Diagnostic& diagnostic) {
  std::string out;
  const auto add = [&out](const std::string& text) {
    if (!text.empty()) out += (out.empty() ? "" : "\n") + text;
  };
  if (!diagnostic.rule.empty()) add("in rule " + diagnostic.rule);
  std::ranges::for_each(diagnostic.notes, add);
  if (!diagnostic.help.empty()) add("help: " + diagnostic.help);
  return out;
}

std::vector<std::string> fingerprints(Diagnostics diagnostics) {
  std::map<std::string, std::size_t> seen;
  std::vector<std::string> all;
  for (const Diagnostic& d : diagnostics) {
    // Without a rule the file tells findings apart that say the same.
    const std::string& home = d.rule.empty() ? d.where.file : d.rule;
    std::string subject = fmt::format("{}\n{}\n{}", d.id, home, d.message);
    const std::size_t nth = seen[subject]++;
    subject += fmt::format("\n{}", nth);
    const XXH128_hash_t hash = XXH3_128bits(subject.data(), subject.size());
    all.push_back(fmt::format("{:016x}{:016x}", hash.high64, hash.low64));
  }
  return all;
}

const DiagnosticInfo* catalogue_entry(std::string_view id) {
  const auto all = diagnostic_catalogue();
  const auto found = std::ranges::lower_bound(all, id, {}, &DiagnosticInfo::id);
  return found != all.end() && found->id == id ? &*found : nullptr;
}

std::string_view word_of(Severity severity, const SeverityWords& words) {
  if (severity == Severity::error) return words.error;
  return severity == Severity::warning ? words.warning : words.info;
}

Counts count(Diagnostics diagnostics) {
  Counts counts;
  for (const Diagnostic& d : diagnostics) {
    std::size_t& counter = d.severity == Severity::error     ? counts.errors
                           : d.severity == Severity::warning ? counts.warnings
                                                             : counts.infos;
    ++counter;
  }
  return counts;
}

std::string counted(const Counts& counts) {
  std::string out;
  const auto add = [&out](std::size_t number, std::string_view one) {
    if (number != 0) out += (out.empty() ? "" : ", ") + noun(number, one);
  };
  add(counts.errors, "error");
  add(counts.warnings, "warning");
  add(counts.infos, "remark");
  return out.empty() ? "no findings" : out;
}

}  // namespace modcore::report
