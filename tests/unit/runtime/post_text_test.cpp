// How a post is cut into pieces.
#include "runtime/post_text.hpp"

#include <doctest/doctest.h>

#include <random>
#include <set>

#include "runtime/field_functions.hpp"
#include "support/count_allocations.hpp"
#include "unit/text/random_text.hpp"

using namespace modcore;
using ir::TextField;
using runtime::PieceId;
using runtime::PostText;

namespace {

using Parts = std::vector<std::string>;

ir::FieldSet set_of(std::initializer_list<TextField> fields) {
  ir::FieldSet set;
  for (const TextField field : fields) set.add(field);
  return set;
}

Parts parts(PostText& post, TextField field) {
  Parts found;
  for (const PieceId id : post.pieces(field)) found.emplace_back(post.text(id));
  return found;
}

Parts distinct(PostText& post, ir::FieldSet fields) {
  Parts found;
  for (const PieceId id : post.distinct_pieces(fields)) found.emplace_back(post.text(id));
  return found;
}

}  // namespace

TEST_CASE("own text leaves out quotes and code") {
  PostText post;
  post.configure(ir::text_fields(), 65536);
  post.set({.title = "T", .body = "> quoted words\nmy own words `code` here"}, {});
  CHECK(parts(post, TextField::own) == Parts{"my own words ", " here"});
  CHECK(parts(post, TextField::quote) == Parts{"quoted words\n"});
  CHECK(parts(post, TextField::code) == Parts{"code"});
  CHECK(parts(post, TextField::title) == Parts{"T"});
}

TEST_CASE("own text of fewer than three words is the whole body") {
  PostText post;
  post.configure(ir::text_fields(), 65536);
  post.set({.body = "> quoted words\nme too"}, {});
  CHECK(parts(post, TextField::own) == Parts{"> quoted words\nme too"});
  post.set({.body = "> quoted words\nme too now"}, {});
  CHECK(parts(post, TextField::own) == Parts{"me too now"});
}

TEST_CASE("own and body share a piece where they are the same") {
  PostText post;
  for (const auto& fields : {set_of({TextField::body, TextField::own}), set_of({TextField::own})}) {
    post.configure(fields, 65536);
    for (const std::string_view body : {"plain words only here", "> short\nown"}) {
      post.set({.body = body}, {});
      REQUIRE(post.pieces(TextField::own).size() == 1);
      CHECK(post.pieces(TextField::own)[0] == post.pieces(TextField::body)[0]);
      CHECK(post.pieces().size() == 1);
    }
  }
}

TEST_CASE("links, mentions and hashtags are pieces of title and own text") {
  PostText post;
  post.configure(set_of({TextField::urls, TextField::mentions, TextField::hashtags}), 65536);
  post.set({.title = "a.com", .body = "> see b.com\nmy c.com/x and @ann, #tag"}, {});
  CHECK(parts(post, TextField::urls) == Parts{"a.com", "c.com/x"});
  CHECK(parts(post, TextField::mentions) == Parts{"@ann"});
  CHECK(parts(post, TextField::hashtags) == Parts{"#tag"});
  CHECK(post.pieces(TextField::urls)[0] == post.pieces(TextField::title)[0]);
  const PieceId link = post.pieces(TextField::urls)[1];
  REQUIRE(post.links(link).size() == 1);
  CHECK(post.links(link)[0].host == "c.com");
  CHECK(post.piece(link).range.begin == 15);
}

TEST_CASE("what the host did not pass is missing, content is only empty") {
  PostText post;
  const std::string_view host_texts[] = {"plan", {}};
  const std::string_view names[] = {"a.png", "", "b.png"};
  post.configure(set_of({TextField::attachment_names, TextField::author_bio}), 65536);
  post.set({.attachment_names = names, .author = {.bio = "bio"}}, host_texts);
  std::set<TextField> missing;
  for (const auto& source : post.sources()) {
    if (source.missing) missing.insert(source.field);
  }
  const auto host = [](int i) {
    return static_cast<TextField>(static_cast<int>(TextField::first_host) + i);
  };
  CHECK(missing == std::set{TextField::author_name, TextField::parent_body, TextField::channel_name,
                            host(1)});
  CHECK(parts(post, TextField::attachment_names) == Parts{"a.png", "b.png"});
  const auto& last = post.sources()[post.piece(post.pieces(TextField::attachment_names)[1]).source];
  CHECK(last.index == 2);
  CHECK(parts(post, TextField::author_bio) == Parts{"bio"});
  CHECK(parts(post, host(0)) == Parts{"plan"});
  CHECK(parts(post, host(1)).empty());
  CHECK(parts(post, TextField::body).empty());
}

TEST_CASE("a field over the budget is read as its head and its tail") {
  PostText post;
  post.configure(set_of({TextField::title, TextField::body}), 8);
  post.set({.title = "12345678", .body = "0123456789ab"}, {});
  CHECK(parts(post, TextField::title) == Parts{"12345678"});
  CHECK(parts(post, TextField::body) == Parts{"012345", "ab"});
  CHECK(parts(post, TextField::own) == Parts{"012345", "ab"});
  REQUIRE(post.truncated().size() == 1);
  CHECK(post.sources()[post.truncated()[0]].field == TextField::body);
  post.set({.body = "éééééééé"}, {});
  CHECK(parts(post, TextField::body) == Parts{"ééé", "é"});
  post.set({.body = "語語語語語語"}, {});
  CHECK(parts(post, TextField::body) == Parts{"語語"});
  post.configure(set_of({TextField::body}), 0);
  post.set({.body = "x"}, {});
  CHECK(parts(post, TextField::body).empty());
  CHECK(post.truncated().size() == 1);
}

TEST_CASE("zones of a long body are found in each of its parts") {
  PostText post;
  post.configure(ir::text_fields(), 40);
  const std::string body = "> q\none two three four five six sev" + std::string(100, 'x') + "\n> end";
  post.set({.body = body}, {});
  CHECK(parts(post, TextField::quote) == Parts{"q\n", "end"});
}

TEST_CASE("a piece within another field's piece is not counted twice") {
  PostText post;
  post.configure({}, 65536);
  post.set({.title = "a.com", .body = "> see b.com\nmy own c.com"}, {});
  CHECK(distinct(post, set_of({TextField::body, TextField::own, TextField::quote})) ==
        Parts{"> see b.com\nmy own c.com"});
  CHECK(distinct(post, set_of({TextField::title, TextField::own, TextField::urls})) ==
        Parts{"a.com", "my own c.com"});
  CHECK(distinct(post, set_of({TextField::own, TextField::quote})) ==
        Parts{"see b.com\n", "my own c.com"});
}

TEST_CASE("a reused post forgets the one before") {
  PostText post;
  post.configure(ir::text_fields(), 10);
  post.set({.title = "a.com", .body = "> a much longer text than ten"}, {});
  static_cast<void>(post.links(post.pieces(TextField::title)[0]));
  static_cast<void>(post.views(post.pieces(TextField::title)[0]));
  post.set({.title = "b.com"}, {});
  CHECK(post.pieces().size() == 1);
  CHECK(post.truncated().empty());
  CHECK(post.links(PieceId{0})[0].host == "b.com");
  CHECK(post.views(PieceId{0}).get(text::View::words) == " b com ");
}

TEST_CASE("a post of very many pieces is served like another") {
  std::string body;
  for (int i = 0; i < 5000; ++i) body += "`c` word" + std::to_string(i) + " ";
  PostText post;
  post.configure(set_of({TextField::own, TextField::code}), 1'000'000);
  post.set({.body = body}, {});
  REQUIRE(post.pieces(TextField::own).size() == 5000);
  for (const int round : {0, 1}) {
    CAPTURE(round);
    int at = 0;
    for (const PieceId id : post.pieces(TextField::own)) {
      REQUIRE(post.views(id).get(text::View::words) == " word" + std::to_string(at++) + " ");
    }
  }
}

TEST_CASE("a post costs no allocation once another like it has been seen") {
  const std::string long_text(3000, 'x');
  const std::string bodies[] = {
      "plain ASCII words, and a second line\nhere " + long_text,
      "> quoted łódź\nown \xFF words `code` a `b` é\u0301\u200B and @ann #tag 😀 " + long_text};
  PostText post;
  post.configure(ir::FieldSet{~std::uint64_t{0}}, 65536);
  std::size_t before = 0;
  for (int round = 0; round < 3; ++round) {
    before = testing::allocations();
    for (const std::string& body : bodies) {
      post.set({.title = "a title", .body = body, .author = {.name = "ann"}}, {});
      for (std::uint32_t p = 0; p < post.pieces().size(); ++p) {
        text::Views& views = post.views(PieceId{p});
        static_cast<void>(views.tokens());
        static_cast<void>(views.get(text::View::digits));
        static_cast<void>(views.get(text::View::repaired));
        static_cast<void>(post.links(PieceId{p}));
      }
      static_cast<void>(runtime::words(post, ir::text_fields()));
      static_cast<void>(runtime::emoji(post, ir::text_fields()));
    }
  }
  CHECK(before > 0);
  CHECK(testing::allocations() == before);
}

TEST_CASE("any bytes make a post whose pieces lie inside its sources") {
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  PostText post;
  ir::FieldSet all{~std::uint64_t{0}};
  for (int i = 0; i < 3000; ++i) {
    const std::string title = test::random_text(random, 10);
    std::string body = test::random_text(random, 30);
    for (auto n = random() % 6; n > 0; --n) {
      static constexpr std::string_view marks[] = {"`", "\n> ", "\n```\n", "\n\n"};
      body.insert(random() % (body.size() + 1), marks[random() % 4]);
    }
    CAPTURE(body);
    post.configure(all, static_cast<std::uint32_t>(random() % 200));
    post.set({.title = title, .body = body}, {});
    for (std::size_t p = 0; p < post.pieces().size(); ++p) {
      const auto piece = post.pieces()[p];
      REQUIRE(piece.range.begin < piece.range.end);
      REQUIRE(piece.range.end <= post.sources()[piece.source].text.size());
      REQUIRE(post.views(PieceId{static_cast<std::uint32_t>(p)}).original() ==
              post.text(PieceId{static_cast<std::uint32_t>(p)}));
    }
  }
}
