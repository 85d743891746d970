// See corpus.hpp.
#include "corpus.hpp"

#include <cstdlib>
#include <fstream>
#include <random>
#include <unordered_set>

#include <nlohmann/json.hpp>

namespace bench {
namespace {

constexpr unsigned seed = 20260101;

std::string made_up_word(std::mt19937& random) {
  static constexpr const char* onsets[] = {"b", "br", "d", "fl", "g", "k", "kr", "m", "pl", "v", "z", "st"};
  static constexpr const char* nuclei[] = {"a", "e", "i", "o", "u", "oo", "ai"};
  static constexpr const char* codas[] = {"n", "rk", "x", "lt", "mp", "sk", "q"};
  const auto pick = [&](const auto& list) { return list[random() % std::size(list)]; };
  std::string word;
  for (int syllable = 0; syllable < 2; ++syllable) {
    word += pick(onsets);
    word += pick(nuclei);
  }
  return word + pick(codas);
}

std::string ordinary_sentence(std::mt19937& random) {
  static constexpr const char* words[] = {
      "the", "tomatoes", "garden", "and", "water", "soil", "I", "have", "planted", "roses", "near",
      "wall", "this", "spring", "they", "look", "fine", "but", "leaves", "turn", "yellow", "what",
      "should", "we", "do", "compost", "help", "with", "clay", "any", "advice", "thank", "you"};
  static constexpr const char* accented[] = {"été", "rosée", "jabłoń", "żywopłot", "forêt", "gałąź"};
  const bool foreign = random() % 5 == 0;
  std::string text;
  while (text.size() < 130) {
    const bool accent = foreign && random() % 4 == 0;
    text += accent ? accented[random() % std::size(accented)] : words[random() % std::size(words)];
    text += random() % 9 == 0 ? ", " : " ";
  }
  return text;
}

std::vector<std::string> posts_from(const char* path) {
  std::vector<std::string> posts;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const auto post = nlohmann::json::parse(line, nullptr, false);
    if (post.is_object() && post.contains("body")) posts.push_back(post["body"].get<std::string>());
  }
  return posts;
}

std::vector<std::string> lines_from(const char* path, std::size_t count) {
  std::vector<std::string> lines;
  std::ifstream in(path);
  for (std::string line; lines.size() < count && std::getline(in, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

}  // namespace

std::vector<std::string> phrases(std::size_t count) {
  if (const char* path = std::getenv("MODCORE_BENCH_PHRASES")) return lines_from(path, count);
  std::mt19937 random(seed);
  std::unordered_set<std::string> seen;
  std::vector<std::string> all;
  while (all.size() < count) {
    std::string phrase = made_up_word(random) + " " + made_up_word(random);
    if (seen.insert(phrase).second) all.push_back(std::move(phrase));
  }
  return all;
}

std::vector<std::string> regexes(std::size_t count) {
  if (const char* path = std::getenv("MODCORE_BENCH_REGEXES")) return lines_from(path, count);
  std::vector<std::string> all = phrases(count);
  for (std::string& phrase : all) {
    phrase.replace(phrase.find(' '), 1, "\\W");
    phrase = "\\b(?:" + phrase + ")\\b";
  }
  return all;
}

std::vector<std::string> clean_posts() {
  if (const char* path = std::getenv("MODCORE_BENCH_POSTS")) return posts_from(path);
  std::mt19937 random(seed + 1);
  std::vector<std::string> posts(2000);
  for (std::string& post : posts) post = ordinary_sentence(random);
  return posts;
}

std::vector<std::string> dirty_posts(const std::vector<std::string>& phrases) {
  std::mt19937 random(seed + 2);
  std::vector<std::string> posts = clean_posts();
  for (std::string& post : posts) {
    const std::size_t space = post.find(' ', post.size() / 2);
    post.insert(space == std::string::npos ? post.size() : space,
                " " + phrases[random() % phrases.size()]);
  }
  return posts;
}

std::string rule_file(const std::vector<std::string>& phrases) {
  std::string text = "modcore: 1\ncategory: spam\nrules:\n";
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    text += "  - id: bench." + std::to_string(i) + "\n    phrases: [" + phrases[i] +
            "]\n    verdict: flag\n";
  }
  return text;
}

std::string regex_rule_file(const std::vector<std::string>& regexes) {
  std::string text = "modcore: 1\ncategory: spam\nrules:\n";
  for (std::size_t i = 0; i < regexes.size(); ++i) {
    text += "  - id: bench." + std::to_string(i) +
            "\n    regex: " + nlohmann::json(regexes[i]).dump() + "\n    verdict: flag\n";
  }
  return text;
}

}  // namespace bench
