#include "text/quote_headers.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace modcore::text {
namespace {

constexpr std::size_t longest = 240;  // bytes, of a name, a date and two addresses
constexpr int most_name_words = 4;

// ASCII capitals are read as small letters; those with an accent are listed.
constexpr std::string_view openings[] = {"on ", "le ", "w dniu ", "dnia "};
constexpr std::string_view endings[] = {
    "wrote:",   "a écrit :", "a écrit\u00A0:", "a écrit\u202F:", "a écrit:",
    "napisał:", "napisała:", "napisał(a):",    "pisze:"};

// Months, days and the small words of dates in English, French and Polish.
constexpr std::string_view date_words =
    " jan january feb february mar march apr april may jun june jul july aug august sep sept "
    "september oct october nov november dec december mon monday tue tues tuesday wed wednesday "
    "thu thur thurs thursday fri friday sat saturday sun sunday at am pm the of gmt utc cet cest "
    "est edt janv janvier févr fevr février fevrier mars avr avril mai juin juil juillet août "
    "aout septembre octobre novembre déc décembre decembre lun lundi mardi mer mercredi jeu jeudi "
    "ven vendredi sam samedi dim dimanche à a de sty stycznia lut lutego marca kwi kwietnia maja "
    "cze czerwca lip lipca sie sierpnia wrz września paź października lis listopada gru grudnia "
    "pon poniedziałek wt wtorek śr środa środę czw czwartek pt piątek sob sobota sobotę nd "
    "niedziela niedzielę o godz godzinie r użytkownik ";

constexpr std::string_view separators[] = {"original message",     "message d'origine",
                                           "message d’origine",    "message original",
                                           "oryginalna wiadomość", "wiadomość oryginalna"};

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}
bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
bool is_space(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string_view trimmed(std::string_view text, std::string_view edge) noexcept {
  const std::size_t begin = std::min(text.find_first_not_of(edge), text.size());
  const std::size_t end = text.find_last_not_of(edge);
  return end == std::string_view::npos ? std::string_view{} : text.substr(begin, end + 1 - begin);
}

bool equal_ignoring_case(std::string_view a, std::string_view lower_case) noexcept {
  return a.size() == lower_case.size() && std::equal(a.begin(), a.end(), lower_case.begin(),
                                                     [](char x, char y) { return lower(x) == y; });
}

// A word in lower case, bounded.
class Word {
 public:
  explicit Word(std::string_view word) noexcept : size_(std::min(word.size(), bytes_.size())) {
    std::transform(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(size_), bytes_.begin(),
                   lower);
  }
  [[nodiscard]] std::string_view view() const noexcept { return {bytes_.data(), size_}; }

 private:
  std::array<char, 24> bytes_{};
  std::size_t size_;
};

bool is_date_word(std::string_view word) noexcept {
  const Word small(word);
  const std::string_view wanted = small.view();
  for (auto at = date_words.find(wanted); at != std::string_view::npos;
       at = date_words.find(wanted, at + 1)) {
    if (at != 0 && date_words[at - 1] == ' ' && date_words[at + wanted.size()] == ' ') return true;
  }
  return false;
}

// "2025-03-03", "10:22", "10h22", "3.03.2025", "+0100", "2025r"
bool is_number(std::string_view word) noexcept {
  const auto part = [](char c) {
    return is_digit(c) || std::string_view(".:/-+hTZr").find(c) != std::string_view::npos;
  };
  return std::any_of(word.begin(), word.end(), is_digit) &&
         std::all_of(word.begin(), word.end(), part);
}

bool is_mail_address(std::string_view word) noexcept {
  return word.size() > 2 && word.front() == '<' && word.back() == '>' &&
         word.find('@') != std::string_view::npos;
}

// A part of a name: no figures, no address, no sign but a last dot.
bool is_name(std::string_view word) noexcept {
  if (word.ends_with('.')) word.remove_suffix(1);
  return !word.empty() && std::none_of(word.begin(), word.end(), [](char c) {
    return is_digit(c) || std::string_view("./:@#&=?_[]()<>!*`$").find(c) != std::string_view::npos;
  });
}

// What stands between "On" and "wrote:".
bool is_date_and_name(std::string_view text) noexcept {
  int names = 0;
  bool dated = false;
  bool addressed = false;
  while (!text.empty()) {
    const auto space = std::find_if(text.begin(), text.end(), is_space);
    const auto length = static_cast<std::size_t>(space - text.begin());
    const std::string_view word = trimmed(text.substr(0, length), ",;()\"");
    text.remove_prefix(std::min(length + 1, text.size()));
    if (word.empty() || is_date_word(trimmed(word, "."))) continue;
    if (is_number(word)) {
      dated = true;
    } else if (is_mail_address(word)) {
      if (addressed) return false;
      addressed = true;
    } else if (!is_name(word) || ++names > most_name_words) {
      return false;
    }
  }
  return dated;
}

}  // namespace

bool is_attribution(std::string_view lines) noexcept {
  const std::string_view text = trimmed(lines, " \t\r\n");
  if (text.size() > longest) return false;
  for (const std::string_view opening : openings) {
    if (text.size() <= opening.size() ||
        !equal_ignoring_case(text.substr(0, opening.size()), opening))
      continue;
    for (const std::string_view ending : endings) {
      const std::string_view rest = text.substr(opening.size());
      if (rest.ends_with(ending))
        return is_date_and_name(rest.substr(0, rest.size() - ending.size()));
    }
  }
  return false;
}

bool is_separator(std::string_view line) noexcept {
  const std::string_view text = trimmed(line, " \t\r\n");
  if (!text.starts_with("----") || !text.ends_with("----")) return false;
  const std::string_view words = trimmed(text, "- ");
  return std::any_of(std::begin(separators), std::end(separators),
                     [&](std::string_view known) { return equal_ignoring_case(words, known); });
}

}  // namespace modcore::text
