// What conditions mean, each as the only rule of a rule set.
#include <array>

#include <doctest/doctest.h>

#include "support/ir_builder.hpp"
#include "support/scan.hpp"

using namespace modcore;
using namespace modcore::testing;

namespace {

Outcome outcome(Expr condition, const Post& post = {}) {
  ir::RuleSet rules = rule_set(3);
  add_rule(rules, "rule", std::move(condition));
  return outcome_of(rules, post);
}

Expr channel_name() { return attribute(ir::Attribute::channel_name, Type::text); }
Expr roles() { return attribute(ir::Attribute::author_roles, Type::text_set); }
Expr relation(Op op, Expr left, Expr right) { return compare(op, std::move(left), std::move(right)); }

constexpr std::array<std::string_view, 2> staff = {"Moderator", "Partner"};

}  // namespace

TEST_CASE("a comparison with a missing attribute is unknown") {
  CHECK(outcome(compare(Op::less, post_count(), integer(5))) == Outcome::unknown);
  CHECK(outcome(compare(Op::less, post_count(), integer(5)), {.author = {.post_count = 4}}) == Outcome::fires);
  CHECK(outcome(compare(Op::less, post_count(), integer(5)), {.author = {.post_count = 5}}) == Outcome::does_not);
}

TEST_CASE("what is false whatever is missing is false") {
  const Expr unknown = compare(Op::less, post_count(), integer(5));
  CHECK(outcome(all({unknown, boolean(false)})) == Outcome::does_not);
  CHECK(outcome(any({unknown, boolean(true)})) == Outcome::fires);
  CHECK(outcome(any({unknown, boolean(false)})) == Outcome::unknown);
  CHECK(outcome(negate(unknown)) == Outcome::unknown);
}

TEST_CASE("is missing is never unknown and a default removes the unknown") {
  CHECK(outcome(is_missing(ir::Attribute::author_post_count)) == Outcome::fires);
  CHECK(outcome(is_missing(ir::Attribute::author_post_count), {.author = {.post_count = 0}}) == Outcome::does_not);
  const Expr count = node(Op::coalesce, Type::integer, {post_count(), integer(0)});
  CHECK(outcome(compare(Op::equal, count, integer(0))) == Outcome::fires);
  CHECK(outcome(compare(Op::equal, count, integer(0)), {.author = {.post_count = 2}}) == Outcome::does_not);
}

TEST_CASE("the account's age comes from its date where the host gives only that") {
  const Expr young = compare(Op::less, attribute(ir::Attribute::author_account_age, Type::duration),
                             constant(Type::duration, std::int64_t{86400}));
  using std::chrono::sys_seconds, std::chrono::seconds;
  const auto now = sys_seconds(seconds(1'000'000));
  CHECK(outcome(young, {.author = {.created_at = now - seconds(3600)}, .now = now}) == Outcome::fires);
  CHECK(outcome(young, {.author = {.created_at = now - seconds(90000)}, .now = now}) == Outcome::does_not);
  CHECK(outcome(young, {.author = {.account_age = seconds(90000), .created_at = now}, .now = now}) ==
        Outcome::does_not);
}

TEST_CASE("arithmetic overflow and division by zero are unknown") {
  const Expr most = integer(std::numeric_limits<std::int64_t>::max());
  const Expr sum = node(Op::add, Type::integer, {post_count(), most});
  CHECK(outcome(compare(Op::greater, sum, integer(0)), {.author = {.post_count = 1}}) == Outcome::unknown);
  CHECK(outcome(compare(Op::greater, sum, integer(0)), {.author = {.post_count = 0}}) == Outcome::fires);
  const Expr ratio = node(Op::divide, Type::number, {integer(1), post_count()});
  CHECK(outcome(compare(Op::greater, ratio, number(0.4)), {.author = {.post_count = 0}}) == Outcome::unknown);
  CHECK(outcome(compare(Op::greater, ratio, number(0.4)), {.author = {.post_count = 2}}) == Outcome::fires);
}

TEST_CASE("texts are equal whatever their letter case, ids are not") {
  const Expr sale = relation(Op::equal, channel_name(), quoted("Giełda"));
  CHECK(outcome(sale, {.channel = {.name = "GIEŁDA"}}) == Outcome::fires);
  CHECK(outcome(sale, {.channel = {.name = "gielda"}}) == Outcome::does_not);
  CHECK(outcome(relation(Op::not_equal, channel_name(), quoted("sale")), {.channel = {.name = "SALE"}}) ==
        Outcome::does_not);
  Expr id = relation(Op::equal, attribute(ir::Attribute::author_id, Type::text), quoted("Bob"));
  id.ignore_case = false;
  CHECK(outcome(id, {.author = {.id = "bob"}}) == Outcome::does_not);
  CHECK(outcome(id, {.author = {.id = "Bob"}}) == Outcome::fires);
}

TEST_CASE("a text holds, begins and ends with another") {
  const Post post{.channel = {.name = "Off-Topic"}};
  CHECK(outcome(relation(Op::contains, channel_name(), quoted("F-T")), post) == Outcome::fires);
  CHECK(outcome(relation(Op::starts_with, channel_name(), quoted("off")), post) == Outcome::fires);
  CHECK(outcome(relation(Op::ends_with, channel_name(), quoted("off")), post) == Outcome::does_not);
  CHECK(outcome(relation(Op::ends_with, channel_name(), quoted("TOPIC")), post) == Outcome::fires);
}

TEST_CASE("membership, overlap and subset ignore letter case") {
  const Post post{.author = {.roles = TextSet(staff)}, .channel = {.name = "SALE"}};
  CHECK(outcome(relation(Op::in_set, channel_name(), set_of({"general", "Sale"})), post) == Outcome::fires);
  CHECK(outcome(relation(Op::in_set, quoted("moderator"), roles()), post) == Outcome::fires);
  CHECK(outcome(relation(Op::overlaps, roles(), set_of({"partner", "vip"})), post) == Outcome::fires);
  CHECK(outcome(relation(Op::subset_of, roles(), set_of({"partner", "vip"})), post) == Outcome::does_not);
  CHECK(outcome(relation(Op::subset_of, roles(), set_of({"partner", "moderator"})), post) == Outcome::fires);
  CHECK(outcome(relation(Op::overlaps, roles(), set_of({"vip"}))) == Outcome::unknown);
}

TEST_CASE("the empty set is a subset of every set and overlaps none") {
  const Post post{.author = {.roles = TextSet()}};
  CHECK(outcome(relation(Op::subset_of, roles(), set_of({})), post) == Outcome::fires);
  CHECK(outcome(relation(Op::overlaps, roles(), set_of({"vip"})), post) == Outcome::does_not);
}

TEST_CASE("a host equals the domain that it lies below, and no other way round") {
  Expr hosts = call(ir::Function::hosts, Type::domain_set);
  hosts.fields.add(ir::TextField::urls);
  const auto links_to = [&](Op op, std::vector<std::string> domains) {
    return relation(op, hosts, constant(Type::domain_set, std::move(domains)));
  };
  const Post post{.body = "see https://shop.example.com/x and https://example.org"};
  CHECK(outcome(links_to(Op::overlaps, {"example.com"}), post) == Outcome::fires);
  CHECK(outcome(links_to(Op::overlaps, {"a.shop.example.com"}), post) == Outcome::does_not);
  CHECK(outcome(links_to(Op::subset_of, {"example.com", "example.org"}), post) == Outcome::fires);
  CHECK(outcome(links_to(Op::subset_of, {"example.com"}), post) == Outcome::does_not);
}

TEST_CASE("at least n of the patterns") {
  const Post post{.body = "p0 and p2"};
  CHECK(outcome(at_least(2, {0, 1, 2}), post) == Outcome::fires);
  CHECK(outcome(at_least(3, {0, 1, 2}), post) == Outcome::does_not);
  CHECK(outcome(compare(Op::equal, count(0), integer(2)), {.title = "p0", .body = "x p0 y"}) == Outcome::fires);
}

TEST_CASE("hour and weekday are those of the policy's time zone") {
  ir::RuleSet rules = rule_set();
  rules.timezone.offsets = {{INT64_MIN, 3600}, {1'000'000, 7200}};
  const Expr now = attribute(ir::Attribute::now, Type::time);
  add_rule(rules, "hour", compare(Op::equal, call(ir::Function::hour, Type::integer, {now}), integer(1)));
  Expr thursday = compare(Op::equal, call(ir::Function::weekday, Type::enumeration, {now}),
                          constant(Type::enumeration, std::string("thursday")));
  thursday.ignore_case = false;
  add_rule(rules, "weekday", thursday);
  const auto fired_at = [&](std::int64_t second) {
    return scan(rules, {.now = std::chrono::sys_seconds(std::chrono::seconds(second))}).fired.size();
  };
  CHECK(fired_at(0) == 2);              // 1970-01-01, a Thursday, 01:00 in the zone
  CHECK(fired_at(-3601) == 0);          // Wednesday 23:59:59
  CHECK(fired_at(86400 * 13) == 0);     // Wednesday 02:00, the zone has changed
  CHECK(fired_at(86400 * 14) == 1);     // Thursday 02:00
}

TEST_CASE("a function of a text that was not passed is unknown, content is empty") {
  Expr bio = call(ir::Function::length, Type::integer);
  bio.fields.add(ir::TextField::author_bio);
  CHECK(outcome(compare(Op::equal, bio, integer(0))) == Outcome::unknown);
  CHECK(outcome(compare(Op::equal, bio, integer(0)), {.author = {.bio = ""}}) == Outcome::fires);
  CHECK(outcome(compare(Op::equal, measure(ir::Function::length, Type::integer), integer(0))) == Outcome::fires);
}

TEST_CASE("conditions that compare one measure with several limits agree with its value") {
  const std::string half = "water the roses, water the roses, and then the tall tomatoes behind the old shed";
  const Expr repeats = measure(ir::Function::repeat_ratio, Type::number);
  const Expr differs = measure(ir::Function::unique_word_ratio, Type::number);
  const auto above = [](const Expr& share, double limit) { return compare(Op::greater, share, number(limit)); };
  for (const double low : {0.05, 0.1}) {
    CHECK(outcome(all({above(repeats, low), negate(above(repeats, 0.5)), above(repeats, low)}), {.body = half}) ==
          Outcome::fires);
  }
  CHECK(outcome(any({above(repeats, 0.9), above(repeats, 0.7), above(repeats, 0.5)}), {.body = half}) ==
        Outcome::does_not);
  CHECK(outcome(all({negate(above(differs, 0.9)), above(differs, 0.3), above(differs, 0.6)}), {.body = half}) ==
        Outcome::fires);
}
