// Gathers the words that are searched for in disguise.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
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
  // What is looked for of an item, the same wherever the item stands.
  struct Known {
    struct Row {
      bool taken = false;                   // it has enough letters
      std::uint32_t id = runtime::no_word;  // of its words run together
    };
    std::vector<std::uint32_t> words;  // the ids of its words
    std::vector<std::size_t> letters;  // how many each of them has
    std::vector<Row> rows;             // by alternative
  };

  // A probe, and the word that its phrase cannot do without.
  struct Wanted {
    std::uint32_t companion = runtime::no_word;
    runtime::DisguiseProbe probe;
  };

  [[nodiscard]] const Known& known_of(const ir::Alternatives& alternatives);
  [[nodiscard]] Known read(const ir::Alternatives& alternatives);
  void add_sequence(const ir::WordSequence& sequence, std::uint32_t alternative, const Known& item,
                    runtime::ItemRef ref, std::uint32_t first_word);
  std::uint32_t id_of_row(const ir::WordSequence& sequence);
  std::uint32_t id_of(const ir::WordPattern& word);
  std::uint32_t id_of(std::string_view letters, Form form);
  void probe(std::uint32_t word, const runtime::DisguiseProbe& probe, std::uint32_t companion = runtime::no_word);
  [[nodiscard]] text::Range group(std::span<Wanted> wanted);
  // The two longest words of a phrase; elements, the longer one first.
  [[nodiscard]] std::array<std::uint32_t, 2> longest(const ir::WordSequence& sequence, const Known& item) const;

  runtime::DisguisePlan plan_;
  std::unordered_map<const ir::WordRows*, Known> known_;  // of items of many alternatives
  Known known_once_;
  TextIds ids_;  // of letters behind a byte for the form
  std::string key_;
  std::vector<Wanted> probes_;
  std::vector<std::uint32_t> words_;  // of each probe
};

}  // namespace modcore::compiler
