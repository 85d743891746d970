// What the solver claims must hold in every world that a post can make.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <random>
#include <set>

#include "lint/verity.hpp"
#include "support/ir_builder.hpp"

using namespace modcore;
using namespace modcore::testing;
using lint::Verity;
using ir::Attribute;

namespace {

// The facts of a post that the random conditions speak of.
struct World {
  std::optional<int> posts;
  std::optional<double> reputation;
  std::optional<std::string> channel;
  std::optional<bool> verified;
  int links = 0;
  int matches = 0;
};

std::vector<World> all_worlds() {
  std::vector<World> worlds;
  for (const std::optional<int> posts : {std::optional<int>{}, {-1}, {0}, {1}, {2}, {3}, {4}, {5}}) {
    for (const std::optional<double> reputation :
         {std::optional<double>{}, {-1}, {0}, {0.5}, {1}, {1.5}, {2}, {2.5}, {3}, {4}}) {
      for (const char* channel : {"", "a", "B", "c"}) {
        for (const std::optional<bool> verified : {std::optional<bool>{}, {true}, {false}}) {
          for (int links = 0; links < 5; ++links) {
            for (int matches = 0; matches < 4; ++matches) {
              World world{posts, reputation, {}, verified, links, matches};
              if (*channel != 0) world.channel = channel;
              worlds.push_back(world);
            }
          }
        }
      }
    }
  }
  return worlds;
}

enum Kleene : int { no = 0, unknown = 1, yes = 2 };

Kleene of(bool truth) { return truth ? yes : no; }

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

std::optional<double> value_of(const Expr& expr, const World& world) {
  if (expr.op == Op::call) {
    return expr.function == ir::Function::links ? world.links : world.matches;
  }
  if (expr.attribute == static_cast<std::uint16_t>(Attribute::author_post_count)) {
    return world.posts ? std::optional<double>(*world.posts) : std::nullopt;
  }
  return world.reputation;
}

Kleene compare_in(const Expr& expr, const World& world) {
  const Expr& limit = expr.args[1];
  if (limit.type == Type::text || limit.type == Type::text_set) {
    if (!world.channel) return unknown;
    std::set<std::string> words;
    if (const auto* one = std::get_if<std::string>(&limit.constant)) words.insert(lower(*one));
    if (const auto* many = std::get_if<std::vector<std::string>>(&limit.constant)) {
      for (const std::string& word : *many) words.insert(lower(word));
    }
    return of(words.contains(lower(*world.channel)) != (expr.op == Op::not_equal));
  }
  const auto value = value_of(expr.args[0], world);
  if (!value) return unknown;
  const auto* whole = std::get_if<std::int64_t>(&limit.constant);
  const double bound = whole != nullptr ? static_cast<double>(*whole) : std::get<double>(limit.constant);
  switch (expr.op) {
    case Op::equal: return of(*value == bound);
    case Op::not_equal: return of(*value != bound);
    case Op::less: return of(*value < bound);
    case Op::less_equal: return of(*value <= bound);
    case Op::greater: return of(*value > bound);
    default: return of(*value >= bound);
  }
}

Kleene evaluate(const Expr& expr, const World& world) {
  switch (expr.op) {
    case Op::constant: return of(std::get<bool>(expr.constant));
    case Op::attribute: return world.verified ? of(*world.verified) : unknown;
    case Op::matched: return of(world.matches > 0);
    case Op::is_missing: return of(!world.posts);
    case Op::logic_not: return static_cast<Kleene>(yes - evaluate(expr.args[0], world));
    case Op::logic_and:
    case Op::logic_or: {
      const bool conjunction = expr.op == Op::logic_and;
      int result = conjunction ? yes : no;
      for (const Expr& part : expr.args) {
        const int truth = evaluate(part, world);
        result = conjunction ? std::min(result, truth) : std::max(result, truth);
      }
      return static_cast<Kleene>(result);
    }
    default: return compare_in(expr, world);
  }
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  Expr condition(int depth) {
    const int choice = depth == 0 ? 9 : below(10);
    if (choice < 3) return all({condition(depth - 1), condition(depth - 1)});
    if (choice < 5) return any({condition(depth - 1), condition(depth - 1)});
    if (choice < 6) return negate(condition(depth - 1));
    return atom();
  }

 private:
  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

  Op relation() {
    constexpr std::array ops{Op::equal, Op::not_equal,  Op::less, Op::less_equal,
                             Op::greater, Op::greater_equal};
    return ops[static_cast<std::size_t>(below(6))];
  }

  Expr atom() {
    switch (below(8)) {
      case 0: return verified();
      case 1: return matched(0);
      case 2: return is_missing(Attribute::author_post_count);
      case 3: return compare(relation(), post_count(), integer(below(5)));
      case 4:
        return compare(relation(), attribute(Attribute::author_reputation, Type::number),
                       number(0.5 * below(7)));
      case 5: {
        Expr links = node(Op::call, Type::integer);
        links.function = ir::Function::links;
        links.fields = ir::text_fields();
        return compare(relation(), links, integer(below(4) - 1));
      }
      case 6: {
        Expr count = node(Op::call, Type::integer);
        count.function = ir::Function::count;
        count.uses = {use_of(0)};
        return compare(relation(), count, integer(below(3)));
      }
      default: break;
    }
    const Expr channel = attribute(Attribute::channel_name, Type::text);
    constexpr std::array words{"a", "b", "C"};
    const std::string word = words[static_cast<std::size_t>(below(3))];
    if (below(2) == 0) return compare(below(2) == 0 ? Op::equal : Op::not_equal, channel, quoted(word));
    return compare(Op::in_set, channel, set_of({word, "z"}));
  }

  std::mt19937 random_;
};

ir::RuleSet one_pattern() {
  ir::RuleSet rules;
  rules.patterns.emplace_back().name = "p";
  return rules;
}

TEST_CASE("what is said to be never or always true is so in every world") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed " << seed);
  Generator generator(seed);
  const ir::RuleSet rules = one_pattern();
  const std::vector<World> worlds = all_worlds();
  int never = 0;
  int always = 0;
  int never_found = 0;
  for (int round = 0; round < 1500; ++round) {
    const Expr condition = generator.condition(4);
    CAPTURE(ir::dump(rules, condition));
    bool some_true = false;
    bool all_true = true;
    for (const World& world : worlds) {
      const bool truth = evaluate(condition, world) == yes;
      some_true = some_true || truth;
      all_true = all_true && truth;
      if (some_true && !all_true) break;
    }
    const Verity verity = lint::verity_of(rules, condition);
    if (verity == Verity::never_true) CHECK_FALSE(some_true);
    if (verity == Verity::always_true) CHECK(all_true);
    never += some_true ? 0 : 1;
    never_found += verity == Verity::never_true ? 1 : 0;
    always += verity == Verity::always_true ? 1 : 0;
  }
  CHECK(never >= 30);
  CHECK(always >= 3);
  // The worlds hold only a few values, so some conditions are false in all of
  // them and yet not never true.
  CHECK(never_found * 2 > never);
}

}  // namespace
