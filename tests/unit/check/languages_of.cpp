#include "unit/check/languages_of.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <sstream>
#include <unordered_map>

#include "lint/word_lists.hpp"
#include "text/fold.hpp"

namespace modcore::testing {
namespace {

constexpr double near_enough = 0.8;
constexpr double ranks = 30000;
constexpr double of_a_letter = 5;  // as much as a word of rank 200

using Ranks = std::unordered_map<std::string, double>;

std::map<std::string, Ranks> rank_tables() {
  std::map<std::string, Ranks> tables;
  for (const lint::EmbeddedWords& words : lint::embedded_words()) {
    std::istringstream lines{std::string(words.lines)};
    Ranks& table = tables[std::string(words.language)];
    double rank = 1;
    for (std::string line; lines >> line; ++rank) {
      table.try_emplace(text::fold(line, text::Level::accents), rank);
    }
  }
  return tables;
}

bool has_any(std::string_view text, std::string_view letters) {
  for (std::size_t i = 0; i + 1 < letters.size(); i += 2) {  // two bytes each
    if (text.find(letters.substr(i, 2)) != std::string_view::npos) return true;
  }
  return false;
}

bool is_link(const std::string& run) {
  return run.find_first_of("/@") != std::string::npos ||
         (run.find('.') != std::string::npos && run.find('.') + 1 < run.size());
}

void spaces_for_symbols(std::string& run) {
  for (char& byte : run) {
    const auto value = static_cast<unsigned char>(byte);
    if (value < 0x80 && std::isalpha(value) == 0) byte = ' ';
  }
}

}  // namespace

std::set<std::string> languages_of(std::string_view text) {
  static const std::map<std::string, Ranks> tables = rank_tables();
  static const std::map<std::string, std::string_view> letters{
      {"fr", "àâçèêëîïôùû"}, {"pl", "ąęłńśźż"}};
  std::map<std::string, double> scores;
  for (const auto& [language, table] : tables) scores[language] = 0;
  std::istringstream runs{std::string(text)};
  for (std::string run; runs >> run;) {
    if (is_link(run)) continue;
    for (const auto& [language, own] : letters) {
      if (has_any(run, own)) scores[language] += of_a_letter;
    }
    run = text::fold(run, text::Level::accents);
    spaces_for_symbols(run);
    std::istringstream words{run};
    for (std::string word; words >> word;) {
      for (const auto& [language, table] : tables) {
        const auto found = table.find(word);
        if (found != table.end()) scores[language] += std::log(ranks / found->second);
      }
    }
  }
  double best = 0;
  for (const auto& [language, score] : scores) best = std::max(best, score);
  std::set<std::string> likely;
  for (const auto& [language, score] : scores) {
    if (score >= near_enough * best) likely.insert(language);
  }
  return likely;
}

}  // namespace modcore::testing
