#include <doctest/doctest.h>

#include <string>

#include "support/glob.hpp"

using modcore::glob_matches;

TEST_CASE("a star stays within a name, two go over folders") {
  CHECK(glob_matches("rules/*.yaml", "rules/a.yaml"));
  CHECK_FALSE(glob_matches("rules/*.yaml", "rules/b/a.yaml"));
  CHECK(glob_matches("rules/**/*.yaml", "rules/b/c/a.yaml"));
  CHECK(glob_matches("rules/**/*.yaml", "rules/a.yaml"));
  CHECK(glob_matches("**/a.yaml", "a.yaml"));
  CHECK(glob_matches("a?.yaml", "ab.yaml"));
  CHECK_FALSE(glob_matches("a?b", "a/b"));
}

TEST_CASE("a pattern without a slash means a name at any depth") {
  CHECK(glob_matches("*.test.yaml", "rules/spam/a.test.yaml"));
  CHECK(glob_matches("drafts", "rules/drafts/a.yaml"));
  CHECK_FALSE(glob_matches("drafts", "rules/drafts2/a.yaml"));
}

TEST_CASE("a folder covers what lies below it") {
  CHECK(glob_matches("drafts/", "drafts/a/b.yaml"));
  CHECK(glob_matches("./rules/old", "rules/old/b.yaml"));
  CHECK(glob_matches("drafts/**", "drafts/a/b.yaml"));
  CHECK_FALSE(glob_matches("rules/old", "rules/older/b.yaml"));
  CHECK_FALSE(glob_matches("", "a"));
}
