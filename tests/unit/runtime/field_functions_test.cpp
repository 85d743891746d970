// What the functions of the language measure in a post.
#include "runtime/field_functions.hpp"

#include <doctest/doctest.h>

using namespace modcore;
using ir::TextField;
using runtime::PostText;

namespace {

ir::FieldSet set_of(std::initializer_list<TextField> fields) {
  ir::FieldSet set;
  for (const TextField field : fields) set.add(field);
  return set;
}

struct Case {
  PostText post;
  explicit Case(std::string_view title, std::string_view body, std::uint32_t budget = 65536) {
    post.configure(ir::text_fields(), budget);
    post.set({.title = title, .body = body}, {});
  }
};

constexpr ir::FieldSet shown = ir::text_fields();

}  // namespace

TEST_CASE("the length of a field is that of what the host passed") {
  Case one("Été", "> quote\nmy own words");
  CHECK(runtime::length(one.post, set_of({TextField::title})) == 3);
  CHECK(runtime::length(one.post, set_of({TextField::body})) == 20);
  CHECK(runtime::length(one.post, set_of({TextField::own})) == 12);
  CHECK(runtime::length(one.post, set_of({TextField::body, TextField::own})) == 20);
  CHECK(runtime::length(one.post, shown) == 15);
  const std::string long_body(1000, 'x');
  Case cut("", long_body, 100);
  CHECK(runtime::length(cut.post, set_of({TextField::body})) == 1000);
}

TEST_CASE("counts add up over the fields without counting twice") {
  Case one("See a.com @ann", "> b.com 😀\nmy own c.com #tag\n😀😀 @bob");
  CHECK(runtime::words(one.post, shown) == 4 + 6);
  CHECK(runtime::lines(one.post, shown) == 1 + 2);
  CHECK(runtime::links(one.post, shown) == 2);
  CHECK(runtime::links(one.post, set_of({TextField::body, TextField::own, TextField::urls})) == 3);
  CHECK(runtime::mentions(one.post, shown) == 2);
  CHECK(runtime::hashtags(one.post, shown) == 1);
  CHECK(runtime::emoji(one.post, shown) == 2);
  CHECK(runtime::emoji(one.post, set_of({TextField::body, TextField::own})) == 3);
}

TEST_CASE("places are offsets into the source as passed") {
  const std::string_view body = "> b.com\nmy own c.com text";
  Case one("", body);
  std::vector<runtime::Place> places;
  CHECK(runtime::links(one.post, shown, &places) == 1);
  REQUIRE(places.size() == 1);
  CHECK(one.post.sources()[places[0].source].field == TextField::body);
  CHECK(body.substr(places[0].range.begin, places[0].range.end - places[0].range.begin) == "c.com");
}

TEST_CASE("ratios are shares of all pieces together") {
  Case one("ABCD", "efghijkl 12");
  CHECK(runtime::caps_ratio(one.post, shown) == doctest::Approx(4.0 / 12));
  CHECK(runtime::caps_ratio(one.post, set_of({TextField::title})) == 0);
  CHECK(runtime::digit_ratio(one.post, shown) == doctest::Approx(2.0 / 14));
  CHECK(runtime::digit_ratio(one.post, set_of({TextField::quote})) == 0);
}

TEST_CASE("a run does not cross from one piece to the next") {
  Case one("!!!", "!!! a");
  CHECK(runtime::repeat_run(one.post, shown) == 3);
}

TEST_CASE("the quoted ratio is of the body") {
  Case half("a long title", "> ab\nabcdef");
  CHECK(runtime::quoted_ratio(half.post) == doctest::Approx(3.0 / 11));
  Case none("title", "");
  CHECK(runtime::quoted_ratio(none.post) == 0);
}

TEST_CASE("hosts and domains are sorted and without duplicates") {
  Case one("see www.b.co.uk", "and a.com, A.COM/x and x.b.co.uk here");
  runtime::TextPool pool;
  std::vector<std::string_view> found = {"stale"};
  runtime::hosts(one.post, shown, pool, found);
  CHECK(found == std::vector<std::string_view>{"a.com", "www.b.co.uk", "x.b.co.uk"});
  runtime::domains(one.post, set_of({TextField::urls}), pool, found);
  CHECK(found == std::vector<std::string_view>{"a.com", "b.co.uk"});
}

TEST_CASE("a doubtful link is not counted and has no host") {
  Case one("readme.md", "see her.love and a.com here");
  runtime::TextPool pool;
  std::vector<std::string_view> found;
  CHECK(runtime::links(one.post, shown) == 1);
  runtime::hosts(one.post, shown, pool, found);
  CHECK(found == std::vector<std::string_view>{"a.com"});
  CHECK(one.post.pieces(TextField::urls).size() == 1);
}

TEST_CASE("misleading links are counted where they stand") {
  Case one("[a.com](https://b.com)", "> [c.com](https://d.com)\nmy own [words](https://e.com) here");
  std::vector<runtime::Place> places;
  CHECK(runtime::misleading_links(one.post, shown, &places) == 1);
  REQUIRE(places.size() == 1);
  CHECK(places[0].source == 0);
  CHECK(places[0].range == text::Range{0, 22});
  CHECK(runtime::misleading_links(one.post, set_of({TextField::body})) == 1);
}
