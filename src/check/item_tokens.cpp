#include "check/item_tokens.hpp"

#include <charconv>

#include "diag/catalogue.hpp"
#include "support/utf8.hpp"

namespace modcore::checker {
namespace {

constexpr std::size_t max_alternatives = 4096;
constexpr int max_depth = 8;
constexpr std::size_t room_for_more = 8;  // characters behind brackets
constexpr unsigned max_gap = 100;

// Reads an item into its alternatives, each a row of tokens.
class TokenReader {
 public:
  TokenReader(const Reporter& report, const ast::Name& item)
      : report_(report), item_(item), text_(item.value) {}

  std::optional<std::vector<Tokens>> read() {
    auto alternatives = sequence();
    if (failed_) return std::nullopt;
    if (at_ < text_.size()) {
      fail(text_[at_] == '|' ? "`|` stands outside brackets" : "`)` closes nothing");
      return std::nullopt;
    }
    return alternatives;
  }

 private:
  std::vector<Tokens> sequence() {
    std::vector<Tokens> rows{{}};
    while (!failed_ && at_ < text_.size() && text_[at_] != '|' && text_[at_] != ')') {
      if (text_[at_] == '(') {
        append(rows, group());
      } else {
        const Token token = next();
        for (Tokens& row : rows) row.push_back(token);
      }
    }
    return rows;
  }

  std::vector<Tokens> group() {
    ++at_;
    if (++depth_ > max_depth) fail("brackets are nested too deeply");
    std::vector<Tokens> rows = sequence();
    while (!failed_ && at_ < text_.size() && text_[at_] == '|') {
      ++at_;
      const std::vector<Tokens> more = sequence();
      rows.insert(rows.end(), more.begin(), more.end());
    }
    if (!failed_ && at_ == text_.size()) fail("a bracket is not closed");
    ++at_;
    --depth_;
    return rows;
  }

  void append(std::vector<Tokens>& rows, const std::vector<Tokens>& tails) {
    if (failed_) return;
    if (rows.size() * tails.size() > max_alternatives) {
      report_(diag::limit_exceeded, item_.span,
              {"the number of alternatives of `" + item_.value + "`",
               std::to_string(max_alternatives)});
      failed_ = true;
      return;
    }
    std::vector<Tokens> product;
    product.reserve(rows.size() * tails.size());
    for (const Tokens& row : rows) {
      for (const Tokens& tail : tails) {
        Tokens& whole = product.emplace_back();
        whole.reserve(row.size() + tail.size() + room_for_more);
        whole.insert(whole.end(), row.begin(), row.end());
        whole.insert(whole.end(), tail.begin(), tail.end());
      }
    }
    rows = std::move(product);
  }

  Token next() {
    if (text_[at_] == '<') return gap();
    if (text_[at_] == '*') {
      ++at_;
      return Token::star();
    }
    if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
    const utf8::Decoded decoded = utf8::decode(text_, at_);
    at_ += decoded.length;
    return Token::character(decoded.code_point);
  }

  // `<2>` or `<0-2>`.
  Token gap() {
    const std::size_t close = text_.find('>', at_);
    unsigned least = 0;
    unsigned most = 0;
    bool good = close != std::string_view::npos;
    if (good) {
      const std::string_view inside = text_.substr(at_ + 1, close - at_ - 1);
      const std::size_t dash = inside.find('-');
      good = number(inside.substr(0, dash), least);
      most = least;
      if (dash != std::string_view::npos) good = number(inside.substr(dash + 1), most) && good;
      at_ = close + 1;
    }
    if (!good || least > most || most > max_gap) {
      fail("a gap is written `<0-2>`: from none to two words, at most " + std::to_string(max_gap));
    }
    return failed_ ? Token() : Token::gap(least, most);
  }

  static bool number(std::string_view text, unsigned& value) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size();
  }

  void fail(const std::string& why) {
    if (failed_) return;
    report_(diag::bad_expression, item_.span,
            {"`" + item_.value + "` cannot be read: " + why,
             "a backslash makes `( ) | < > *` ordinary characters"});
    failed_ = true;
  }

  const Reporter& report_;
  const ast::Name& item_;
  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool failed_ = false;
};

}  // namespace

std::optional<std::vector<Tokens>> read_tokens(const Reporter& report, const ast::Name& item) {
  return TokenReader(report, item).read();
}

}  // namespace modcore::checker
