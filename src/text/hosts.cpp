// Host names: one spelling for each, and what the public suffix list says of them.
#include <libpsl.h>

#include <algorithm>

#include "support/utf8.hpp"
#include "text/entities.hpp"
#include "text/fold.hpp"
#include "text/hosts.hpp"
#include "text/punycode.hpp"

namespace modcore::text {
namespace {

constexpr std::size_t max_host = 1024;   // bytes as UTF-8; DNS allows 253 in punycode
constexpr std::size_t max_label = 252;
constexpr std::string_view punycode_prefix = "xn--";
// IDEOGRAPHIC FULL STOP and its wide and half-width relatives separate labels
// as well (RFC 3490, section 3.1).
constexpr std::string_view other_dots[] = {"\u3002", "\uFF0E", "\uFF61"};

bool is_host_character(char32_t c) noexcept {
  return c == '-' || c == '_' || is_word(c);
}

bool is_label(std::string_view label) noexcept {
  if (label.empty() || label.size() > max_label) return false;
  for (std::size_t at = 0; at < label.size();) {
    const utf8::Decoded next = utf8::decode(label, at);
    if (!next.valid || !is_host_character(next.code_point)) return false;
    at += next.length;
  }
  return true;
}

// The label that a punycode label stands for, if it stands for a proper one.
std::string decoded_label(std::string label) {
  if (!label.starts_with(punycode_prefix)) return label;
  const auto decoded = decode_punycode(std::string_view(label).substr(punycode_prefix.size()));
  if (!decoded || utf8::is_ascii(*decoded) || !is_label(*decoded)) return label;
  return fold(*decoded, Level::case_);
}

std::string with_plain_dots(std::string_view host) {
  std::string plain(host);
  for (const std::string_view dot : other_dots) {
    for (auto at = plain.find(dot); at != std::string::npos; at = plain.find(dot, at + 1)) {
      plain.replace(at, dot.size(), ".");
    }
  }
  return plain;
}

bool is_digits(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view last_label(std::string_view host) noexcept {
  return host.substr(host.rfind('.') + 1);  // npos + 1 is 0
}

}  // namespace

std::optional<std::string> normalise_host(std::string_view host) {
  if (host.size() > max_host) return {};
  std::string plain = utf8::is_ascii(host) ? std::string(host) : with_plain_dots(host);
  if (plain.ends_with('.')) plain.pop_back();
  std::string normal;
  for (std::string_view rest = plain;;) {
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    const std::string_view label = rest.substr(0, dot);
    if (!is_label(label)) return {};
    if (!normal.empty()) normal += '.';
    normal += decoded_label(fold(label, Level::case_));
    if (dot == rest.size()) return normal;
    rest.remove_prefix(dot + 1);
  }
}

bool host_under(std::string_view host, std::string_view domain) noexcept {
  if (domain.empty() || !host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

std::string registrable_domain(std::string_view host) {
  const std::string name(host);
  if (is_digits(last_label(name))) return name;  // an address, not a name
  const char* domain = psl_registrable_domain(psl_builtin(), name.c_str());
  return domain != nullptr ? domain : name;
}

// Without the list's default rule, by which any last label would be a suffix.
bool is_registry_suffix(std::string_view host) {
  constexpr int registry = PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE;
  return psl_is_public_suffix2(psl_builtin(), std::string(host).c_str(), registry) != 0;
}

bool has_public_suffix(const std::string& host) {
  constexpr int listed = PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE;
  const psl_ctx_t* list = psl_builtin();
  const std::string suffix(last_label(host));
  return suffix.size() < host.size() && psl_is_public_suffix2(list, suffix.c_str(), listed) != 0 &&
         !is_registry_suffix(host);
}

}  // namespace modcore::text
