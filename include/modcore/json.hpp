// JSON in and out: the one writer of decisions and diagnostics, the one reader
// of posts. Texts in, texts out; no JSON library shows.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/decision.hpp>
#include <modcore/diagnostic.hpp>
#include <modcore/engine.hpp>
#include <modcore/export.hpp>
#include <modcore/post.hpp>
#include <modcore/scanner.hpp>

namespace modcore {

// One line, `schema: modcore.decision/1`. Invalid UTF-8 in it is replaced by U+FFFD.
[[nodiscard]] MODCORE_API std::string to_json(const Decision& decision);

// One document, `schema: modcore.report/1`.
[[nodiscard]] MODCORE_API std::string to_json(std::span<const Diagnostic> diagnostics);

[[nodiscard]] MODCORE_API std::string to_json(const Explanation& explanation);

// A post read from JSON: owns the texts that post() points into.
class MODCORE_API PostDocument {
 public:
  PostDocument();
  ~PostDocument();
  PostDocument(PostDocument&&) noexcept;
  PostDocument& operator=(PostDocument&&) noexcept;

  // Valid while the document lives and is not moved from.
  [[nodiscard]] const Post& post() const noexcept;

  // Empty if the text was read; otherwise why not, and post() is empty.
  [[nodiscard]] const std::string& error() const noexcept;

  // Keys that no field bears ("likes", "author.karma"), for one notice a run.
  [[nodiscard]] const std::vector<std::string>& unknown_keys() const noexcept;

  // Fields whose value has another type than the field ("author.post_count:
  // expected a whole number"); they count as missing.
  [[nodiscard]] const std::vector<std::string>& problems() const noexcept;

  // The keys that start with "x-" at the top level, as JSON text by name.
  [[nodiscard]] std::string_view extra(std::string_view name) const noexcept;

 private:
  friend struct PostReader;
  struct State;
  std::unique_ptr<State> state_;
};

// Reads {"id", "title", "body", "author": {...}, "channel": {...}, "message":
// {...}, "parent": {...}, "attachment": {"names": [...]}, "fields": {...},
// "lang", "now"}. A duration is seconds or text ("3 days"), a time RFC 3339
// text or Unix seconds, a set an array; null is missing. The engine tells which
// host attributes exist and of which type.
[[nodiscard]] MODCORE_API PostDocument parse_post(std::string_view json, const Engine& engine);

}  // namespace modcore
