// Copying some bytes of a text: every processor's way gives what one byte after the
// other does.
#include "text/kept_bytes.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace modcore;
using text::Kept;

namespace {

bool belongs(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

struct Written {
  Kept kept;
  std::string bytes;
  bool operator==(const Written&) const = default;
};

Written slow_words(const std::string& fold, char before) {
  Written slow{.kept = {}, .bytes = std::string(1, before)};
  for (; slow.kept.read < fold.size() && static_cast<unsigned char>(fold[slow.kept.read]) < 0x80; ++slow.kept.read) {
    const char c = belongs(fold[slow.kept.read]) ? fold[slow.kept.read] : ' ';
    if (c != ' ' || slow.bytes.back() != ' ') slow.bytes += c;
  }
  slow.kept.written = slow.bytes.size() - 1;
  return slow;
}

// In blocks of just the size: the sanitizers watch.
template <class Keep>
Written words(const std::string& fold, char before, Keep keep) {
  const std::vector<char> exact(fold.begin(), fold.end());
  std::vector<char> out(1 + fold.size() + text::kept_slack, before);
  Written written;
  written.kept = keep({exact.data(), exact.size()}, out.data() + 1);
  written.bytes.assign(out.data(), 1 + written.kept.written);
  return written;
}

template <class Keep>
std::string spelled(const std::string& fold, Keep keep) {
  const std::vector<char> exact(fold.begin(), fold.end());
  std::vector<char> out(fold.size() + text::kept_slack);
  const std::size_t size = keep({exact.data(), exact.size()}, out.data());
  return {out.data(), size};
}

void check(const std::string& fold) {
  CAPTURE(fold);
  std::string spells;
  for (const char c : fold) spells += belongs(c) ? std::string(1, c) : "";
  CHECK(spelled(fold, &text::keep_spelled) == spells);
  CHECK(spelled(fold, &text::keep_spelled_portable) == spells);
  for (const char before : {' ', 'x'}) {
    CHECK(words(fold, before, &text::keep_words) == slow_words(fold, before));
    CHECK(words(fold, before, &text::keep_words_portable) == slow_words(fold, before));
  }
}

}  // namespace

TEST_CASE("words and spelled letters are kept alike at every length") {
  for (std::size_t size = 0; size < 100; ++size) {
    check(std::string(size, 'a'));
    check(std::string(size, '.'));
    for (std::size_t at = 0; at < size; ++at) {
      std::string text(size, 'b');
      for (const char other : {' ', '\x80', 'Z', '\0'}) {
        text[at] = other;
        check(text);
      }
    }
  }
}

TEST_CASE("words and spelled letters of random bytes are kept alike") {
  std::mt19937 random(20260713);
  for (int round = 0; round < 5000; ++round) {
    std::string text(random() % 120, ' ');
    const bool beyond_ascii = random() % 3 == 0;
    for (char& c : text) {
      c = random() % 3 == 0 ? static_cast<char>(random() % (beyond_ascii ? 256 : 128)) : "ab 7.,  xyz-"[random() % 12];
    }
    check(text);
  }
}
