#include "lint/style/parts.hpp"

#include <algorithm>
#include <map>

#include "support/utf8.hpp"
#include "text/fold.hpp"

namespace modcore::lint::style {
namespace {

void visit_group(const ast::Group& group, const std::function<void(const ast::Group&)>& visit) {
  visit(group);
  if (group.except) visit_group(*group.except, visit);
}

}  // namespace

void for_each_rule(const StyleInput& input, const std::function<void(const WrittenRule&)>& visit) {
  std::map<std::string_view, const ir::Rule*> meanings;
  for (const ir::Rule& rule : input.rules.rules) meanings.emplace(rule.id, &rule);
  for (const ast::RuleFile& file : input.bundle.rule_files) {
    for (const ast::Rule& rule : file.rules) {
      const auto meaning = meanings.find(rule.id.value);
      if (meaning != meanings.end()) visit({&file, &rule, meaning->second});
    }
  }
}

void for_each_group(const ast::Rule& rule, const std::function<void(const ast::Group&)>& visit) {
  if (rule.inline_group) visit_group(*rule.inline_group, visit);
  for (const ast::Group& group : rule.groups) visit_group(group, visit);
}

void for_each_item_list(const StyleInput& input,
                        const std::function<void(const ast::Rule&, const ast::ItemList&)>& visit) {
  for_each_rule(input, [&](const WrittenRule& one) {
    for_each_group(*one.rule, [&](const ast::Group& group) {
      for (const ast::ItemList& list : group.kinds) visit(*one.rule, list);
    });
  });
}

bool is_shipped(const StyleInput& input, source::SourceId source) {
  return source != source::no_source && input.sources.name(source).starts_with("shipped:");
}

std::string spaced_words(std::string_view text) {
  const std::string folded = text::fold(text, text::Level::accents);
  std::string words = " ";
  for (std::size_t at = 0; at < folded.size();) {
    const utf8::Decoded decoded = utf8::decode(folded, at);
    if (text::is_word(decoded.code_point)) {
      words.append(folded, at, decoded.length);
    } else if (words.back() != ' ') {
      words += ' ';
    }
    at += decoded.length;
  }
  if (words.back() != ' ') words += ' ';
  return words;
}

void report_style(const StyleInput& input) {
  report_regexes(input);
  report_items(input);
  report_lists(input);
  report_guidelines(input);
  report_reasons(input);
  report_metadata(input);
  report_meta_keys(input);
  report_life(input);
  report_host(input);
}

}  // namespace modcore::lint::style
