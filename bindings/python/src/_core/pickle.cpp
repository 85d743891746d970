#include "pickle.hpp"

#include <cstring>
#include <type_traits>

#include <modcore/version.hpp>

namespace modcore::python {
namespace {

constexpr std::string_view header = "modcore " MODCORE_VERSION "\n";

// Writer and Reader share the walk below, so they cannot differ.
class Writer {
 public:
  template <typename T>
    requires(std::is_arithmetic_v<T> || std::is_enum_v<T>)
  void operator()(T& value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof(T));
  }
  void operator()(std::string& text) {
    size(text.size());
    out += text;
  }
  template <typename T>
  void operator()(std::vector<T>& values) {
    size(values.size());
    for (T& value : values) walk(*this, value);
  }
  template <typename T>
  void operator()(std::optional<T>& value) {
    bool has = value.has_value();
    (*this)(has);
    if (has) walk(*this, *value);
  }

  std::string out;

 private:
  void size(std::size_t count) { (*this)(count); }
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <typename T>
    requires(std::is_arithmetic_v<T> || std::is_enum_v<T>)
  void operator()(T& value) {
    unsigned char raw[sizeof(T)] = {};
    if (rest_.size() < sizeof(T)) return fail();
    std::memcpy(raw, rest_.data(), sizeof(T));
    rest_.remove_prefix(sizeof(T));
    if constexpr (std::is_same_v<T, bool>) {
      value = raw[0] != 0;
    } else {
      std::memcpy(&value, raw, sizeof(T));
    }
    if constexpr (std::is_enum_v<T>) {
      if (to_string(value) == "?") fail();
    }
  }
  void operator()(std::string& text) {
    const std::size_t count = size();
    text = rest_.substr(0, count);
    rest_.remove_prefix(count);
  }
  template <typename T>
  void operator()(std::vector<T>& values) {
    for (std::size_t left = size(); left > 0 && ok_; --left) walk(*this, values.emplace_back());
  }
  template <typename T>
  void operator()(std::optional<T>& value) {
    bool has = false;
    (*this)(has);
    if (has) walk(*this, value.emplace());
  }

  [[nodiscard]] bool complete() const noexcept { return ok_ && rest_.empty(); }

 private:
  // An element takes a byte at least, so no more can follow than bytes are left.
  std::size_t size() {
    std::size_t count = 0;
    (*this)(count);
    if (count > rest_.size()) fail();
    return ok_ ? count : 0;
  }
  void fail() {
    ok_ = false;
    rest_ = {};
  }

  std::string_view rest_;
  bool ok_ = true;
};

template <typename Archive, typename T>
  requires(std::is_arithmetic_v<T> || std::is_enum_v<T>)
void walk(Archive& archive, T& value) { archive(value); }
template <typename Archive>
void walk(Archive& archive, std::string& text) { archive(text); }
template <typename Archive>
void walk(Archive& archive, std::chrono::seconds& value) {
  std::int64_t count = value.count();
  archive(count);
  value = std::chrono::seconds(count);
}
template <typename Archive>
void walk(Archive& a, CodePoints& v) { a(v.begin), a(v.end); }
template <typename Archive>
void walk(Archive& a, Evidence& v) {
  a(v.pattern), a(v.item), a(v.field), a(v.begin), a(v.end), a(v.text), a(v.tolerance);
}
template <typename Archive>
void walk(Archive& a, LocalizedText::Entry& v) { a(v.lang), a(v.text); }
template <typename Archive>
void walk(Archive& a, LocalizedText& v) { a(v.entries), a(v.fallback); }
template <typename Archive>
void walk(Archive& a, FiredRule& v) {
  a(v.rule), walk(a, v.title), walk(a, v.reason), a(v.category), a(v.verdict), a(v.severity);
  a(v.points), a(v.guideline), a(v.meta), a(v.evidence);
}
template <typename Archive>
void walk(Archive& a, CrossedThreshold& v) { a(v.category), a(v.verdict), a(v.points), a(v.rules); }
template <typename Archive>
void walk(Archive& a, Route& v) { a(v.to), a(v.within), a(v.urgency); }
template <typename Archive>
void walk(Archive& a, SuppressedRule& v) { a(v.rule), a(v.by); }
template <typename Archive>
void walk(Archive& a, UndeterminedRule& v) { a(v.rule), a(v.part), a(v.missing); }
template <typename Archive>
void walk(Archive& a, ShadowRule& v) { a(v.rule), a(v.verdict), a(v.would_be); }
template <typename Archive>
void walk(Archive& a, CategoryScore& v) { a(v.category), a(v.points); }
template <typename Archive>
void walk(Archive& a, Pickled& v) {
  Decision& d = v.decision;
  a(d.id), a(d.verdict), a(d.hidden), a(d.attention), a(d.routes), a(d.fired), a(d.crossed);
  a(d.suppressed), a(d.undetermined), a(d.shadow), a(d.scores), a(d.limits), a(d.notices);
  a(d.engine.high), a(d.engine.low), a(v.places);
}

std::size_t count_evidence(const Decision& decision) {
  std::size_t count = 0;
  for (const FiredRule& rule : decision.fired) count += rule.evidence.size();
  return count;
}

}  // namespace

std::string pickle(const Decision& decision, const std::vector<CodePoints>& places) {
  Pickled all{decision, places};
  Writer writer;
  writer.out = header;
  walk(writer, all);
  return std::move(writer.out);
}

std::optional<Pickled> unpickle(std::string_view bytes) {
  if (!bytes.starts_with(header)) return std::nullopt;
  Reader reader(bytes.substr(header.size()));
  std::optional<Pickled> all(std::in_place);
  walk(reader, *all);
  if (!reader.complete() || all->places.size() != count_evidence(all->decision)) return std::nullopt;
  return all;
}

}  // namespace modcore::python
