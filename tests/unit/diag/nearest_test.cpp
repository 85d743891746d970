#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "diag/sink.hpp"

using modcore::diag::nearest;

namespace {

const std::vector<std::string_view> names{"author.account_age", "author.post_count", "phrases",
                                          "verdict", "words"};

TEST_CASE("the nearest name is found across a typing error") {
  CHECK(nearest("verdcit", names) == "verdict");
  CHECK(nearest("phrase", names) == "phrases");
  CHECK(nearest("author.acount_age", names) == "author.account_age");
}

TEST_CASE("case and hyphens are no difference") {
  CHECK(nearest("Author.Post-Count", names) == "author.post_count");
  CHECK(nearest("id", {"ID", "if"}) == "ID");
}

TEST_CASE("nothing is suggested beyond a third of the name") {
  CHECK(nearest("zzz", names).empty());
  CHECK(nearest("wor", names).empty());
  CHECK(nearest("", names).empty());
}

TEST_CASE("of two names equally near the smaller is taken") {
  CHECK(nearest("abcX", {"abcZ", "abcY"}) == "abcY");
  CHECK(nearest("abcX", {"abcY", "abcZ"}) == "abcY");
}

TEST_CASE("a name of any length gives an answer at once") {
  CHECK(nearest(std::string(1000000, 'a'), {"aaaa"}).empty());
}

}  // namespace
