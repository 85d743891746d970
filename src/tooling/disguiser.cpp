// A word is taken apart into letters and joints, which the kinds then change.
#include "tooling/disguiser.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "check/check.hpp"
#include "support/utf8.hpp"
#include "tooling/disguise_letters.hpp"
#include "tooling/random.hpp"

namespace modcore::tooling {
namespace {

using Kind = DisguiseKind;

std::string encoded(char32_t code_point) {
  std::string bytes;
  utf8::append(bytes, code_point);
  return bytes;
}

class Disguiser {
 public:
  explicit Disguiser(Random& random) : random_(random) {}

  // Whether the word is another one now.
  bool apply(Kind kind, Word& word) {
    switch (kind) {
      case Kind::letter_case: return change_case(word);
      case Kind::accents: return change_accents(word);
      case Kind::leet: return write_leet(word);
      case Kind::homoglyph: return write_lookalikes(word);
      case Kind::zero_width: return join(word, invisible());
      case Kind::spacing: return space_out(word);
      case Kind::punctuation: return punctuate(word);
      case Kind::stretch: return stretch(word);
      case Kind::mask: return mask(word);
      case Kind::markup: return mark_up(word);
      case Kind::mixed: return mix(word);
    }
    return false;
  }

 private:
  using Places = std::vector<std::size_t>;

  template <typename Fits>
  [[nodiscard]] static Places places(const Word& word, Fits fits) {
    Places found;
    for (std::size_t i = 0; i < word.letters.size(); ++i) {
      if (fits(i)) found.push_back(i);
    }
    return found;
  }

  // At least one of them, at most `most`, in order: each of those that are left is as
  // likely as the others.
  Places some_of(const Places& from, std::size_t most) {
    Places chosen;
    if (from.empty()) return chosen;
    std::size_t wanted = 1 + random_.below(std::min(most, from.size()));
    for (std::size_t i = 0; i < from.size() && wanted > 0; ++i) {
      if (random_.below(from.size() - i) >= wanted) continue;
      chosen.push_back(from[i]);
      --wanted;
    }
    return chosen;
  }

  char pick(std::string_view from) { return from[random_.below(from.size())]; }
  char32_t pick(std::u32string_view from) { return from[random_.below(from.size())]; }
  std::string_view pick(std::span<const std::string_view> from) { return random_.pick(from); }

  bool change_case(Word& word) {
    const Places cased = places(word, [&](std::size_t i) {
      return other_case(word.letters[i].code_point) != word.letters[i].code_point;
    });
    for (const std::size_t i : some_of(cased, cased.size())) {
      Letter& letter = word.letters[i];
      const std::string marks = letter.written.substr(encoded(letter.code_point).size());
      letter.written = encoded(other_case(letter.code_point)) + marks;
    }
    return !cased.empty();
  }

  // Adds an accent, or takes one away.
  bool change_accents(Word& word) {
    static constexpr std::u32string_view marks =
        U"\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030A\u030C\u0323\u0327\u0328\u0331";
    const Places latin = places(word, [&](std::size_t i) { return word.letters[i].ascii != 0; });
    for (const std::size_t i : some_of(latin, latin.size())) {
      Letter& letter = word.letters[i];
      const std::string base(1, letter.ascii);
      const char32_t with_stroke = stroked(letter.ascii);
      if (letter.written != base && random_.one_in(2)) {
        letter.written = base;
      } else if (with_stroke != 0 && random_.one_in(4)) {
        letter.written = encoded(with_stroke);
      } else {
        letter.written = base + encoded(pick(marks));
      }
    }
    return !latin.empty();
  }

  bool write_leet(Word& word) {
    const std::size_t last = word.letters.size() - 1;
    const auto signs = [&](std::size_t i) {
      std::string all(leet_signs(word.letters[i].small()));
      if (i != 0 && i != last) all += inner_leet_signs(word.letters[i].small());
      // "m8": the number, as it is said.
      if (word.letters.size() == 3 && i == last) std::erase(all, '8');
      return all;
    };
    const Places fit = places(word, [&](std::size_t i) { return !signs(i).empty(); });
    const std::size_t most = std::max<std::size_t>(1, word.letters.size() / 2);
    for (const std::size_t i : some_of(fit, word.letters.size() == 3 ? 1 : most)) {
      word.letters[i].written = pick(std::string_view(signs(i)));
    }
    return !fit.empty();
  }

  bool write_lookalikes(Word& word) {
    const std::size_t way = random_.below(10);
    if (way < 6 && write_other_script(word)) return true;
    return way == 9 ? write_flags(word) : write_style(word);
  }

  // Some of the letters: a word without any Latin one is a word of that script.
  bool write_other_script(Word& word) {
    const Places fit = places(
        word, [&](std::size_t i) { return !lookalikes(word.letters[i].ascii).empty(); });
    const Places latin = places(word, [&](std::size_t i) { return word.letters[i].ascii != 0; });
    if (fit.empty() || latin.size() < 2) return false;
    for (const std::size_t i : some_of(fit, latin.size() - 1)) {
      word.letters[i].written = encoded(pick(lookalikes(word.letters[i].ascii)));
    }
    return true;
  }

  bool write_style(Word& word) {
    const Style style = random_.pick(styles());
    return write_each(word, [&](const Letter& letter) {
      const bool capital = (letter.capital() || style.small_a == 0) && style.capital_a != 0;
      const auto offset = static_cast<char32_t>(letter.small() - 'a');
      return (capital ? style.capital_a : style.small_a) + offset;
    });
  }

  // The letters of which flags are made.
  bool write_flags(Word& word) {
    return write_each(word, [](const Letter& letter) {
      return 0x1F1E6 + static_cast<char32_t>(letter.small() - 'a');
    });
  }

  template <typename Write>
  bool write_each(Word& word, Write write) {
    bool changed = false;
    for (Letter& letter : word.letters) {
      if (letter.ascii == 0) continue;
      letter.written = encoded(write(letter));
      changed = true;
    }
    return changed;
  }

  std::string invisible() {
    static constexpr std::u32string_view characters =
        U"\u200B\u200C\u200D\u2060\u2063\u00AD\uFEFF";
    return encoded(pick(characters));
  }

  bool join(Word& word, const std::string& joint) {
    Places joints(word.joints.size());
    for (std::size_t i = 0; i < joints.size(); ++i) joints[i] = i;
    for (const std::size_t i : some_of(joints, joints.size())) word.joints[i] += joint;
    return !joints.empty();
  }

  bool space_out(Word& word) {
    static constexpr std::array<std::string_view, 4> spaces = {" ", " ", "\u00A0", "\u2009"};
    const std::string_view space = pick(spaces);
    for (std::string& joint : word.joints) joint += space;
    word.spaced = true;
    return true;
  }

  bool punctuate(Word& word) {
    static constexpr std::string_view alike = ".-_*~,/|+";
    static constexpr std::string_view various = ".-_";
    const char one = pick(alike);
    const bool same = word.letters.size() < 4 || !random_.one_in(3);
    for (std::string& joint : word.joints) joint += same ? one : pick(various);
    return true;
  }

  bool stretch(Word& word) {
    const Places fit = places(word, [&](std::size_t i) { return can_stretch(word, i); });
    for (const std::size_t i : some_of(fit, 2)) {
      const std::string one = word.letters[i].written;
      for (std::size_t more = 2 + random_.below(4); more > 0; --more) word.letters[i].written += one;
    }
    return !fit.empty();
  }

  // Not the first e of "créée": three of a kind are written alike.
  static bool can_stretch(const Word& word, std::size_t i) {
    const Letter& letter = word.letters[i];
    const auto differs = [&](std::size_t beside) {
      const Letter& other = word.letters[beside];
      return other.folded == letter.folded && other.written.size() != letter.written.size();
    };
    if (utf8::count(letter.folded) != 1) return false;
    return !(i > 0 && differs(i - 1)) && !(i + 1 < word.letters.size() && differs(i + 1));
  }

  // Inner letters only, and no more than two.
  bool mask(Word& word) {
    static constexpr std::array<std::string_view, 5> masks = {"*", "*", "*", "•", "●"};
    const Places inner = places(word, [&](std::size_t i) {
      return i > 0 && i + 1 < word.letters.size() && word.letters[i].ascii != 0;
    });
    const std::string_view mask = pick(masks);
    for (const std::size_t i : some_of(inner, word.letters.size() < 5 ? 1 : 2)) {
      word.letters[i].written = mask;
    }
    return !inner.empty();
  }

  bool mark_up(Word& word) {
    if (random_.one_in(3)) return write_entities(word);
    struct Tags {
      std::string_view open, close;
    };
    static constexpr std::array<Tags, 8> tags = {{{"<b>", "</b>"},
                                                  {"<i>", "</i>"},
                                                  {"<em>", "</em>"},
                                                  {"<span class=\"x\">", "</span>"},
                                                  {"[b]", "[/b]"},
                                                  {"[i]", "[/i]"},
                                                  {"<!-- ", " -->"},
                                                  {"**", "**"}}};
    const Tags& tag = random_.pick(std::span<const Tags>(tags));
    const std::size_t at = random_.below(word.joints.size());
    const bool empty = at + 1 == word.joints.size() || tag.open == "<!-- " || random_.one_in(2);
    word.joints[at] += tag.open;
    word.joints[empty ? at : at + 1] += tag.close;
    return true;
  }

  bool write_entities(Word& word) {
    const Places all = places(word, [&](std::size_t i) { return word.letters[i].is_letter; });
    for (const std::size_t i : some_of(all, all.size())) {
      Letter& letter = word.letters[i];
      const auto number = static_cast<std::uint32_t>(letter.code_point);
      const std::string marks = letter.written.substr(encoded(letter.code_point).size());
      letter.written =
          (random_.one_in(2) ? fmt::format("&#{};", number) : fmt::format("&#x{:X};", number)) +
          marks;
    }
    return !all.empty();
  }

  bool mix(Word& word) {
    static constexpr std::array of_letters = {Kind::letter_case, Kind::accents, Kind::leet,
                                              Kind::homoglyph, Kind::stretch};
    static constexpr std::array between = {Kind::zero_width, Kind::spacing, Kind::punctuation,
                                           Kind::markup};
    apply(random_.pick(std::span<const Kind>(of_letters)), word);
    const Kind over = random_.pick(std::span<const Kind>(between));
    // Markup here is tags: an entity would undo what the letter has become.
    return over == Kind::markup ? join(word, "<b></b>") : apply(over, word);
  }

  Random& random_;
};

// Letters that are spaced out end where the white space is another one.
void widen_spaces(std::vector<Word>& words, std::vector<std::string>& between) {
  const auto is_row = [&](std::size_t i) {
    return words[i].spaced || words[i].letters.size() == 1;
  };
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    std::string& space = between[i + 1];
    const bool one = space == " ";
    if (one && is_row(i) && is_row(i + 1) && (words[i].spaced || words[i + 1].spaced)) space = "   ";
  }
}

constexpr std::array kinds = {Kind::letter_case, Kind::accents,    Kind::leet,
                              Kind::homoglyph,   Kind::zero_width, Kind::spacing,
                              Kind::punctuation, Kind::stretch,    Kind::mask,
                              Kind::markup,      Kind::mixed};
static_assert(checker::mutation_names.size() + 1 == kinds.size());

}  // namespace

Mutation disguise(WrittenWords written, DisguiseKind kind, std::uint64_t seed) {
  Random random(seed * kinds.size() + static_cast<std::uint64_t>(kind));
  Disguiser disguiser(random);
  Mutation out;
  for (Word& word : written.words) {
    if (word.may_change && disguiser.apply(kind, word)) ++out.words;
  }
  widen_spaces(written.words, written.between);
  out.text = put_together(written);
  return out;
}

}  // namespace modcore::tooling

namespace modcore {

std::string_view to_string(DisguiseKind kind) noexcept {
  const auto index = static_cast<std::size_t>(kind);
  return index < checker::mutation_names.size() ? checker::mutation_names[index] : "mixed";
}

std::optional<DisguiseKind> disguise_kind(std::string_view name) noexcept {
  for (const DisguiseKind kind : tooling::kinds) {
    if (to_string(kind) == name) return kind;
  }
  return std::nullopt;
}

std::span<const DisguiseKind> disguise_kinds() noexcept {
  return tooling::kinds;
}

Mutation mutate(std::string_view text, DisguiseKind kind, std::uint64_t seed) {
  const text::Range all{0, static_cast<std::uint32_t>(text.size())};
  return tooling::disguise(tooling::take_apart(text, {&all, 1}), kind, seed);
}

}  // namespace modcore
