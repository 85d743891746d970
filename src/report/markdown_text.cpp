#include "report/markdown_text.hpp"

#include <algorithm>

#include "report/report.hpp"

namespace modcore::report {
namespace {

constexpr std::string_view signs = "\\*_{}[]()#+!~@";

void append_text(std::string& out, char c) {
  switch (c) {
    case '|':
      out += "&#124;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '&':
      out += "&amp;";
      break;
    default:
      if (signs.find(c) != std::string_view::npos) out += '\\';
      out += c;
  }
}

// Within a code span nothing is escaped but the bar, which would end the cell.
void append_code(std::string& out, char c) {
  if (c == '|') out += '\\';
  out += c;
}

}  // namespace

std::string text_cell(std::string_view text) {
  const std::string line = one_line(text);
  // Marks that do not pair are shown, not obeyed.
  const bool paired =
      std::ranges::count(line, '`') % 2 == 0 && line.find("``") == std::string::npos;
  std::string out;
  bool in_code = false;
  for (const char c : line) {
    if (c == '`') {
      in_code = paired && !in_code;
      out += paired ? "`" : "\\`";
    } else if (in_code) {
      append_code(out, c);
    } else {
      append_text(out, c);
    }
  }
  return out;
}

std::string code_cell(std::string_view text) {
  std::string out = "`";
  for (char c : one_line(text)) {
    if (c == '`') c = '\'';
    append_code(out, c);
  }
  return out + '`';
}

}  // namespace modcore::report
