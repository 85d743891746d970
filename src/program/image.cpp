#include "program/image.hpp"

#include <array>

namespace modcore::program {

namespace {

constexpr std::size_t standard_attributes = static_cast<std::size_t>(ir::Attribute::first_host);

std::array<ir::Type, standard_attributes> standard_types() {
  std::array<ir::Type, standard_attributes> types{};
  for (const ir::StandardField& field : ir::standard_fields()) {
    if (field.attribute) types[static_cast<std::size_t>(*field.attribute)] = field.type;
  }
  return types;
}

}  // namespace

std::size_t attribute_count(const Image& image) noexcept {
  return standard_attributes + image.host_attributes.size();
}

ir::Type attribute_type(const Image& image, std::uint32_t attribute) noexcept {
  static const std::array<ir::Type, standard_attributes> types = standard_types();
  return attribute < standard_attributes ? types[attribute]
                                         : image.host_attributes[attribute - standard_attributes].type;
}

std::string_view attribute_name(const Image& image, std::uint32_t attribute) noexcept {
  return attribute < standard_attributes ? ir::to_string(static_cast<ir::Attribute>(attribute))
                                         : image.host_attributes[attribute - standard_attributes].name;
}

std::string_view field_name(const Image& image, ir::TextField field) noexcept {
  if (field < ir::TextField::first_host) return ir::to_string(field);
  for (const ir::HostAttribute& attribute : image.host_attributes) {
    if (attribute.text == field) return attribute.name;
  }
  return {};
}

bool is_measure(ir::Function function) noexcept {
  return function >= ir::Function::length && function <= ir::Function::quoted_ratio;
}

ir::Type measure_type(ir::Function function) noexcept {
  switch (function) {
    case ir::Function::caps_ratio:
    case ir::Function::digit_ratio:
    case ir::Function::symbol_ratio:
    case ir::Function::repeat_ratio:
    case ir::Function::unique_word_ratio:
    case ir::Function::script_ratio:
    case ir::Function::similar:
    case ir::Function::quoted_ratio: return ir::Type::number;
    case ir::Function::misleading_link: return ir::Type::boolean;
    case ir::Function::hosts:
    case ir::Function::domains: return ir::Type::domain_set;
    default: return ir::Type::integer;
  }
}

}  // namespace modcore::program
