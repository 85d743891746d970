// Words and phrases: `promocj*`, `buy <0-2> now`, `(cheap|free) coins`.
#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "check/item_tokens.hpp"
#include "check/items.hpp"
#include "diag/catalogue.hpp"
#include "support/text_ids.hpp"
#include "support/utf8.hpp"
#include "text/fold.hpp"

namespace modcore::checker {
namespace {

std::string fold_of(char32_t code_point) {
  // Most letters by far, and a long item folds many.
  if (code_point < 0x80) {
    const auto ascii = static_cast<char>(code_point);
    return std::string(1, ascii >= 'A' && ascii <= 'Z' ? static_cast<char>(ascii + 32) : ascii);
  }
  std::string text;
  utf8::append(text, code_point);
  return text::fold(text, text::Level::accents);
}

enum class Class : std::uint8_t { word, space, symbol, nothing };

Class classify_any(char32_t code_point) {
  const std::string folded = fold_of(code_point);
  if (folded.empty()) return Class::nothing;
  bool space = true;
  for (std::size_t at = 0; at < folded.size();) {
    const utf8::Decoded decoded = utf8::decode(folded, at);
    if (text::is_word(decoded.code_point)) return Class::word;
    space = space && decoded.code_point <= U' ';
    at += decoded.length;
  }
  return space ? Class::space : Class::symbol;
}

using AsciiClasses = std::array<Class, 0x80>;

const AsciiClasses& ascii_classes() {
  static const auto classes = [] {
    AsciiClasses all{};
    for (char32_t c = 0; c < all.size(); ++c) all[c] = classify_any(c);
    return all;
  }();
  return classes;
}

// Most are ASCII, and a long item asks for each of its rows.
class Classifier {
 public:
  Class operator()(char32_t code_point) const {
    return code_point < ascii_.size() ? ascii_[code_point] : classify_any(code_point);
  }
  // Whether it separates words whatever stands beside it.
  bool is_separator(Token token) const {
    if (!token.is_character()) return false;
    const Class kind = (*this)(token.code_point());
    return kind == Class::space || kind == Class::symbol;
  }

 private:
  const AsciiClasses& ascii_ = ascii_classes();
};

// Cuts a run of characters and stars into words where the folded text has characters
// that are none, just as the words view of a post is cut.
class WordBuilder {
 public:
  std::vector<ir::WordPattern> build(std::span<const Token> tokens) {
    for (const Token token : tokens) {
      if (token.is_star()) {
        add_star();
      } else {
        add(token.code_point());
      }
    }
    close();
    return std::move(words_);
  }

 private:
  struct Part {
    std::string original;
    std::string folded;
  };

  // What folds to nothing (a mark, a zero-width character) belongs to the letter
  // before it.
  void add(char32_t code_point) {
    const std::string folded = fold_of(code_point);
    bool kept = folded.empty();
    if (folded.empty() && !parts_.empty()) utf8::append(parts_.back().original, code_point);
    for (std::size_t at = 0; at < folded.size();) {
      const utf8::Decoded decoded = utf8::decode(folded, at);
      at += decoded.length;
      if (!text::is_word(decoded.code_point)) {
        close();
        continue;
      }
      if (parts_.empty()) parts_.emplace_back();
      if (!kept) utf8::append(parts_.back().original, code_point);
      kept = true;
      utf8::append(parts_.back().folded, decoded.code_point);
    }
  }

  void add_star() {
    if (parts_.empty()) parts_.emplace_back();
    const bool after_star = parts_.size() > 1 && parts_.back().folded.empty();
    if (!after_star) parts_.emplace_back();
  }

  void close() {
    if (parts_.empty()) return;
    ir::WordPattern& word = words_.emplace_back();
    for (const Part& part : parts_) {
      word.exact.push_back(text::fold(part.original, text::Level::exact));
      word.cased.push_back(text::fold(part.original, text::Level::case_));
      word.accents.push_back(part.folded);
    }
    parts_.clear();
  }

  std::vector<ir::WordPattern> words_;
  std::vector<Part> parts_;
};

// The rows of an item. What stands between separators is read once, however many
// rows it stands in.
class RowsBuilder {
 public:
  // A row that is not yet among the rows: numbers as in WordRows.
  using Row = std::vector<std::uint32_t>;

  Row read(const Tokens& tokens) {
    Row row;
    for (std::size_t at = 0; at < tokens.size();) {
      if (tokens[at].is_gap()) {
        add_gap(row, tokens[at++].gap());
        continue;
      }
      if (classify_.is_separator(tokens[at])) {
        ++at;
        continue;
      }
      const std::size_t begin = at;
      while (at < tokens.size() && !tokens[at].is_gap() && !classify_.is_separator(tokens[at])) ++at;
      const std::vector<std::uint32_t>& words = words_of(std::span(tokens).subspan(begin, at - begin));
      row.insert(row.end(), words.begin(), words.end());
    }
    return row;
  }

  void add(const Row& row) {
    rows_.elements.insert(rows_.elements.end(), row.begin(), row.end());
    rows_.end_row();
  }

  // Any word at all, which no item holds alone.
  std::uint32_t anything() {
    static constexpr std::array one_star{Token::star()};
    return words_of(one_star).front();
  }

  std::uint32_t gap(ir::Gap gap) {
    const auto known = std::ranges::find(rows_.gaps, gap);
    const auto index = static_cast<std::size_t>(known - rows_.gaps.begin());
    if (known == rows_.gaps.end()) rows_.gaps.push_back(gap);
    return ir::WordRows::number_of_gap(index);
  }

  [[nodiscard]] ir::Gap gap_at(std::uint32_t number) const { return rows_.gaps[ir::WordRows::index_of(number)]; }
  [[nodiscard]] bool is_bare_star(std::uint32_t number) const {
    return !ir::WordRows::is_gap(number) &&
           std::ranges::all_of(rows_.words[ir::WordRows::index_of(number)].accents, &std::string::empty);
  }
  [[nodiscard]] ir::WordRows take() { return std::move(rows_); }

 private:
  const std::vector<std::uint32_t>& words_of(std::span<const Token> run) {
    const auto [id, is_new] = runs_.add({reinterpret_cast<const char*>(run.data()), run.size_bytes()});
    if (!is_new) return words_[id];
    std::vector<std::uint32_t>& numbers = words_.emplace_back();
    for (ir::WordPattern& word : WordBuilder().build(run)) {
      numbers.push_back(ir::WordRows::number_of_word(rows_.words.size()));
      rows_.words.push_back(std::move(word));
    }
    return numbers;
  }

  void add_gap(Row& row, ir::Gap more) {
    if (row.empty() || !ir::WordRows::is_gap(row.back())) {
      row.push_back(gap(more));
      return;
    }
    const ir::Gap last = gap_at(row.back());
    row.back() = gap({static_cast<std::uint16_t>(last.minimum + more.minimum),
                      static_cast<std::uint16_t>(last.maximum + more.maximum)});
  }

  Classifier classify_;
  ir::WordRows rows_;
  TextIds runs_;                                  // their tokens, as bytes
  std::vector<std::vector<std::uint32_t>> words_;  // of each run
};

// Whether the first or last visible character is a symbol, which no word holds.
bool has_symbol_at_edge(const Tokens& tokens) {
  const Classifier classify;
  const auto is_edge = [&](const Token& token) {
    if (!token.is_character()) return true;
    const Class kind = classify(token.code_point());
    return kind == Class::word || kind == Class::symbol;
  };
  const auto is_symbol = [&](const Token& token) {
    return token.is_character() && classify(token.code_point()) == Class::symbol;
  };
  const auto first = std::ranges::find_if(tokens, is_edge);
  if (first == tokens.end()) return false;
  const auto last = std::find_if(tokens.rbegin(), tokens.rend(), is_edge);
  return is_symbol(*first) || is_symbol(*last);
}

bool has_unspaced(const Tokens& tokens) {
  return std::ranges::any_of(tokens, [](const Token& token) {
    return token.is_character() && token.code_point() >= 0x80 && text::is_unspaced(token.code_point());
  });
}

// A gap at the end takes so many words into the match: `x <0-2>` is `x`, or `x`
// with any word at most one word away. The same at the beginning, mirrored.
std::vector<RowsBuilder::Row> without_edge_gap(RowsBuilder& rows, RowsBuilder::Row row, bool at_end) {
  const std::uint32_t edge = at_end ? row.back() : row.front();
  std::vector<RowsBuilder::Row> result;
  if (!ir::WordRows::is_gap(edge)) {
    result.push_back(std::move(row));
    return result;
  }
  const ir::Gap gap = rows.gap_at(edge);
  row.erase(at_end ? row.end() - 1 : row.begin());
  if (gap.minimum == 0) result.push_back(row);
  if (gap.maximum == 0) return result;
  const ir::Gap before{static_cast<std::uint16_t>(gap.minimum == 0 ? 0 : gap.minimum - 1),
                       static_cast<std::uint16_t>(gap.maximum - 1)};
  RowsBuilder::Row more;
  if (before.maximum > 0) more.push_back(rows.gap(before));
  more.push_back(rows.anything());
  if (!at_end) std::ranges::reverse(more);
  row.insert(at_end ? row.end() : row.begin(), more.begin(), more.end());
  result.push_back(std::move(row));
  return result;
}

void add_without_edge_gaps(RowsBuilder& rows, RowsBuilder::Row row) {
  if (!ir::WordRows::is_gap(row.front()) && !ir::WordRows::is_gap(row.back())) return rows.add(row);
  for (RowsBuilder::Row& left : without_edge_gap(rows, std::move(row), false)) {
    for (const RowsBuilder::Row& both : without_edge_gap(rows, std::move(left), true)) rows.add(both);
  }
}

// False after a reported error.
bool add_row(const Reporter& report, const ast::Name& item, const Tokens& tokens, RowsBuilder& rows) {
  if (has_unspaced(tokens)) {
    report(diag::unspaced_script, item.span, {item.value});
    return false;
  }
  if (has_symbol_at_edge(tokens)) {
    report(diag::symbol_at_edge, item.span, {item.value});
    return false;
  }
  RowsBuilder::Row row = rows.read(tokens);
  if (std::ranges::all_of(row, &ir::WordRows::is_gap)) {
    report(diag::item_vanishes, item.span, {item.value, "write at least one letter or digit"});
    return false;
  }
  if (std::ranges::any_of(row, [&](std::uint32_t number) { return rows.is_bare_star(number); })) {
    report(diag::wildcard_alone, item.span, {item.value})
        .help("put letters beside the `*`, or write `<1>` for a word of any kind");
    return false;
  }
  add_without_edge_gaps(rows, std::move(row));
  return true;
}

}  // namespace

std::optional<ir::WordsItem> make_words(const Reporter& report, const ast::Name& text) {
  const auto alternatives = read_tokens(report, text);
  if (!alternatives) return std::nullopt;
  RowsBuilder rows;
  for (const Tokens& tokens : *alternatives) {
    if (!add_row(report, text, tokens, rows)) return std::nullopt;
  }
  return ir::WordsItem{ir::Alternatives(rows.take())};
}

}  // namespace modcore::checker
