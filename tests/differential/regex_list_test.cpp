// A list of regexes, one rule each, against PCRE2 alone on each post.
// MODCORE_TEST_REGEXES names a file with a regex a line and MODCORE_TEST_POSTS one of posts
// as NDJSON, so that a real list can be held to account; else a short list of our own is.
#include <doctest/doctest.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <modcore/modcore.hpp>
#include <nlohmann/json.hpp>

namespace modcore::test {
namespace {

constexpr std::size_t lines_a_rule = 4;
constexpr std::size_t lines_before = 3;

const std::vector<std::string>& own_regexes() {
  static const std::vector<std::string> all = {
      R"(\bcheap\W?watches?\b)", R"(\bfree\s(?:iphone|laptop)s?\b)", R"((?<!not\s)guaranteed\W+profit)",
      R"(\b1[\W_]*800[\W_]*555[\W_]*\d{4}\b)", R"(v\W*i\W*a\W*g\W*r\W*a)", R"(\b(\w+)\s+\1\s+\1\b)",
      R"(https?://\S+\.(?:top|xyz)\b)", R"(^\s*hello\b)", R"(\bcaf\b)", R"(\bcaf\x{e9}\b)", R"(stra(?:ß|ss)e)",
      R"((?i:earn)\s+\$?\d++k?\b)", R"(\blose\W+(?:\w+\W+){0,3}?weight\b)", R"(telegram\W{0,3}@\w{5,})",
      R"(\p{Cyrillic}{3,})", R"(whats?\s?app(?!\s+is))", R"((?=.*casino).*bonus)", R"([^\w\s]{6,})",
      R"(\bk[ei]to\b.{0,40}\bpills?\b)", R"((?-i:CLICK) here)", R"(\d{3}-\d{4}$)", R"(\Bness\b)", R"(a++b)", R"(\bé)"};
  return all;
}

const std::vector<std::string>& own_posts() {
  static const std::vector<std::string> all = {
      "Cheap-watches and a cheap watch", "FREE IPHONES for all, free  iphone", "not guaranteed profit, guaranteed - profit",
      "call 1 (800) 555_1234 or 1-800-555-12345", "V.I.A.G.R.A or v1agra", "go go go, went went", "see HTTP://a.b/c.XYZ now",
      "  Hello there", "hello\ncafé", "caf in the CAFÉ", "cafe\u0301", "STRASSE, Straße, stra\u1e9ee", "earn $500K or Earn 5",
      "lose a lot of weight, lose weight", "TELEGRAM: @someone", "привет", "\u212aeto and pills, keto for a day with pill",
      "what\u017f app is, whatsapp was", "a bonus at the casino", "wow!!!!!! ?!?!?!", "click here, CLICK here", "555-1234",
      "darkness ness", "aaab aab ab b", "Été é", "", "\xff\xfe broken", "a\xcc\x81\xcc\x81 b"};
  return all;
}

std::vector<std::string> lines_of(const char* path) {
  std::ifstream file(path);
  REQUIRE_MESSAGE(file, path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> given_regexes() {
  const char* path = std::getenv("MODCORE_TEST_REGEXES");
  return path != nullptr ? lines_of(path) : own_regexes();
}

std::vector<std::string> given_posts() {
  const char* path = std::getenv("MODCORE_TEST_POSTS");
  if (path == nullptr) return own_posts();
  std::vector<std::string> posts;
  for (const std::string& line : lines_of(path)) {
    posts.push_back(nlohmann::json::parse(line).at("body").get<std::string>());
  }
  return posts;
}

std::string rules_of(const std::vector<std::string>& regexes) {
  std::string text = "modcore: 1\ncategory: spam\nrules:\n";
  for (std::size_t i = 0; i < regexes.size(); ++i) {
    text += "  - id: list." + std::to_string(i) + "\n    patterns: {main: {in: [body], regex: " +
            nlohmann::json(regexes[i]).dump() + "}}\n    when: any of $main\n    verdict: flag\n";
  }
  return text;
}

// Takes away what the compiler refuses, and counts it by the diagnostic's id.
std::optional<Engine> compile_accepted(std::vector<std::string>& regexes, std::map<std::string, int>& refused) {
  while (!regexes.empty()) {
    const std::string text = rules_of(regexes);
    const Source source{.name = "list.rules.yaml", .text = text};
    CompileResult result = compile({&source, 1});
    if (result.engine) return result.engine;
    std::set<std::size_t, std::greater<>> wrong;
    for (const Diagnostic& d : result.diagnostics) {
      if (d.severity != Severity::error) continue;
      REQUIRE_MESSAGE(d.where.line > lines_before, d.message);
      if (wrong.insert((d.where.line - lines_before - 1) / lines_a_rule).second) ++refused[d.id + " " + d.message.substr(0, d.message.find(" (at byte"))];
    }
    REQUIRE(!wrong.empty());
    for (const std::size_t i : wrong) regexes.erase(regexes.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return std::nullopt;
}

struct FreeCode {
  void operator()(pcre2_code* code) const noexcept { pcre2_code_free(code); }
};
using Code = std::unique_ptr<pcre2_code, FreeCode>;

Code pcre2_of(const std::string& regex) {
  int error = 0;
  std::size_t offset = 0;
  Code code(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(regex.data()), regex.size(),
                          PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_INVALID_UTF,
                          &error, &offset, nullptr));
  REQUIRE_MESSAGE(code, regex);
  pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE);
  return code;
}

// Of each regex whether it matches characters of the post; empty where PCRE2 gave up.
std::optional<bool> matches(const pcre2_code* code, const std::string& post, pcre2_match_data* data) {
  const int found = pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(post.data()), post.size(), 0,
                                PCRE2_NOTEMPTY, data, nullptr);
  if (found < 0 && found != PCRE2_ERROR_NOMATCH) return std::nullopt;
  return found >= 0;
}

TEST_CASE("a list of regexes finds what PCRE2 alone finds") {
  std::vector<std::string> regexes = given_regexes();
  const std::size_t all = regexes.size();
  std::map<std::string, int> refused;
  const auto engine = compile_accepted(regexes, refused);
  REQUIRE(engine);
  for (const auto& [why, count] : refused) std::cout << "refused " << count << ": " << why << "\n";
  CHECK(static_cast<double>(regexes.size()) >= 0.995 * static_cast<double>(all));

  std::vector<Code> codes;
  for (const std::string& regex : regexes) codes.push_back(pcre2_of(regex));
  const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> data(
      pcre2_match_data_create(1, nullptr), pcre2_match_data_free);
  Scanner scanner(*engine);
  std::size_t found = 0, given_up = 0, different = 0;
  const std::vector<std::string> posts = given_posts();
  for (const std::string& post : posts) {
    const Decision decision = scanner.scan({.body = post});
    std::vector<bool> fired(regexes.size()), unknown(regexes.size());
    for (const auto& rule : decision.fired) fired[std::stoul(rule.rule.substr(5))] = true;
    for (const auto& rule : decision.undetermined) unknown[std::stoul(rule.rule.substr(5))] = true;
    for (std::size_t i = 0; i < regexes.size(); ++i) {
      const auto expected = matches(codes[i].get(), post, data.get());
      if (unknown[i] || !expected) {
        ++given_up;
        continue;
      }
      found += *expected ? 1U : 0U;
      if (fired[i] == *expected) continue;
      ++different;
      CHECK_MESSAGE(different > 20, (*expected ? "missed: " : "wrongly found: ") << regexes[i] << " in " << post);
    }
  }
  std::cout << regexes.size() << " of " << all << " regexes taken, " << posts.size() << " posts, " << found
            << " matches, " << given_up << " given up, " << different << " different\n";
  CHECK(different == 0);
  CHECK(found >= 20);
  CHECK(given_up * 1000 <= regexes.size() * posts.size());
}

}  // namespace
}  // namespace modcore::test
