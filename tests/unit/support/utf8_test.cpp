// UTF-8 in and out, on well-formed and on arbitrary bytes.
#include "support/utf8.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace modcore;

TEST_CASE("every scalar value survives encoding and decoding") {
  int scalars = 0;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string bytes;
    utf8::append(bytes, c);
    const auto decoded = utf8::decode(bytes, 0);
    REQUIRE(decoded.valid);
    REQUIRE(decoded.code_point == c);
    REQUIRE(decoded.length == bytes.size());
    ++scalars;
  }
  CHECK(scalars == 1112064);
}

TEST_CASE("surrogates and numbers above U+10FFFF are written as U+FFFD") {
  for (const char32_t c : {char32_t{0xD800}, char32_t{0xDFFF}, char32_t{0x110000}}) {
    std::string bytes;
    utf8::append(bytes, c);
    CHECK(bytes == "\xEF\xBF\xBD");
  }
}

TEST_CASE("overlong forms, surrogates and cut sequences are ill-formed") {
  for (const std::string_view bytes : {"\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80",
                                       "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80", "\xFF",
                                       "\x80", "\xE2\x82", "\xF0\x9F\x98"}) {
    CAPTURE(bytes);
    CHECK_FALSE(utf8::is_valid(bytes));
    CHECK_FALSE(utf8::decode(bytes, 0).valid);
  }
  CHECK(utf8::decode("\xF0\x9F\x98z", 0).length == 3);
  CHECK(utf8::decode("\xE0\x9F\xBF", 0).length == 1);
}

TEST_CASE("any position belongs to the character that decoding from the start finds there") {
  const auto seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  static constexpr unsigned char bytes[] = {'a', 0x80, 0xBF, 0xC3, 0xA9, 0xE2, 0x82,
                                            0xED, 0xA0, 0xF0, 0x9F, 0x98, 0xF4, 0xFF};
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (auto n = random() % 12; n > 0; --n) {
      text += static_cast<char>(bytes[random() % std::size(bytes)]);
    }
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++characters) {
      const auto next = utf8::decode(text, at);
      for (std::size_t k = 0; k < next.length; ++k) {
        REQUIRE(utf8::floor_boundary(text, at + k) == at);
      }
      at += next.length;
    }
    REQUIRE(utf8::count(text) == characters);
  }
}

TEST_CASE("the character before a position is found backwards") {
  const std::string text = "aé語😀\xFF";
  CHECK(utf8::decode_before(text, 1).code_point == U'a');
  CHECK(utf8::decode_before(text, 3).code_point == U'é');
  CHECK(utf8::decode_before(text, 6).code_point == U'語');
  CHECK(utf8::decode_before(text, 10).code_point == U'😀');
  CHECK_FALSE(utf8::decode_before(text, 11).valid);
}

TEST_CASE("ASCII is recognised at any length") {
  for (std::size_t length = 0; length < 40; ++length) {
    std::string text(length, 'x');
    CHECK(utf8::is_ascii(text));
    CHECK(utf8::count(text) == length);
    if (length == 0) continue;
    text[length / 2] = static_cast<char>(0x80);
    CHECK_FALSE(utf8::is_ascii(text));
  }
}
