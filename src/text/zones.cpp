#include "text/zones.hpp"

#include <algorithm>


namespace modcore::text {
namespace {

using Kind = ZoneMark::Kind;

class ZoneCutter {
 public:
  ZoneCutter(std::string_view body, const std::vector<ZoneMark>& marks, Zones& out) noexcept
      : marks_(marks), out_(out), size_(static_cast<std::uint32_t>(body.size())) {}

  void run() {
    for (std::uint32_t i = 0; i < marks_.size(); ++i) i = cut(i);
    add(out_.own, {own_begin_, size_});
  }

 private:
  // Cuts what mark `i` opens out of the own text; the last mark that it covers.
  std::uint32_t cut(std::uint32_t i) {
    const ZoneMark& mark = marks_[i];
    switch (mark.kind) {
      case Kind::quote_line:
      case Kind::header:
      case Kind::indented:
        cut_own(mark.range.begin, mark.end);
        add(mark.kind == Kind::indented ? out_.code : out_.quote, {mark.range.end, mark.end});
        return i;
      case Kind::close_tag:
        return i;
      default:
        break;
    }
    if (mark.closer == ZoneMark::none) return i;
    const bool quote = mark.kind == Kind::open_tag && is_quote(mark.tag);
    const std::uint32_t last = quote ? last_of_quote(i) : mark.closer;
    std::vector<Range>& zone = quote ? out_.quote : out_.code;
    cut_own(mark.range.begin, marks_[last].range.end);
    add(zone, mark.argument);
    add(zone, {mark.range.end, marks_[last].range.begin});
    return last;
  }

  // Quotes of different tags may overlap; they are one.
  [[nodiscard]] std::uint32_t last_of_quote(std::uint32_t first) const {
    std::uint32_t last = marks_[first].closer;
    for (std::uint32_t i = first + 1; i < last; ++i) {
      const ZoneMark& mark = marks_[i];
      if (mark.kind == Kind::open_tag && is_quote(mark.tag) && mark.closer != ZoneMark::none) {
        last = std::max(last, mark.closer);
      }
    }
    return last;
  }

  void cut_own(std::uint32_t begin, std::uint32_t end) {
    add(out_.own, {own_begin_, begin});
    own_begin_ = end;
  }

  static void add(std::vector<Range>& zone, Range range) {
    if (range.begin < range.end) zone.push_back(range);
  }

  const std::vector<ZoneMark>& marks_;
  Zones& out_;
  std::uint32_t size_;
  std::uint32_t own_begin_ = 0;
};

// Whether a line but the first is indented.
bool has_indent(std::string_view body, char line_end) noexcept {
  for (auto at = body.find(line_end); at != std::string_view::npos;
       at = body.find(line_end, at + 1)) {
    if (at + 1 < body.size() && (body[at + 1] == ' ' || body[at + 1] == '\t')) return true;
  }
  return false;
}

// Whether a line may begin with ">".
bool has_quote_line(std::string_view body) noexcept {
  constexpr int most_spaces = 3;
  for (auto at = body.find('>'); at != std::string_view::npos; at = body.find('>', at + 1)) {
    std::size_t begin = at;
    for (int spaces = 0; spaces < most_spaces && begin > 0 && body[begin - 1] == ' '; ++spaces) --begin;
    if (begin == 0 || body[begin - 1] == '\n' || body[begin - 1] == '\r') return true;
  }
  return false;
}

}  // namespace

// Most bodies hold nothing that could be a marker, and these searches are fast.
bool may_hold_zones(std::string_view body, Signs signs) noexcept {
  constexpr Signs any = sign::backtick | sign::tilde_or_greater | sign::bracket | sign::dash | sign::line_end;
  if (!signs.any(any)) return false;
  const auto holds = [body](std::string_view mark) { return body.find(mark) != std::string_view::npos; };
  if (signs.any(sign::backtick) && body.find('`') != body.rfind('`')) return true;
  if (signs.any(sign::tilde_or_greater) && (holds("~~~") || holds("</") || has_quote_line(body))) return true;
  if (signs.any(sign::bracket) && holds("[/")) return true;
  if (signs.any(sign::dash) && holds("----")) return true;
  return signs.any(sign::line_end) && (has_indent(body, '\n') || has_indent(body, '\r'));
}

void find_zones(std::string_view body, Zones& out) {
  out.clear();
  if (may_hold_zones(body)) {
    ZoneCutter(body, out.marks.find(body), out).run();
  } else if (!body.empty()) {
    out.own.push_back({0, static_cast<std::uint32_t>(body.size())});
  }
}

}  // namespace modcore::text
