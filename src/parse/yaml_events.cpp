// The only file that includes yaml-cpp: its events become a tree of our own.
// yaml-cpp 0.7 reads invalid text, cyclic aliases, unclosed quotes and endless
// documents without a word, and holds a bracketed collection in memory as a whole;
// each of these is stopped here or recorded for those who report.
#include "parse/yaml_events.hpp"

#include <algorithm>
#include <array>
#include <istream>
#include <streambuf>
#include <string>
#include <utility>

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

namespace modcore::parse {
namespace {

// Thrown through yaml-cpp by the handler to end a run.
struct Stop {
  YamlFault fault;
  std::uint32_t at;
};

// Hands out the text, but never more than one token's limit beyond the last event.
class GuardedInput final : public std::streambuf {
 public:
  GuardedInput(std::string_view text, std::size_t token_bytes)
      : text_(text), allowance_(token_bytes), limit_(token_bytes) {
    auto* begin = const_cast<char*>(text_.data());  // a get area is never written
    setg(begin, begin, begin + text_.size());
  }

  void event_at(std::uint32_t at) { limit_ = std::max(limit_, at + allowance_); }
  [[nodiscard]] bool stopped() const { return stopped_; }

 protected:
  std::streamsize xsgetn(char* to, std::streamsize n) override {
    const auto taken = static_cast<std::size_t>(gptr() - eback());
    if (taken > limit_) {
      stopped_ = true;
      return 0;
    }
    return std::streambuf::xsgetn(to, n);
  }

 private:
  std::string_view text_;
  std::size_t allowance_;
  std::size_t limit_;
  bool stopped_ = false;
};

std::uint32_t byte_of(const YAML::Mark& mark) {
  return static_cast<std::uint32_t>(std::max(mark.pos, 0));
}

bool is_blank_or_break(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Inside a text in brackets a question mark is a character (YAML 1.2 section 7.3.3),
// but it ends the text for yaml-cpp, which therefore sees one that no file may hold.
constexpr char hidden_question_mark = '\x01';

std::string hide_question_marks(std::string_view text) {
  std::string hidden(text);
  for (std::size_t i = 1; i < hidden.size(); ++i) {
    const bool begins = is_blank_or_break(text[i - 1]) || text[i - 1] == '[' ||
                        text[i - 1] == '{' || text[i - 1] == ',';
    if (text[i] == '?' && !begins) hidden[i] = hidden_question_mark;
  }
  return hidden;
}

class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view text, std::string_view parsed, const YamlLimits& limits,
              GuardedInput& input, YamlAttempt& result)
      : text_(text), parsed_(parsed), limits_(limits), input_(input), result_(result) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) throw Stop{YamlFault::other_document, byte_of(mark)};
  }
  void OnDocumentEnd() override {}
  void OnAnchor(const YAML::Mark&, const std::string&) override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    const std::uint32_t begin = content_of(mark, Content::none);
    YamlNode node = null_at(begin);
    node.reported = begin != byte_of(mark);
    add(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    result_.properties.push_back({'*', byte_of(mark)});
    YamlNode node;
    node.reported = true;
    node.span.begin = node.span.end = byte_of(mark);
    add(std::move(node));
  }

  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                const std::string& value) override {
    const std::uint32_t begin = content_of(mark, value.empty() ? Content::none : Content::some);
    if (value.size() > limits_.token_bytes) throw Stop{YamlFault::token_too_long, begin};
    auto place = place_scalar(parsed_, begin, value);
    if (!place) throw Stop{YamlFault::unplaced, begin};
    show_question_marks(*place);
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.style = place->style;
    node.span.begin = begin;
    node.span.end = place->end;
    node.map = std::move(place->map);
    node.text = std::move(place->text);
    node.reported = !place->closed || begin != byte_of(mark);
    if (!place->closed) result_.unclosed.push_back(node.span);
    ended(node.span);
    add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::sequence, mark, '[');
  }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::map, mark, '{');
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

  void show_question_marks(ScalarPlace& place) const {
    for (std::size_t i = place.text.find(hidden_question_mark); i != std::string::npos;
         i = place.text.find(hidden_question_mark, i + 1)) {
      // `\x01` in double quotes is itself.
      if (at(place.map.begin_of(static_cast<std::uint32_t>(i))) == '?') place.text[i] = '?';
    }
  }

  // What was read when the parser gave up.
  void abandon() {
    nodes_ = 0;
    abandoned_ = true;
    for (const Frame& frame : open_) {
      if (frame.node.in_brackets) result_.open_brackets.push_back(frame.node.span.begin);
    }
    while (!open_.empty()) close();
  }

 private:
  struct Frame {
    YamlNode node;
    std::optional<YamlNode> key;
  };

  [[nodiscard]] char at(std::uint32_t byte) const {
    return byte < text_.size() ? text_[byte] : '\0';
  }

  enum class Content : bool { none, some };

  // Behind the anchor and the tag that stand at the mark.
  std::uint32_t content_of(const YAML::Mark& mark, Content content) {
    std::uint32_t byte = byte_of(mark);
    input_.event_at(byte);
    while (at(byte) == '&' || at(byte) == '!') {
      result_.properties.push_back({at(byte), byte});
      while (byte < text_.size() && !is_blank_or_break(text_[byte])) ++byte;
      const std::uint32_t end = byte;
      while (byte < text_.size() && is_blank_or_break(text_[byte])) ++byte;
      if (content == Content::none && at(byte) != '&' && at(byte) != '!') return end;
    }
    return byte;
  }

  void ended(const source::Span& span) {
    if (abandoned_) return;
    result_.last_begin = span.begin;
    result_.last_end = span.end;
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark, char bracket) {
    const std::uint32_t begin = content_of(mark, Content::some);
    if (open_.size() >= limits_.depth) throw Stop{YamlFault::too_deep, begin};
    Frame frame;
    frame.node.kind = kind;
    frame.node.in_brackets = at(begin) == bracket;
    frame.node.span.begin = begin;
    frame.node.span.end = begin + (frame.node.in_brackets ? 1 : 0);
    open_.push_back(std::move(frame));
  }

  void close() {
    Frame frame = std::move(open_.back());
    open_.pop_back();
    if (frame.key) put(frame, YamlNode{});
    if (frame.node.in_brackets) {
      frame.node.span.end = bracket_end(frame.node.span.end, frame.node.kind);
      ended(frame.node.span);
    }
    add(std::move(frame.node));
  }

  // yaml-cpp does not say where a collection ends: behind its last element come
  // only space, comments and punctuation.
  [[nodiscard]] std::uint32_t bracket_end(std::uint32_t byte, YamlNode::Kind kind) const {
    const char bracket = kind == YamlNode::Kind::map ? '}' : ']';
    for (std::uint32_t i = byte; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == bracket) return i + 1;
      if (c == '#') {
        while (i + 1 < text_.size() && text_[i + 1] != '\n') ++i;
      } else if (!is_blank_or_break(c) && c != ',' && c != ':' && c != '?') {
        break;
      }
    }
    return byte;
  }

  void add(YamlNode node) {
    if (++nodes_ > limits_.nodes) throw Stop{YamlFault::too_many_nodes, node.span.begin};
    if (open_.empty()) {
      result_.root = std::move(node);
      return;
    }
    Frame& parent = open_.back();
    parent.node.span.end = std::max(parent.node.span.end, node.span.end);
    if (parent.node.kind == YamlNode::Kind::sequence) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
      parent.key = std::move(node);
    } else {
      put(parent, std::move(node));
    }
  }

  void put(Frame& map, YamlNode value) {
    YamlNode key = *std::exchange(map.key, std::nullopt);
    if (key.is_scalar()) {
      map.node.entries.push_back({std::move(key), std::move(value)});
    } else if (!key.reported) {
      result_.bad_keys.push_back(key.span);
    }
  }

  // A null is written as a word, or it is a place where nothing stands; then the
  // mark is that of whatever comes next.
  [[nodiscard]] YamlNode null_at(std::uint32_t mark) const {
    YamlNode node;
    node.span.begin = node.span.end = empty_place();
    static constexpr std::array<std::string_view, 4> words{"~", "null", "Null", "NULL"};
    for (const std::string_view word : words) {
      if (text_.substr(std::min<std::size_t>(mark, text_.size())).starts_with(word) &&
          !is_key(mark + word.size())) {
        node.text = word;
        node.span.begin = mark;
        node.span.end = mark + static_cast<std::uint32_t>(word.size());
      }
    }
    return node;
  }

  [[nodiscard]] bool is_key(std::size_t byte) const {
    while (byte < text_.size() && text_[byte] == ' ') ++byte;
    return byte < text_.size() && text_[byte] == ':';
  }

  // Behind the colon or the dash to which nothing belongs.
  [[nodiscard]] std::uint32_t empty_place() const {
    if (open_.empty()) return 0;
    const Frame& parent = open_.back();
    const std::uint32_t from = parent.key ? parent.key->span.end : parent.node.span.end;
    const char sign = parent.node.kind == YamlNode::Kind::map ? ':' : '-';
    std::uint32_t i = from;
    while (i < text_.size() && is_blank_or_break(text_[i])) ++i;
    return at(i) == sign ? i + 1 : from;
  }

  std::string_view text_;
  std::string_view parsed_;  // what yaml-cpp sees
  const YamlLimits& limits_;
  GuardedInput& input_;
  YamlAttempt& result_;
  std::vector<Frame> open_;
  std::size_t nodes_ = 0;
  int documents_ = 0;
  bool abandoned_ = false;
};

YamlFault fault_of(std::string_view words) {
  using namespace YAML::ErrorMsg;
  struct Known {
    std::string_view words;
    YamlFault fault;
  };
  static const std::array known{
      Known{UNKNOWN_TOKEN, YamlFault::bad_token},
      Known{UNKNOWN_ANCHOR, YamlFault::bad_token},
      Known{ALIAS_NOT_FOUND, YamlFault::bad_token},
      Known{ANCHOR_NOT_FOUND, YamlFault::bad_token},
      Known{CHAR_IN_ALIAS, YamlFault::bad_token},
      Known{CHAR_IN_ANCHOR, YamlFault::bad_token},
      Known{ALIAS_CONTENT, YamlFault::bad_token},
      Known{MULTIPLE_ALIASES, YamlFault::bad_token},
      Known{MULTIPLE_ANCHORS, YamlFault::bad_token},
      Known{MULTIPLE_TAGS, YamlFault::bad_token},
      Known{CHAR_IN_TAG_HANDLE, YamlFault::bad_token},
      Known{TAG_WITH_NO_SUFFIX, YamlFault::bad_token},
      Known{END_OF_VERBATIM_TAG, YamlFault::bad_token},
      Known{INVALID_ESCAPE, YamlFault::bad_escape},
      Known{INVALID_HEX, YamlFault::bad_escape},
      Known{INVALID_UNICODE, YamlFault::bad_escape},
      Known{END_OF_MAP_FLOW, YamlFault::unclosed_brackets},
      Known{END_OF_SEQ_FLOW, YamlFault::unclosed_brackets},
      Known{END_OF_MAP, YamlFault::rest_of_line},
      Known{END_OF_SEQ, YamlFault::rest_of_line},
      Known{FLOW_END, YamlFault::stray_bracket},
      Known{MAP_VALUE, YamlFault::stray_colon},
      Known{BLOCK_ENTRY, YamlFault::stray_dash},
      Known{TAB_IN_INDENTATION, YamlFault::tab_indentation},
      Known{EOF_IN_SCALAR, YamlFault::unclosed_quote},
      Known{DOC_IN_SCALAR, YamlFault::unclosed_quote},
      Known{CHAR_IN_BLOCK, YamlFault::bad_block_header},
      Known{ZERO_INDENT_IN_BLOCK, YamlFault::bad_block_header},
  };
  for (const Known& k : known) {
    if (words.starts_with(k.words)) return k.fault;
  }
  return YamlFault::other;
}

YamlFailure failure_of(const YAML::Exception& problem) {
  const bool deep = dynamic_cast<const YAML::DeepRecursion*>(&problem) != nullptr;
  return {deep ? YamlFault::too_deep : fault_of(problem.msg), byte_of(problem.mark), problem.msg};
}

}  // namespace

YamlAttempt parse_yaml_events(std::string_view text, const YamlLimits& limits) {
  YamlAttempt result;
  const std::string parsed = hide_question_marks(text);
  GuardedInput input(parsed, limits.token_bytes);
  TreeBuilder builder(text, parsed, limits, input, result);
  try {
    std::istream stream(&input);
    YAML::Parser parser(stream);
    // The second call stops at the beginning of a second document: asked for all
    // documents of a file, yaml-cpp does not come to an end with ",".
    if (parser.HandleNextDocument(builder)) parser.HandleNextDocument(builder);
  } catch (const Stop& stop) {
    result.failure = YamlFailure{stop.fault, stop.at, {}};
  } catch (const YAML::Exception& problem) {
    result.failure = failure_of(problem);
  }
  if (input.stopped()) {
    const std::uint32_t at =
        std::min<std::uint32_t>(result.last_end, static_cast<std::uint32_t>(text.size()));
    result.failure = YamlFailure{YamlFault::token_too_long, at, {}};
  }
  if (result.failure) builder.abandon();
  return result;
}

}  // namespace modcore::parse
