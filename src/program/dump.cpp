#include "program/dump.hpp"

#include <array>

#include <fmt/format.h>

#include "ir/dump.hpp"

namespace modcore::program {

namespace {

constexpr std::array<std::string_view, trait_count> trait_names = {
    "few_words", "mention_sign", "link", "hash_sign", "beyond_ascii",
    "mark", "emoji", "anchor_sign", "card_digits", "invisible"};

class Disassembler {
 public:
  explicit Disassembler(const Image& image) : image_(image) {}

  std::string run() && {
    for (std::size_t i = 0; i < image_.rules.size(); ++i) write_rule(image_.rules[i]);
    for (std::size_t p = 0; p < image_.patterns.size(); ++p) write_wakes(p);
    line("sleepless{}", rule_list(image_.sleepless.data(), image_.sleepless.size()));
    for (const RuleNeeds& one : image_.needs) write_needs(one);
    return std::move(out_);
  }

 private:
  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }

  void write_rule(const Rule& rule) {
    line("rule {}", rule.id);
    write_fragment("when", rule.when);
    for (const Fragment& unless : rule.unless) write_fragment("unless", unless);
    if (rule.escalation && rule.escalation->condition) {
      write_fragment("escalate", *rule.escalation->condition);
    }
    if (rule.score && rule.score->per) write_fragment("score", *rule.score->per);
    for (const std::uint32_t use : rule.evidence_uses) line("  evidence {}", use_text(use));
    for (const std::uint32_t measure : rule.evidence_measures) {
      line("  evidence {}", measure_text(image_.measures[measure]));
    }
  }

  void write_fragment(std::string_view part, const Fragment& fragment) {
    line("  {}", part);
    for (std::uint32_t at = fragment.begin; at < fragment.end; ++at) {
      const Instruction& instruction = image_.code[at];
      // Numbered from the fragment's begin, so that a rule's text does not
      // depend on the rules before it.
      line("    {:>3} {}{}{}", at - fragment.begin, info(instruction.opcode).name,
           operand_text(instruction, fragment), mode_text(instruction));
    }
  }

  void write_wakes(std::size_t pattern) {
    const std::uint32_t begin = image_.wake_begin[pattern];
    const std::uint32_t end = image_.wake_begin[pattern + 1];
    if (begin == end) return;
    line("${} of {} wakes{}", image_.patterns[pattern].name,
         image_.rules[static_cast<std::size_t>(image_.patterns[pattern].rule)].id,
         rule_list(image_.waking.data() + begin, end - begin));
  }

  void write_needs(const RuleNeeds& one) {
    std::string text;
    const auto part = [&text] { text += text.empty() ? "" : ","; };
    for (std::size_t i = 0; i < trait_count; ++i) {
      const auto trait = static_cast<Trait>(i);
      if ((one.needs.traits & bit_of(trait)) != 0) text += fmt::format(" {}", trait_names[i]);
    }
    if (one.needs.attributes != 0) part();
    for (std::uint32_t i = 0; i <= static_cast<std::uint32_t>(ir::Attribute::first_host); ++i) {
      const auto attribute = static_cast<ir::Attribute>(i);
      if ((one.needs.attributes & bit_of(attribute)) == 0) continue;
      const bool of_host = attribute == ir::Attribute::first_host;
      text += fmt::format(" {}", of_host ? "host" : attribute_name(image_, i));
    }
    const auto bytes = [&](std::string_view what, std::uint32_t least) {
      if (least == 0) return;
      part();
      text += fmt::format(" {} of {} bytes", what, least);
    };
    bytes("title", one.needs.title_bytes);
    bytes("text", one.needs.text_bytes);
    line("{} needs{}", image_.rules[one.rule].id, text);
  }

  [[nodiscard]] std::string rule_list(const std::uint32_t* rules, std::size_t count) const {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += " " + image_.rules[rules[i]].id;
    return text;
  }

  [[nodiscard]] std::string fields_text(ir::FieldSet fields) const {
    std::string text;
    for (std::size_t i = 0; i < ir::max_text_fields; ++i) {
      const auto field = static_cast<ir::TextField>(i);
      if (!fields.has(field)) continue;
      if (!text.empty()) text += " + ";
      text += field_name(image_, field);
    }
    return text;
  }

  [[nodiscard]] std::string use_text(std::uint32_t use) const {
    const ir::PatternUse& what = image_.uses[use];
    return fmt::format("${} in {}", image_.patterns[static_cast<std::size_t>(what.pattern)].name,
                       fields_text(what.fields));
  }

  [[nodiscard]] std::string measure_text(const Measure& measure) const {
    std::string text = fields_text(measure.fields);
    if (!measure.other_fields.empty()) text += ", " + fields_text(measure.other_fields);
    if (!measure.script.empty()) text += ", " + ir::quoted(measure.script);
    return fmt::format("{}({})", ir::to_string(measure.function), text);
  }

  [[nodiscard]] std::string use_list(std::uint32_t begin, std::uint32_t count) const {
    std::string text;
    for (std::uint32_t i = 0; i < count; ++i) {
      text += (i == 0 ? "" : ", ") + use_text(image_.operands[begin + i]);
    }
    return text;
  }

  [[nodiscard]] std::string set_text(const ConstantSet& set) const {
    std::string text = "[";
    for (const std::string& item : set.items) {
      if (text.size() > 1) text += ", ";
      text += ir::quoted(item);
    }
    return text + "]";
  }

  [[nodiscard]] std::string operand_text(const Instruction& instruction,
                                         const Fragment& fragment) const {
    const std::uint32_t operand = instruction.operand;
    switch (info(instruction.opcode).operand) {
      case Operand::none: return {};
      case Operand::boolean: return operand != 0 ? " true" : " false";
      case Operand::integer: return fmt::format(" {}", image_.integers[operand]);
      case Operand::number: return fmt::format(" {}", image_.numbers[operand]);
      case Operand::text: return " " + ir::quoted(image_.texts[operand]);
      case Operand::set: return " " + set_text(image_.sets[operand]);
      case Operand::attribute: return fmt::format(" {}", attribute_name(image_, operand));
      case Operand::measure: return " " + measure_text(image_.measures[operand]);
      case Operand::use: return " " + use_text(operand);
      case Operand::use_pair: return " " + use_list(operand, 2);
      case Operand::use_list:
        return fmt::format(" {} of {}", image_.operands[operand],
                           use_list(operand + 2, image_.operands[operand + 1]));
      case Operand::target: return fmt::format(" {}", operand - fragment.begin);
      case Operand::relation: return fmt::format(" {}", to_string(instruction.relation));
    }
    return {};
  }

  [[nodiscard]] static std::string mode_text(const Instruction& instruction) {
    std::string text;
    if ((instruction.mode & domains) != 0) text += " as domains";
    if ((instruction.mode & ignore_case) != 0) text += " ignoring case";
    if ((instruction.mode & left_ready) != 0) text += ", left is a constant";
    if ((instruction.mode & right_ready) != 0) text += ", right is a constant";
    return text;
  }

  const Image& image_;
  std::string out_;
};

}  // namespace

std::string dump(const Image& image) { return Disassembler(image).run(); }

}  // namespace modcore::program
