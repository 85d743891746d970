#include "regex/filter_pattern.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "regex/cases.hpp"
#include "support/utf8.hpp"

namespace modcore::regex {
namespace {

// Above these Hyperscan's compile time is no longer in proportion.
constexpr std::uint32_t max_repeat = 16;
constexpr std::uint64_t max_states = 400;

// Occurs in no text.
constexpr std::string_view nowhere = "\\xff";
// Any character beyond ASCII.
constexpr std::string_view beyond_ascii = "[\\xc2-\\xf4][\\x80-\\xbf]{1,3}";


std::string byte(std::size_t value) {
  constexpr std::string_view digits = "0123456789abcdef";
  return {'\\', 'x', digits[value >> 4U], digits[value & 15U]};
}

std::uint32_t shortened(std::uint32_t count) { return std::min(count, max_repeat); }

// The part of `max` that is written out; unbounded stays.
std::uint32_t copies(const Node& repeat) {
  return repeat.max > max_repeat ? shortened(std::max<std::uint32_t>(repeat.min, 1)) : repeat.max;
}

std::uint64_t states(const Node& node) {
  if (node.kind == Node::Kind::assertion) return 0;
  std::uint64_t sum = 1;
  for (const Node& child : node.children) sum = std::min<std::uint64_t>(sum + states(child), 1U << 20U);
  return node.kind == Node::Kind::repeat ? sum * std::max<std::uint32_t>(copies(node), 1) : sum;
}

// Whether what is written for it takes no character for some text.
bool may_be_empty(const Node& node) {
  const auto& children = node.children;
  switch (node.kind) {
    case Node::Kind::character:
    case Node::Kind::set: return false;
    case Node::Kind::sequence: return std::all_of(children.begin(), children.end(), may_be_empty);
    case Node::Kind::alternation: return std::any_of(children.begin(), children.end(), may_be_empty);
    case Node::Kind::repeat: return node.min == 0 || may_be_empty(children.front());
    default: return true;
  }
}

// Which ends of the text a node can still stand at.
struct Place {
  bool first = true;
  bool last = true;
};

class Writer {
 public:
  explicit Writer(Encoding encoding) : ascii_(encoding == Encoding::ascii) {}

  void write(const Node& node, Place place) {
    switch (node.kind) {
      case Node::Kind::character: write_character(node); break;
      case Node::Kind::set: write_set(node.set); break;
      case Node::Kind::sequence: write_sequence(node, place); break;
      case Node::Kind::alternation: write_alternation(node, place); break;
      case Node::Kind::repeat: write_repeat(node); break;
      // Hyperscan refuses ^ and $ inside a pattern.
      case Node::Kind::text_begin: out_ += place.first ? "^" : ""; break;
      case Node::Kind::text_end: out_ += place.last ? "$" : ""; break;
      case Node::Kind::word_edge: out_ += ascii_ ? "\\b" : ""; break;
      case Node::Kind::not_word_edge: out_ += ascii_ ? "\\B" : ""; break;
      case Node::Kind::unknown: out_ += "(?s:.*)"; break;
      case Node::Kind::empty:
      case Node::Kind::assertion: break;
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void write_character(const Node& node) {
    const bool one = (!node.caseless || has_no_case(node.code_point)) && node.code_point >= 128 && !ascii_;
    if (one) {
      out_ += bytes_of(node.code_point);
    } else {
      write_set(set_of_character(node));
    }
  }

  static std::string bytes_of(char32_t code_point) {
    std::string bytes, out;
    utf8::append(bytes, code_point);
    for (const char c : bytes) out += byte(static_cast<unsigned char>(c));
    return out;
  }

  void write_set(const CharSet& set) {
    const bool others = set.others && !ascii_;
    if (set.may.none()) {
      out_ += others ? "(?:" + beyond(set) + ")" : std::string(nowhere);
    } else if (others) {
      out_ += "(?:" + ascii_class(set.may) + "|" + beyond(set) + ")";
    } else {
      out_ += ascii_class(set.may);
    }
  }

  // Those beyond ASCII: a few that are known, or any.
  static std::string beyond(const CharSet& set) {
    const auto listed = set.beyond.begin() + set.listed;
    if (!set.all_listed || set.listed == 0 || !std::all_of(set.beyond.begin(), listed, has_no_case)) {
      return std::string(beyond_ascii);
    }
    std::string out;
    // The long s and the Kelvin sign have a case in ASCII.
    if (set.may['s']) out += bytes_of(0x17F) + "|";
    if (set.may['k']) out += bytes_of(0x212A) + "|";
    for (auto c = set.beyond.begin(); c != listed; ++c) out += (c == set.beyond.begin() ? "" : "|") + bytes_of(*c);
    return out;
  }

  static std::string ascii_class(const AsciiSet& set, bool and_bytes_beyond = false) {
    std::string out = and_bytes_beyond ? "[\\x80-\\xff" : "[";
    for (std::size_t first = 0; first < 128; ++first) {
      if (!set[first]) continue;
      std::size_t last = first;
      while (last + 1 < 128 && set[last + 1]) ++last;
      out += byte(first) + "-" + byte(last);
      first = last;
    }
    return out + "]";
  }

  void write_sequence(const Node& node, Place place) {
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      write(node.children[i], {place.first && i == 0, place.last && i + 1 == node.children.size()});
    }
  }

  void write_alternation(const Node& node, Place place) {
    out_ += "(?:";
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      if (i != 0) out_ += '|';
      write(node.children[i], place);
    }
    out_ += ')';
  }

  void write_repeat(const Node& node) {
    const Node& child = node.children.front();
    if (child.kind == Node::Kind::set && child.set.others && !ascii_) {
      // Bytes instead of characters of one to four bytes: far fewer states.
      out_ += ascii_class(child.set.may, true);
      write_counts(node.min, node.max > max_repeat ? node.max : node.max * 4);
      return;
    }
    out_ += "(?:";
    write(child, {false, false});
    out_ += ")";
    write_counts(node.min, node.max);
  }

  void write_counts(std::uint32_t min, std::uint32_t max) {
    out_ += "{" + std::to_string(shortened(min)) + ",";
    if (max <= max_repeat) out_ += std::to_string(max);
    out_ += '}';
  }

  bool ascii_;
  std::string out_;
};

}  // namespace

std::string filter_pattern(const Node& root, Encoding encoding) {
  if (may_be_empty(root) || states(root) > max_states) return {};
  Writer writer(encoding);
  writer.write(root, {});
  return writer.take();
}

}  // namespace modcore::regex
