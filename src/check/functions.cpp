#include "check/functions.hpp"

#include <algorithm>
#include <array>

namespace modcore::checker {
namespace {

using F = ir::Function;
using P = Parameters;
using T = ir::Type;

constexpr FunctionInfo of_pattern(std::string_view name, std::string_view signature,
                                  std::string_view summary, F function) {
  return {name, signature, summary, P::pattern, T::integer, function};
}
constexpr FunctionInfo of_fields(std::string_view name, std::string_view signature,
                                 std::string_view summary, T type, F function) {
  return {name, signature, summary, P::fields, type, function};
}

constexpr std::array table{
    of_fields("caps_ratio", "caps_ratio(field) -> number",
              "upper-case letters of all letters, 0 under 8 letters", T::number, F::caps_ratio),
    of_fields("cards", "cards(field) -> int", "payment card numbers with a valid check digit", T::integer,
              F::cards),
    of_pattern("count", "count($p) -> int",
               "matches of the pattern, leftmost and longest, without overlap", F::count),
    of_fields("digit_ratio", "digit_ratio(field) -> number",
              "decimal digits of all characters but white space", T::number, F::digit_ratio),
    FunctionInfo{"disguised", "disguised($p) -> bool",
                 "whether a match needed tolerance `obfuscated`", P::pattern, T::boolean,
                 F::disguised},
    of_pattern("distinct", "distinct($p) -> int", "how many different items of the pattern match",
               F::distinct),
    of_fields("domains", "domains(urls) -> set<domain>",
              "the registrable domains that links lead to", T::domain_set, F::domains),
    of_fields("emails", "emails(field) -> int", "e-mail addresses", T::integer, F::emails),
    of_fields("emoji", "emoji(field) -> int", "emoji", T::integer, F::emoji),
    of_pattern("first", "first($p) -> int",
               "characters before the first match; missing without a match", F::first),
    FunctionInfo{"followed_by", "followed_by($a, $b, 6 words) -> bool",
                 "a match of the second after one of the first, at most so many words between",
                 P::two_patterns, T::boolean, F::followed_by},
    of_fields("hashtags", "hashtags(field) -> int", "#tags", T::integer, F::hashtags),
    of_fields("hosts", "hosts(urls) -> set<domain>", "the hosts that links lead to", T::domain_set,
              F::hosts),
    FunctionInfo{"hour", "hour(time) -> int",
                 "the hour of the day in the policy's time zone, 0 to 23", P::time, T::integer,
                 F::hour},
    of_fields("invisible", "invisible(field) -> int", "invisible characters", T::integer, F::invisible),
    of_fields("ips", "ips(field) -> int", "routable IP addresses", T::integer, F::ips),
    of_pattern("last", "last($p) -> int",
               "characters before the last match; missing without a match", F::last),
    of_fields("length", "length(field) -> int", "characters", T::integer, F::length),
    of_fields("lines", "lines(field) -> int", "lines that hold something", T::integer, F::lines),
    of_fields("links", "links(field) -> int", "links", T::integer, F::links),
    of_fields("marks_run", "marks_run(field) -> int", "the longest run of combining marks", T::integer,
              F::marks_run),
    of_fields("mentions", "mentions(field) -> int", "@names", T::integer, F::mentions),
    of_fields("misleading_link", "misleading_link(field) -> bool",
              "whether a link's text names another domain than it leads to", T::boolean,
              F::misleading_link),
    of_fields("mixed_script", "mixed_script(field) -> int", "words that mix scripts", T::integer,
              F::mixed_script),
    FunctionInfo{"near", "near($a, $b, 6 words) -> bool",
                 "matches of both, at most so many words between, in either order", P::two_patterns,
                 T::boolean, F::near},
    of_fields("phones", "phones(field) -> int", "telephone numbers", T::integer, F::phones),
    FunctionInfo{"quoted_ratio", "quoted_ratio -> number", "how much of the body is quotes",
                 P::nothing, T::number, F::quoted_ratio},
    of_fields("repeat_ratio", "repeat_ratio(field) -> number",
              "runs of eight characters that stood before, of all of them", T::number, F::repeat_ratio),
    of_fields("repeat_run", "repeat_run(field) -> int",
              "the longest run of one character, letter case ignored", T::integer, F::repeat_run),
    FunctionInfo{"script_ratio", "script_ratio(field, \"cyrillic\") -> number",
                 "letters of a script of all letters", P::fields_and_script, T::number, F::script_ratio},
    FunctionInfo{"similar", "similar(field, field) -> number", "how much alike two texts are, 0 to 1",
                 P::two_fields, T::number, F::similar},
    of_fields("symbol_ratio", "symbol_ratio(field) -> number",
              "punctuation and symbols of all characters but white space", T::number, F::symbol_ratio),
    of_fields("unique_word_ratio", "unique_word_ratio(field) -> number",
              "different words of all words, 1 without words", T::number, F::unique_word_ratio),
    FunctionInfo{"weekday", "weekday(time) -> enum",
                 "\"monday\" to \"sunday\" in the policy's time zone", P::time, T::enumeration,
                 F::weekday},
    of_fields("words", "words(field) -> int", "words", T::integer, F::words),
};
static_assert(std::ranges::is_sorted(table, {}, &FunctionInfo::name));

}  // namespace

std::span<const FunctionInfo> functions() noexcept {
  return table;
}

const FunctionInfo* find_function(std::string_view name) noexcept {
  const auto found = std::ranges::lower_bound(table, name, {}, &FunctionInfo::name);
  return found != table.end() && found->name == name ? &*found : nullptr;
}

}  // namespace modcore::checker
