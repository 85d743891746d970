#include "tooling/html.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "support/utf8.hpp"

namespace modcore::tooling {
namespace {

bool steers(char32_t c) {
  const bool control = c < 0x20 && c != '\n' && c != '\t';
  const bool direction = c == 0x200E || c == 0x200F || c == 0x061C || (c >= 0x202A && c <= 0x202E) ||
                         (c >= 0x2066 && c <= 0x2069);
  return control || direction || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
}

void append(std::string& out, char32_t c, bool in_attribute) {
  switch (c) {
    case '&': out += "&amp;"; return;
    case '<': out += "&lt;"; return;
    case '>': out += "&gt;"; return;
    case '"': out += "&quot;"; return;
    case '\'': out += "&#39;"; return;
    default: break;
  }
  if (!steers(c)) return utf8::append(out, c);
  const std::string name = fmt::format("U+{:04X}", static_cast<std::uint32_t>(c));
  out += in_attribute ? name : "<span class=\"control\">" + name + "</span>";
}

std::string escaped(std::string_view text, bool in_attribute) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Decoded decoded = utf8::decode(text, at);
    append(out, decoded.code_point, in_attribute);
    at += decoded.length;
  }
  return out;
}

}  // namespace

std::string html_text(std::string_view text) { return escaped(text, false); }
std::string html_attribute(std::string_view text) { return escaped(text, true); }

std::string html_marked(std::string_view text, std::string_view field, const std::vector<Evidence>& evidence) {
  std::vector<const Evidence*> here;
  for (const Evidence& one : evidence) {
    if (one.field == field && one.begin < one.end && one.end <= text.size()) here.push_back(&one);
  }
  std::ranges::sort(here, {}, [](const Evidence* one) { return std::pair(one->begin, ~one->end); });
  std::string out;
  std::size_t done = 0;
  for (const Evidence* one : here) {
    if (one->begin < done) continue;
    out += html_text(text.substr(done, one->begin - done));
    out += fmt::format("<mark title=\"{}\">{}</mark>",
                       html_attribute(fmt::format("${} {}, {}", one->pattern, one->item, to_string(one->tolerance))),
                       html_text(text.substr(one->begin, one->end - one->begin)));
    done = one->end;
  }
  return out + html_text(text.substr(done));
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

std::string percent(double share) {
  const double hundredfold = 100 * share;
  if (hundredfold > 0 && hundredfold < 0.1) return fmt::format("{:.2g} %", hundredfold);
  return fmt::format("{:.1f} %", hundredfold);
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "–" : percent(static_cast<double>(part) / static_cast<double>(whole));
}

std::string with_interval(const Rate& rate) {
  if (rate.of == 0) return "–";
  return fmt::format("{:.1f} % ({:.1f} to {:.1f})", 100 * rate.value, 100 * rate.low, 100 * rate.high);
}

}  // namespace modcore::tooling
