#include "check/fields.hpp"

#include <algorithm>
#include <array>

#include "diag/catalogue.hpp"

namespace modcore::checker {
namespace {

using ir::TextField;

constexpr std::size_t max_host_texts =
    ir::max_text_fields - static_cast<std::size_t>(TextField::first_host);

constexpr std::array host_types{ir::Type::boolean,  ir::Type::integer,  ir::Type::number,
                                ir::Type::duration, ir::Type::time,     ir::Type::text,
                                ir::Type::domain,   ir::Type::text_set, ir::Type::domain_set};

std::optional<ir::Type> host_type(const Reporter& report, const ast::Name& word) {
  std::array<std::string_view, host_types.size()> words;
  std::ranges::transform(host_types, words.begin(), [](ir::Type type) { return to_string(type); });
  const auto index = choose_index(report, word, "type", words);
  return index ? std::optional(host_types[*index]) : std::nullopt;
}

// Declarations by name; the same name twice is fine if the types agree.
class Collector {
 public:
  explicit Collector(diag::Sink& sink) : report_(sink) {}

  // Of the API: there is no file to point at.
  void add(const ir::HostAttribute& attribute) {
    const bool shadows = ir::find_standard_field(attribute.name) != nullptr;
    if (shadows) report_(diag::name_shadows_field, {}, {"attribute", attribute.name});
    const auto [existing, added] = found_.try_emplace(attribute.name, attribute.type);
    if (!added && existing->second != attribute.type) {
      report_(diag::duplicate_id, {}, {"attribute", attribute.name});
    }
  }

  void add(const ast::AttributeDeclaration& declaration) {
    const ast::Name& name = declaration.name;
    if (ir::find_standard_field(name.value) != nullptr) {
      report_(diag::name_shadows_field, name.span, {"attribute", name.value})
          .help("it is a standard field already; remove the declaration or choose another name");
      return;
    }
    const auto type = host_type(report_, declaration.type);
    if (!type) return;
    const auto [existing, added] = found_.try_emplace(name.value, *type);
    if (!added && existing->second != *type) {
      report_(diag::duplicate_id, name.span, {"attribute", name.value})
          .note("elsewhere its type is " + std::string(to_string(existing->second)));
    }
  }

  std::vector<ir::HostAttribute> take() {
    std::vector<ir::HostAttribute> attributes;
    std::size_t texts = 0;
    for (const auto& [name, type] : found_) {
      ir::HostAttribute attribute{name, type, {}};
      if (type == ir::Type::text && texts < max_host_texts) {
        attribute.text =
            static_cast<TextField>(static_cast<std::size_t>(TextField::first_host) + texts++);
      } else if (type == ir::Type::text) {
        report_(diag::limit_exceeded, {},
                {"the number of text attributes", std::to_string(max_host_texts)});
      }
      attributes.push_back(std::move(attribute));
    }
    return attributes;
  }

 private:
  Reporter report_;
  std::map<std::string, ir::Type> found_;
};

}  // namespace

std::vector<ir::HostAttribute> host_attributes(const ast::Bundle& bundle, const Options& options,
                                               diag::Sink& sink) {
  Collector collector(sink);
  for (const ir::HostAttribute& attribute : options.attributes) collector.add(attribute);
  for (const ast::ContextFile& context : bundle.contexts) {
    for (const auto& declaration : context.attributes) collector.add(declaration);
  }
  for (const ast::RuleFile& file : bundle.rule_files) {
    for (const auto& declaration : file.context) collector.add(declaration);
  }
  return collector.take();
}

FieldNames::FieldNames(const std::vector<ir::HostAttribute>& attributes) {
  for (const ir::StandardField& field : ir::standard_fields()) all_.push_back(field.name);
  auto number = static_cast<std::uint16_t>(ir::Attribute::first_host);
  for (const ir::HostAttribute& attribute : attributes) {
    Field field{attribute.type, {}, number++};
    if (attribute.text) field.fields.add(*attribute.text);
    host_.emplace(attribute.name, field);
    all_.push_back(attribute.name);
  }
}

std::optional<Field> FieldNames::find(std::string_view name) const {
  if (const auto host = host_.find(name); host != host_.end()) return host->second;
  const ir::StandardField* standard = ir::find_standard_field(name);
  if (standard == nullptr) return std::nullopt;
  Field field{standard->type, standard->fields, {}};
  if (standard->attribute) field.attribute = static_cast<std::uint16_t>(*standard->attribute);
  return field;
}

std::optional<ir::FieldSet> FieldNames::text_fields(const Reporter& report,
                                                    const std::vector<ast::Name>& names) const {
  ir::FieldSet fields;
  bool good = true;
  for (const ast::Name& name : names) {
    const auto field = find(name.value);
    if (!field) {
      report_unknown(report, "field", name, all_);
    } else if (field->fields.empty()) {
      report(diag::type_mismatch, name.span,
             {"`" + name.value + "` is " + std::string(to_string(field->type)) +
              ", patterns are searched in text"})
          .help(
              "text fields are title, body, own, quote, code, text, urls, author.name and others");
    }
    good = good && field && !field->fields.empty();
    if (good) fields.add(field->fields);
  }
  return good ? std::optional(fields) : std::nullopt;
}

}  // namespace modcore::checker
