#include "disguise/random_post.hpp"

#include <array>
#include <vector>

namespace modcore::test {
namespace {

constexpr std::array<std::string_view, 20> items = {
    "casino",       "bitcoin",       "viagra",        "lottery",    "pills",
    "gratuit",      "arnaque",       "pharmacie",     "kasyno",     "pożyczka",
    "żółw",         "hazard",        "crème brûlée",  "free spins", "online casino",
    "argent facile", "szybka gotówka", "win the prize", "łatwy zysk", "mot de passe"};

constexpr std::array<std::string_view, 48> fillers = {
    "the",    "garden", "a",      "roses",   "I",      "think",   "watered", "today",
    "soil",   "and",    "please", "Look",    "at",     "it's",    "3",       "2024",
    "Bonjour", "l'été",  "très",   "à",       "jardin", "où",      "c'est",   "aujourd'hui",
    "Dzień",  "dobry",  "w",      "ogrodzie", "źle",    "więc",    "się",     "pączek",
    "i",      "z",      "привет", "мир",     "日本",   "שלום",    "🌹",      "👩‍🌾",
    "🇫🇷",     "e\u0301t\u0302", "\xFF", "\xE2\x82", "so\u200Bft", "$5",     "v1.0",    "(see)"};

constexpr std::array<std::string_view, 8> spaces = {" ", " ", " ", " ", "\r\n", "\n", ", ", " - "};

template <typename List>
std::string_view pick(const List& list, Generator& random) {
  return list[random() % list.size()];
}

struct Swap {
  char from;
  std::string_view to;
};
constexpr std::array leet = {Swap{'a', "4"}, Swap{'e', "3"}, Swap{'i', "1"}, Swap{'o', "0"}};
constexpr std::array cyrillic = {Swap{'a', "\u0430"}, Swap{'e', "\u0435"}, Swap{'o', "\u043E"},
                                 Swap{'c', "\u0441"}, Swap{'p', "\u0440"}};

std::string swapped(std::string_view item, std::span<const Swap> swaps) {
  std::string out;
  for (const char c : item) {
    std::string_view written(&c, 1);
    for (const Swap& swap : swaps) {
      if (swap.from == c) written = swap.to;
    }
    out += written;
  }
  return out;
}

// The characters of the item, the spaces among them.
std::vector<std::string> characters(std::string_view item) {
  std::vector<std::string> all;
  for (const char c : item) {
    if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U) all.back() += c;
    else all.emplace_back(1, c);
  }
  return all;
}

// With `joint` between the letters of a word, and `gap` between words.
std::string joined(std::string_view item, std::string_view joint, std::string_view gap) {
  std::string out;
  for (const std::string& c : characters(item)) {
    if (c == " ") {
      out += gap;
    } else {
      if (!out.empty() && !out.ends_with(gap)) out += joint;
      out += c;
    }
  }
  return out;
}

std::string shouted(std::string_view item) {
  std::string out(item);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
  }
  return out;
}

std::string wide(std::string_view item) {
  std::string out;
  for (const char c : item) {
    if (c < 'a' || c > 'z') {
      out += c;
    } else {
      out += "\xEF\xBD";
      out += static_cast<char>(0x81 + (c - 'a'));
    }
  }
  return out;
}

std::string stretched(std::string_view item, Generator& random) {
  const auto all = characters(item);
  std::size_t at = random() % all.size();
  while (all[at] == " ") at = (at + 1) % all.size();
  std::string out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (int n = i == at ? 4 : 1; n > 0; --n) out += all[i];
  }
  return out;
}

// The second letter of each word.
std::string starred(std::string_view item) {
  std::string out;
  std::size_t letter = 0;
  for (const std::string& c : characters(item)) {
    letter = c == " " ? 0 : letter + 1;
    out += letter == 2 && c.size() == 1 ? "*" : c;
  }
  return out;
}

std::string backwards(std::string_view item) {
  const auto all = characters(item);
  std::string out = "\u202E";
  for (std::size_t i = all.size(); i > 0; --i) out += all[i - 1];
  return out + "\u202C";
}

struct Brush {
  std::string_view name;
  std::string (*paint)(std::string_view item, Generator& random);
};
constexpr std::array brushes = {
    Brush{"shouted", [](std::string_view item, Generator&) { return shouted(item); }},
    Brush{"wide", [](std::string_view item, Generator&) { return wide(item); }},
    Brush{"hidden joints",
          [](std::string_view item, Generator&) { return joined(item, "\u200B", " "); }},
    Brush{"dotted", [](std::string_view item, Generator&) { return joined(item, ".", " "); }},
    Brush{"spaced", [](std::string_view item, Generator&) { return joined(item, " ", "   "); }},
    Brush{"applauded",
          [](std::string_view item, Generator&) { return joined(item, " 👏 ", "\n"); }},
    Brush{"stretched", stretched},
    Brush{"starred", [](std::string_view item, Generator&) { return starred(item); }},
    Brush{"leet vowels", [](std::string_view item, Generator&) { return swapped(item, leet); }},
    Brush{"cyrillic", [](std::string_view item, Generator&) { return swapped(item, cyrillic); }},
    Brush{"bold joints",
          [](std::string_view item, Generator&) { return joined(item, "<b></b>", " "); }},
    Brush{"backwards", [](std::string_view item, Generator&) { return backwards(item); }},
};

}  // namespace

std::span<const std::string_view> planted_items() {
  return items;
}

std::size_t brush_count() {
  return brushes.size();
}

std::string_view brush_name(std::size_t brush) {
  return brushes[brush].name;
}

std::string brushed(std::string_view item, std::size_t brush, Generator& random) {
  return brushes[brush].paint(item, random);
}

RandomPost random_post(std::string_view planted, Generator& random) {
  RandomPost post;
  const std::size_t before = random() % 7;
  const std::size_t after = random() % 7;
  for (std::size_t i = 0; i < before; ++i) {
    post.body += pick(fillers, random);
    post.body += pick(spaces, random);
  }
  post.at = post.body.size();
  post.body += planted;
  for (std::size_t i = 0; i < after; ++i) {
    post.body += pick(spaces, random);
    post.body += pick(fillers, random);
  }
  return post;
}

}  // namespace modcore::test
