#include "program/instruction.hpp"

#include <array>

namespace modcore::program {

namespace {

constexpr OpcodeInfo table[] = {
#define MODCORE_OPCODE(name, operand, pops, pushes) {#name, Operand::operand, pops, pushes},
#include "program/opcodes.inc"
#undef MODCORE_OPCODE
};

}  // namespace

const OpcodeInfo& info(Opcode opcode) noexcept { return table[static_cast<std::size_t>(opcode)]; }

std::size_t opcode_count() noexcept { return std::size(table); }

std::string_view to_string(Relation relation) noexcept {
  constexpr std::array<std::string_view, 6> names = {"==", "!=", "<", "<=", ">", ">="};
  return names[static_cast<std::size_t>(relation)];
}

char stack_type(ir::Type type) noexcept {
  switch (type) {
    case ir::Type::boolean: return 'b';
    case ir::Type::integer:
    case ir::Type::duration:
    case ir::Type::time: return 'i';
    case ir::Type::number: return 'n';
    case ir::Type::text:
    case ir::Type::domain:
    case ir::Type::enumeration: return 't';
    case ir::Type::text_set:
    case ir::Type::domain_set: return 's';
    case ir::Type::pattern:
    case ir::Type::fields: return '\0';
  }
  return '\0';
}

}  // namespace modcore::program
