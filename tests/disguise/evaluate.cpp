// Measures disguises on real text, by hand:
//     disguise_evaluate WORDS posts FILE.ndjson...      recall per kind, or matches in clean text
//     disguise_evaluate WORDS dictionary FILE...        words that are taken for another
//     disguise_evaluate WORDS text                      matches in standard input, line by line
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "text/disguise.hpp"
#include "text/fold.hpp"
#include "text/honest_words.hpp"
#include "text/lexicon.hpp"
#include "text/views.hpp"

namespace {

using namespace modcore;

struct Vocabulary {
  std::vector<std::string> words;  // folded
  std::set<std::string> known;
  text::Lexicon lexicon;

  explicit Vocabulary(const std::string& path) {
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
      if (line.empty() || line[0] == '#') continue;
      std::istringstream row(line);
      for (std::string word; row >> word;) add(word);
    }
    lexicon.finish();
  }

  void add(const std::string& word) {
    const std::string folded = text::fold(word, text::Level::accents);
    if (!known.insert(folded).second) return;
    if (!lexicon.add(folded, text::Lexicon::Form::whole,
                     static_cast<std::uint32_t>(words.size()))) {
      std::cerr << "not taken: " << word << "\n";
    }
    words.push_back(folded);
  }
};

// The words that stand plainly in a text.
std::set<std::string> plain_words(const Vocabulary& vocabulary, text::Views& views,
                                  std::string_view body) {
  views.build(body);
  std::set<std::string> found;
  for (const text::Token& token : views.tokens()) {
    const std::string_view fold = views.get(text::View::fold);
    std::string word(fold.substr(token.fold.begin, token.fold.end - token.fold.begin));
    if (vocabulary.known.count(word) != 0) found.insert(std::move(word));
  }
  return found;
}

// Words that stand cut in two by one space.
std::set<std::string> cut_words(const Vocabulary& vocabulary, text::Views& views,
                                std::string_view body) {
  std::set<std::string> found;
  const auto tokens = views.tokens();
  const std::string_view fold = views.get(text::View::fold);
  const auto word = [&](const text::Token& token) {
    return std::string(fold.substr(token.fold.begin, token.fold.end - token.fold.begin));
  };
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const std::string_view between =
        body.substr(tokens[i].original.end, tokens[i + 1].original.begin - tokens[i].original.end);
    const std::string left = word(tokens[i]), right = word(tokens[i + 1]);
    if ((between == " " || between == "\n") && vocabulary.known.count(left + right) != 0 &&
        text::is_cut_by_space(left, right)) {
      found.insert(left + right);
    }
  }
  return found;
}

struct Row {
  int posts = 0, plain = 0, disguised = 0, either = 0;
};

int evaluate_posts(const Vocabulary& vocabulary, int count, char** files) {
  text::Views views;
  text::DisguiseFinder finder;
  std::vector<text::Disguised> found;
  for (int i = 0; i < count; ++i) {
    std::map<std::string, Row> rows;
    std::ifstream in(files[i]);
    for (std::string line; std::getline(in, line);) {
      const auto post = nlohmann::json::parse(line);
      const std::string body = post.value("body", "");
      const std::string term = post.value("term", "");
      found.clear();
      finder.find(body, vocabulary.lexicon, found);
      const auto plain = plain_words(vocabulary, views, body);
      const auto cut = cut_words(vocabulary, views, body);
      Row& row = rows[post.value("kind", "all")];
      bool hit = false;
      for (const text::Disguised& match : found)
        hit |= term.empty() || vocabulary.words[match.id] == term;
      hit |= term.empty() ? !cut.empty() : cut.count(term) != 0;
      const bool in_plain = term.empty() ? !plain.empty() : plain.count(term) != 0;
      ++row.posts;
      row.plain += in_plain;
      row.disguised += hit;
      row.either += hit || in_plain;
      if (term.empty()) {
        for (const std::string& word : cut)
          std::printf("  %s  <-  cut  in  %.120s\n", word.c_str(), body.c_str());
        std::set<std::string> shown;
        for (const text::Disguised& match : found) {
          const std::string text =
              body.substr(match.range.begin, match.range.end - match.range.begin);
          if (shown.insert(vocabulary.words[match.id] + text).second) {
            std::printf("  %s  <-  \"%s\"  in  %.120s\n", vocabulary.words[match.id].c_str(),
                        text.c_str(), body.c_str());
          }
        }
      } else if (!hit && !in_plain) {
        std::printf("  missed %s: %s\n", term.c_str(), body.c_str());
      }
    }
    std::printf("%s\n", files[i]);
    for (const auto& [kind, row] : rows) {
      std::printf("  %-30s posts %5d  plain %5d  disguised %5d  either %.3f\n", kind.c_str(),
                  row.posts, row.plain, row.disguised, row.either / static_cast<double>(row.posts));
    }
  }
  return 0;
}

int evaluate_dictionary(const Vocabulary& vocabulary, int count, char** files) {
  text::DisguiseFinder finder;
  std::vector<text::Disguised> found;
  for (int i = 0; i < count; ++i) {
    std::ifstream in(files[i]);
    int words = 0, hits = 0;
    for (std::string word; std::getline(in, word); ++words) {
      found.clear();
      finder.find(word, vocabulary.lexicon, found);
      for (const text::Disguised& match : found) {
        std::printf("  %s  <-  %s\n", vocabulary.words[match.id].c_str(), word.c_str());
        ++hits;
      }
    }
    std::printf("%s: %d words, %d hits\n", files[i], words, hits);
  }
  return 0;
}

int evaluate_text(const Vocabulary& vocabulary) {
  text::DisguiseFinder finder;
  std::vector<text::Disguised> found;
  for (std::string line; std::getline(std::cin, line);) {
    found.clear();
    finder.find(line, vocabulary.lexicon, found);
    std::printf("%s\n", line.c_str());
    for (const text::Disguised& match : found) {
      std::printf("    %s  <-  \"%s\"\n", vocabulary.words[match.id].c_str(),
                  line.substr(match.range.begin, match.range.end - match.range.begin).c_str());
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc > 2 ? argv[2] : "";
  if (mode.empty()) return 3;
  const Vocabulary vocabulary(argv[1]);
  if (mode == "posts") return evaluate_posts(vocabulary, argc - 3, argv + 3);
  if (mode == "dictionary") return evaluate_dictionary(vocabulary, argc - 3, argv + 3);
  return evaluate_text(vocabulary);
}
