// Why not? The value of every node of a rule's condition for one post.
#include <iostream>
#include <string>

#include <modcore/modcore.hpp>

namespace {

void show(const modcore::ConditionNode& node, const std::string& indent) {
  std::cout << indent << node.text << " -> " << node.value;
  for (const std::string& name : node.missing) std::cout << ", missing " << name;
  for (const modcore::Evidence& e : node.evidence) std::cout << ", saw \"" << e.text << '"';
  std::cout << '\n';
  for (const modcore::ConditionNode& child : node.children) show(child, indent + "  ");
}

}  // namespace

int main() {
  const modcore::Source rules[] = {{"forum.rules.yaml", R"(
modcore: 1
category: spam
rules:
  - id: spam.newcomer-shop
    patterns:
      shop: [my shop]
    when: $shop and (author.post_count < 5 or author.account_age < 2 days)
    verdict: flag
)"}};
  const modcore::CompileResult compiled = modcore::compile(rules);
  if (!compiled) {
    std::cerr << modcore::render(compiled.diagnostics);
    return 1;
  }
  modcore::Scanner scanner(*compiled.engine);
  const modcore::Explanation explanation =
      scanner.explain({.body = "Visit My Shop!", .author = {.post_count = 12}}, "spam.newcomer-shop");
  for (const modcore::ExplainedRule& rule : explanation.rules) {
    std::cout << rule.rule << ": " << rule.outcome << '\n';
    for (const modcore::ExplainedPart& part : rule.parts) show(part.condition, "  ");
  }
}
