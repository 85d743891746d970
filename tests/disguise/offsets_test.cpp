// Whatever the disguise, evidence lies on the field as the host passed it: through the
// public interface, on random posts.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <modcore/modcore.hpp>
#include <string>
#include <string_view>

#include "disguise/planted_rules.hpp"
#include "disguise/random_post.hpp"
#include "support/seed.hpp"
#include "support/utf8.hpp"

using namespace modcore;

namespace {

constexpr int cases = 200'000;

// The share that must be found. Beside one-letter words, letters that are spaced out
// are rightly part of a longer row; what is read backwards, a phrase of several words
// is not promised, and no word of two letters in disguise.
double least_share(std::string_view way) {
  if (way == "backwards") return 0.55;
  if (way == "mixed") return 0.85;
  if (way == "spacing" || way == "spaced") return 0.9;
  if (way == "applauded" || way == "dotted") return 0.98;
  if (way == "leet vowels" || way == "starred") return 0.94;
  return 0.999;
}

std::vector<Evidence> evidence_of(const Decision& decision) {
  return decision.fired.empty() ? std::vector<Evidence>() : decision.fired.front().evidence;
}

bool is_boundary(std::string_view text, std::size_t at) {
  for (std::size_t i = 0; i <= at && i < text.size();) {
    if (i == at) return true;
    i += utf8::decode(text, i).length;
  }
  return at == text.size();
}

class Offsets {
 public:
  Offsets() : scanner_(test::compile_planted_items()) {}

  // Whether the planted item was found where it stands.
  bool check(const test::RandomPost& post, std::size_t item, std::size_t length) {
    const std::vector<Evidence> found = evidence_of(scanner_.scan({.body = post.body}));
    reversed_ = post.body.find("\u202E") != std::string::npos;
    bool planted = false;
    for (const Evidence& one : found) {
      CAPTURE(one.text);
      REQUIRE(one.field == "body");
      REQUIRE(one.begin < one.end);
      REQUIRE(one.end <= post.body.size());
      REQUIRE(post.body.substr(one.begin, one.end - one.begin) == one.text);
      REQUIRE(is_boundary(post.body, one.begin));
      REQUIRE(is_boundary(post.body, one.end));
      check_alone(one);
      planted |= one.pattern == test::planted_pattern(item) && one.begin < post.at + length &&
                 one.end > post.at;
    }
    return planted;
  }

 private:
  void check_alone(const Evidence& one) {
    // What is read backwards is so because of the override before it.
    const std::string text = reversed_ ? "\u202E" + one.text : one.text;
    const std::vector<Evidence> alone = evidence_of(scanner_.scan({.body = text}));
    const bool same = std::any_of(alone.begin(), alone.end(), [&](const Evidence& other) {
      return other.pattern == one.pattern && other.item == one.item &&
             other.tolerance <= one.tolerance;
    });
    REQUIRE_MESSAGE(same, "not found alone: ", one.text);
  }

  Scanner scanner_;
  bool reversed_ = false;
};

struct Share {
  int posts = 0;
  int found = 0;
  [[nodiscard]] double value() const { return static_cast<double>(found) / posts; }
};

}  // namespace

TEST_CASE("evidence lies on the field as passed, and matches by itself") {
  test::Generator random(test::announced_seed());
  Offsets offsets;
  std::map<std::string, Share> shares;
  const auto items = test::planted_items();
  const auto kinds = disguise_kinds();
  for (int i = 0; i < cases; ++i) {
    const std::size_t item = random() % items.size();
    const std::size_t way = random() % (kinds.size() + test::brush_count());
    std::string name, planted;
    if (way < kinds.size()) {
      name = to_string(kinds[way]);
      planted = mutate(items[item], kinds[way], random()).text;
    } else {
      name = test::brush_name(way - kinds.size());
      planted = test::brushed(items[item], way - kinds.size(), random);
    }
    const test::RandomPost post = test::random_post(planted, random);
    CAPTURE(post.body);
    Share& share = shares[name];
    ++share.posts;
    share.found += offsets.check(post, item, planted.size()) ? 1 : 0;
  }
  CHECK(shares.size() == kinds.size() + test::brush_count());
  for (const auto& entry : shares) {
    const std::string& name = entry.first;
    const Share& share = entry.second;
    MESSAGE(name << ": " << share.found << " of " << share.posts << ", " << share.value());
    CHECK_MESSAGE(share.value() >= least_share(name), name);
  }
}

TEST_CASE("what mutate() promises is found beside any words that it could see") {
  test::Generator random(test::announced_seed());
  Offsets offsets;
  int posts = 0;
  for (int round = 0; round < 200; ++round) {
    for (const DisguiseKind kind : disguise_kinds()) {
      if (kind == DisguiseKind::mixed) continue;
      for (std::size_t item = 0; item < test::planted_items().size(); ++item, ++posts) {
        const std::string text = "a " + std::string(test::planted_items()[item]) + " w 3, I say";
        const Mutation made = mutate(text, kind, random());
        CAPTURE(made.text);
        REQUIRE(offsets.check({made.text, 2}, item, made.text.size() - 4));
      }
    }
  }
  CHECK(posts == 200 * 10 * 20);
}
