#include "runtime/search.hpp"

#include <hs.h>

#include <algorithm>
#include <bit>
#include <new>

#include "support/utf8.hpp"
#include "text/entities.hpp"

namespace modcore::runtime {
namespace {

bool share(ir::FieldSet a, ir::FieldSet b) noexcept { return (a.bits & b.bits) != 0; }

// `pl` covers `pl-PL`. Both in lower case.
bool covers(std::string_view tag, std::string_view lang) noexcept {
  return lang.starts_with(tag) && (lang.size() == tag.size() || lang[tag.size()] == '-');
}

// "/maps" is a prefix of "/maps", "/maps/x" and "/maps?q", not of "/mapsy".
bool path_under(std::string_view path, std::string_view prefix) noexcept {
  if (!path.starts_with(prefix)) return false;
  if (prefix.empty() || prefix.ends_with('/') || path.size() == prefix.size()) return true;
  const char next = path[prefix.size()];
  return next == '/' || next == '?' || next == '#';
}

// Which number comes after, skipping the one that fresh entries bear.
std::uint32_t successor(std::uint32_t number) noexcept { return number + 1 == 0 ? 1 : number + 1; }

}  // namespace

// Called by Hyperscan for each occurrence. An exception would leave the scratch
// in use for ever, so running out of memory is carried over the call.
struct Search::Callback {
  Search& search;
  const LiteralTable* table;
  std::size_t most;  // occurrences of one literal that are looked at
  bool out_of_memory = false;

  static int on_match(unsigned id, unsigned long long, unsigned long long to, unsigned,
                      void* context) noexcept {
    auto& self = *static_cast<Callback*>(context);
    try {
      self.take(id, static_cast<std::uint32_t>(to));
    } catch (const std::bad_alloc&) {
      self.out_of_memory = true;
      return 1;
    }
    return 0;
  }

  void take(std::uint32_t id, std::uint32_t end) {
    if (table == nullptr) {
      search.hits_.push_back({end, id});
      return;
    }
    const Literal& literal = table->literals[id];
    if (!share(literal.fields, search.piece_.fields)) return;
    Occurrences& seen = search.occurrences_[id];
    if (seen.scan != search.scan_) seen = {search.scan_, 0};
    ++seen.count;
    if (seen.count <= (literal.once ? 1 : most)) {
      search.hits_.push_back({end, id});
    } else if (!literal.once && seen.count == most + 1) {
      search.overflowed_.push_back(id);
    }
  }
};

Search::Search(const MatchPlan& plan) : plan_(plan), disguise_search_(plan.disguises) {
  for (const LiteralTable* table : {&plan.words, &plan.fold, &plan.digits}) {
    scratch_.fit(table->database);
    occurrences_.resize(std::max(occurrences_.size(), table->literals.size()));
  }
  for (const RegexFilter* filter : {&plan.repaired_filter, &plan.fold_filter}) {
    scratch_.fit(filter->ascii);
    scratch_.fit(filter->utf8);
  }
  found_.resize(plan.patterns.size());
  regex_ran_.resize(plan.regexes.size());
}

void Search::run(PostText& post, std::string_view lang) {
  reset();
  post_ = &post;
  lang_ = lang;
  route();
  for (std::size_t i = 0; i < piece_fields_.size(); ++i) {
    if (piece_fields_[i].bits == 0) continue;
    const auto id = static_cast<PieceId>(i);
    piece_ = {id, piece_fields_[i], post.piece(id).range.begin, nullptr};
    piece_number_ = successor(piece_number_);
    if (!post.text(id).empty()) search_piece();
  }
  std::sort(flooded_.begin(), flooded_.end());
  std::sort(gave_up_.begin(), gave_up_.end());
}

void Search::reset() {
  for (const std::uint32_t pattern : touched_) {
    RawMatches& found = found_[pattern];
    found.matches.clear();
    found.touched = found.flooded = found.gave_up = false;
  }
  touched_.clear();
  flooded_.clear();
  gave_up_.clear();
  piece_fields_.clear();
}

void Search::route() {
  for (std::uint64_t bits = plan_.fields.bits; bits != 0; bits &= bits - 1) {
    const auto field = static_cast<ir::TextField>(std::countr_zero(bits));
    for (const PieceId id : post_->pieces(field)) {
      const auto index = static_cast<std::size_t>(id);
      if (index >= piece_fields_.size()) piece_fields_.resize(index + 1);
      piece_fields_[index].add(field);
    }
  }
}

ir::FieldSet Search::fields_of(PieceId piece) const {
  const auto index = static_cast<std::size_t>(piece);
  return index < piece_fields_.size() ? piece_fields_[index] : ir::FieldSet{};
}

void Search::search_piece() {
  piece_.views = &post_->views(piece_.id);
  search_literals(plan_.words, text::View::words);
  search_literals(plan_.fold, text::View::fold);
  search_literals(plan_.digits, text::View::digits);
  if (share(plan_.disguises.fields, piece_.fields)) search_disguises();
  search_regexes(plan_.repaired_filter, text::View::repaired);
  search_regexes(plan_.fold_filter, text::View::fold);
  if (share(plan_.direct_fields, piece_.fields)) {
    for (const std::uint32_t index : plan_.direct) run_regex(index);
  }
  if (share(plan_.domain_fields, piece_.fields)) search_domains();
  if (share(plan_.emoji_fields, piece_.fields)) search_emoji();
}

// ---- Disguises ---------------------------------------------------------------

void Search::search_disguises() {
  const auto asked = [this](std::uint32_t pattern) {
    return share(plan_.patterns[pattern].fields, piece_.fields) && considers(pattern);
  };
  for (const auto& [item, range] : disguise_search_.run(post_->text(piece_.id), *piece_.views)) {
    if (asked(item.pattern)) add(item, range);
  }
  if (!disguise_search_.gave_up()) return;
  for (const DisguiseProbe& probe : plan_.disguises.probes) {
    if (asked(probe.item.pattern)) give_up(probe.item.pattern);
  }
}

// ---- Literals ----------------------------------------------------------------

void Search::search_literals(const LiteralTable& table, text::View view) {
  if (!table.database || !share(table.fields, piece_.fields)) return;
  const std::string_view text = piece_.views->get(view);
  if (text.empty()) return;
  if (!scan(table.database, text, &table)) fail(table);
  if (!overflowed_.empty()) overflow(table);
  std::sort(hits_.begin(), hits_.end());  // the order of one end differs between libraries
  for (const Hit& hit : hits_) confirm(table, hit, view);
}

bool Search::scan(const Database& database, std::string_view text, const LiteralTable* table) {
  hits_.clear();
  overflowed_.clear();
  scan_ = successor(scan_);
  Callback callback{*this, table, plan_.max_matches * 4};
  const hs_error_t error =
      hs_scan(database.get(), text.data(), static_cast<unsigned>(text.size()), 0, scratch_.get(),
              &Callback::on_match, &callback);
  if (callback.out_of_memory) throw std::bad_alloc();
  return error == HS_SUCCESS;
}

void Search::overflow(const LiteralTable& table) {
  for (const std::uint32_t id : overflowed_) {
    const Literal& literal = table.literals[id];
    for (std::uint32_t i = literal.first_probe; i < literal.end_probe; ++i) {
      const std::uint32_t pattern = table.probes[i].item.pattern;
      if (share(plan_.patterns[pattern].fields, piece_.fields) && considers(pattern)) flood(pattern);
    }
  }
}

// Never a silent "no": what could not be searched is unknown.
void Search::fail(const LiteralTable& table) {
  for (const Probe& probe : table.probes) {
    const std::uint32_t pattern = probe.item.pattern;
    if (share(plan_.patterns[pattern].fields, piece_.fields) && considers(pattern)) give_up(pattern);
  }
}

void Search::confirm(const LiteralTable& table, const Hit& hit, text::View view) {
  const Literal& literal = table.literals[hit.id];
  text::Range range{hit.end - literal.length, hit.end};
  if (view == text::View::words && literal.leading_space) ++range.begin;
  for (std::uint32_t i = literal.first_probe; i < literal.end_probe; ++i) {
    const Probe& probe = table.probes[i];
    const PlannedPattern& pattern = plan_.patterns[probe.item.pattern];
    if (share(pattern.fields, piece_.fields) && considers(probe.item.pattern)) {
      confirm_probe(probe, range);
    }
  }
}

void Search::confirm_probe(const Probe& probe, text::Range range) {
  const PlannedItem& item = plan_.patterns[probe.item.pattern].items[probe.item.item];
  if (probe.cut) {
    confirm_cut(probe, range);
  } else if (const auto* words = std::get_if<ir::WordsItem>(&item.what)) {
    confirm_words(probe, *words, range);
  } else if (const auto* substring = std::get_if<ir::SubstringItem>(&item.what)) {
    confirm_substring(probe, *substring, range);
  } else if (const auto* number = std::get_if<ir::NumberItem>(&item.what)) {
    confirm_number(probe, *number, range);
  } else {
    run_regex(item.regex);
  }
}

void Search::confirm_words(const Probe& probe, const ir::WordsItem& item, text::Range range) {
  const ir::WordSequence& sequence = item.alternatives[probe.alternative];
  const auto tokens = piece_.views->tokens();
  const auto found = token_at(range.begin);
  if (!found) return;
  const std::uint32_t token = *found;
  const auto add_span = [&](TokenSpan span) {
    return add(probe.item, {tokens[span.first].original.begin, tokens[span.last].original.end});
  };
  const ir::Tolerance tolerance = plan_.patterns[probe.item.pattern].tolerance;
  if (probe.whole && tolerance >= ir::Tolerance::accents) {
    add_span({token, token + static_cast<std::uint32_t>(sequence.size()) - 1});
    return;
  }
  for (const TokenSpan span :
       word_matcher_.spans(sequence, probe.element, token, *piece_.views, tolerance)) {
    if (!add_span(span)) return;
  }
}

// "fu ck" is one word cut in two; "fu, ck", "it's lut" and "shi t'aime" are not.
void Search::confirm_cut(const Probe& probe, text::Range range) {
  const auto tokens = piece_.views->tokens();
  const auto first = token_at(range.begin);
  if (!first || *first + 1 >= tokens.size()) return;
  const text::Range left = tokens[*first].original;
  const text::Range right = tokens[*first + 1].original;
  const std::string_view text = piece_.views->original();
  const auto between = text.substr(left.end, right.begin - left.end);
  if (between != " " && between != "\n" && between != "\t") return;
  const auto before = text.substr(0, left.begin);
  const auto after = text.substr(right.end);
  for (const std::string_view apostrophe : {"'", "\u2019"}) {
    if (before.ends_with(apostrophe) || after.starts_with(apostrophe)) return;
  }
  add(probe.item, {left.begin, right.end});
}

// The token at a place of the words view.
std::optional<std::uint32_t> Search::token_at(std::uint32_t words_position) const {
  const auto tokens = piece_.views->tokens();
  const auto after = std::upper_bound(
      tokens.begin(), tokens.end(), words_position,
      [](std::uint32_t at, const text::Token& token) { return at < token.words.begin; });
  if (after == tokens.begin()) return std::nullopt;
  return static_cast<std::uint32_t>(after - tokens.begin() - 1);
}

void Search::confirm_substring(const Probe& probe, const ir::SubstringItem& item,
                               text::Range range) {
  const text::Range original = piece_.views->original_range(text::View::fold, range);
  const auto slice =
      piece_.views->original().substr(original.begin, original.end - original.begin);
  const ir::Tolerance tolerance = plan_.patterns[probe.item.pattern].tolerance;
  if (tolerance >= ir::Tolerance::accents || contains_at(item, slice, tolerance)) {
    add(probe.item, original);
  }
}

void Search::confirm_number(const Probe& probe, const ir::NumberItem& item, text::Range range) {
  const text::Range original = piece_.views->original_range(text::View::digits, range);
  const ir::Tolerance tolerance = plan_.patterns[probe.item.pattern].tolerance;
  if (number_stands_at(item, original, *piece_.views, tolerance)) add(probe.item, original);
}

bool number_stands_at(const ir::NumberItem& item, text::Range original, text::Views& views,
                      ir::Tolerance tolerance) {
  const auto tokens = views.tokens();
  const auto first = std::lower_bound(
      tokens.begin(), tokens.end(), original.begin,
      [](const text::Token& token, std::uint32_t at) { return token.original.begin < at; });
  std::size_t characters = 0;
  auto token = first;
  for (; token != tokens.end() && token->original.begin < original.end; ++token) {
    characters += utf8::count(
        views.get(text::View::words)
            .substr(token->words.begin, token->words.end - token->words.begin));
  }
  // The range begins and ends with digits of the item; if its words hold no more
  // characters than the item has digits, they hold nothing else.
  const bool at_edges = token != first && first->original.begin == original.begin &&
                        (token - 1)->original.end == original.end;
  if (!at_edges || characters != item.digits.size()) return false;
  if (tolerance >= ir::Tolerance::accents) return true;
  std::string folded = text::fold(
      views.original().substr(original.begin, original.end - original.begin), level_of(tolerance));
  std::erase_if(folded, [](char c) { return c < '0' || c > '9'; });
  return folded == item.digits;
}

// ---- Regexes, domains, emoji ---------------------------------------------------

void Search::search_regexes(const RegexFilter& filter, text::View view) {
  if (!share(filter.fields, piece_.fields)) return;
  const std::string_view subject = piece_.views->get(view);
  const Database& database = utf8::is_ascii(subject) ? filter.ascii : filter.utf8;
  if (!database || !scan(database, subject, nullptr)) {
    for (const std::uint32_t index : filter.regexes) run_regex(index);
    return;
  }
  std::sort(hits_.begin(), hits_.end(), [](const Hit& a, const Hit& b) { return a.id < b.id; });
  for (const Hit& hit : hits_) run_regex(filter.regexes[hit.id]);
}

// PCRE2 over the whole piece, once however many literals ask for it.
void Search::run_regex(std::uint32_t index) {
  const PlannedRegex& regex = plan_.regexes[index];
  if (regex_ran_[index] == piece_number_ || !share(regex.fields, piece_.fields)) return;
  regex_ran_[index] = piece_number_;
  if (!considers(regex.item.pattern)) return;
  const PlannedItem& item = plan_.patterns[regex.item.pattern].items[regex.item.item];
  const bool folded = std::get<ir::RegexItem>(item.what).tolerance == ir::Tolerance::accents;
  const text::View view = folded ? text::View::fold : text::View::repaired;
  const std::string_view subject = piece_.views->get(view);
  for (std::size_t from = 0; from < subject.size();) {
    const auto search = regex_runner_.search(regex.program, subject, from);
    if (search.outcome == RegexRunner::Search::Outcome::gave_up) give_up(regex.item.pattern);
    if (search.outcome != RegexRunner::Search::Outcome::found) return;
    if (!add(regex.item, piece_.views->original_range(view, search.range))) return;
    from = std::max<std::size_t>(search.range.end, from + 1);
    while (from < subject.size() && utf8::is_continuation(subject[from])) ++from;
  }
}

void Search::search_domains() {
  search_domains(post_->links(piece_.id));
  if (share(plan_.disguised_domain_fields, piece_.fields)) {
    search_domains(post_->spelled_links(piece_.id));
  }
}

// The host's own name first, then all that it lies under.
void Search::search_domains(const text::Links& links) {
  for (const text::Link& link : links) {
    for (std::string_view host = link.host; !host.empty();) {
      if (const auto named = plan_.domains.find(host); named != plan_.domains.end()) {
        for (const ItemRef ref : named->second) search_domain(ref, link);
      }
      const std::size_t dot = host.find('.');
      host.remove_prefix(dot == std::string_view::npos ? host.size() : dot + 1);
    }
  }
}

void Search::search_domain(ItemRef ref, const text::Link& link) {
  const PlannedPattern& pattern = plan_.patterns[ref.pattern];
  if (link.disguised && pattern.tolerance != ir::Tolerance::obfuscated) return;
  const auto& domain = std::get<ir::DomainItem>(pattern.items[ref.item].what);
  if (share(pattern.fields, piece_.fields) && path_under(link.path, domain.path) &&
      considers(ref.pattern)) {
    add(ref, link.range);
  }
}

void Search::search_emoji() {
  if (piece_.views->ascii()) return;
  emoji_.clear();
  const std::string_view text = post_->text(piece_.id);
  text::find_emoji(text, emoji_);
  for (const text::Range range : emoji_) {
    const auto sequence = text.substr(range.begin, range.end - range.begin);
    const auto beginning = sequence.substr(0, utf8::decode(sequence, 0).length);
    const auto& known = plan_.emoji_beginnings;
    if (!std::binary_search(known.begin(), known.end(), beginning)) continue;
    const auto named = plan_.emoji.find(text::plain_emoji(sequence));
    if (named == plan_.emoji.end()) continue;
    for (const ItemRef ref : named->second) {
      if (share(plan_.patterns[ref.pattern].fields, piece_.fields) && considers(ref.pattern)) {
        add(ref, range);
      }
    }
  }
}

// ---- What was found --------------------------------------------------------------

bool Search::considers(std::uint32_t pattern) const {
  const PlannedPattern& planned = plan_.patterns[pattern];
  if (planned.languages.empty()) return true;
  if (lang_.empty()) return planned.if_language_unknown;
  return std::any_of(planned.languages.begin(), planned.languages.end(),
                     [this](const std::string& tag) { return covers(tag, lang_); });
}

bool Search::add(ItemRef item, text::Range range) {
  RawMatches& found = touch(item.pattern);
  if (found.matches.size() >= plan_.max_matches) {
    flood(item.pattern);
    return false;
  }
  found.matches.push_back({item.pattern, item.item, piece_.id,
                           {range.begin + piece_.begin, range.end + piece_.begin}});
  return true;
}

void Search::flood(std::uint32_t pattern) {
  RawMatches& found = touch(pattern);
  if (!found.flooded) flooded_.push_back(pattern);
  found.flooded = true;
}

void Search::give_up(std::uint32_t pattern) {
  RawMatches& found = touch(pattern);
  if (!found.gave_up) gave_up_.push_back(pattern);
  found.gave_up = true;
}

RawMatches& Search::touch(std::uint32_t pattern) {
  RawMatches& found = found_[pattern];
  if (!found.touched) touched_.push_back(pattern);
  found.touched = true;
  return found;
}

}  // namespace modcore::runtime
