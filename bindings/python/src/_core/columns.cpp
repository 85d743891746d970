#include "columns.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <modcore/json.hpp>

namespace modcore::python {
namespace {

constexpr std::array<std::string_view, 4> verdict_words{"allow", "flag", "hide", "escalate"};
constexpr std::array<std::string_view, 3> attention_words{"none", "flag", "escalate"};

template <typename T>
void append_to(std::vector<T>& all, const std::vector<T>& more, T shift = 0) {
  for (const T value : more) all.push_back(static_cast<T>(value + shift));
}

// Owns the children of an exported schema.
struct SchemaParts {
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
  ArrowSchema dictionary{};
};

void release_schema(ArrowSchema* schema) {
  auto* parts = static_cast<SchemaParts*>(schema->private_data);
  for (ArrowSchema& child : parts->children) {
    if (child.release != nullptr) child.release(&child);
  }
  if (parts->dictionary.release != nullptr) parts->dictionary.release(&parts->dictionary);
  delete parts;
  schema->release = nullptr;
}

// Format and name must be static.
SchemaParts& start_schema(ArrowSchema& schema, const char* format, const char* name,
                          std::size_t children = 0) {
  auto* parts = new SchemaParts;
  parts->children.resize(children);
  for (ArrowSchema& child : parts->children) parts->pointers.push_back(&child);
  schema = {format, name, nullptr, 0, static_cast<std::int64_t>(children),
            children == 0 ? nullptr : parts->pointers.data(), nullptr, release_schema, parts};
  return *parts;
}

void dictionary_schema(ArrowSchema& schema, const char* indices, const char* name) {
  SchemaParts& parts = start_schema(schema, indices, name);
  start_schema(parts.dictionary, "u", "");
  schema.dictionary = &parts.dictionary;
}

// Owns the buffers and children of an exported array, and the batch.
struct ArrayParts {
  std::shared_ptr<const Batch> batch;
  std::vector<const void*> buffers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
  ArrowArray dictionary{};
  std::vector<std::uint8_t> bits;
  std::vector<std::int32_t> ends;
  std::vector<std::int64_t> long_ends;
  std::string text;
};

void release_array(ArrowArray* array) {
  auto* parts = static_cast<ArrayParts*>(array->private_data);
  for (ArrowArray& child : parts->children) {
    if (child.release != nullptr) child.release(&child);
  }
  if (parts->dictionary.release != nullptr) parts->dictionary.release(&parts->dictionary);
  delete parts;
  array->release = nullptr;
}

ArrayParts& start_array(ArrowArray& array, std::size_t length, std::size_t children = 0) {
  auto* parts = new ArrayParts;
  parts->children.resize(children);
  for (ArrowArray& child : parts->children) parts->pointers.push_back(&child);
  array = {static_cast<std::int64_t>(length), 0, 0, 0, static_cast<std::int64_t>(children), nullptr,
           children == 0 ? nullptr : parts->pointers.data(), nullptr, release_array, parts};
  return *parts;
}

void set_buffers(ArrowArray& array, ArrayParts& parts, std::vector<const void*> buffers) {
  parts.buffers = std::move(buffers);
  array.buffers = parts.buffers.data();
  array.n_buffers = static_cast<std::int64_t>(parts.buffers.size());
}

template <typename Texts, typename Get>
void text_array(ArrowArray& array, const Texts& texts, const Get& get) {
  ArrayParts& parts = start_array(array, std::size(texts));
  parts.ends.push_back(0);
  for (const auto& text : texts) {
    parts.text += get(text);
    parts.ends.push_back(static_cast<std::int32_t>(parts.text.size()));
  }
  set_buffers(array, parts, {nullptr, parts.ends.data(), parts.text.data()});
}

// Words by small numbers that the batch holds.
template <typename Words>
void word_array(ArrowArray& array, const std::shared_ptr<const Batch>& batch,
                const std::vector<std::uint8_t>& codes, const Words& words) {
  ArrayParts& parts = start_array(array, codes.size());
  parts.batch = batch;
  set_buffers(array, parts, {nullptr, codes.data()});
  text_array(parts.dictionary, words, [](std::string_view word) { return word; });
  array.dictionary = &parts.dictionary;
}

void bool_array(ArrowArray& array, const std::vector<std::uint8_t>& values) {
  ArrayParts& parts = start_array(array, values.size());
  parts.bits.resize((values.size() + 7) / 8 + 1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] != 0) parts.bits[i / 8] |= static_cast<std::uint8_t>(1U << (i % 8));
  }
  set_buffers(array, parts, {nullptr, parts.bits.data()});
}

void rule_array(ArrowArray& array, const std::shared_ptr<const Batch>& batch) {
  const Columns& columns = batch->columns;
  ArrayParts& parts = start_array(array, columns.verdicts.size(), 1);
  parts.ends.push_back(0);
  parts.ends.insert(parts.ends.end(), columns.rule_ends.begin(), columns.rule_ends.end());
  set_buffers(array, parts, {nullptr, parts.ends.data()});
  ArrowArray& items = parts.children[0];
  ArrayParts& item_parts = start_array(items, columns.rules.size());
  item_parts.batch = batch;
  set_buffers(items, item_parts, {nullptr, columns.rules.data()});
  text_array(item_parts.dictionary, batch->engine.rules(), [](const RuleInfo& rule) { return rule.id; });
  items.dictionary = &item_parts.dictionary;
}

}  // namespace

void Columns::reserve(std::size_t rows) {
  for (auto* column : {&verdicts, &hidden, &attention, &limited}) column->reserve(rows);
  rule_ends.reserve(rows);
}

void Columns::append(Columns&& more) {
  const auto rules_before = static_cast<std::int32_t>(rules.size());
  const auto json_before = static_cast<std::int64_t>(json.size());
  append_to(verdicts, more.verdicts);
  append_to(hidden, more.hidden);
  append_to(attention, more.attention);
  append_to(limited, more.limited);
  append_to(rule_ends, more.rule_ends, rules_before);
  append_to(rules, more.rules);
  append_to(json_ends, more.json_ends, json_before);
  json += more.json;
}

void ColumnWriter::add(const Decision& decision, Columns& columns) const {
  columns.verdicts.push_back(static_cast<std::uint8_t>(decision.verdict));
  columns.hidden.push_back(decision.hidden ? 1 : 0);
  columns.attention.push_back(static_cast<std::uint8_t>(decision.attention));
  columns.limited.push_back(decision.limits.empty() ? 0 : 1);
  const auto rules = engine_.rules();
  for (const FiredRule& fired : decision.fired) {
    const auto found = std::ranges::lower_bound(rules, fired.rule, {}, &RuleInfo::id);
    columns.rules.push_back(static_cast<std::int32_t>(found - rules.begin()));
  }
  if (columns.rules.size() > 0x7fffffff) throw std::length_error("too many fired rules for one batch");
  columns.rule_ends.push_back(static_cast<std::int32_t>(columns.rules.size()));
  if (!with_json_) return;
  columns.json += to_json(decision);
  columns.json_ends.push_back(static_cast<std::int64_t>(columns.json.size()));
}

void export_schema(const Batch& batch, ArrowSchema& into) {
  const bool with_json = batch.with_json;
  SchemaParts& parts = start_schema(into, "+s", "", with_json ? 6 : 5);
  dictionary_schema(parts.children[0], "C", "verdict");
  start_schema(parts.children[1], "b", "hidden");
  dictionary_schema(parts.children[2], "C", "attention");
  start_schema(parts.children[3], "b", "limited");
  SchemaParts& list = start_schema(parts.children[4], "+l", "rules", 1);
  dictionary_schema(list.children[0], "i", "item");
  if (with_json) start_schema(parts.children[5], "U", "decision");
}

void export_array(const std::shared_ptr<const Batch>& batch, ArrowArray& into) {
  const Columns& columns = batch->columns;
  const bool with_json = batch->with_json;
  ArrayParts& parts = start_array(into, columns.verdicts.size(), with_json ? 6 : 5);
  set_buffers(into, parts, {nullptr});
  word_array(parts.children[0], batch, columns.verdicts, verdict_words);
  bool_array(parts.children[1], columns.hidden);
  word_array(parts.children[2], batch, columns.attention, attention_words);
  bool_array(parts.children[3], columns.limited);
  rule_array(parts.children[4], batch);
  if (!with_json) return;
  ArrayParts& json = start_array(parts.children[5], columns.json_ends.size());
  json.batch = batch;
  json.long_ends.push_back(0);
  json.long_ends.insert(json.long_ends.end(), columns.json_ends.begin(), columns.json_ends.end());
  set_buffers(parts.children[5], json, {nullptr, json.long_ends.data(), columns.json.data()});
}

}  // namespace modcore::python
