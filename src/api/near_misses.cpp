// A pattern that did not match is compiled again with one of its bounds lifted, and
// searched for with the engine itself; the first variant that matches tells what the
// bound was.
#include "api/near_misses.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "api/pattern_probe.hpp"
#include "runtime/describe.hpp"

namespace modcore::api {
namespace {

using runtime::PlannedPattern;

constexpr std::uint16_t most_extra_words = 3;

ir::Alternatives widened(const ir::Alternatives& alternatives, std::uint16_t extra) {
  ir::WordRows wide;
  wide.words = alternatives.rows().words;
  wide.gaps = alternatives.rows().gaps;
  for (ir::Gap& gap : wide.gaps) gap.maximum = static_cast<std::uint16_t>(gap.maximum + extra);
  const std::uint32_t between = ir::WordRows::number_of_gap(wide.gaps.size());
  wide.gaps.push_back({0, extra});
  for (const ir::WordSequence sequence : alternatives) {
    bool after_word = false;
    for (const ir::WordElement element : sequence) {
      const bool is_word = element.word() != nullptr;
      if (is_word && after_word) wide.elements.push_back(between);
      wide.elements.push_back(element.number());
      after_word = is_word;
    }
    wide.end_row();
  }
  return ir::Alternatives(std::move(wide));
}

// Phrases with room for a few more words in each gap and between their words.
void widen_gaps(ir::Pattern& pattern, std::uint16_t extra) {
  for (ir::Item& item : pattern.items) {
    auto* words = std::get_if<ir::WordsItem>(&item.what);
    if (words == nullptr) continue;
    words->alternatives = widened(words->alternatives, extra);
  }
}

void keep_words(ir::Pattern& pattern) {
  std::erase_if(pattern.items, [](const ir::Item& item) { return std::holds_alternative<ir::RegexItem>(item.what); });
}

// Whether one letter more, less, other or swapped makes one word of the other.
bool one_edit_apart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 2 || a == b) return false;  // a letter has at most a few bytes
  std::size_t begin = 0;
  while (begin < a.size() && a[begin] == b[begin]) ++begin;
  std::size_t end = 0;
  while (end < a.size() - begin && a[a.size() - 1 - end] == b[b.size() - 1 - end]) ++end;
  const std::string_view left = a.substr(begin, a.size() - begin - end);
  const std::string_view right = b.substr(begin, b.size() - begin - end);
  if (left.size() <= 1 && right.size() <= 1) return true;
  return left.size() == 2 && right.size() == 2 && left[0] == right[1] && left[1] == right[0];
}

// A word of four letters or more of the item with a slip in it; its other words stand
// beside it as they should.
class SlipFinder {
 public:
  explicit SlipFinder(Prober& prober) : prober_(prober) {}

  std::optional<std::pair<ProbeMatch, std::string>> find(const PlannedPattern& pattern, ir::FieldSet fields) {
    for (const runtime::PieceId piece : prober_.text().distinct_pieces(fields)) pieces_.push_back(piece);
    for (const runtime::PieceId piece : pieces_) {
      for (std::size_t i = 0; i < pattern.items.size(); ++i) {
        const auto* words = std::get_if<ir::WordsItem>(&pattern.items[i].what);
        if (words == nullptr) continue;
        for (const ir::WordSequence sequence : words->alternatives) {
          if (auto found = in_piece(piece, sequence, i)) return found;
        }
      }
    }
    return std::nullopt;
  }

 private:
  static const std::string* plain_word(const ir::WordElement& element) {
    const ir::WordPattern* word = element.word();
    return word != nullptr && word->accents.size() == 1 ? &word->accents.front() : nullptr;
  }

  std::optional<std::pair<ProbeMatch, std::string>> in_piece(runtime::PieceId piece, const ir::WordSequence& sequence,
                                                        std::size_t item) {
    text::Views& views = prober_.text().views(piece);
    const std::string_view all = views.get(text::View::words);
    const auto tokens = views.tokens();
    for (std::size_t at = 0; at + sequence.size() <= tokens.size(); ++at) {
      std::string slip;
      bool stands = true;
      for (std::size_t i = 0; i < sequence.size() && stands; ++i) {
        const std::string* wanted = plain_word(sequence[i]);
        const text::Range range = tokens[at + i].words;
        const std::string_view word = all.substr(range.begin, range.end - range.begin);
        if (wanted == nullptr) return std::nullopt;
        if (word == *wanted) continue;
        stands = slip.empty() && wanted->size() >= 4 && one_edit_apart(word, *wanted);
        slip = *wanted;
      }
      if (!stands || slip.empty()) continue;
      const runtime::Piece& where = prober_.text().piece(piece);
      const runtime::SourceText& source = prober_.text().sources()[where.source];
      const text::Range range{where.range.begin + tokens[at].original.begin,
                              where.range.begin + tokens[at + sequence.size() - 1].original.end};
      ProbeMatch found{item, runtime::source_name(prober_.image(), source), range,
                  std::string(source.text.substr(range.begin, range.end - range.begin))};
      return std::pair(std::move(found), std::move(slip));
    }
    return std::nullopt;
  }

  Prober& prober_;
  std::vector<runtime::PieceId> pieces_;
};

class NearMissFinder {
 public:
  NearMissFinder(Prober& prober, const runtime::MatchPlan& plan, ir::PatternUse use)
      : prober_(prober), plan_(plan), use_(use), name_(prober.image().patterns[static_cast<std::size_t>(use.pattern)].name) {}

  std::optional<ExplainedPart> find() {
    if (auto miss = excepted()) return miss;
    if (auto miss = elsewhere_in_the_field()) return miss;
    if (auto miss = in_another_language()) return miss;
    if (auto miss = at_a_tolerance(use_.fields, "")) return miss;
    if (auto miss = in_another_field()) return miss;
    if (auto miss = with_a_wider_gap()) return miss;
    if (auto slip = SlipFinder(prober_).find(planned(), use_.fields)) {
      return told(slip->first, fmt::format("it is one letter away from `{}`", slip->second));
    }
    return at_a_tolerance(prober_.all_fields(), "in another field, ");
  }

 private:
  [[nodiscard]] const PlannedPattern& planned() const {
    return plan_.patterns[static_cast<std::size_t>(use_.pattern)];
  }

  ExplainedPart told(const ProbeMatch& found, std::string why) const {
    Evidence place;
    place.pattern = name_;
    place.item = program::item_text(prober_.image(), static_cast<std::size_t>(use_.pattern), found.item);
    place.field = found.field;
    place.begin = found.range.begin;
    place.end = found.range.end;
    place.text = found.text;
    ExplainedPart part{"nearest", {}};
    part.condition.text = fmt::format("${} \"{}\"", name_, place.item);
    part.condition.value = std::move(why);
    part.condition.evidence.push_back(std::move(place));
    return part;
  }

  template <typename Change, typename Tell>
  std::optional<ExplainedPart> with(const Change& change, const Tell& tell) {
    PatternProbe probe = probe_of(plan_, prober_.image(), use_);
    change(probe);
    if (probe.pattern.items.empty()) return std::nullopt;
    const auto found = prober_.search(probe);
    return found ? std::optional(told(*found, tell(*found))) : std::nullopt;
  }

  std::optional<ExplainedPart> excepted() {
    if (planned().except == ir::no_pattern) return std::nullopt;
    const auto by = [&](const ProbeMatch&) {
      PatternProbe probe = probe_of(plan_, prober_.image(), use_);
      const auto excuse = prober_.search({*probe.except, std::nullopt});
      return excuse ? fmt::format("it matches, but `except` takes it away: \"{}\"", excuse->text)
                    : std::string("it matches, but `except` takes it away");
    };
    return with([](PatternProbe& probe) { probe.except.reset(); }, by);
  }

  std::optional<ExplainedPart> elsewhere_in_the_field() {
    const ir::At at = planned().at;
    if (at == ir::At::anywhere) return std::nullopt;
    return with([](PatternProbe& probe) { probe.pattern.at = ir::At::anywhere; }, [&](const ProbeMatch&) {
      return fmt::format("it stands elsewhere than `at: {}` wants", ir::to_string(at));
    });
  }

  std::optional<ExplainedPart> in_another_language() {
    if (planned().languages.empty()) return std::nullopt;
    return with([](PatternProbe& probe) { probe.pattern.languages.clear(); }, [&](const ProbeMatch&) {
      return fmt::format("the group is for {} only", fmt::join(planned().languages, ", "));
    });
  }

  std::optional<ExplainedPart> at_a_tolerance(ir::FieldSet fields, std::string_view where) {
    static constexpr std::array steps = {ir::Tolerance::case_, ir::Tolerance::accents, ir::Tolerance::obfuscated};
    for (const ir::Tolerance step : steps) {
      if (step <= planned().tolerance) continue;
      auto miss = with(
          [&](PatternProbe& probe) {
            probe.pattern.tolerance = step;
            probe.pattern.in = fields;
            keep_words(probe.pattern);
          },
          [&](const ProbeMatch&) { return fmt::format("it would match {}at `tolerance: {}`", where, ir::to_string(step)); });
      if (miss) return miss;
    }
    return std::nullopt;
  }

  std::optional<ExplainedPart> in_another_field() {
    return with([&](PatternProbe& probe) { probe.pattern.in = prober_.all_fields(); }, [](const ProbeMatch& found) {
      return fmt::format("it would match in `{}`, where the group does not look", found.field);
    });
  }

  std::optional<ExplainedPart> with_a_wider_gap() {
    for (std::uint16_t extra = 1; extra <= most_extra_words; ++extra) {
      auto miss = with(
          [&](PatternProbe& probe) {
            keep_words(probe.pattern);
            widen_gaps(probe.pattern, extra);
          },
          [&](const ProbeMatch&) {
            return fmt::format("{} word{} too many stand{} in it", extra, extra == 1 ? "" : "s", extra == 1 ? "s" : "");
          });
      if (miss) return miss;
    }
    return std::nullopt;
  }

  Prober& prober_;
  const runtime::MatchPlan& plan_;
  ir::PatternUse use_;
  const std::string& name_;
};

}  // namespace

std::vector<ExplainedPart> near_misses(runtime::Session& session, const runtime::MatchPlan& plan, const Post& post,
                                  const program::Rule& rule) {
  std::vector<ExplainedPart> out;
  std::optional<Prober> prober;
  for (const std::uint32_t use : rule.evidence_uses) {
    if (session.matcher().matched(static_cast<runtime::UseId>(use)) != runtime::Truth::no) continue;
    if (!prober) prober.emplace(session, post);
    if (auto miss = NearMissFinder(*prober, plan, plan.uses[use]).find()) out.push_back(std::move(*miss));
  }
  return out;
}

}  // namespace modcore::api
