// The instruction set: compiled conditions in postfix order, for a machine with
// one stack. Every value is one of five types or missing; a missing bool is the
// third truth value, "unknown".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ir/types.hpp"

namespace modcore::program {

enum class Opcode : std::uint8_t {
#define MODCORE_OPCODE(name, operand, pops, pushes) name,
#include "program/opcodes.inc"
#undef MODCORE_OPCODE
};

// What Instruction::operand means.
enum class Operand : std::uint8_t {
  none,
  boolean,    // 0 or 1
  integer,    // index into Image::integers
  number,     // ... Image::numbers
  text,       // ... Image::texts
  set,        // ... Image::sets
  attribute,  // ir::Attribute or host attribute
  measure,    // index into Image::measures
  use,        // index into Image::uses
  use_list,   // index into Image::operands: how many must match, number of uses, the uses
  use_pair,   // index into Image::operands: two uses
  target,     // instruction that goes on, behind this one in the same fragment
  relation,   // ... is in Instruction::relation
};

enum class Relation : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };

// How texts are compared, as bits of Instruction::mode.
inline constexpr std::uint8_t ignore_case = 1;     // by their fold
inline constexpr std::uint8_t left_ready = 2;      // the left operand is a constant, folded already
inline constexpr std::uint8_t right_ready = 4;     // so is the right one
inline constexpr std::uint8_t domains = 8;         // "equals or lies below"
inline constexpr std::uint8_t all_modes = 15;

struct Instruction {
  Opcode opcode{};
  Relation relation{};
  std::uint8_t mode = 0;
  std::uint32_t operand = 0;
  bool operator==(const Instruction&) const = default;
};
static_assert(sizeof(Instruction) == 8);

struct OpcodeInfo {
  std::string_view name;
  Operand operand{};
  std::string_view pops;
  std::string_view pushes;
};
// Static storage. The opcode must be one of the enumeration.
[[nodiscard]] const OpcodeInfo& info(Opcode opcode) noexcept;
[[nodiscard]] std::size_t opcode_count() noexcept;
[[nodiscard]] std::string_view to_string(Relation relation) noexcept;

// The stack's letter for a type of the language; '\0' for those that are no value.
[[nodiscard]] char stack_type(ir::Type type) noexcept;

}  // namespace modcore::program
