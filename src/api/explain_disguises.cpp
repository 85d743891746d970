#include "api/explain_disguises.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "runtime/evidence.hpp"
#include "support/utf8.hpp"
#include "text/disguise.hpp"
#include "text/disguise_trace.hpp"

namespace modcore::api {

namespace {

using text::Lexicon;
using text::Range;

struct Target {
  std::string word;
  Lexicon::Form form = Lexicon::Form::whole;
};

void add_word(const ir::WordPattern& word, std::vector<Target>& out) {
  const auto& parts = word.accents;
  if (parts.size() == 1) out.push_back({parts.front(), Lexicon::Form::whole});
  if (parts.size() != 2) return;
  if (parts.back().empty()) out.push_back({parts.front(), Lexicon::Form::prefix});
  if (parts.front().empty()) out.push_back({parts.back(), Lexicon::Form::suffix});
}

// The words of an item, and its words run together, as rows of letters have them.
std::vector<Target> targets_of(const runtime::PlannedItem& item) {
  std::vector<Target> out;
  if (const auto* substring = std::get_if<ir::SubstringItem>(&item.what)) {
    out.push_back({substring->accents, Lexicon::Form::inside});
  }
  const auto* words = std::get_if<ir::WordsItem>(&item.what);
  if (words == nullptr) return out;
  for (const ir::WordSequence sequence : words->alternatives) {
    std::string row;
    for (const ir::WordElement element : sequence) {
      const ir::WordPattern* const word = element.word();
      if (word == nullptr) continue;
      add_word(*word, out);
      if (word->accents.size() == 1) row += word->accents.front();
    }
    if (sequence.size() > 1) out.push_back({std::move(row), Lexicon::Form::row});
  }
  return out;
}

std::vector<std::string> how(std::uint16_t as) {
  static constexpr std::array<std::string_view, 10> names = {
      "look-alike", "letter-like sign", "leet",   "drawn",  "mask",
      "stretched",  "joined",           "markup", "entity", "reversed"};
  std::vector<std::string> out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (((std::uint32_t{as} >> i) & 1U) != 0) out.emplace_back(names[i]);
  }
  return out;
}

class DisguiseExplainer {
 public:
  DisguiseExplainer(runtime::Session& session, const runtime::MatchPlan& plan,
                    std::vector<DisguisedWord>& out)
      : session_(session), plan_(plan), out_(out) {}

  void add(const runtime::Match& match) {
    const runtime::PlannedItem& item = plan_.patterns[match.pattern].items[match.item];
    const std::vector<Target> targets = targets_of(item);
    if (targets.empty()) return;
    const runtime::Piece piece = session_.text().piece(match.piece);
    const Range within{match.range.begin - piece.range.begin, match.range.end - piece.range.begin};
    const std::string_view text = session_.text().text(match.piece);
    bool any = false;
    for (const auto& [range, target] : words_within(text, within, targets)) {
      any |= add_word(match, piece, text, range, targets[target]);
    }
    // A word that was cut by a space is no suspect, so nothing was found.
    for (std::size_t i = 0; i < targets.size() && !any; ++i) {
      any = add_word(match, piece, text, within, targets[i]);
    }
  }

 private:
  using Placed = std::pair<Range, std::size_t>;

  // The longest words from the left on, without overlap.
  static std::vector<Placed> words_within(std::string_view text, Range within,
                                          const std::vector<Target>& targets) {
    Lexicon lexicon;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      static_cast<void>(lexicon.add(targets[i].word, targets[i].form, static_cast<std::uint32_t>(i)));
    }
    lexicon.finish();
    std::vector<text::Disguised> found;
    text::DisguiseFinder().find(text, lexicon, found);
    std::erase_if(found, [&](const text::Disguised& one) {
      return one.range.begin < within.begin || one.range.end > within.end;
    });
    std::ranges::sort(found, {}, [](const text::Disguised& one) {
      return std::tuple(one.range.begin, ~one.range.end, one.id);
    });
    std::vector<Placed> words;
    for (const text::Disguised& one : found) {
      if (!words.empty() && one.range.begin < words.back().first.end) continue;
      words.emplace_back(one.range, one.id);
    }
    return words;
  }

  bool add_word(const runtime::Match& match, const runtime::Piece& piece, std::string_view text,
                Range range, const Target& target) {
    const auto parts = text::trace_disguise(text, range, target.word, target.form);
    if (parts.empty()) return false;
    const program::Pattern& pattern = session_.image().patterns[match.pattern];
    DisguisedWord word;
    word.pattern = pattern.name;
    word.item = program::item_text(session_.image(), match.pattern, match.item);
    word.field = runtime::source_name(session_.image(), session_.text().sources()[piece.source]);
    word.begin = piece.range.begin + range.begin;
    word.end = piece.range.begin + range.end;
    word.text = text.substr(range.begin, range.end - range.begin);
    for (const text::ReadPart& part : parts) {
      ReadCharacter& read = word.characters.emplace_back();
      read.begin = piece.range.begin + part.range.begin;
      read.end = piece.range.begin + part.range.end;
      read.text = text.substr(part.range.begin, part.range.end - part.range.begin);
      if (part.letter != 0) utf8::append(read.letter, part.letter);
      read.how = how(part.as);
      word.word += read.letter;
    }
    out_.push_back(std::move(word));
    return true;
  }

  runtime::Session& session_;
  const runtime::MatchPlan& plan_;
  std::vector<DisguisedWord>& out_;
};

}  // namespace

void add_disguises(runtime::Session& session, const runtime::MatchPlan& plan,
                   const program::Rule& rule, std::vector<DisguisedWord>& out) {
  DisguiseExplainer explainer(session, plan, out);
  for (const std::uint32_t use : rule.evidence_uses) {
    for (const runtime::Match& match :
         session.matcher().matches(static_cast<runtime::UseId>(use), runtime::most_evidence)) {
      const auto tolerance = static_cast<Tolerance>(session.matcher().tolerance(match));
      if (tolerance == Tolerance::obfuscated) explainer.add(match);
    }
  }
  const auto key = [](const DisguisedWord& one) {
    return std::tie(one.field, one.begin, one.end, one.pattern, one.item);
  };
  std::ranges::stable_sort(out, {}, key);
  const auto same = [&](const auto& a, const auto& b) { return key(a) == key(b); };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
}

}  // namespace modcore::api
