// Random regexes and texts over one small alphabet, so that they match often.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace modcore::test {

class RandomRegexes {
 public:
  explicit RandomRegexes(std::uint32_t seed) : random_(seed) {}

  std::string regex(int depth) {
    std::string out;
    const int parts = 1 + below(4);
    for (int i = 0; i < parts; ++i) out += quantified(depth);
    if (depth > 0 && below(6) == 0) out += "|" + regex(depth - 1);
    return out;
  }

  std::string text(bool ascii) {
    std::string out;
    const int length = below(30);
    for (int i = 0; i < length; ++i) out += ascii ? ascii_letter() : letter();
    return out;
  }

  // Words, digits and what stands between them, as moderators write regexes.
  std::string wordy_regex() {
    static const std::vector<std::string> parts = {
        "aks", "ski", "kab", "caf", "a", "(?:aks|kab)", "(?:ski|a|1)", "[ka]b", "b?", "\\W?", "\\W*",
        "[\\W_]*", "\\s", ".", ".{0,3}", "\\d", "1[\\W_]*2\\W?34[\\W_]*5", "1[\\W_]*2\\W?34[\\W_]*5", "1\\s?23-?45\\b", "\\b", "\\B",
        "(?=k)", "(?<=a)", "(?!b)", "\\w{2,4}", "\\w+", "^", "$", "(?:ka){2}", "\u00e9", "s+", "\\K", "-"};
    std::string out = below(2) == 0 ? "\\b" : "";
    const int count = 1 + below(4);
    for (int i = 0; i < count; ++i) out += any(parts);
    return below(2) == 0 ? out + "\\b" : out;
  }

  std::string wordy_text(bool ascii) {
    static const std::vector<std::string> parts = {"aks", "ski", "kab", "caf", "AKS", "b", "ka",
                                                   "12345", "1-2 345", "1 2a345", "_", "-"};
    std::string out;
    const int length = below(16);
    for (int i = 0; i < length; ++i) {
      out += below(2) == 0 ? any(parts) : ascii ? ascii_letter() : letter();
    }
    return out;
  }

 private:
  std::string any(const std::vector<std::string>& of) {
    return of[static_cast<std::size_t>(below(static_cast<int>(of.size())))];
  }
  int below(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }

  std::string ascii_letter() {
    static const std::vector<std::string> letters = {"a", "b", "k", "K", "s", "S", "i", "A", " ", "_", "1", "-", "\n", "aks", "Ski"};
    return letters[static_cast<std::size_t>(below(static_cast<int>(letters.size())))];
  }
  std::string letter() {
    static const std::vector<std::string> letters = {
        "\u212a", "\u017f", "\u00e9", "\u00c9", "e\u0301", "\u0142", "\u0130", "\u0131", "\u00df", "\u200b",
        "\uff41", "\u0399", "\u0345", "\u0432", "\u0412", "\u1c80", "\u2764", "\ufe0f", "\uff21", "\u1ea1", "\U0001d4f6"};
    if (below(3) != 0) return ascii_letter();
    return letters[static_cast<std::size_t>(below(static_cast<int>(letters.size())))];
  }

  std::string quantified(int depth) {
    static const std::vector<std::string> quantifiers = {"?", "*", "+", "{2}", "{1,3}", "{0,2}", "{2,}", "*?", "++", "{,2}"};
    std::string out = atom(depth);
    if (below(4) == 0) out += quantifiers[static_cast<std::size_t>(below(static_cast<int>(quantifiers.size())))];
    return out;
  }

  std::string atom(int depth) {
    static const std::vector<std::string> atoms = {
        ".", "\\w", "\\W", "\\d", "\\s", "\\b", "\\B", "^", "$", "[ab]", "[^ab]", "[^k]", "[k-s]", "[[:alpha:]]",
        "[^[:upper:]]", "[\\w-]", "\\p{Lu}", "\\P{L}", "\\x61", "\\Qab\\E", "(?#x)", "(?i)", "(?-i)", "(?s)", "(?m)",
        "(?x)", "\\h", "\\v", "\\R", "\\N", "\\A", "\\z", "\\1", "\\E", "[\\d\\s]", "[\u017f]", "[^\u212a]", "[s\u2764]", "[ks\u2764\u2605]", "\u2764\u2764+",
        "[\\x{100}-\\x{3000}]", "\\X", "\\K", "[]a]", "[^]a]", "[a\\]b]", "[\\g{a]", "[\\ka]"};
    const int kind = below(10);
    if (kind < 5) return kind < 3 ? ascii_letter() : letter();
    if (kind < 8 || depth == 0) return atoms[static_cast<std::size_t>(below(static_cast<int>(atoms.size())))];
    static const std::vector<std::string> openings = {"(", "(?:", "(?>", "(?=", "(?!", "(?<=", "(?<!", "(?i:", "(?x:", "(?-i:", "(?|", "(?<n>", "(?(1)"};
    return openings[static_cast<std::size_t>(below(static_cast<int>(openings.size())))] + regex(depth - 1) + ")";
  }

  std::mt19937 random_;
};

}  // namespace modcore::test
