// Gathers the words that are searched for in disguise.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ir/rule_set.hpp"
#include "runtime/match_plan.hpp"
#include "support/text_ids.hpp"

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
  // An item whose alternatives are being added.
  struct Adding {
    runtime::ItemRef ref;
    std::uint32_t first_word = 0;          // in DisguisePlan::words
    std::vector<std::uint32_t> letters{};  // of each of its words
  };

  void add_sequence(const ir::WordSequence& sequence, std::uint32_t alternative, const Adding& item);
  void add_row(const ir::WordSequence& sequence, runtime::ItemRef ref);
  std::uint32_t id_of(const ir::WordPattern& word);
  std::uint32_t id_of(std::string_view letters, Form form);
  void probe(std::uint32_t word, const runtime::DisguiseProbe& probe);

  runtime::DisguisePlan plan_;
  TextIds ids_;  // of letters behind a byte for the form
  std::string key_;
  std::vector<runtime::DisguiseProbe> probes_;
  std::vector<std::uint32_t> words_;  // of each probe
};

}  // namespace modcore::compiler
