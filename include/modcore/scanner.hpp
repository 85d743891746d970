// From a Post to a Decision.
//
//   modcore::Scanner scanner(*compiled.engine);     // one per thread
//   modcore::Decision d = scanner.scan({.title = t, .body = b});
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <modcore/compile.hpp>
#include <modcore/decision.hpp>
#include <modcore/diagnostic.hpp>
#include <modcore/engine.hpp>
#include <modcore/export.hpp>
#include <modcore/post.hpp>

namespace modcore {

// One node of a condition with the value it had for a post.
struct ConditionNode {
  std::string text;   // the node in the rule language, e.g. "links(text) >= 3"
  std::string value;  // "true", "false", "unknown", or the value itself: "2", "\"general\""
  std::vector<std::string> missing;  // attributes that made it unknown
  std::vector<Evidence> evidence;    // for a node that is about a pattern
  std::vector<ConditionNode> children;
};

struct ExplainedPart {
  std::string part;  // "when", "unless", "escalate", "score"
  ConditionNode condition;
};

struct ExplainedRule {
  std::string rule;
  // "fired", "not fired", "undetermined", "spared" (an unless was true),
  // "suppressed", "shadow", "off", "not in force" (dates) or "other language".
  std::string outcome;
  std::vector<ExplainedPart> parts;
};

// A text as the matcher saw it.
struct ExplainedView {
  std::string field;  // "title", "body"...
  // "original", "repaired", "fold", "words", "digits", or "skeleton": the likeliest
  // reading of what stands in disguise.
  std::string view;
  std::string text;
};

// A character, or several that mean one letter, of a word in disguise.
struct ReadCharacter {
  std::size_t begin = 0;  // half-open range in bytes of the field as passed
  std::size_t end = 0;
  std::string text;    // those bytes
  std::string letter;  // what it was read as; empty for what stands for no letter
  // "look-alike" (of another script), "letter-like sign", "leet", "drawn", "mask",
  // "stretched", "joined" (stood between the letters), "markup", "entity",
  // "reversed"; empty for a letter that is itself.
  std::vector<std::string> how;
};

// A word that matched only at Tolerance::obfuscated.
struct DisguisedWord {
  std::string pattern;  // as in Evidence
  std::string item;
  std::string field;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
  std::string word;  // what it was read as, without accents
  std::vector<ReadCharacter> characters;  // in the order of reading
};

struct Explanation {
  Decision decision;
  std::vector<ExplainedRule> rules;  // sorted by id
  std::vector<DisguisedWord> disguises;  // of those rules' matches, by field and place
  std::vector<ExplainedView> views;
};

// Belongs to one thread at a time: it owns the scratch memory of the scan and
// reuses it. Keeps its Engine alive. Movable.
class MODCORE_API Scanner {
 public:
  explicit Scanner(Engine engine);
  // Takes the engine that the slot holds before each post. The slot may end
  // before the scanner.
  explicit Scanner(const EngineSlot& slot);
  ~Scanner();
  Scanner(Scanner&&) noexcept;
  Scanner& operator=(Scanner&&) noexcept;

  // Total: every post gets a decision. Throws only std::bad_alloc. Allocates
  // nothing for a post that matches nothing, once the buffers have grown.
  [[nodiscard]] Decision scan(const Post& post);

  // The same decision and why: every rule, or the one named. Slow; for people.
  [[nodiscard]] Explanation explain(const Post& post, std::string_view rule = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// ---- Many posts at once ------------------------------------------------------

// Texts in Arrow's layout: that of row i is the bytes from offsets[i] to
// offsets[i + 1]. Views: they must outlive the call they are passed to.
struct TextColumn {
  std::span<const std::int32_t> offsets = {};  // rows + 1, ascending, within `bytes`
  std::string_view bytes = {};
  std::span<const std::uint8_t> valid = {};  // a bit a row, lowest first; 0 is missing; empty: none is
};

struct IntegerColumn {
  std::span<const std::int64_t> values = {};
  std::span<const std::uint8_t> valid = {};
};

// A field of the posts, by its name: texts for "id", "title", "body",
// "author.id", "author.name", "author.bio", "channel.id", "channel.name",
// "message.kind", "message.lang", "parent.author_id" and "parent.body"; integers
// for "author.account_age" (seconds), "author.post_count", "author.trust_level",
// "author.reports", "message.reports", "message.age" (seconds),
// "message.attachments" and "now" (Unix seconds).
struct BatchColumn {
  std::string_view field;
  std::variant<TextColumn, IntegerColumn> values;
};

struct PostBatch {
  std::size_t rows = 0;
  std::span<const BatchColumn> columns = {};
};

// What was decided of each row.
struct BatchDecisions {
  std::vector<Verdict> verdicts;     // by row
  std::vector<std::uint8_t> hidden;  // by row, 0 or 1
  struct Told {
    std::size_t row = 0;
    Decision decision;
  };
  std::vector<Told> told;  // of the rows that are not simply allowed, ascending by row
};

// Judges batches on several threads, each with a Scanner of its own that is used
// again for the next batch. Itself belongs to one thread at a time.
//
//   modcore::BatchScanner scanner(*compiled.engine, 2);
//   const modcore::BatchColumn body{"body", modcore::TextColumn{.offsets = offsets, .bytes = bytes}};
//   const auto& decisions = scanner.scan_batch({.rows = n, .columns = {&body, 1}});
class MODCORE_API BatchScanner {
 public:
  // 0 jobs: as many as there are processors.
  explicit BatchScanner(Engine engine, std::size_t jobs = 1);
  ~BatchScanner();
  BatchScanner(BatchScanner&&) noexcept;
  BatchScanner& operator=(BatchScanner&&) noexcept;

  // The same decisions as Scanner::scan() gives row by row. Valid until the next
  // call. Throws std::invalid_argument for a column whose name is unknown, that is
  // too short, or whose offsets do not ascend within its bytes; otherwise only
  // std::bad_alloc. With one job it allocates nothing for rows that match nothing,
  // once the buffers have grown; more jobs are threads that are started anew.
  const BatchDecisions& scan_batch(const PostBatch& posts);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace modcore
