#include "support/pattern_items.hpp"

#include <utility>

#include "support/utf8.hpp"
#include "text/entities.hpp"
#include "text/fold.hpp"

namespace modcore::test {
namespace {

ir::WordPattern word_pattern(std::string_view word) {
  ir::WordPattern pattern;
  while (true) {
    const std::size_t star = word.find('*');
    const std::string_view part = word.substr(0, star);
    pattern.exact.push_back(text::fold(part, text::Level::exact));
    pattern.cased.push_back(text::fold(part, text::Level::case_));
    pattern.accents.push_back(text::fold(part, text::Level::accents));
    if (star == std::string_view::npos) return pattern;
    word.remove_prefix(star + 1);
  }
}

ir::Gap gap(std::string_view numbers) {
  const std::size_t dash = numbers.find('-');
  return {static_cast<std::uint16_t>(std::stoi(std::string(numbers.substr(0, dash)))),
          static_cast<std::uint16_t>(std::stoi(std::string(numbers.substr(dash + 1))))};
}

ir::Item item(std::string_view source, decltype(ir::Item::what) what) {
  ir::Item made;
  made.source = source;
  made.what = std::move(what);
  return made;
}

void add(ir::WordRows& rows, ir::WordPattern word) {
  rows.elements.push_back(ir::WordRows::number_of_word(rows.words.size()));
  rows.words.push_back(std::move(word));
}

void add(ir::WordRows& rows, ir::Gap gap) {
  rows.elements.push_back(ir::WordRows::number_of_gap(rows.gaps.size()));
  rows.gaps.push_back(gap);
}

void add_row(ir::WordRows& rows, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '<') {
      const std::size_t close = text.find('>', at);
      add(rows, gap(text.substr(at + 1, close - at - 1)));
      at = close + 1;
      continue;
    }
    std::size_t end = at;
    while (end < text.size()) {
      const auto next = utf8::decode(text, end);
      if (next.code_point != '*' && !text::is_word(next.code_point)) break;
      end += next.length;
    }
    if (end > at) add(rows, word_pattern(text.substr(at, end - at)));
    at = end == at ? at + utf8::decode(text, at).length : end;
  }
  rows.end_row();
}

}  // namespace

ir::Alternatives word_sequence(std::string_view text) {
  ir::WordRows rows;
  add_row(rows, text);
  return ir::Alternatives(std::move(rows));
}

void append(ir::WordRows& rows, const ir::WordSequence& sequence) {
  for (const ir::WordElement element : sequence) {
    if (element.word() != nullptr) add(rows, *element.word());
    if (element.gap() != nullptr) add(rows, *element.gap());
  }
}
ir::Item words(std::string_view text) { return words(std::vector<std::string_view>{text}); }

ir::Item words(const std::vector<std::string_view>& alternatives) {
  ir::WordRows rows;
  for (const std::string_view text : alternatives) add_row(rows, text);
  return item(alternatives.front(), ir::WordsItem{ir::Alternatives(std::move(rows))});
}

ir::Item substring(std::string_view text) {
  return item(text, ir::SubstringItem{text::fold(text, text::Level::exact),
                                      text::fold(text, text::Level::case_),
                                      text::fold(text, text::Level::accents)});
}

ir::Item regex(std::string_view pattern) { return item(pattern, ir::RegexItem{std::string(pattern)}); }

ir::Item domain(std::string_view host, std::string_view path) {
  return item(host, ir::DomainItem{std::string(host), std::string(path)});
}

ir::Item emoji(std::string_view sequence) {
  return item(sequence, ir::EmojiItem{text::plain_emoji(sequence)});
}

ir::Item number(std::string_view digits) { return item(digits, ir::NumberItem{std::string(digits)}); }

ir::Pattern pattern(std::vector<ir::Item> items, ir::Tolerance tolerance) {
  ir::Pattern made;
  made.name = "main";
  made.items = std::move(items);
  for (std::size_t i = 0; i < made.items.size(); ++i) made.items[i].distinct = static_cast<std::uint32_t>(i);
  made.tolerance = tolerance;
  for (ir::Item& item : made.items) {
    if (auto* regex = std::get_if<ir::RegexItem>(&item.what)) regex->tolerance = tolerance;
  }
  return made;
}

ir::FieldSet fields(std::initializer_list<ir::TextField> list) {
  ir::FieldSet set;
  for (const ir::TextField field : list) set.add(field);
  return set;
}

}  // namespace modcore::test
