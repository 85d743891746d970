#include "program/verify_fragment.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace modcore::program {

namespace {

// Several times what the language allows.
constexpr std::uint32_t max_depth = 1024;

// Runs the code on types in place of values.
class FragmentVerifier {
 public:
  FragmentVerifier(const Image& image, const Fragment& fragment)
      : image_(image), fragment_(fragment) {}

  void run(std::string_view results) {
    require(fragment_.begin < fragment_.end && fragment_.end <= image_.code.size(),
            "the fragment lies outside the code");
    for (at_ = fragment_.begin; at_ < fragment_.end; ++at_) {
      arrive();
      step(image_.code[at_]);
      require(stack_.size() <= image_.stack_size, "the stack overflows");
      require(!stack_.empty(), "the stack is empty");
      tops_.push_back(stack_.back());
    }
    arrive();
    require(landings_.empty(), "a jump leaves the fragment");
    require(stack_.size() == 1 && results.find(stack_.front()) != std::string_view::npos,
            "the fragment leaves the wrong value");
    nodes();
  }

 private:
  void require(bool condition, std::string_view fault) const {
    if (!condition) throw Fault(fmt::format("instruction {}: {}", at_, fault));
  }

  // A jump must find the stack that running on finds.
  void arrive() {
    const auto [begin, end] = landings_.equal_range(at_);
    for (auto landing = begin; landing != end; ++landing) {
      require(landing->second == stack_, "a jump arrives with another stack");
    }
    landings_.erase(begin, end);
  }

  void step(const Instruction& instruction) {
    require(static_cast<std::size_t>(instruction.opcode) < opcode_count(), "unknown opcode");
    const OpcodeInfo& what = info(instruction.opcode);
    require(instruction.relation <= Relation::greater_equal && instruction.mode <= all_modes,
            "unknown relation or mode");
    check_operand(instruction, what);
    const char any = pop(what.pops);
    push(instruction, what.pushes.front(), any);
    if (what.operand == Operand::target) {
      require(instruction.operand > at_ && instruction.operand <= fragment_.end,
              "a jump goes backwards or out of the fragment");
      landings_.emplace(instruction.operand, stack_);
    }
  }

  // Returns the type that '*' stood for.
  char pop(std::string_view letters) {
    char any = '\0';
    for (auto letter = letters.rbegin(); letter != letters.rend(); ++letter) {
      require(!stack_.empty(), "the stack is empty");
      const char top = stack_.back();
      stack_.pop_back();
      const bool fits = *letter == '*' ? any == '\0' || any == top : *letter == top;
      require(fits, "an operand has the wrong type");
      if (*letter == '*') any = top;
    }
    return any;
  }

  void push(const Instruction& instruction, char letter, char any) {
    if (letter == '*') letter = any;
    if (letter == '?') {
      letter = instruction.opcode == Opcode::measure
                   ? stack_type(measure_type(image_.measures[instruction.operand].function))
                   : stack_type(attribute_type(image_, instruction.operand));
    }
    stack_.push_back(letter);
  }

  void check_operand(const Instruction& instruction, const OpcodeInfo& what) const {
    const std::size_t operand = instruction.operand;
    switch (what.operand) {
      case Operand::none:
      case Operand::relation:
      case Operand::target: return;
      case Operand::boolean: return require(operand <= 1, "no boolean");
      case Operand::integer: return require(operand < image_.integers.size(), "no such integer");
      case Operand::number: return require(operand < image_.numbers.size(), "no such number");
      case Operand::text: return require(operand < image_.texts.size(), "no such text");
      case Operand::set: return require(operand < image_.sets.size(), "no such set");
      case Operand::attribute:
        return require(operand < attribute_count(image_), "no such attribute");
      case Operand::measure: return require(operand < image_.measures.size(), "no such measure");
      case Operand::use: return require(operand < image_.uses.size(), "no such use");
      case Operand::use_pair: return check_uses(operand, 2);
      case Operand::use_list:
        require(operand + 1 < image_.operands.size(), "no such list of uses");
        return check_uses(operand + 2, image_.operands[operand + 1]);
    }
  }

  void check_uses(std::size_t begin, std::size_t count) const {
    const auto& operands = image_.operands;
    require(begin <= operands.size() && count <= operands.size() - begin, "a list of uses is cut");
    for (std::size_t i = begin; i < begin + count; ++i) {
      require(operands[i] < image_.uses.size(), "no such use");
    }
  }

  void nodes() const {
    require(fragment_.nodes_begin < fragment_.nodes_end &&
                fragment_.nodes_end <= image_.nodes.size(),
            "the fragment's nodes lie outside the table");
    for (std::uint32_t i = fragment_.nodes_begin; i < fragment_.nodes_end; ++i) {
      const Node& node = image_.nodes[i];
      require(node.instruction >= fragment_.begin && node.instruction < fragment_.end,
              "a node lies outside the fragment");
      require(node.nodes >= 1 && node.nodes <= i - fragment_.nodes_begin + 1,
              "a node has more children than there are");
      require(node.type <= ir::Type::fields, "a node has no type");
      require(is_shown_as_written(node) || has_its_type(node), "a node has another type than its value");
    }
    require(has_its_type(image_.nodes[fragment_.nodes_end - 1]), "the root has another type than its value");
    subtrees();
  }

  // A constant, which may stand as a number where an int is written.
  [[nodiscard]] bool is_shown_as_written(const Node& node) const {
    return image_.code[node.instruction].opcode <= Opcode::push_set;
  }
  [[nodiscard]] bool has_its_type(const Node& node) const {
    return stack_type(node.type) == tops_[node.instruction - fragment_.begin];
  }

  // The children of each node must tile the space before it, and not lie too deep for
  // those who walk down to them.
  void subtrees() const {
    std::vector<std::uint32_t> depths;
    for (std::uint32_t i = fragment_.nodes_begin; i < fragment_.nodes_end; ++i) {
      std::uint32_t rest = image_.nodes[i].nodes - 1;
      std::uint32_t depth = 0;
      for (std::uint32_t child = i; rest > 0;) {
        const std::uint32_t size = image_.nodes[child - 1].nodes;
        require(size <= rest, "a node's children do not fit");
        depth = std::max(depth, depths[child - 1 - fragment_.nodes_begin]);
        rest -= size;
        child -= size;
      }
      require(depth < max_depth, "the nodes lie too deep");
      depths.push_back(depth + 1);
    }
    require(image_.nodes[fragment_.nodes_end - 1].nodes ==
                fragment_.nodes_end - fragment_.nodes_begin,
            "the last node is not the root");
  }

  const Image& image_;
  const Fragment& fragment_;
  std::uint32_t at_ = 0;
  std::string stack_;  // a letter for each value
  std::string tops_;   // what each instruction leaves on top
  std::multimap<std::uint32_t, std::string> landings_;
};

}  // namespace

void verify_fragment(const Image& image, const Fragment& fragment, std::string_view results) {
  FragmentVerifier(image, fragment).run(results);
}

}  // namespace modcore::program
