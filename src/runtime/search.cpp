#include "runtime/search.hpp"

#include <algorithm>

#include "ir/languages.hpp"
#include "support/utf8.hpp"
#include "text/entities.hpp"

namespace modcore::runtime {
namespace {

// "/maps" is a prefix of "/maps", "/maps/x" and "/maps?q", not of "/mapsy".
bool path_under(std::string_view path, std::string_view prefix) noexcept {
  if (!path.starts_with(prefix)) return false;
  if (prefix.empty() || prefix.ends_with('/') || path.size() == prefix.size()) return true;
  const char next = path[prefix.size()];
  return next == '/' || next == '?' || next == '#';
}

// The signs of which a text in ASCII shows one if its fold holds one of some characters; none
// if some of these leave no sign.
text::Signs signs_of_all(std::string_view characters) noexcept {
  text::Signs all;
  for (const char c : characters) {
    const text::Signs signs = text::signs_of(c);
    if (signs == text::Signs{} || signs == text::sign::line_end) return {};
    all.add(signs);
  }
  return all;
}

// Whether a character stands somewhere with one of a set behind it, or with nothing if the set is every character.
bool is_before(std::string_view text, char c, text::AsciiSet behind) noexcept {
  const bool any = behind == text::every_ascii;
  for (std::size_t at = text.find(c); at != std::string_view::npos; at = text.find(c, at + 1)) {
    if (any || (at + 1 < text.size() && text::ascii_set(text[at + 1]).meets(behind))) return true;
  }
  return false;
}

}  // namespace

Search::Search(const MatchPlan& plan)
    : plan_(plan),
      tables_{{{&plan.words, text::View::words, &plan.words.by_gram},
               {&plan.fold, text::View::fold, &plan.fold.by_gram},
               {&plan.digits, text::View::digits, &plan.digits.by_gram},
               {&plan.spelled, text::View::spelled, &plan.spelled.by_gram}}},
      disguise_search_(plan.disguises) {
  for (const Table& table : tables_) {
    scratch_.fit(table.literals->database);
    occurrences_.resize(std::max(occurrences_.size(), table.literals->literals.size()));
  }
  for (std::size_t table = 0; table < tables_.size(); ++table) {
    const std::vector<Literal>& literals = tables_[table].literals->literals;
    if (literals.empty()) continue;
    searched_tables_.push_back(table);
    const auto shortest = std::min_element(literals.begin(), literals.end(),
                                           [](const Literal& a, const Literal& b) { return a.length < b.length; });
    tables_[table].shortest = shortest->length;
    const LiteralTable& all = *tables_[table].literals;
    tables_[table].grams = !all.by_gate.empty() && has_sharp_gates() ? &all.by_gate : &all.by_gram;
  }
  for (const RegexFilter& filter : plan.filters) {
    if (!filter.fields.empty()) filters_.push_back({&filter, signs_of_all(filter.characters), signs_of_all(filter.also)});
    scratch_.fit(filter.ascii);
    scratch_.fit(filter.utf8);
  }
  found_.resize(plan.patterns.size());
  for (const PlannedRegex& regex : plan.regexes) {
    if (regex.shared == PlannedRegex::not_shared) continue;
    shared_runs_.resize(std::max<std::size_t>(shared_runs_.size(), regex.shared + 1));
  }
  route_patterns();
}

void Search::route_patterns() {
  for (std::uint32_t i = 0; i < plan_.regexes.size(); ++i) {
    const PlannedRegex& regex = plan_.regexes[i];
    if (regex.direct && plan_.patterns[regex.item.pattern].waits) waiting_direct_.push_back(i);
  }
  const auto pattern_of = [this](std::uint32_t regex) { return plan_.regexes[regex].item.pattern; };
  std::stable_sort(waiting_direct_.begin(), waiting_direct_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return pattern_of(a) < pattern_of(b); });
  std::uint32_t at = 0;
  for (std::uint32_t pattern = 0; pattern < plan_.patterns.size(); ++pattern) {
    const PlannedPattern& planned = plan_.patterns[pattern];
    Route& route = routes_.emplace_back();
    route.fields = planned.fields;
    route.any_language = planned.languages.empty();
    route.waits = planned.waits;
    route.accents = planned.tolerance >= ir::Tolerance::accents;
    route.begin = at;
    while (at < waiting_direct_.size() && pattern_of(waiting_direct_[at]) == pattern) ++at;
    route.end = at;
  }
}

void Search::run(PostText& post, std::string_view lang) {
  post_ = &post;
  lang_ = lang;
  post_number_ = successor(post_number_);
  regex_runner_.start_post();
  waiting_searched_ = 0;
  word_set_piece_ = 0;
  touched_.clear();
  flooded_.clear();
  gave_up_.clear();
  candidates_.clear();
  waiting_hits_.clear();
  waiting_overflows_.clear();
  waiting_failures_.clear();
  post.cut(plan_.fields);
  for_each_piece(plan_.fields, [this] { search_piece(); });
}

void Search::enter(PieceId piece) {
  piece_ = {piece, fields_of(piece), post_->piece(piece).range.begin, &post_->views(piece)};
}

void Search::search_piece() {
  for (const std::size_t table : searched_tables_) {
    if (tables_[table].literals->fields.meets(piece_.fields)) search_literals(table);
  }
  if (plan_.disguises.fields.meets(piece_.fields)) search_disguises();
  for (const Filter& filter : filters_) search_regexes(filter);
  if (plan_.direct_fields.meets(piece_.fields)) {
    for (const std::uint32_t regex : plan_.direct) add_direct(regex);
  }
  if (plan_.domain_fields.meets(piece_.fields)) search_domains();
  if (plan_.emoji_fields.meets(piece_.fields)) search_emoji();
}

void Search::add_direct_candidates(std::uint32_t pattern) {
  const Route& route = routes_[pattern];
  for (std::uint32_t i = route.begin; i < route.end; ++i) {
    for_each_piece(plan_.fields, [this, i] { add_direct(waiting_direct_[i]); });
  }
}

// ---- Disguises ---------------------------------------------------------------

void Search::search_disguises() {
  for (const auto& [item, range] : disguise_search_.run(post_->text(piece_.id), *piece_.views)) {
    if (asks_here(item.pattern)) add(item, range);
  }
  if (!disguise_search_.gave_up()) return;
  for (const DisguiseProbe& probe : plan_.disguises.probes) {
    if (asks_here(probe.item.pattern)) give_up(probe.item.pattern);
  }
}

// ---- Regexes, domains, emoji ---------------------------------------------------

bool Search::may_match(const Filter& of) const {
  const RegexFilter& filter = *of.filter;
  if (filter.every_text || (filter.beyond_ascii && !piece_.views->ascii())) return true;
  if (filter.spelled && !piece_.views->ascii() && text::may_spell_otherwise(piece_.views->original())) {
    return true;
  }
  const auto lacks = [this](text::Signs all) { return all != text::Signs{} && !piece_.views->signs().any(all); };
  if (piece_.views->ascii() && (lacks(of.characters) || lacks(of.also))) return false;
  const std::string_view fold = piece_.views->get(text::View::fold);
  const auto stands = [fold](char c) { return fold.find(c) != std::string_view::npos; };
  const auto stands_before = [&](char c) { return is_before(fold, c, filter.behind); };
  const std::string& characters = filter.characters;
  return (piece_.views->ascii() ? std::any_of(characters.begin(), characters.end(), stands_before)
                                : std::any_of(characters.begin(), characters.end(), stands)) &&
         (filter.also.empty() || std::any_of(filter.also.begin(), filter.also.end(), stands));
}

void Search::search_regexes(const Filter& of) {
  const RegexFilter& filter = *of.filter;
  if (!filter.fields.meets(piece_.fields) || !may_match(of)) return;
  const std::string_view subject =
      piece_.views->get(filter.folded ? text::View::fold : text::View::repaired);
  const Database& database = filter.ascii && utf8::is_ascii(subject) ? filter.ascii : filter.utf8;
  hits_.clear();
  if (!database || !scan(database, subject, nullptr)) {
    for (const std::uint32_t regex : filter.regexes) add_whole(regex);
    return;
  }
  for (const Hit& hit : hits_) add_whole(filter.regexes[hit.id]);
}

void Search::search_domains() {
  search_domains(post_->links(piece_.id));
  if (plan_.disguised_domain_fields.meets(piece_.fields)) {
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
  if (path_under(link.path, domain.path) && asks_here(ref.pattern)) add(ref, link.range);
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
      if (asks_here(ref.pattern)) add(ref, range);
    }
  }
}

// ---- What was found --------------------------------------------------------------

bool Search::asks_here(std::uint32_t pattern) const {
  const Route& route = routes_[pattern];
  return route.fields.meets(piece_.fields) && (route.any_language || considers(pattern));
}

bool Search::considers(std::uint32_t pattern) const {
  const PlannedPattern& planned = plan_.patterns[pattern];
  if (planned.languages.empty()) return true;
  if (lang_.empty()) return planned.if_language_unknown;
  return std::any_of(planned.languages.begin(), planned.languages.end(),
                     [this](const std::string& tag) { return ir::covers(tag, lang_); });
}

void Search::add_whole(std::uint32_t regex) {
  const std::uint32_t pattern = plan_.regexes[regex].item.pattern;
  if (!asks_here(pattern)) return;
  add_candidate(pattern, {.piece = static_cast<std::uint32_t>(piece_.id),
                          .kind = Candidate::Kind::whole,
                          .index = regex});
}

void Search::add_candidate(std::uint32_t pattern, const Candidate& candidate) {
  RawMatches& found = touch(pattern);
  candidates_.push_back(candidate);
  candidates_.back().next = found.candidates;
  found.candidates = static_cast<std::uint32_t>(candidates_.size());
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

// Nothing is cleared from post to post: what is about another one is forgotten here.
RawMatches& Search::current(std::uint32_t pattern) {
  RawMatches& found = found_[pattern];
  if (found.post == post_number_) return found;
  found.matches.clear();
  found.post = post_number_;
  found.candidates = 0;
  found.touched = found.gathered = found.confirmed = found.flooded = found.gave_up = false;
  return found;
}

RawMatches& Search::touch(std::uint32_t pattern) {
  RawMatches& found = current(pattern);
  if (!found.touched) touched_.push_back(pattern);
  found.touched = true;
  return found;
}

// With its candidates.
RawMatches& Search::gathered(std::uint32_t pattern) {
  RawMatches& found = current(pattern);
  if (found.gathered) return found;
  found.gathered = true;
  if (!routes_[pattern].waits) return found;
  search_waiting();
  collect_waiting(pattern);
  add_direct_candidates(pattern);
  return found;
}

const RawMatches& Search::found(std::uint32_t pattern) {
  RawMatches& found = gathered(pattern);
  if (found.confirmed) return found;
  found.confirmed = true;
  if (found.candidates != 0) confirm(pattern);
  return found;
}

const std::vector<std::uint32_t>* Search::alternatives_seen(const Match& match) {
  const RawMatches& found = gathered(match.pattern);
  if (found.flooded) return nullptr;
  alternatives_.clear();
  for (std::uint32_t at = found.candidates; at != 0; at = candidates_[at - 1].next) {
    const Candidate& candidate = candidates_[at - 1];
    if (candidate.kind != Candidate::Kind::literal || candidate.piece != static_cast<std::uint32_t>(match.piece)) continue;
    const Probe& probe = tables_[candidate.table].literals->probes[candidate.index];
    if (probe.item.item == match.item && !probe.cut) alternatives_.push_back(probe.alternative);
  }
  return &alternatives_;
}

std::span<const std::uint32_t> Search::flooded() noexcept {
  std::sort(flooded_.begin(), flooded_.end());
  return flooded_;
}

std::span<const std::uint32_t> Search::gave_up() noexcept {
  std::sort(gave_up_.begin(), gave_up_.end());
  return gave_up_;
}

}  // namespace modcore::runtime
