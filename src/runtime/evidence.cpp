#include "runtime/evidence.hpp"

#include <algorithm>

#include "runtime/field_functions.hpp"

namespace modcore::runtime {

namespace {

using Finder = std::int64_t (*)(PostText&, ir::FieldSet, std::vector<Place>*);

Finder finder(ir::Function function) {
  switch (function) {
    case ir::Function::links: return links;
    case ir::Function::misleading_link: return misleading_links;
    case ir::Function::mentions: return mentions;
    case ir::Function::hashtags: return hashtags;
    case ir::Function::emoji: return emoji;
    case ir::Function::phones: return phones;
    case ir::Function::emails: return emails;
    case ir::Function::cards: return cards;
    case ir::Function::ips: return ips;
    default: return nullptr;
  }
}

}  // namespace

std::string source_name(const program::Image& image, const SourceText& source) {
  std::string name(program::field_name(image, source.field));
  if (source.field == ir::TextField::attachment_names) {
    name += "[" + std::to_string(source.index) + "]";
  }
  return name;
}

std::vector<Evidence> EvidenceReader::of_rule(const program::Rule& rule) const {
  std::vector<Evidence> out;
  for (const std::uint32_t use : rule.evidence_uses) add_use(use, out);
  for (const std::uint32_t measure : rule.evidence_measures) add_measure(measure, out);
  return out;
}

void EvidenceReader::add_use(std::uint32_t use, std::vector<Evidence>& out) const {
  for (const Match& match : matcher_.matches(static_cast<UseId>(use), most_evidence)) {
    const program::Pattern& pattern = image_.patterns[match.pattern];
    Evidence evidence = at(text_.piece(match.piece).source, match.range);
    evidence.pattern = pattern.name;
    evidence.item = program::item_text(image_, match.pattern, match.item);
    evidence.tolerance = static_cast<Tolerance>(matcher_.tolerance(match));
    out.push_back(std::move(evidence));
  }
}

void EvidenceReader::add_measure(std::uint32_t index, std::vector<Evidence>& out) const {
  const program::Measure& measure = image_.measures[index];
  const Finder find = finder(measure.function);
  std::vector<Place> places;
  if (find == nullptr || find(text_, measure.fields, &places) == 0) return;
  places.resize(std::min(places.size(), most_evidence));
  for (const Place& place : places) {
    out.push_back(at(place.source, place.range));
    out.back().pattern = ir::to_string(measure.function);
  }
}

Evidence EvidenceReader::at(std::uint32_t source, text::Range range) const {
  const SourceText& from = text_.sources()[source];
  Evidence evidence;
  evidence.field = source_name(image_, from);
  evidence.begin = range.begin;
  evidence.end = range.end;
  evidence.text = from.text.substr(range.begin, range.end - range.begin);
  return evidence;
}

}  // namespace modcore::runtime
