#include "check/items.hpp"

#include <algorithm>

#include "check/place.hpp"
#include "diag/catalogue.hpp"
#include "ir/letters.hpp"
#include "regex/analysis.hpp"
#include "support/utf8.hpp"
#include "text/entities.hpp"
#include "text/fold.hpp"
#include "text/hosts.hpp"

namespace modcore::checker {
namespace {

constexpr std::size_t least_substring = 4;  // characters
constexpr std::size_t least_number = 5;     // digits
constexpr std::size_t least_disguised = 3;  // letters

std::optional<ir::SubstringItem> make_substring(const Reporter& report, const ast::Name& text,
                                                bool allow_short) {
  ir::SubstringItem item{text::fold(text.value, text::Level::exact),
                         text::fold(text.value, text::Level::case_),
                         text::fold(text.value, text::Level::accents)};
  if (item.accents.find_first_not_of(' ') == std::string::npos) {
    report(diag::item_vanishes, text.span, {text.value, "write something that can be seen"});
    return std::nullopt;
  }
  if (!allow_short && utf8::count(item.accents) < least_substring) {
    report(diag::item_too_short, text.span,
           {text.value, "a substring has at least 4 characters, because it matches inside words",
            "put it under `words`, or write `short: true`"});
    return std::nullopt;
  }
  return item;
}

// Folding leaves no accent in the text, so a letter with one never occurs there.
bool can_occur_folded(const Reporter& report, const ast::Name& text) {
  for (std::size_t at = 0; at < text.value.size();) {
    const utf8::Decoded decoded = utf8::decode(text.value, at);
    const std::string letter = text.value.substr(at, decoded.length);
    const std::string folded = text::fold(letter, text::Level::accents);
    if (decoded.length > 1 && folded != text::fold(letter, text::Level::case_)) {
      report(diag::never_matches_view, place_inside(text, at, at + decoded.length),
             {letter, "at `accents` the text is searched without them",
              folded.empty() ? "remove it" : "write `" + folded + "`, or `tolerance: case`"});
      return false;
    }
    at += decoded.length;
  }
  return true;
}

const diag::Entry& entry_of(regex::Problem::Kind kind) {
  switch (kind) {
    case regex::Problem::Kind::too_big:
      return diag::regex_too_big;
    case regex::Problem::Kind::matches_empty:
      return diag::regex_matches_empty;
    case regex::Problem::Kind::syntax:
    case regex::Problem::Kind::unsupported:
      break;
  }
  return diag::regex_unsupported;
}

std::optional<ir::RegexItem> make_regex(const Reporter& report, const ast::Name& text,
                                        ir::Tolerance tolerance) {
  if (tolerance == ir::Tolerance::obfuscated) {
    report(diag::keys_do_not_fit, text.span,
           {"a regex has no tolerance `obfuscated`",
            "write `words`, `phrases` or `substrings`, or give the regex a group of its own"});
    return std::nullopt;
  }
  const bool folded = tolerance == ir::Tolerance::accents;
  const auto problems = regex::problems_of(text.value, tolerance == ir::Tolerance::exact);
  for (const regex::Problem& problem : problems) {
    const Span where = place_inside(text, problem.begin, problem.end);
    if (problem.kind == regex::Problem::Kind::matches_empty) {
      report(diag::regex_matches_empty, where, {problem.suggestion});
    } else {
      report(entry_of(problem.kind), where, {problem.message, problem.suggestion});
    }
  }
  if (!problems.empty()) return std::nullopt;
  if (folded && !can_occur_folded(report, text)) return std::nullopt;
  return ir::RegexItem{text.value, tolerance};
}

std::optional<ir::DomainItem> refuse_domain(const Reporter& report, const ast::Name& text,
                                            std::string_view why, const std::string& instead) {
  auto refused = report(diag::domain_invalid, text.span,
                        {text.value, why, "write a domain such as example.com, without http://"});
  if (!instead.empty()) refused.suggest(text.span, instead);
  return std::nullopt;
}

std::optional<ir::DomainItem> make_domain(const Reporter& report, const ast::Name& text) {
  std::string_view rest = text.value;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (text::fold(rest.substr(0, scheme.size()), text::Level::case_) != scheme) continue;
    rest.remove_prefix(scheme.size());
    if (rest.find('/') + 1 == rest.size()) rest.remove_suffix(1);
    report(diag::url_in_domains, text.span, {text.value}).suggest(text.span, rest);
    return std::nullopt;
  }
  if (rest.starts_with("*.")) {
    return refuse_domain(report, text, "what lies under a domain is covered by itself",
                         std::string(rest.substr(2)));
  }
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const auto host = text::normalise_host(rest.substr(0, slash));
  std::string path(rest.substr(slash));
  if (path == "/") path.clear();
  if (!host) return refuse_domain(report, text, "it is no host name", {});
  if (text::is_registry_suffix(*host)) {
    return refuse_domain(report, text, "everybody registers domains under it", {});
  }
  return ir::DomainItem{*host, std::move(path)};
}

std::optional<ir::EmojiItem> make_emoji(const Reporter& report, const ast::Name& text) {
  std::vector<text::Range> found;
  text::find_emoji(text.value, found);
  if (found.size() == 1 && found[0].begin == 0 && found[0].end == text.value.size()) {
    return ir::EmojiItem{text::plain_emoji(text.value)};
  }
  report(diag::wrong_node_kind, text.span,
         {"an item of `emoji`", "one emoji", "`" + text.value + "`"});
  return std::nullopt;
}

std::optional<ir::NumberItem> make_number(const Reporter& report, const ast::Name& text) {
  ir::NumberItem item;
  const std::string folded = text::fold(text.value, text::Level::accents);
  for (std::size_t at = 0; at < folded.size();) {
    const utf8::Decoded decoded = utf8::decode(folded, at);
    at += decoded.length;
    if (decoded.code_point >= U'0' && decoded.code_point <= U'9') {
      item.digits += static_cast<char>(decoded.code_point);
    } else if (text::is_word(decoded.code_point)) {
      report(diag::wrong_node_kind, text.span,
             {"an item of `numbers`", "digits with separators", "`" + text.value + "`"});
      return std::nullopt;
    }
  }
  if (item.digits.size() < least_number) {
    report(diag::item_too_short, text.span,
           {text.value, "a number has at least 5 digits", "put it under `words`"});
    return std::nullopt;
  }
  return item;
}

// Fewer letters than three can be read into anything, so they are not looked for in disguise.
std::optional<ir::WordsItem> make_words(const Reporter& report, const ast::Name& text,
                                        ir::Tolerance tolerance) {
  auto item = make_words(report, text);
  if (!item || tolerance != ir::Tolerance::obfuscated) return item;
  const bool too_short = std::ranges::any_of(
      item->alternatives,
      [](const ir::WordSequence& sequence) { return ir::letters_of(sequence) < least_disguised; });
  if (!too_short) return item;
  report(diag::item_too_short, text.span,
         {text.value, "fewer than 3 letters are not looked for in disguise, as they could be read into anything",
          "put it into a group with `tolerance: accents`, or write more of it"})
      .severity(Severity::warning);
  return item;
}

template <typename What>
std::optional<ir::Item> wrap(const ast::Name& text, std::optional<What> what) {
  if (!what) return std::nullopt;
  return ir::Item{text.value, text.span, std::move(*what), 0};
}

}  // namespace

std::optional<ir::Item> make_item(const Reporter& report, ast::ItemKind kind, const ast::Name& text,
                                  const ItemOptions& options) {
  using ast::ItemKind;
  switch (kind) {
    case ItemKind::words:
    case ItemKind::phrases:
      return wrap(text, make_words(report, text, options.tolerance));
    case ItemKind::substrings:
      return wrap(text, make_substring(report, text, options.allow_short));
    case ItemKind::regex:
      return wrap(text, make_regex(report, text, options.regex_tolerance));
    case ItemKind::domains:
      return wrap(text, make_domain(report, text));
    case ItemKind::emoji:
      return wrap(text, make_emoji(report, text));
    case ItemKind::numbers:
      return wrap(text, make_number(report, text));
  }
  return std::nullopt;
}

}  // namespace modcore::checker
