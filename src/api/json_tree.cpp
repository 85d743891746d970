#include "api/json_tree.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>

#include <nlohmann/json.hpp>

#include "api/json_writer.hpp"
#include "support/utf8.hpp"

namespace modcore::api {
namespace {

constexpr std::size_t deepest = 64;
constexpr int most_repairs = 8;

// Builds the tree from events. Open containers are kept on a stack of their
// own, so that no address of a growing vector is held.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit TreeBuilder(JsonTree& tree) : tree_(tree) {}

  bool null() override { return add({}); }
  bool boolean(bool value) override { return add({value}); }
  bool number_integer(std::int64_t value) override { return add({value}); }
  bool number_unsigned(std::uint64_t value) override {
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return add({static_cast<double>(value)});
    }
    return add({static_cast<std::int64_t>(value)});
  }
  bool number_float(double value, const std::string&) override { return add({value}); }
  bool string(std::string& value) override { return add({std::move(value)}); }
  bool binary(nlohmann::json::binary_t&) override { return add({}); }

  bool start_object(std::size_t) override { return open({PostObject{}}); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open({PostArray{}}); }
  bool end_array() override { return close(); }

  bool key(std::string& name) override {
    if (too_deep_ == 0) stack_.back().key = std::move(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::detail::exception& error) override {
    error_position = position;
    error_token = token;
    is_overflow = error.id == 406;
    tree_.error = error.what();
    return false;
  }

  std::size_t error_position = 0;
  std::string error_token;
  bool is_overflow = false;

 private:
  struct Open {
    PostValue value;
    std::string key;
  };

  bool add(PostValue value) {
    if (too_deep_ > 0) return true;
    if (stack_.empty()) {
      tree_.value = std::move(value);
    } else if (auto* object = std::get_if<PostObject>(&stack_.back().value.what)) {
      object->emplace_back(std::move(stack_.back().key), std::move(value));
    } else {
      std::get<PostArray>(stack_.back().value.what).push_back(std::move(value));
    }
    return true;
  }

  bool open(PostValue container) {
    if (too_deep_ > 0 || stack_.size() == deepest) {
      if (too_deep_++ == 0) tree_.problems.emplace_back("a value is nested deeper than 64 levels");
    } else {
      stack_.push_back({std::move(container), {}});
    }
    return true;
  }

  bool close() {
    if (too_deep_ > 0) return --too_deep_ > 0 || add({});
    PostValue value = std::move(stack_.back().value);
    stack_.pop_back();
    return add(std::move(value));
  }

  JsonTree& tree_;
  std::vector<Open> stack_;
  std::size_t too_deep_ = 0;  // open containers below the deepest level
};

// The code unit of an escape `\uXXXX` at `index`, -1 if there is none.
int escaped_unit(std::string_view json, std::size_t index) {
  if (index + 6 > json.size() || json[index] != '\\' || json[index + 1] != 'u') return -1;
  int unit = 0;
  for (const char c : json.substr(index + 2, 4)) {
    const auto digit = std::string_view("0123456789abcdefABCDEF").find(c);
    if (digit == std::string_view::npos) return -1;
    unit = unit * 16 + static_cast<int>(digit < 16 ? digit : digit - 6);
  }
  return unit;
}

bool is_high(int unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low(int unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

// Copies the escape at `index` and returns its length.
std::size_t copy_escape(std::string& out, std::string_view json, std::size_t index) {
  const int unit = escaped_unit(json, index);
  std::size_t length = unit < 0 ? 2 : 6;
  if (is_high(unit) && is_low(escaped_unit(json, index + 6))) {
    length = 12;
  } else if (is_high(unit) || is_low(unit)) {
    utf8::append(out, utf8::replacement);
    return length;
  }
  out += json.substr(index, length);
  return std::min(length, json.size() - index);
}

std::string repaired(std::string_view json) {
  std::string out;
  out.reserve(json.size() + 16);
  std::size_t i = 0;
  while (i < json.size()) {
    if (json[i] == '\\') {
      i += copy_escape(out, json, i);
    } else {
      const utf8::Decoded character = utf8::decode(json, i);
      utf8::append(out, character.code_point);
      i += character.length;
    }
  }
  return out;
}

// What the JSON library says, without its own numbering and the quoted input.
std::string plain_error(std::string_view what) {
  const auto begin = what.find("syntax error");
  std::string message(begin == std::string_view::npos ? what : what.substr(begin));
  if (const auto quote = message.find("; last read"); quote != std::string::npos) {
    const auto expected = message.find("; expected");
    const std::string tail = expected == std::string::npos ? "" : message.substr(expected);
    message.resize(quote);
    message += tail;
  }
  return message;
}

// Overwrites a number that no double holds by null; false if that cannot be.
bool drop_number(std::string& json, std::size_t end, std::string_view token,
                 std::vector<std::string>& problems) {
  if (token.size() < 4 || end > json.size() || end < token.size()) return false;
  const std::size_t begin = end - token.size();
  if (std::string_view(json).substr(begin, token.size()) != token) return false;
  json.replace(begin, token.size(), "null" + std::string(token.size() - 4, ' '));
  constexpr std::size_t shown = 24;
  problems.push_back("the number " + std::string(token.substr(0, shown)) +
                     (token.size() > shown ? "..." : "") + " is out of range");
  return true;
}

void write(JsonWriter& json, const PostValue& value);

struct Write {
  JsonWriter& json;
  void operator()(std::monostate) const { json.null(); }
  void operator()(bool value) const { json.boolean(value); }
  void operator()(std::int64_t value) const { json.integer(value); }
  void operator()(double value) const { json.number(value); }
  void operator()(const std::string& value) const { json.text(value); }
  void operator()(const PostArray& array) const {
    json.array(array, [this](const PostValue& element) { write(json, element); });
  }
  void operator()(const PostObject& object) const {
    json.begin_object();
    for (const auto& [key, value] : object) {
      json.key(key);
      write(json, value);
    }
    json.end_object();
  }
};

void write(JsonWriter& json, const PostValue& value) { std::visit(Write{json}, value.what); }

}  // namespace

JsonTree parse_json(std::string_view json) {
  std::string copy;
  std::vector<std::string> dropped;
  for (int repairs = 0; repairs <= most_repairs; ++repairs) {
    JsonTree tree;
    TreeBuilder builder(tree);
    const std::string_view text = repairs == 0 ? json : copy;
    if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) {
      std::ranges::move(dropped, std::back_inserter(tree.problems));
      return tree;
    }
    if (repairs == 0) {
      copy = repaired(json);
    } else if (!builder.is_overflow ||
               !drop_number(copy, builder.error_position, builder.error_token, dropped)) {
      return {{}, plain_error(tree.error), {}};
    }
  }
  return {{}, "too many numbers are out of range", {}};
}

std::string to_json(const PostValue& value) {
  std::string out;
  JsonWriter json(out);
  write(json, value);
  return out;
}

}  // namespace modcore::api
