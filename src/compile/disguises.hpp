// Gathers the words that are searched for in disguise.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ir/rule_set.hpp"
#include "runtime/match_plan.hpp"

namespace modcore::compiler {

class DisguiseCollector {
 public:
  void add(const ir::WordsItem& item, runtime::ItemRef ref, ir::FieldSet fields);
  void add(const ir::SubstringItem& item, runtime::ItemRef ref, ir::FieldSet fields);

  [[nodiscard]] runtime::DisguisePlan build();

  // The two halves of a word where a space in between shows that it was cut:
  // " fu ck " for fuck, as they stand in the words view. None for anything else
  // than a single plain word.
  [[nodiscard]] static std::vector<std::string> cut_words(const ir::WordSequence& sequence);

 private:
  using Form = text::Lexicon::Form;
  struct Word {
    std::string letters;
    Form form{};
    auto operator<=>(const Word&) const = default;
  };

  void add_sequence(const ir::WordSequence& sequence, runtime::ItemRef ref);
  void add_row(const ir::WordSequence& sequence, runtime::ItemRef ref);
  void add_single(const ir::WordPattern& word, runtime::ItemRef ref);
  std::uint32_t id_of(const ir::WordPattern& word);
  std::uint32_t id_of(std::string_view letters, Form form);
  void probe(std::uint32_t word, const runtime::DisguiseProbe& probe);

  runtime::DisguisePlan plan_;
  std::map<Word, std::uint32_t> ids_;
  std::vector<std::vector<runtime::DisguiseProbe>> probes_;  // by word
};

}  // namespace modcore::compiler
