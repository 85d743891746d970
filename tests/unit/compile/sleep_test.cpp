#include "compile/sleep.hpp"

#include <doctest/doctest.h>

#include "support/ir_builder.hpp"

using namespace modcore;
using namespace modcore::testing;
using compiler::sleeps;

TEST_CASE("a rule sleeps if its condition needs a match") {
  CHECK(sleeps(matched(0)));
  CHECK(sleeps(all({matched(0), verified()})));
  CHECK(sleeps(any({matched(0), at_least(2, {1, 2})})));
  CHECK(sleeps(compare(Op::greater_equal, count(0), integer(3))));
  CHECK(sleeps(compare(Op::greater, node(Op::add, Type::integer, {count(0), count(1)}), integer(1))));
  CHECK(sleeps(boolean(false)));
}

TEST_CASE("a rule that can be true or unknown without a match does not sleep") {
  CHECK_FALSE(sleeps(negate(matched(0))));
  CHECK_FALSE(sleeps(verified()));
  CHECK_FALSE(sleeps(any({matched(0), verified()})));
  CHECK_FALSE(sleeps(compare(Op::less, count(0), integer(3))));
  CHECK_FALSE(sleeps(compare(Op::less, post_count(), integer(3))));
  CHECK_FALSE(sleeps(is_missing(ir::Attribute::author_id)));
  CHECK_FALSE(sleeps(at_least(0, {0, 1})));
}

TEST_CASE("the position of no match is missing, so a comparison with it is unknown") {
  ir::Expr first = call(ir::Function::first, Type::integer);
  first.uses = {use_of(0)};
  CHECK_FALSE(sleeps(compare(Op::less, first, integer(100))));
  CHECK(sleeps(all({matched(0), compare(Op::less, first, integer(100))})));
  const ir::Expr settled = node(Op::coalesce, Type::integer, {first, integer(1000)});
  CHECK(sleeps(compare(Op::less, settled, integer(100))));
}

TEST_CASE("a default for an unknown fact keeps a rule awake only if it can be true") {
  const ir::Expr trusted = node(Op::coalesce, Type::boolean, {verified(), boolean(true)});
  CHECK_FALSE(sleeps(trusted));
  CHECK(sleeps(all({trusted, matched(0)})));
}

namespace {

using program::Trait;

Expr links_at_least(std::int64_t count) {
  return compare(Op::greater_equal, measure(ir::Function::links, Type::integer), integer(count));
}
Expr hashtags_at_least(std::int64_t count) {
  return compare(Op::greater_equal, measure(ir::Function::hashtags, Type::integer), integer(count));
}

program::Traits traits(std::initializer_list<Trait> which) {
  program::Traits bits = 0;
  for (const Trait trait : which) bits = static_cast<program::Traits>(bits | program::bit_of(trait));
  return bits;
}
program::Attributes attributes(std::initializer_list<ir::Attribute> which) {
  program::Attributes bits = 0;
  for (const ir::Attribute attribute : which) bits |= program::bit_of(attribute);
  return bits;
}

}  // namespace

TEST_CASE("a rule needs what its condition cannot be true or unknown without") {
  CHECK(compiler::needs_of(links_at_least(1)).traits == traits({Trait::link}));
  CHECK(compiler::needs_of(all({matched(0), links_at_least(1)})).traits == traits({Trait::link}));
  CHECK(compiler::needs_of(any({links_at_least(3), hashtags_at_least(8)})).traits ==
        traits({Trait::link, Trait::hash_sign}));
  CHECK(compiler::needs_of(all({links_at_least(1), hashtags_at_least(1)})).traits ==
        traits({Trait::hash_sign}));  // one of them tells enough
}

TEST_CASE("a rule that can be true or unknown without links or facts needs none") {
  CHECK(compiler::needs_of(links_at_least(0)).traits == 0);
  CHECK(compiler::needs_of(negate(links_at_least(1))).traits == 0);
  CHECK(compiler::needs_of(any({links_at_least(1), matched(0)})).traits == 0);
  Expr of_author = links_at_least(1);
  of_author.args.front().fields.add(ir::TextField::author_bio);  // may be missing
  CHECK(compiler::needs_of(of_author).traits == 0);
  CHECK(compiler::needs_of(verified()).attributes == 0);
  CHECK(compiler::needs_of(compare(Op::less, post_count(), integer(3))).attributes == 0);
  CHECK(compiler::needs_of(is_missing(ir::Attribute::author_id)).attributes == 0);
}

TEST_CASE("a rule needs a fact whose default makes it false") {
  const Expr posts = node(Op::coalesce, Type::integer, {post_count(), integer(100)});
  CHECK(compiler::needs_of(compare(Op::less, posts, integer(3))).attributes ==
        attributes({ir::Attribute::author_post_count}));
  CHECK(compiler::needs_of(negate(is_missing(ir::Attribute::author_id))).attributes ==
        attributes({ir::Attribute::author_id}));
  const Expr name = node(Op::coalesce, Type::text, {attribute(ir::Attribute::channel_name, Type::text), quoted("")});
  const Expr topics =
      node(Op::coalesce, Type::text_set, {attribute(ir::Attribute::channel_topics, Type::text_set), set_of({})});
  const Expr board = any({compare(Op::in_set, name, set_of({"sale", "market"})), compare(Op::overlaps, topics, set_of({"sale"}))});
  CHECK(compiler::needs_of(board).attributes ==
        attributes({ir::Attribute::channel_name, ir::Attribute::channel_topics}));
  CHECK(compiler::needs_of(compare(Op::in_set, name, set_of({"", "sale"}))).attributes == 0);
  CHECK(compiler::needs_of(compare(Op::not_equal, name, quoted("sale"))).attributes == 0);
  CHECK(compiler::needs_of(compare(Op::subset_of, topics, set_of({"sale"}))).attributes == 0);
}

TEST_CASE("a rule about short posts needs few words") {
  const auto words = [](Op op, std::int64_t count) {
    Expr expr = compare(op, measure(ir::Function::words, Type::integer), integer(count));
    expr.args.front().fields.add(ir::TextField::body);
    return expr;
  };
  CHECK(compiler::needs_of(words(Op::less_equal, program::most_few_words)).traits == traits({Trait::few_words}));
  CHECK(compiler::needs_of(words(Op::less, program::most_few_words + 1)).traits == traits({Trait::few_words}));
  CHECK(compiler::needs_of(words(Op::equal, 3)).traits == traits({Trait::few_words}));
  CHECK(compiler::needs_of(negate(words(Op::greater, 3))).traits == traits({Trait::few_words}));
  CHECK(compiler::needs_of(words(Op::less_equal, program::most_few_words + 1)).traits == 0);
  CHECK(compiler::needs_of(words(Op::greater, 3)).traits == 0);
  Expr title = words(Op::equal, 3);
  title.args.front().fields = {};
  title.args.front().fields.add(ir::TextField::title);
  CHECK(compiler::needs_of(title).traits == 0);
}

namespace {

Expr length_at_least(std::int64_t characters, std::initializer_list<ir::TextField> fields) {
  Expr length = measure(ir::Function::length, Type::integer);
  length.fields = {};
  for (const ir::TextField field : fields) length.fields.add(field);
  return compare(Op::greater_equal, length, integer(characters));
}

}  // namespace

TEST_CASE("a rule about long texts needs as many bytes") {
  using F = ir::TextField;
  CHECK(compiler::needs_of(length_at_least(160, {F::title, F::body})).text_bytes == 160);
  CHECK(compiler::needs_of(length_at_least(160, {F::own})).text_bytes == 160);
  CHECK(compiler::needs_of(length_at_least(160, {F::body, F::author_bio})).text_bytes == 0);
  CHECK(compiler::needs_of(any({length_at_least(160, {F::body}), length_at_least(40, {F::title})})).text_bytes == 40);
  CHECK(compiler::needs_of(all({length_at_least(160, {F::body}), length_at_least(40, {F::title})})).text_bytes == 160);
  CHECK(compiler::needs_of(any({length_at_least(160, {F::body}), links_at_least(1)})).text_bytes == 0);
  CHECK(compiler::needs_of(negate(length_at_least(160, {F::body}))).text_bytes == 0);
}

TEST_CASE("a rule about the title needs one") {
  using F = ir::TextField;
  CHECK(compiler::needs_of(length_at_least(1, {F::title})).title_bytes == 1);
  CHECK(compiler::needs_of(length_at_least(1, {F::body})).title_bytes == 0);
  Expr capitals = measure(ir::Function::caps_ratio, Type::number);
  capitals.fields = {};
  capitals.fields.add(F::title);
  CHECK(compiler::needs_of(compare(Op::greater, capitals, number(0.9))).title_bytes == 1);
  CHECK(compiler::needs_of(compare(Op::less, capitals, number(0.9))).title_bytes == 0);
}

TEST_CASE("a number before what it is compared with proves nothing") {
  Expr turned = length_at_least(160, {ir::TextField::body});
  std::swap(turned.args.front(), turned.args.back());
  turned.op = Op::less_equal;
  CHECK(compiler::needs_of(turned).text_bytes == 0);
  turned.op = Op::greater_equal;  // 160 >= length(body)
  CHECK(compiler::needs_of(turned).text_bytes == 0);
}

TEST_CASE("a rule about anchors needs their signs") {
  Expr misleading = measure(ir::Function::misleading_link, Type::boolean);
  CHECK(compiler::needs_of(misleading).traits == traits({Trait::anchor_sign}));
  CHECK(compiler::needs_of(negate(misleading)).traits == 0);
}
