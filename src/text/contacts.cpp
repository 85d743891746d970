#include "text/contacts.hpp"

#include <algorithm>
#include <span>

#include "support/utf8.hpp"
#include "text/digit_groups.hpp"
#include "text/fold.hpp"

namespace modcore::text {
namespace {

using Groups = std::span<const DigitGroup>;

bool word_before(std::string_view text, std::size_t at) {
  return at > 0 && is_word(utf8::decode_before(text, at).code_point);
}

bool word_after(std::string_view text, std::size_t at) {
  return at < text.size() && is_word(utf8::decode(text, at).code_point);
}

bool one_of(std::string_view text, std::size_t at, std::string_view characters) {
  return at < text.size() && characters.find(text[at]) != std::string_view::npos;
}

// A number goes on behind `at`: "10:30" after "12 34 56 10", "3.5".
bool number_goes_on(std::string_view text, std::size_t at) {
  return word_after(text, at) ||
         (one_of(text, at, ":.,/-") && at + 1 < text.size() && digit_at(text, at + 1) >= 0);
}

std::uint32_t digits_of(Groups groups) {
  return groups.back().first_digit + groups.back().digits - groups.front().first_digit;
}

// ---- Telephone numbers -------------------------------------------------------------

constexpr std::string_view phone_signs = " -./()";
constexpr std::uint32_t fewest_abroad = 8;
constexpr std::uint32_t most_abroad = 15;  // E.164

// Groups of sensible length with one kind of sign between.
bool is_grouped(Groups groups, bool in_parentheses) {
  if (groups.size() < (in_parentheses ? 2U : 3U)) return false;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const DigitGroup& group = groups[i];
    if (group.digits > 4 || (group.digits < 2 && i != 0)) return false;
    const bool behind_area = in_parentheses && i == 1;
    if (i > 0 && !behind_area && group.before.find_first_of("()") != std::string_view::npos) {
      return false;
    }
    const std::size_t compared = in_parentheses ? 2 : 1;
    if (i > compared && group.before != groups[compared].before) return false;
  }
  return true;
}

// "10 000 000 000".
bool is_round(Groups groups, const DigitRow& row) {
  return std::all_of(groups.begin() + 1, groups.end(), [&](const DigitGroup& group) {
    const auto first = row.digits().begin() + group.first_digit;
    return std::all_of(first, first + group.digits, [](std::uint8_t digit) { return digit == 0; });
  });
}

// "192.168.10.100".
bool is_dotted_quad(Groups groups) {
  return groups.size() == 4 && groups[1].before == "." &&
         std::all_of(groups.begin(), groups.end(), [](const DigitGroup& g) { return g.digits < 4; });
}

// The end of a number within the country, 0 for none.
std::uint32_t domestic_end(std::string_view text, const DigitRow& row, bool in_parentheses) {
  const Groups groups = row.groups();
  const std::uint32_t digits = digits_of(groups);
  const std::uint32_t end = groups.back().range.end;
  if (number_goes_on(text, end)) return 0;
  if (groups.size() == 1) return (digits == 10 || digits == 11) && row.digits()[0] == 0 ? end : 0;
  if (digits < 9 || digits > 11 || is_round(groups, row) || is_dotted_quad(groups)) return 0;
  return is_grouped(groups, in_parentheses) ? end : 0;
}

// The end of a number behind + or 00, of which `skipped` digits are the 00; 0 for none.
std::uint32_t abroad_end(std::string_view text, const DigitRow& row, std::uint32_t skipped) {
  for (std::size_t count = row.groups().size(); count > 0; --count) {
    const Groups groups = row.groups().first(count);
    const std::uint32_t digits = digits_of(groups) - skipped;
    if (digits > most_abroad) continue;
    const std::uint32_t end = groups.back().range.end;
    return digits >= fewest_abroad && !word_after(text, end) ? end : 0;
  }
  return 0;
}

// ---- Payment cards -------------------------------------------------------------------

constexpr std::uint32_t shortest_card = least_card_digits;
constexpr std::uint32_t longest_card = 19;

// Luhn's check: every second digit from the right counts double.
bool has_check_digit(std::span<const std::uint8_t> digits) {
  unsigned sum = 0;
  bool twice = false;
  for (std::size_t i = digits.size(); i > 0; --i, twice = !twice) {
    const unsigned digit = digits[i - 1] * (twice ? 2U : 1U);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 == 0;
}

bool is_card(Groups groups, const DigitRow& row) {
  const std::uint32_t count = digits_of(groups);
  if (count < shortest_card || count > longest_card) return false;
  const auto digits = row.digits().subspan(groups.front().first_digit, count);
  if (digits[0] < 2 || digits[0] > 6) return false;
  const bool grouped = std::all_of(groups.begin(), groups.end(), [](const DigitGroup& group) {
    return group.digits >= 3 && group.digits <= 6;
  });
  const bool single = std::all_of(groups.begin() + 1, groups.end(), [](const DigitGroup& group) {
    return utf8::count(group.before) == 1;
  });
  return (groups.size() == 1 || (grouped && single)) && has_check_digit(digits);
}

// How many groups from `first` on are a card's, the most that are; 0 for none.
std::size_t card_groups(const DigitRow& row, std::size_t first) {
  const Groups from = row.groups().subspan(first);
  std::size_t longest = 0;
  for (std::size_t count = 1; count <= from.size(); ++count) {
    const Groups groups = from.first(count);
    if (digits_of(groups) > longest_card) break;
    if (is_card(groups, row)) longest = count;
  }
  return longest;
}

// ---- E-mail ----------------------------------------------------------------------------

constexpr std::size_t longest_name = 64;     // RFC 5321, 4.5.3.1.1
constexpr std::size_t longest_domain = 255;  // and 4.5.3.1.2

std::size_t name_begin(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < longest_name) {
    const utf8::Decoded before = utf8::decode_before(text, begin);
    const bool part = is_word(before.code_point) || one_of(text, begin - 1, "._%+-");
    if (!part) break;
    begin -= before.length;
  }
  while (begin < at && text[begin] == '.') ++begin;
  return begin;
}

// The end of a domain of at least two labels, `at` itself if there is none.
std::size_t domain_end(std::string_view text, std::size_t at) {
  std::size_t end = at;            // of the last label that is complete
  std::size_t letters = 0;         // in the label, if it holds nothing else
  bool only_letters = true;
  std::size_t labels = 0;
  std::size_t i = at;
  for (; i < text.size() && i - at < longest_domain;) {
    const utf8::Decoded next = utf8::decode(text, i);
    if (is_word(next.code_point) || text[i] == '-') {
      only_letters &= text[i] != '-' && digit_at(text, i) < 0;
      ++letters;
    } else if (text[i] == '.' && letters > 0) {
      if (labels > 0 && only_letters && letters >= 2) end = i;
      ++labels;
      letters = 0;
      only_letters = true;
    } else {
      break;
    }
    i += next.length;
  }
  return labels > 0 && only_letters && letters >= 2 ? i : end;
}

std::uint32_t narrow(std::size_t offset) noexcept { return static_cast<std::uint32_t>(offset); }

}  // namespace

void find_phones(std::string_view text, std::vector<Range>& out) {
  out.clear();
  DigitRow row;
  for (std::size_t at = next_digit(text, 0); at < text.size();) {
    row.read(text, at, phone_signs);
    const bool plus = at > 0 && text[at - 1] == '+';
    const bool parenthesis = at > 0 && text[at - 1] == '(';
    const std::size_t begin = at - (plus || parenthesis ? 1 : 0);
    const bool zeros = row.digits().size() > 2 && row.digits()[0] == 0 && row.digits()[1] == 0;
    const bool stands_alone = !word_before(text, begin) && !(begin > 0 && one_of(text, begin - 1, "+.,/-#"));
    std::uint32_t end = 0;
    if (stands_alone && (plus || zeros)) end = abroad_end(text, row, plus ? 0 : 2);
    if (stands_alone && end == 0 && !plus) {
      const bool closed = row.groups().size() > 1 && row.groups()[1].before.find(')') != std::string_view::npos;
      if (parenthesis == closed) end = domestic_end(text, row, parenthesis);
    }
    if (end != 0) out.push_back({narrow(begin), end});
    at = next_digit(text, end != 0 ? end : row.groups().back().range.end);
  }
}

void find_cards(std::string_view text, std::vector<Range>& out) {
  out.clear();
  DigitRow row;
  for (std::size_t at = next_digit(text, 0); at < text.size();) {
    row.read(text, at, " -");
    for (std::size_t first = 0; first < row.groups().size();) {
      const std::size_t count = card_groups(row, first);
      const std::uint32_t begin = row.groups()[first].range.begin;
      const std::uint32_t end = count == 0 ? 0 : row.groups()[first + count - 1].range.end;
      const bool stands_alone = count != 0 && !word_before(text, begin) && !word_after(text, end) &&
                                !(begin > 0 && one_of(text, begin - 1, ".,-"));
      if (stands_alone) out.push_back({begin, end});
      first += stands_alone ? count : 1;
    }
    at = next_digit(text, row.groups().back().range.end);
  }
}

void find_emails(std::string_view text, std::vector<Range>& out) {
  out.clear();
  for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    const std::size_t begin = name_begin(text, at);
    const std::size_t end = domain_end(text, at + 1);
    const bool behind_last = out.empty() || out.back().end <= begin;
    if (begin < at && end > at + 1 && behind_last) out.push_back({narrow(begin), narrow(end)});
  }
}

}  // namespace modcore::text
