// Words, phrases and the like that hardly mean what stands there.
#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "check/place.hpp"
#include "diag/catalogue.hpp"
#include "lint/style/parts.hpp"
#include "support/utf8.hpp"
#include "text/contacts.hpp"
#include "text/fold.hpp"
#include "text/scripts.hpp"

namespace modcore::lint::style {
namespace {

constexpr int widest_gap = 10;  // words

std::string text_of(char32_t code_point) {
  std::array<char, 4> bytes{};
  const std::size_t length = utf8::encode(code_point, bytes.data());
  return {bytes.data(), length};
}

// ---- One letter where a letter and its mark stand

// Composed letters by their canonical decomposition, of the blocks that hold them.
const std::map<std::string, std::string, std::less<>>& compositions() {
  static const auto* const all = [] {
    auto* map = new std::map<std::string, std::string, std::less<>>;
    constexpr std::array<std::pair<char32_t, char32_t>, 3> blocks{
        {{0xC0, 0x24F}, {0x370, 0x4FF}, {0x1E00, 0x1FFF}}};
    for (const auto& [first, last] : blocks) {
      for (char32_t c = first; c <= last; ++c) {
        const std::string letter = text_of(c);
        std::string parts = text::fold(letter, text::Level::exact);
        if (parts != letter) map->try_emplace(std::move(parts), letter);
      }
    }
    return map;
  }();
  return *all;
}

std::string composed(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t taken = utf8::decode(text, at).length;
    std::string letter(text.substr(at, taken));
    // A letter takes up to three marks.
    for (std::size_t end = at + taken, marks = 0; end < text.size() && marks < 3; ++marks) {
      end += utf8::decode(text, end).length;
      const auto found = compositions().find(text.substr(at, end - at));
      if (found == compositions().end()) continue;
      letter = found->second;
      taken = end - at;
    }
    result += letter;
    at += taken;
  }
  return result;
}

// ---- Letters of two scripts in one word

struct LookAlike {
  char32_t foreign;
  char latin;
};
constexpr std::array<LookAlike, 24> look_alikes{{
    {U'а', 'a'}, {U'с', 'c'}, {U'е', 'e'}, {U'і', 'i'}, {U'ј', 'j'}, {U'о', 'o'}, {U'р', 'p'},
    {U'ѕ', 's'}, {U'х', 'x'}, {U'у', 'y'}, {U'А', 'A'}, {U'В', 'B'}, {U'Е', 'E'}, {U'К', 'K'},
    {U'М', 'M'}, {U'Н', 'H'}, {U'О', 'O'}, {U'Р', 'P'}, {U'С', 'C'}, {U'Т', 'T'}, {U'Х', 'X'},
    {U'ο', 'o'}, {U'α', 'a'}, {U'ν', 'v'},
}};

// The word in Latin letters; empty if one of them has no twin there.
std::string latinised(std::string_view word) {
  std::string result;
  for (std::size_t at = 0; at < word.size();) {
    const utf8::Decoded decoded = utf8::decode(word, at);
    const auto twin = std::ranges::find(look_alikes, decoded.code_point, &LookAlike::foreign);
    if (twin != look_alikes.end()) {
      result += twin->latin;
    } else {
      result += word.substr(at, decoded.length);
    }
    at += decoded.length;
  }
  return text::count_mixed_script(result) == 0 ? result : "";
}

std::vector<std::string> scripts_of(std::string_view word) {
  std::vector<std::string> names;
  for (const std::string_view name : {"latin", "cyrillic", "greek"}) {
    const auto script = text::script_named(name);
    if (!script || text::script_ratio(word, *script).part == 0) continue;
    std::string written(name);
    written[0] = static_cast<char>(written[0] - 'a' + 'A');
    names.push_back(std::move(written));
  }
  return names;
}

class Items {
 public:
  Items(const StyleInput& input, std::string_view rule) : input_(input), rule_(rule) {}

  void item(const ast::Name& item, ast::ItemKind kind) {
    if (kind == ast::ItemKind::regex || kind == ast::ItemKind::emoji) return;
    scripts(item);
    composition(item);
    if (kind != ast::ItemKind::numbers) person(item);
    if (kind == ast::ItemKind::words || kind == ast::ItemKind::phrases) gaps(item);
  }

 private:
  diag::Report report(const diag::Entry& entry, source::Span where,
                      std::initializer_list<std::string_view> arguments) {
    diag::Report made = input_.sink.report(entry, where, arguments);
    made.rule(rule_);
    return made;
  }

  void scripts(const ast::Name& item) {
    const std::string& text = item.value;
    if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return;
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = begin;
      while (end < text.size()) {
        const utf8::Decoded decoded = utf8::decode(text, end);
        if (!text::is_word(decoded.code_point)) break;
        end += decoded.length;
      }
      if (end > begin) word_scripts(item, begin, end);
      begin = end == begin ? begin + utf8::decode(text, begin).length : end;
    }
  }

  void word_scripts(const ast::Name& item, std::size_t begin, std::size_t end) {
    const std::string word = item.value.substr(begin, end - begin);
    const std::vector<std::string> names = scripts_of(word);
    if (names.size() < 2) return;
    const source::Span where = checker::place_inside(item, begin, end);
    auto made = report(diag::mixed_script_item, where, {word, names[0], names[1]});
    const std::string plain = latinised(word);
    const bool exact_place = where.end - where.begin == end - begin;
    if (!plain.empty() && exact_place) made.fix(where, plain, false);
  }

  void composition(const ast::Name& item) {
    // Every mark that stands behind its letter begins with one of these bytes (U+0300 to U+036F).
    if (item.value.find_first_of("\xCC\xCD") == std::string::npos) return;
    const std::string one = composed(item.value);
    if (one == item.value) return;
    auto made = report(diag::nfd_item, item.span, {one});
    const source::Span where = checker::place_inside(item, 0, item.value.size());
    if (where.end - where.begin == item.value.size()) made.fix(where, one);
  }

  void person(const ast::Name& item) {
    std::vector<text::Range> found;
    text::find_emails(item.value, found);
    if (!found.empty()) return personal(item, found[0], "somebody's e-mail address");
    text::find_phones(item.value, found);
    if (!found.empty()) personal(item, found[0], "a telephone number");
  }

  void personal(const ast::Name& item, text::Range range, std::string_view what) {
    report(diag::personal_data, checker::place_inside(item, range.begin, range.end), {what});
  }

  void gaps(const ast::Name& item) {
    const std::string& text = item.value;
    for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
      const std::size_t end = text.find('>', at);
      const std::size_t dash = text.find('-', at);
      if (end == std::string::npos || dash == std::string::npos || dash > end) continue;
      const int most = std::atoi(text.c_str() + dash + 1);
      if (most <= widest_gap) continue;
      report(diag::greedy_gap, checker::place_inside(item, at, end + 1),
             {text.substr(at, end + 1 - at), fmt::format("up to {} words", most),
              "what stands further apart than a sentence's part seldom belongs together: write a "
              "smaller gap"});
    }
  }

  const StyleInput& input_;
  std::string_view rule_;
};

}  // namespace

void report_items(const StyleInput& input) {
  for_each_item_list(input, [&](const ast::Rule& rule, const ast::ItemList& list) {
    Items items(input, rule.id.value);
    for (const ast::Name& item : list.items) items.item(item, list.kind);
  });
}

void report_list_items(const ast::ListDeclaration& list, ast::ItemKind kind, const StyleInput& input) {
  Items items(input, {});
  for (const ast::Name& item : list.items) items.item(item, kind);
}

}  // namespace modcore::lint::style
