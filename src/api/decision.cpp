// The words of a Decision, and the texts that it shows to people.
#include <modcore/decision.hpp>

#include <array>

#include <fmt/format.h>

namespace modcore {

namespace {

template <typename Enum, std::size_t size>
std::string_view pick(const std::array<std::string_view, size>& words, Enum value) noexcept {
  const auto index = static_cast<std::size_t>(value);
  return index < size ? words[index] : std::string_view("?");
}

const std::string* find(const LocalizedText& text, std::string_view lang) noexcept {
  for (const LocalizedText::Entry& entry : text.entries) {
    if (entry.lang == lang) return &entry.text;
  }
  return nullptr;
}

// Asked for "pl-PL", a text in "pl" is as good.
const std::string* find_language(const LocalizedText& text, std::string_view lang) noexcept {
  while (!lang.empty()) {
    if (const std::string* found = find(text, lang)) return found;
    const std::size_t dash = lang.rfind('-');
    lang = dash == std::string_view::npos ? std::string_view() : lang.substr(0, dash);
  }
  return nullptr;
}

}  // namespace

std::string_view to_string(Verdict value) noexcept {
  return pick(std::array<std::string_view, 4>{"allow", "flag", "hide", "escalate"}, value);
}
std::string_view to_string(Attention value) noexcept {
  return pick(std::array<std::string_view, 3>{"none", "flag", "escalate"}, value);
}
std::string_view to_string(RuleSeverity value) noexcept {
  return pick(std::array<std::string_view, 5>{"info", "low", "medium", "high", "critical"}, value);
}
std::string_view to_string(Urgency value) noexcept {
  return pick(std::array<std::string_view, 4>{"low", "normal", "high", "critical"}, value);
}
std::string_view to_string(Tolerance value) noexcept {
  return pick(std::array<std::string_view, 4>{"exact", "case", "accents", "obfuscated"}, value);
}

std::string Fingerprint::to_string() const { return fmt::format("{:016x}{:016x}", high, low); }

std::string_view LocalizedText::in(std::string_view lang) const noexcept {
  for (const std::string_view wanted : {lang, std::string_view(fallback), std::string_view("en")}) {
    if (const std::string* found = find_language(*this, wanted)) return *found;
  }
  return entries.empty() ? std::string_view() : std::string_view(entries.front().text);
}

std::string_view Decision::reason(std::string_view lang) const noexcept {
  for (const FiredRule& rule : fired) {
    if (rule.verdict != Verdict::allow && !rule.reason.empty()) return rule.reason.in(lang);
  }
  return {};
}

}  // namespace modcore
