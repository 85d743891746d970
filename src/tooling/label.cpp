#include "tooling/label.hpp"

#include <algorithm>
#include <array>

namespace modcore::tooling {
namespace {

using api::PostMember;
using api::PostObject;
using api::PostValue;

constexpr std::array<std::string_view, 3> label_keys = {"label", "x-label", "x-expect"};
constexpr std::array<std::string_view, 2> category_keys = {"category", "x-category"};

// Spellings of many corpora. A category's own name is read before these.
constexpr std::array<std::string_view, 16> caught_words = {
    "1",     "true",  "yes",  "positive", "flag",      "hide",      "escalate", "spam",
    "abuse", "abusive", "toxic", "hateful", "offensive", "bad",     "remove",   "reject"};
constexpr std::array<std::string_view, 17> spared_words = {
    "0",    "false", "no",    "negative", "allow", "ham",    "ok",      "clean",  "none",
    "safe", "good",  "legit", "normal",   "keep",  "approve", "benign", "neutral"};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

const PostValue* find(const PostObject& post, std::string_view key) {
  const auto found = std::ranges::find(post.rbegin(), post.rend(), key, &PostMember::key);
  return found == post.rend() ? nullptr : &found->value;
}

}  // namespace

LabelReader::LabelReader(std::string key, std::string category, std::vector<std::string> categories)
    : key_(std::move(key)), category_(std::move(category)), categories_(std::move(categories)) {}

bool LabelReader::is_category(std::string_view word) const {
  return std::ranges::count(categories_, word) > 0;
}

void LabelReader::read_word(std::string_view word, Label& label) const {
  if (is_category(word)) {
    label.caught = true;
    label.category = word;
  } else if (std::ranges::count(caught_words, word) > 0) {
    label.caught = true;
  } else if (std::ranges::count(spared_words, word) > 0) {
    label.caught = false;
  } else {
    label.problem = "the label `" + std::string(word.substr(0, 40)) + "` is not known; it does not count";
  }
}

void LabelReader::read(std::string_view key, const PostValue& value, Label& label) const {
  if (const auto* truth = std::get_if<bool>(&value.what)) {
    label.caught = *truth;
  } else if (const auto* number = std::get_if<std::int64_t>(&value.what)) {
    read_word(std::to_string(*number), label);
  } else if (const auto* fraction = std::get_if<double>(&value.what)) {
    if (*fraction == 0 || *fraction == 1) label.caught = *fraction == 1;
    else label.problem = "`" + std::string(key) + "` is a number other than 0 and 1; it does not count";
  } else if (const auto* text = std::get_if<std::string>(&value.what)) {
    if (!text->empty()) read_word(lower(*text), label);
  } else if (const auto* object = std::get_if<PostObject>(&value.what)) {
    if (const PostValue* verdict = find(*object, "verdict")) read(key, *verdict, label);
  } else if (!std::holds_alternative<std::monostate>(value.what)) {
    label.problem = "`" + std::string(key) + "` is a list; it does not count";
  }
}

Label LabelReader::take(PostObject& post) const {
  Label label;
  if (!key_.empty()) {
    if (const PostValue* value = find(post, key_)) read(key_, *value, label);
  } else {
    for (const std::string_view key : label_keys) {
      const PostValue* value = find(post, key);
      if (value == nullptr || std::holds_alternative<std::monostate>(value->what)) continue;
      read(key, *value, label);
      break;
    }
  }
  if (label.caught && label.category.empty()) {
    label.category = category_;
    for (const std::string_view key : category_keys) {
      const PostValue* value = find(post, key);
      const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(&value->what);
      if (text != nullptr && is_category(*text)) label.category = *text;
    }
  }
  std::erase_if(post, [&](const PostMember& member) {
    return member.key == key_ || std::ranges::count(label_keys, member.key) > 0 ||
           std::ranges::count(category_keys, member.key) > 0;
  });
  return label;
}

}  // namespace modcore::tooling
