// From a Post to a Decision.
//
//   modcore::Scanner scanner(*compiled.engine);     // one per thread
//   modcore::Decision d = scanner.scan({.title = t, .body = b});
#pragma once

#include <memory>
#include <string>
#include <string_view>
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

}  // namespace modcore
