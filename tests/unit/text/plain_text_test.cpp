// Copying plain text: every processor's way gives what one byte after the other does.
#include "text/plain_text.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace modcore;
using text::Signs;

namespace {

bool is_plain(char c) { return (c >= ' ' && c <= '~') || c == '\n'; }

struct Copied {
  std::size_t size = 0;
  std::string bytes;
  Signs signs;
  bool operator==(const Copied&) const = default;
};

Copied slow(const std::string& in) {
  Copied copied;
  while (copied.size < in.size() && is_plain(in[copied.size])) {
    const char c = in[copied.size++];
    copied.bytes += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
    copied.signs.add(text::signs_of(c));
  }
  return copied;
}

// Reads exactly the bytes of the text, and writes no more: the sanitizers watch.
template <class Copy>
Copied fast(const std::string& in, Copy copy) {
  const std::vector<char> exact(in.begin(), in.end());
  std::vector<char> out(in.size());
  Copied copied;
  copied.size = copy(exact.data(), exact.size(), out.data(), copied.signs);
  copied.bytes.assign(out.data(), copied.size);
  return copied;
}

void check(const std::string& in) {
  const Copied expected = slow(in);
  for (const auto copy : {&text::copy_plain, &text::copy_plain_portable}) {
    Copied found = fast(in, copy);
    CAPTURE(in);
    CHECK((found.signs.bits & expected.signs.bits) == expected.signs.bits);
    if (found.size != in.size()) found.signs = expected.signs;  // it may have looked ahead
    CHECK(found == expected);
  }
}

}  // namespace

TEST_CASE("plain text is copied up to the first byte that is not, at every length and place") {
  for (std::size_t size = 0; size < 140; ++size) {
    check(std::string(size, 'A'));
    for (std::size_t at = 0; at < size; ++at) {
      for (const char other : {'\0', '\x1F', '\x7F', '\x80', '\xFF', '\r', '\t'}) {
        std::string text(size, 'z');
        text[at] = other;
        check(text);
      }
    }
  }
}

TEST_CASE("each byte is copied, lowered and named as it is alone, wherever it stands") {
  int checked = 0;
  for (int byte = 0; byte < 256; ++byte) {
    for (const std::size_t size : {1U, 7U, 9U, 20U, 33U, 70U}) {
      for (std::size_t at = 0; at < size; ++at, ++checked) {
        std::string text(size, ' ');
        text[at] = static_cast<char>(byte);
        check(text);
      }
    }
  }
  CHECK(checked == 256 * 140);
}

TEST_CASE("random texts are copied alike") {
  std::mt19937 random(20260711);
  for (int round = 0; round < 3000; ++round) {
    std::string text(random() % 300, ' ');
    for (char& c : text) c = static_cast<char>(random() % 400 == 0 ? random() % 256 : ' ' + random() % 95);
    check(text);
  }
}

TEST_CASE("signs are those of the characters") {
  CHECK(text::signs_of('`') == text::sign::backtick);
  CHECK(text::signs_of('\r') == text::sign::line_end);
  CHECK(text::signs_of('7') == text::sign::digit);
  CHECK(text::signs_of('a') == Signs{});
  CHECK(text::signs_of('\xBE') == Signs{});
}
