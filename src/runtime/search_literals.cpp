// Looking for literals, and keeping where those of patterns stand that nobody has asked
// for yet.
#include <hs.h>

#include <algorithm>
#include <new>

#include "runtime/search.hpp"
#include "support/contains.hpp"

namespace modcore::runtime {

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

  // So few occurrences in all need not be counted for each literal.
  void take(std::uint32_t id, std::uint32_t end) {
    if (table == nullptr || (search.hits_.size() < most && !search.counting_)) {
      search.hits_.push_back({end, id});
      return;
    }
    if (!search.counting_) start_counting();
    count(id, end);
  }

  void start_counting() {
    search.counting_ = true;
    search.uncounted_.clear();
    search.uncounted_.swap(search.hits_);
    for (const Hit& hit : search.uncounted_) count(hit.id, hit.end);
  }

  void count(std::uint32_t id, std::uint32_t end) {
    const Literal& literal = table->literals[id];
    if (!literal.fields.meets(search.piece_.fields)) return;
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

void Search::search_literals(std::size_t table) {
  const LiteralTable& literals = *tables_[table].literals;
  const text::Views& views = *piece_.views;
  if (tables_[table].view == text::View::digits && views.ascii() && !views.signs().any(text::sign::digit)) return;
  const std::string_view text = piece_.views->get(tables_[table].view);
  if (text.size() < tables_[table].shortest || text.empty()) return;
  if (!scan(tables_[table], text)) {
    fail(table, false);
    waiting_failures_.push_back(
        {.piece = static_cast<std::uint32_t>(piece_.id), .table = static_cast<std::uint32_t>(table)});
  }
  if (!overflowed_.empty()) overflow(table);
  // The tables are larger than the caches: what is needed is fetched while the rest is looked at.
  for (const Hit& hit : hits_) __builtin_prefetch(&literals.literals[hit.id]);
  for (const Hit& hit : hits_) {
    __builtin_prefetch(literals.probes.data() + literals.literals[hit.id].first_probe);
  }
  for (const Hit& hit : hits_) take(table, hit);
}

bool Search::scan(const Table& from, std::string_view text) {
  const LiteralTable& table = *from.literals;
  hits_.clear();
  overflowed_.clear();
  counting_ = false;
  scan_ = successor(scan_);
  Callback callback{*this, &table, plan_.max_matches * 4};
  const auto take = [&callback](std::uint32_t id, std::uint32_t end) { callback.take(id, end); };
  if (!table.by_word.empty()) table.by_word.search(text, take);
  if (!from.grams->empty()) from.grams->search(text, take);
  return !table.database || scan(table.database, text, &table);
}

bool Search::scan(const Database& database, std::string_view text, const LiteralTable* table) {
  Callback callback{*this, table, plan_.max_matches * 4};
  const hs_error_t error =
      hs_scan(database.get(), text.data(), static_cast<unsigned>(text.size()), 0, scratch_.get(),
              &Callback::on_match, &callback);
  if (callback.out_of_memory) throw std::bad_alloc();
  return error == HS_SUCCESS;
}

void Search::overflow(std::size_t table) {
  const LiteralTable& literals = *tables_[table].literals;
  for (const std::uint32_t id : overflowed_) {
    const Literal& literal = literals.literals[id];
    for (std::uint32_t i = literal.first_probe; i < literal.first_waiting; ++i) overflow(literals.probes[i]);
    if (literal.first_waiting == literal.end_probe) continue;
    waiting_overflows_.push_back({.piece = static_cast<std::uint32_t>(piece_.id),
                                  .table = static_cast<std::uint32_t>(table),
                                  .hit = {0, id}});
  }
}

void Search::overflow(const Probe& probe) {
  if (!asks_here(probe.item.pattern)) return;
  if (probe.regex == no_regex) {
    flood(probe.item.pattern);
  } else {
    add_whole(probe.regex);
  }
}

// Never a silent "no": what could not be searched is unknown.
void Search::fail(std::size_t table, bool waiting) {
  for (const Probe& probe : tables_[table].literals->probes) {
    const bool concerned = plan_.patterns[probe.item.pattern].waits == waiting;
    if (concerned && asks_here(probe.item.pattern)) give_up(probe.item.pattern);
  }
}

void Search::take(std::size_t table, const Hit& hit) {
  const LiteralTable& literals = *tables_[table].literals;
  const Literal& literal = literals.literals[hit.id];
  if (literal.once && !counting_) {
    if (occurrences_[hit.id].scan == scan_) return;
    occurrences_[hit.id].scan = scan_;
  }
  for (std::uint32_t i = literal.first_probe; i < literal.first_waiting; ++i) {
    if (asks_here(literals.probes[i].item.pattern)) take(table, hit, i);
  }
  if (literal.waiting == Literal::no_set) return;
  waiting_hits_.push_back({.patterns = &literals.waiting_sets[literal.waiting],
                           .piece = static_cast<std::uint32_t>(piece_.id),
                           .table = static_cast<std::uint32_t>(table),
                           .hit = hit,
                           .first_probe = literal.first_waiting,
                           .end_probe = literal.end_probe});
}

void Search::take(std::size_t table, const Hit& hit, std::uint32_t index) {
  const LiteralTable& literals = *tables_[table].literals;
  const Probe& probe = literals.probes[index];
  const Literal& literal = literals.literals[hit.id];
  text::Range range{hit.end - literal.length, hit.end};
  if (tables_[table].view == text::View::words && literal.leading_space) ++range.begin;
  Candidate candidate{.piece = static_cast<std::uint32_t>(piece_.id),
                      .table = static_cast<std::uint8_t>(table),
                      .index = index,
                      .range = range};
  if (probe.regex != no_regex) {
    candidate.kind = Candidate::Kind::regex;
    candidate.index = probe.regex;
    if (is_candidate(probe) || !may_match(plan_.regexes[probe.regex], candidate)) return;
  }
  if (!has_companions(probe)) return;
  add_candidate(probe.item.pattern, candidate);
}

// Whether a place of a regex of unknown length, which is run over the whole piece, was found before.
bool Search::is_candidate(const Probe& probe) const {
  if (plan_.regexes[probe.regex].before_max != PlannedRegex::unknown_distance) return false;
  const RawMatches& found = found_[probe.item.pattern];
  if (found.post != post_number_ || found.candidates == 0) return false;
  const Candidate& newest = candidates_[found.candidates - 1];
  return newest.kind == Candidate::Kind::regex && newest.index == probe.regex &&
         newest.piece == static_cast<std::uint32_t>(piece_.id);
}

bool Search::has_companions(const Probe& probe) {
  if (probe.regex != no_regex) {
    const std::vector<std::string>& others = plan_.regexes[probe.regex].companions;
    if (others.empty()) return true;
    const std::string_view fold = piece_.views->get(text::View::fold);
    return std::any_of(others.begin(), others.end(),
                       [fold](const std::string& text) { return contains(fold, text); });
  }
  if (probe.companions[0] == 0) return true;
  const auto number = static_cast<std::uint32_t>(piece_.id) + 1;
  if (word_set_piece_ != number) {
    word_set_piece_ = number;
    word_set_.build(piece_.views->get(text::View::words));
  }
  return word_set_.may_hold(probe.companions[0]) &&
         (probe.companions[1] == 0 || word_set_.may_hold(probe.companions[1]));
}

// ---- Patterns that wait ---------------------------------------------------------

// What no other pattern was searched for, when the first one that waits is asked for.
void Search::search_waiting() {
  if (waiting_searched_ == post_number_) return;
  waiting_searched_ = post_number_;
  for (std::size_t table = 0; table < tables_.size(); ++table) {
    const LiteralTable& literals = *tables_[table].literals;
    for_each_piece(literals.waiting_fields, [&] {
      if (!literals.fields.meets(piece_.fields)) search_literals(table);
    });
  }
  for (const WaitingHit& one : waiting_overflows_) {
    enter(static_cast<PieceId>(one.piece));
    const LiteralTable& literals = *tables_[one.table].literals;
    const Literal& literal = literals.literals[one.hit.id];
    for (std::uint32_t i = literal.first_waiting; i < literal.end_probe; ++i) overflow(literals.probes[i]);
  }
  for (const WaitingHit& one : waiting_failures_) {
    enter(static_cast<PieceId>(one.piece));
    fail(one.table, true);
  }
}

// What of a pattern that waits may stand where literals were found.
void Search::collect_waiting(std::uint32_t pattern) {
  for (const WaitingHit& one : waiting_hits_) {
    if (!one.patterns->may_have(pattern)) continue;
    const Probe* const probes = tables_[one.table].literals->probes.data();
    const Probe* const end = probes + one.end_probe;
    const Probe* probe = std::partition_point(probes + one.first_probe, end,
                                              [&](const Probe& other) { return other.item.pattern < pattern; });
    if (probe == end || probe->item.pattern != pattern) continue;
    enter(static_cast<PieceId>(one.piece));
    if (!asks_here(pattern)) continue;
    for (; probe != end && probe->item.pattern == pattern; ++probe) {
      take(one.table, one.hit, static_cast<std::uint32_t>(probe - probes));
    }
  }
}

}  // namespace modcore::runtime
