// Posts as hosts write them.
#include <algorithm>
#include <chrono>
#include <string>

#include <doctest/doctest.h>

#include "api/json_tree.hpp"
#include "api/post_reader.hpp"

namespace modcore::api {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

const std::vector<ir::HostAttribute> host = {
    {"author.plan", ir::Type::text, {}},
    {"author.warned_at", ir::Type::time, {}},
    {"game.level", ir::Type::integer, {}},
    {"game.tags", ir::Type::text_set, {}},
};

std::unique_ptr<OwnedPost> read(std::string_view json) {
  JsonTree tree = parse_json(json);
  REQUIRE(tree.error == "");
  auto owned = read_post(std::move(tree.value), host);
  owned->problems.insert(owned->problems.end(), tree.problems.begin(), tree.problems.end());
  return owned;
}

const Value& attribute(const OwnedPost& owned, std::string_view name) {
  const auto found = std::ranges::find(owned.post.fields, name, &Attribute::name);
  REQUIRE(found != owned.post.fields.end());
  return found->value;
}

using Strings = std::vector<std::string>;

// The checker tells misspelt facts of tests by that list.
TEST_CASE("a post may bear each field that the language lists as a fact") {
  std::size_t facts = 0;
  for (const ir::StandardField& field : ir::standard_fields()) {
    if (!field.attribute) continue;
    ++facts;
    CAPTURE(field.name);
    CHECK(read("{\"" + std::string(field.name) + "\": null}")->unknown_keys == Strings());
  }
  CHECK(facts == 26);
  CHECK(read(R"({"id": null, "lang": null, "author.created_at": null})")->unknown_keys == Strings());
}

TEST_CASE("a number that no double holds is missing and reported") {
  const auto owned = read(R"({"body": "x", "author": {"post_count": 1e400, "reputation": -1e999}})");
  CHECK(owned->problems ==
        Strings{"the number 1e400 is out of range", "the number -1e999 is out of range"});
  CHECK_FALSE(owned->post.author.post_count.has_value());
}

TEST_CASE("every standard field is read") {
  const auto owned = read(R"({
    "id": "p1", "title": "T", "body": "B", "attachment": {"names": ["a.pdf"]},
    "author": {"id": "a", "name": "Ann", "bio": "b", "account_age": "3 days",
               "created_at": "2026-01-01T00:00:00Z", "post_count": 3, "reputation": 1.5,
               "trust_level": 2, "roles": ["member", "helper"], "verified": true, "reports": 0},
    "channel": {"id": "c", "name": "roses", "topics": ["plants"]},
    "message": {"kind": "post", "is_reply": false, "is_edit": true, "lang": "pl", "reports": 1,
                "age": 60, "attachments": 1},
    "parent": {"author_id": "z", "body": "why"}, "now": 1767268800})");
  const Post& post = owned->post;
  CHECK(owned->problems == Strings{});
  CHECK(owned->unknown_keys == Strings{});
  CHECK(post.id == "p1");
  CHECK(post.title == "T");
  CHECK(post.body == "B");
  CHECK(post.attachment_names.size() == 1);
  CHECK(post.author.id == "a");
  CHECK(post.author.name == "Ann");
  CHECK(post.author.bio == "b");
  CHECK(post.author.account_age == seconds(259200));
  CHECK(post.author.created_at == sys_seconds(seconds(1767225600)));
  CHECK(post.author.post_count == 3);
  CHECK(post.author.reputation == 1.5);
  CHECK(post.author.trust_level == 2);
  REQUIRE(post.author.roles);
  CHECK(post.author.roles->size() == 2);
  CHECK((*post.author.roles)[1] == "helper");
  CHECK(post.author.verified == true);
  CHECK(post.author.reports == 0);
  CHECK(post.channel.id == "c");
  CHECK(post.channel.name == "roses");
  REQUIRE(post.channel.topics);
  CHECK((*post.channel.topics)[0] == "plants");
  CHECK(post.message.kind == "post");
  CHECK(post.message.is_reply == false);
  CHECK(post.message.is_edit == true);
  CHECK(post.message.lang == "pl");
  CHECK(post.message.reports == 1);
  CHECK(post.message.age == seconds(60));
  CHECK(post.message.attachments == 1);
  CHECK(post.parent.author_id == "z");
  CHECK(post.parent.body == "why");
  CHECK(post.now == sys_seconds(seconds(1767268800)));
}

TEST_CASE("a host attribute is the same fact nested, flat in fields and nested in fields") {
  for (const char* json : {R"({"author": {"plan": "free"}, "game": {"level": 7}})",
                           R"({"fields": {"author.plan": "free", "game.level": 7}})",
                           R"({"fields": {"author": {"plan": "free"}, "game": {"level": 7.0}}})"}) {
    CAPTURE(json);
    const auto owned = read(json);
    CHECK(owned->problems == Strings{});
    CHECK(std::get<std::string_view>(attribute(*owned, "author.plan")) == "free");
    CHECK(std::get<std::int64_t>(attribute(*owned, "game.level")) == 7);
  }
}

TEST_CASE("a value of another type is missing and reported") {
  const auto owned = read(R"({"body": 12, "author": {"post_count": "3", "verified": 1,
      "roles": ["a", 1], "name": 7, "account_age": "soon", "created_at": "yesterday"},
      "message": {"kind": "poem"}, "fields": {"game.level": 1.5, "game.tags": "x"}})");
  CHECK(owned->post.body == "");
  CHECK_FALSE(owned->post.author.post_count);
  CHECK_FALSE(owned->post.author.verified);
  CHECK_FALSE(owned->post.author.roles);
  CHECK_FALSE(owned->post.author.name);
  CHECK_FALSE(owned->post.author.account_age);
  CHECK_FALSE(owned->post.author.created_at);
  CHECK_FALSE(owned->post.message.kind);
  CHECK(owned->post.fields.empty());
  CHECK(owned->problems.size() == 10);
  CHECK(std::ranges::count(owned->problems, "author.post_count: expected a whole number") == 1);
  CHECK(std::ranges::count(owned->problems, "fields.game.tags: expected an array of texts") == 1);
}

TEST_CASE("null is missing without a report") {
  const auto owned = read(R"({"body": null, "author": null, "lang": null, "fields": null,
                              "message": {"lang": null}})");
  CHECK(owned->problems == Strings{});
  CHECK_FALSE(owned->post.message.lang);
}

TEST_CASE("keys that no field bears are collected by their path, x- keys are not") {
  const auto owned = read(R"({"likes": 3, "author": {"karma": {"deep": 1}, "x-note": 1},
      "fields": {"game.lives": 1}, "x-expect": {"verdict": "hide"}, "x-n": 1.50})");
  CHECK(owned->unknown_keys == Strings{"likes", "author.karma", "fields.game.lives"});
  REQUIRE(owned->extras.size() == 2);
  CHECK(owned->extras[0].first == "x-expect");
  CHECK(to_json(*owned->extras[0].second) == R"({"verdict":"hide"})");
  CHECK(to_json(*owned->extras[1].second) == "1.5");
}

TEST_CASE("lang alone is message.lang, which wins wherever it stands") {
  CHECK(read(R"({"lang": "fr"})")->post.message.lang == "fr");
  CHECK(read(R"({"message": {"lang": "pl"}, "lang": "fr"})")->post.message.lang == "pl");
}

TEST_CASE("a number serves as the id of a post") {
  CHECK(read(R"({"id": 42})")->post.id == "42");
}

TEST_CASE("the last of equal keys counts") {
  CHECK(read(R"({"body": "a", "body": "b"})")->post.body == "b");
}

TEST_CASE("durations are seconds or an amount with a unit") {
  const auto age = [](const std::string& json) {
    return read(R"({"author": {"account_age": )" + json + "}}")->post.author.account_age;
  };
  CHECK(age("90") == seconds(90));
  CHECK(age("90.9") == seconds(90));
  CHECK(age(R"("90 s")") == seconds(90));
  CHECK(age(R"("15min")") == seconds(900));
  CHECK(age(R"("1.5 hours")") == seconds(5400));
  CHECK(age(R"("1 day")") == seconds(86400));
  CHECK(age(R"("2 weeks")") == seconds(1209600));
  CHECK_FALSE(age(R"("90")"));
  CHECK_FALSE(age(R"("1 month")"));
  CHECK_FALSE(age(R"("inf days")"));
  CHECK_FALSE(age("1e300"));
  CHECK_FALSE(age(R"("")"));
}

TEST_CASE("times are Unix seconds or RFC 3339") {
  const auto now = [](const std::string& json) {
    const auto time = read(R"({"now": )" + json + "}")->post.now;
    return time ? time->time_since_epoch().count() : -1;
  };
  CHECK(now("0") == 0);
  CHECK(now("1767268800.75") == 1767268800);
  CHECK(now(R"("2026-01-01T12:00:00Z")") == 1767268800);
  CHECK(now(R"("2026-01-01 13:00:00.25+01:00")") == 1767268800);
  CHECK(now(R"("2026-01-01t10:30:00-01:30")") == 1767268800);
  CHECK(now(R"("2024-02-29T00:00:00Z")") == 1709164800);
  for (const char* wrong : {"2026-01-01", "2025-02-29T00:00:00Z", "2026-01-01T24:00:00Z",
                            "2026-01-01T12:00:00", "2026-01-01T12:00:00.Z", "2026-01-01T12:00:00Zx",
                            "2026-13-01T12:00:00Z", "2026-01-01T12:00:00+0100", "", "now"}) {
    CAPTURE(wrong);
    CHECK(now('"' + std::string(wrong) + '"') == -1);
  }
}

TEST_CASE("a tree that is no object is an empty post with a problem") {
  CHECK(read("[1]")->problems.size() == 1);
  CHECK(read("{}")->problems.empty());
}

TEST_CASE("invalid UTF-8 and half surrogates read as U+FFFD") {
  CHECK(read("{\"body\": \"a\xFF\xC3 b\"}")->post.body == "a\xEF\xBF\xBD\xEF\xBF\xBD b");
  CHECK(read(R"({"body": "a\ud83d!"})")->post.body == "a\xEF\xBF\xBD!");
  CHECK(read(R"({"body": "\ude00\ud83d\ude00\\ud83d"})")->post.body ==
        "\xEF\xBF\xBD\xF0\x9F\x98\x80\\ud83d");
  CHECK(read(R"({"body": "a\u0000b"})")->post.body == std::string_view("a\0b", 3));
}

TEST_CASE("a number out of range is missing and the rest of the post is read") {
  const auto owned = read(R"({"author": {"reputation": 1e999, "post_count": 18446744073709551615},
                              "body": "b"})");
  CHECK_FALSE(owned->post.author.reputation);
  CHECK_FALSE(owned->post.author.post_count);
  CHECK(owned->post.body == "b");
}

TEST_CASE("nesting without end costs one problem, not the post") {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  const auto owned = read(R"({"x-deep": )" + deep + R"(, "y": {"a": )" + deep + R"(}, "body": "b"})");
  CHECK(owned->post.body == "b");
  CHECK_FALSE(owned->problems.empty());
}

TEST_CASE("reports are bounded however many keys are unknown") {
  std::string json = "{";
  for (int i = 0; i < 5000; ++i) json += "\"k" + std::to_string(i) + "\": 1, ";
  const auto owned = read(json + "\"" + std::string(10'000, 'k') + R"(": 1, "body": "b"})");
  CHECK(owned->unknown_keys.size() == 100);
  CHECK(owned->post.body == "b");
}

TEST_CASE("what is not JSON says where") {
  for (const char* text : {"", "{", "{\"body\": }", "{\"body\": \"a\" \"b\"}", "nul", "{} {}"}) {
    CAPTURE(text);
    const JsonTree tree = parse_json(text);
    CHECK(tree.error.find("syntax error") != std::string::npos);
    CHECK(tree.error.find("json.exception") == std::string::npos);
  }
}

}  // namespace
}  // namespace modcore::api
