#include "api/used_fields.hpp"

#include <algorithm>
#include <set>

namespace modcore::api {

namespace {

using ir::TextField;
using Names = std::set<std::string>;

void add_text_field(const program::Image& image, TextField field, Names& names) {
  names.emplace(program::field_name(image, field));
  const bool in_title = field == TextField::urls || field == TextField::mentions ||
                        field == TextField::hashtags || field == TextField::title;
  const bool in_body = field == TextField::own || field == TextField::quote || field == TextField::code;
  if (in_title) names.emplace("title");
  if (in_body || (in_title && field != TextField::title)) names.emplace("body");
}

void add_text_fields(const program::Image& image, Names& names) {
  for (std::size_t i = 0; i < ir::max_text_fields; ++i) {
    const auto field = static_cast<TextField>(i);
    if (image.fields.has(field)) add_text_field(image, field, names);
  }
  if (image.fields.has(TextField::title) || image.fields.has(TextField::own)) names.emplace("text");
}

void add_attributes(const program::Image& image, Names& names) {
  for (const program::Instruction& instruction : image.code) {
    if (program::info(instruction.opcode).operand == program::Operand::attribute) {
      names.emplace(program::attribute_name(image, instruction.operand));
    }
  }
  if (names.contains("author.account_age")) names.emplace("author.created_at");
}

bool has_languages(const ir::RuleSet& rules) {
  const auto speaks = [](const auto& what) { return !what.languages.empty(); };
  return std::ranges::any_of(rules.rules, speaks) || std::ranges::any_of(rules.patterns, speaks);
}

bool has_dates(const ir::RuleSet& rules) {
  return std::ranges::any_of(rules.rules,
                             [](const ir::Rule& rule) { return rule.active_from || rule.expires; });
}

}  // namespace

std::vector<std::string> used_fields(const ir::RuleSet& rules, const program::Image& image) {
  Names names;
  add_text_fields(image, names);
  add_attributes(image, names);
  if (has_languages(rules)) names.emplace("message.lang");
  if (has_dates(rules) || names.contains("author.created_at")) names.emplace("now");
  return {names.begin(), names.end()};
}

}  // namespace modcore::api
