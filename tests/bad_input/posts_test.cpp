// Posts that are broken in every way: each gets a decision.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include <modcore/modcore.hpp>

namespace {

modcore::Engine engine_of(const std::string& rules) {
  const modcore::Source source{.name = "x.rules.yaml", .text = rules};
  auto compiled = modcore::compile({&source, 1});
  REQUIRE_MESSAGE(compiled, modcore::render(compiled.diagnostics));
  return *compiled.engine;
}

// One rule of each pattern kind and one that measures the text.
const modcore::Engine& engine() {
  static const modcore::Engine all = engine_of(
      "modcore: 1\ncategory: spam\ncontext: {author.plan: text, author.strikes: int}\nrules:\n"
      "  - {id: word, words: [casino, promocj*], verdict: flag}\n"
      "  - {id: phrase, phrases: [\"buy <0-3> now\"], verdict: flag}\n"
      "  - {id: substring, substrings: [viagra], verdict: flag}\n"
      "  - {id: regex, regex: ['(?<=x)\\d{3}-\\w+$', 'b+a'], verdict: flag}\n"
      "  - {id: domain, domains: [evil.example], verdict: flag}\n"
      "  - {id: number, numbers: [\"5551234\"], verdict: flag}\n"
      "  - {id: emoji, emoji: [\"\xF0\x9F\x92\xB0\"], verdict: flag}\n"
      "  - id: measured\n"
      "    when: caps_ratio(text) > 90% and length(text) > 100000000 and repeat_run(text) > 5 and emoji(text) > 3\n"
      "  - id: plan\n"
      "    when: author.plan == \"free\" and author.strikes > 2\n");
  return all;
}

modcore::Decision scan(std::string_view body) {
  modcore::Scanner scanner(engine());
  return scanner.scan({.body = body});
}

bool fired(const modcore::Decision& decision, std::string_view rule) {
  for (const auto& one : decision.fired) {
    if (one.rule == rule) return true;
  }
  return false;
}

TEST_CASE("an empty post is allowed") {
  const auto decision = scan("");
  CHECK(decision.verdict == modcore::Verdict::allow);
  CHECK(decision.limits.empty());
}

TEST_CASE("invalid UTF-8 around a word does not hide it, and the evidence points at it") {
  const std::string body = "\xFF\xFE casino \xC0\x80\xED\xA0\x80";
  const auto decision = scan(body);
  REQUIRE(fired(decision, "word"));
  const auto& evidence = decision.fired.front().evidence.at(0);
  CHECK(body.substr(evidence.begin, evidence.end - evidence.begin) == "casino");
  CHECK_FALSE(modcore::to_json(decision).empty());
}

TEST_CASE("a NUL byte inside a word does not hide it, and the evidence holds it") {
  const std::string body("\0 cas\0ino now", 13);
  const auto decision = scan(body);
  REQUIRE(fired(decision, "word"));
  const auto& evidence = decision.fired.front().evidence.at(0);
  CHECK(body.substr(evidence.begin, evidence.end - evidence.begin) == std::string("cas\0ino", 7));
}

TEST_CASE("a post of nothing but signs that could be letters gets a decision that names the limit") {
  // Each sign is the word "a", and each two of them may be a part of a phrase.
  const modcore::Engine phrases = engine_of(
      "modcore: 1\ncategory: spam\nrules:\n  - id: phrase\n    verdict: hide\n    patterns:\n      rude:\n        tolerance: obfuscated\n"
      "        phrases: [\"a <0-3> a <0-3> a\", \"a <0-2> idiot\", \"a sad idiot\", \"such a <0-4> clown\"]\n"
      "    when: $rude\n");
  modcore::Scanner scanner(phrases);
  for (const std::string_view sign : {"@", "4", "$", "(", "|", "@.", "@!", "@ b ", "@ "}) {
    std::string body;
    while (body.size() < 60'000) body += sign;
    CAPTURE(sign);
    const auto decision = scanner.scan({.body = body});
    if (sign == "@ ") CHECK_FALSE(decision.limits.empty());
    const auto after = scanner.scan({.body = "you are a sad idi0t"});
    CHECK(fired(after, "phrase"));
    CHECK(after.limits.empty());
  }
}

TEST_CASE("a post of 10 MB gets a decision that names the limit") {
  std::string body(10U << 20U, 'a');
  body += " casino";
  const auto decision = scan(body);
  CHECK(fired(decision, "word"));
  CHECK_FALSE(decision.limits.empty());
  CHECK(decision.attention != modcore::Attention::none);
}

TEST_CASE("hostile texts get a decision") {
  std::vector<std::string> texts;
  const auto repeated = [](std::string_view unit, std::size_t times) {
    std::string text;
    text.reserve(unit.size() * times);
    for (std::size_t i = 0; i < times; ++i) text += unit;
    return text;
  };
  for (const std::string_view unit :
       {"(", ">", "> ", "`", "```\n", "@", "@a", "#", "#a", "[", "](", "http://", "a.", ".", "\n", "\r\n", "\xCC\x81",
        "\xE2\x80\x8B", "a\xE2\x80\x8B", "\xF0\x9F\x92\xB0", "\xF0\x9F\x87\xAB", "\xE2\x80\xAE", "\xF0", "\xEF\xB7\xBA",
        "buy ", "casino ", "viagra", "5551234", "b", "x111-a", "evil.example "}) {
    for (const std::size_t size : {1U, 3U, 60000U}) texts.push_back(repeated(unit, size));
  }
  modcore::Scanner scanner(engine());
  std::size_t decided = 0;
  for (const std::string& text : texts) {
    for (const modcore::Post& post : {modcore::Post{.body = text}, modcore::Post{.title = text, .body = text}}) {
      decided += modcore::to_json(scanner.scan(post)).empty() ? 0U : 1U;
    }
  }
  CHECK(decided == texts.size() * 2);
}

TEST_CASE("random bytes get the same decision twice") {
  const unsigned seed = 20260103;
  MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  modcore::Scanner scanner(engine());
  for (int round = 0; round < 3000; ++round) {
    std::string body(random() % 300, ' ');
    for (char& byte : body) byte = static_cast<char>(random() % (round % 2 == 0 ? 256 : 128));
    const modcore::Post post{.title = body, .body = body, .now = std::chrono::sys_seconds{}};
    CHECK(modcore::to_json(scanner.scan(post)) == modcore::to_json(scanner.scan(post)));
  }
}

TEST_CASE("an undeclared attribute is a notice, not an error") {
  const modcore::Attribute extra[] = {{.name = "author.karma", .value = std::int64_t{3}},
                                      {.name = "author.strikes", .value = std::string_view("many")}};
  modcore::Scanner scanner(engine());
  const auto decision = scanner.scan({.body = "hello", .fields = extra});
  CHECK(decision.verdict == modcore::Verdict::allow);
  CHECK(decision.notices.size() == 2);
}

TEST_CASE("keys that no field bears are listed, values of another type are missing") {
  const auto document = modcore::parse_post(
      R"({"id": 7, "body": "casino", "likes": 3, "author": {"post_count": "many", "karma": 1, "strikes": 3}})", engine());
  CHECK(document.error().empty());
  CHECK(document.unknown_keys().size() == 2);
  CHECK_FALSE(document.problems().empty());
  CHECK_FALSE(document.post().author.post_count.has_value());
  modcore::Scanner scanner(engine());
  CHECK(fired(scanner.scan(document.post()), "word"));
}

TEST_CASE("a number where text was meant is reported and the post is still judged") {
  const auto document = modcore::parse_post(R"({"body": 42, "title": "casino"})", engine());
  CHECK(document.error().empty());
  CHECK_FALSE(document.problems().empty());
  modcore::Scanner scanner(engine());
  CHECK(fired(scanner.scan(document.post()), "word"));
}

TEST_CASE("text that is not JSON has an error and no post") {
  for (const std::string_view text : {"", "{", "[]", "null", "{\"body\": }", "\xFF", "{\"body\":\"a\"} trailing"}) {
    CAPTURE(text);
    const auto document = modcore::parse_post(text, engine());
    CHECK_FALSE(document.error().empty());
    CHECK(document.post().body.empty());
  }
  const auto deep = modcore::parse_post(std::string(1000000, '['), engine());
  CHECK_FALSE(deep.error().empty());
}

}  // namespace
