// Words and phrases: `promocj*`, `buy <0-2> now`, `(cheap|free) coins`.
#include <algorithm>

#include "check/item_tokens.hpp"
#include "check/items.hpp"
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

Class classify(char32_t code_point) {
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

// Cuts tokens into words where the folded text has characters that are none,
// just as the words view of a post is cut.
class WordBuilder {
 public:
  ir::WordSequence build(const Tokens& tokens) {
    for (const Token& token : tokens) {
      switch (token.kind) {
        case Token::Kind::character:
          add(token.code_point);
          break;
        case Token::Kind::star:
          add_star();
          break;
        case Token::Kind::gap:
          add_gap(token.gap);
          break;
      }
    }
    close();
    return std::move(sequence_);
  }
  [[nodiscard]] bool has_bare_star() const noexcept { return bare_star_; }

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

  void add_gap(ir::Gap gap) {
    close();
    auto* last = sequence_.empty() ? nullptr : std::get_if<ir::Gap>(&sequence_.back());
    if (last == nullptr) {
      sequence_.emplace_back(gap);
      return;
    }
    last->minimum = static_cast<std::uint16_t>(last->minimum + gap.minimum);
    last->maximum = static_cast<std::uint16_t>(last->maximum + gap.maximum);
  }

  void close() {
    if (parts_.empty()) return;
    bare_star_ = bare_star_ ||
                 std::ranges::all_of(parts_, [](const Part& part) { return part.folded.empty(); });
    ir::WordPattern word;
    for (const Part& part : parts_) {
      word.exact.push_back(text::fold(part.original, text::Level::exact));
      word.cased.push_back(text::fold(part.original, text::Level::case_));
      word.accents.push_back(part.folded);
    }
    sequence_.emplace_back(std::move(word));
    parts_.clear();
  }

  ir::WordSequence sequence_;
  std::vector<Part> parts_;
  bool bare_star_ = false;
};

// Whether the first or last visible character is a symbol, which no word holds.
bool has_symbol_at_edge(const Tokens& tokens) {
  const auto is_edge = [](const Token& token) {
    if (token.kind != Token::Kind::character) return true;
    const Class kind = classify(token.code_point);
    return kind == Class::word || kind == Class::symbol;
  };
  const auto is_symbol = [](const Token& token) {
    return token.kind == Token::Kind::character && classify(token.code_point) == Class::symbol;
  };
  const auto first = std::ranges::find_if(tokens, is_edge);
  if (first == tokens.end()) return false;
  const auto last = std::find_if(tokens.rbegin(), tokens.rend(), is_edge);
  return is_symbol(*first) || is_symbol(*last);
}

bool has_unspaced(const Tokens& tokens) {
  return std::ranges::any_of(tokens, [](const Token& token) {
    return token.kind == Token::Kind::character && text::is_unspaced(token.code_point);
  });
}

bool is_gap(const ir::WordElement& element) {
  return std::holds_alternative<ir::Gap>(element);
}

// A gap at the end takes so many words into the match: `x <0-2>` is `x`, or `x`
// with any word at most one word away. The same at the beginning, mirrored.
std::vector<ir::WordSequence> without_edge_gap(ir::WordSequence sequence, bool at_end) {
  const ir::WordElement& edge = at_end ? sequence.back() : sequence.front();
  if (!is_gap(edge)) return {std::move(sequence)};
  const auto gap = std::get<ir::Gap>(edge);
  sequence.erase(at_end ? sequence.end() - 1 : sequence.begin());
  std::vector<ir::WordSequence> result;
  if (gap.minimum == 0) result.push_back(sequence);
  if (gap.maximum == 0) return result;
  const std::vector<std::string> anything{"", ""};
  const ir::WordElement word = ir::WordPattern{anything, anything, anything};
  const ir::Gap before{static_cast<std::uint16_t>(gap.minimum == 0 ? 0 : gap.minimum - 1),
                       static_cast<std::uint16_t>(gap.maximum - 1)};
  std::vector<ir::WordElement> more;
  if (before.maximum > 0) more.emplace_back(before);
  more.push_back(word);
  if (!at_end) std::ranges::reverse(more);
  sequence.insert(at_end ? sequence.end() : sequence.begin(), more.begin(), more.end());
  result.push_back(std::move(sequence));
  return result;
}

std::vector<ir::WordSequence> without_edge_gaps(ir::WordSequence sequence) {
  std::vector<ir::WordSequence> result;
  for (ir::WordSequence& left : without_edge_gap(std::move(sequence), false)) {
    auto both = without_edge_gap(std::move(left), true);
    std::ranges::move(both, std::back_inserter(result));
  }
  return result;
}

// Nothing after a reported error.
std::vector<ir::WordSequence> make_sequences(const Reporter& report, const ast::Name& item,
                                             const Tokens& tokens) {
  if (has_unspaced(tokens)) {
    report(diag::unspaced_script, item.span, {item.value});
    return {};
  }
  if (has_symbol_at_edge(tokens)) {
    report(diag::symbol_at_edge, item.span, {item.value});
    return {};
  }
  WordBuilder builder;
  ir::WordSequence sequence = builder.build(tokens);
  if (std::ranges::all_of(sequence, is_gap)) {
    report(diag::item_vanishes, item.span, {item.value, "write at least one letter or digit"});
    return {};
  }
  if (builder.has_bare_star()) {
    report(diag::wildcard_alone, item.span, {item.value})
        .help("put letters beside the `*`, or write `<1>` for a word of any kind");
    return {};
  }
  return without_edge_gaps(std::move(sequence));
}

}  // namespace

std::optional<ir::WordsItem> make_words(const Reporter& report, const ast::Name& text) {
  const auto alternatives = read_tokens(report, text);
  if (!alternatives) return std::nullopt;
  ir::WordsItem item;
  for (const Tokens& tokens : *alternatives) {
    auto sequences = make_sequences(report, text, tokens);
    if (sequences.empty()) return std::nullopt;
    std::ranges::move(sequences, std::back_inserter(item.alternatives));
  }
  return item;
}

}  // namespace modcore::checker
