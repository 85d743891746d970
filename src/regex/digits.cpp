#include "regex/digits.hpp"

#include <algorithm>
#include <utility>

#include "regex/counts.hpp"
#include "regex/length.hpp"

namespace modcore::regex {
namespace {

// The runs of digits of the sequences of a regex.
class DigitFinder {
 public:
  void walk(const Node& node) {
    if (node.kind == Node::Kind::sequence) {
      for (const Node& child : node.children) walk(child);
      return;
    }
    if (node.kind == Node::Kind::repeat && node.min == node.max && node.max > 0 && node.max <= 8) {
      for (std::uint32_t i = 0; i < node.max; ++i) walk(node.children.front());
      return;
    }
    const Length length = length_of(node);
    if (node.kind == Node::Kind::character && node.code_point >= '0' && node.code_point <= '9') {
      if (run_.digits.empty()) run_ = {{}, min_, max_};
      run_.digits += static_cast<char>(node.code_point);
    } else if (may_take_digits(node)) {
      end_run();
    }
    min_ = sum(min_, length.min);
    max_ = sum(max_, length.max);
  }

  RequiredDigits take() {
    end_run();
    return std::move(best_);
  }

 private:
  static bool may_take_digits(const Node& node) {
    switch (node.kind) {
      case Node::Kind::character: return node.code_point >= 128;
      case Node::Kind::set: {
        for (std::size_t c = '0'; c <= '9'; ++c) {
          if (node.set.may[c]) return true;
        }
        return node.set.may_number;
      }
      case Node::Kind::unknown: return true;
      case Node::Kind::sequence:
      case Node::Kind::alternation:
      case Node::Kind::repeat:
        return std::any_of(node.children.begin(), node.children.end(), may_take_digits);
      default: return false;
    }
  }

  void end_run() {
    if (run_.digits.size() > best_.digits.size()) best_ = run_;
    run_ = {};
  }

  std::uint32_t min_ = 0, max_ = 0;
  RequiredDigits run_, best_;
};

}  // namespace

RequiredDigits required_digits(const Node& root) {
  DigitFinder finder;
  finder.walk(root);
  return finder.take();
}

}  // namespace modcore::regex
