#include "text/hosts.hpp"

#include <idn2.h>
#include <libpsl.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>

#include "support/utf8.hpp"
#include "text/addresses.hpp"
#include "text/fold.hpp"
#include "text/punycode.hpp"

namespace modcore::text {
namespace {

constexpr std::size_t max_name = 253;   // of an ASCII name, and
constexpr std::size_t max_label = 63;   // of its labels (RFC 1035)
constexpr std::size_t max_wide_label = 252;
constexpr std::size_t max_labels = 127;
constexpr std::string_view punycode_prefix = "xn--";
// IDEOGRAPHIC FULL STOP and its wide and half-width relatives separate labels
// as well (RFC 3490, section 3.1).
constexpr std::string_view other_dots[] = {"\u3002", "\uFF0E", "\uFF61"};

struct Free {
  void operator()(char* text) const noexcept { idn2_free(text); }
};
using IdnText = std::unique_ptr<char, Free>;

bool is_host_character(char32_t c) noexcept {
  return c == '-' || c == '_' || is_word(c);
}

bool is_label(std::string_view label) noexcept {
  const std::size_t most = utf8::is_ascii(label) ? max_label : max_wide_label;
  if (label.empty() || label.size() > most) return false;
  for (std::size_t at = 0; at < label.size();) {
    const utf8::Decoded next = utf8::decode(label, at);
    if (!next.valid || !is_host_character(next.code_point)) return false;
    at += next.length;
  }
  return true;
}

bool is_name(std::string_view host) noexcept {
  if (host.size() > (utf8::is_ascii(host) ? max_name : longest_host)) return false;
  std::string_view rest = host;
  for (std::size_t labels = 0; labels < max_labels; ++labels) {
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    if (!is_label(rest.substr(0, dot))) return false;
    if (dot == rest.size()) return true;
    rest.remove_prefix(dot + 1);
  }
  return false;
}

int hex_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string percent_decoded(std::string_view host) {
  std::string plain;
  for (std::size_t at = 0; at < host.size(); ++at) {
    const bool coded = host[at] == '%' && at + 2 < host.size();
    const int high = coded ? hex_value(host[at + 1]) : -1;
    const int low = coded ? hex_value(host[at + 2]) : -1;
    if (high < 0 || low < 0) {
      plain += host[at];
    } else {
      plain += static_cast<char>(high * 16 + low);
      at += 2;
    }
  }
  return plain;
}

// Unicode by UTS 46 and IDNA 2008; nothing for what they do not allow.
std::optional<std::string> mapped_by_idna(const std::string& host) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(host.c_str());
  std::uint8_t* looked_up = nullptr;
  if (idn2_lookup_u8(bytes, &looked_up, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK)
    return {};
  const IdnText ascii(reinterpret_cast<char*>(looked_up));
  char* decoded = nullptr;
  if (idn2_to_unicode_8z8z(ascii.get(), &decoded, 0) != IDN2_OK) return {};
  return std::string(IdnText(decoded).get());
}

// The label that a punycode label stands for, if it stands for a proper one.
std::string decoded_label(std::string label) {
  if (!label.starts_with(punycode_prefix)) return label;
  const auto decoded = decode_punycode(std::string_view(label).substr(punycode_prefix.size()));
  if (!decoded || utf8::is_ascii(*decoded) || !is_label(*decoded)) return label;
  return fold(*decoded, Level::case_);
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

// What IDNA refuses is looked up by some all the same: case folded, label by label.
std::string mapped_by_case(std::string host) {
  for (const std::string_view dot : other_dots) replace_all(host, dot, ".");
  std::string mapped;
  for (std::string_view rest = host;;) {
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    mapped += decoded_label(fold(rest.substr(0, dot), Level::case_));
    if (dot == rest.size()) return mapped;
    mapped += '.';
    rest.remove_prefix(dot + 1);
  }
}

bool is_plain(std::string_view host) noexcept {
  const auto prefix = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
  return utf8::is_ascii(host) && host.find('%') == std::string_view::npos &&
         std::search(host.begin(), host.end(), punycode_prefix.begin(), punycode_prefix.end(),
                     prefix) == host.end();
}

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

void append_mapped(std::string_view host, std::string& out) {
  std::string plain = percent_decoded(host);
  // C strings end at a NUL, and what is behind it would be lost.
  if (plain.find('\0') != std::string::npos || !utf8::is_valid(plain)) {
    out += '/';  // no host
    return;
  }
  for (const std::string_view gone : {"\u200C", "\u200D"}) replace_all(plain, gone, "");
  const auto mapped = mapped_by_idna(plain);
  out += mapped ? *mapped : mapped_by_case(plain);
}

// What libpsl asks for: a name in lower case that ends in a NUL. A name that is too long for a
// host stands there empty.
class CName {
 public:
  explicit CName(std::string_view name) noexcept {
    const std::size_t size = name.size() <= longest_host ? name.size() : 0;
    std::transform(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(size), bytes_.begin(),
                   lower);
    bytes_[size] = '\0';
  }
  [[nodiscard]] const char* get() const noexcept { return bytes_.data(); }

 private:
  std::array<char, longest_host + 1> bytes_;  // all of it is never needed
};

// Finishes the mapped host that stands in `out` from `begin` on.
bool finish_host(std::string& out, std::size_t begin) {
  if (out.size() > begin && out.back() == '.') out.pop_back();
  const std::string_view host = std::string_view(out).substr(begin);
  if (!is_name(host)) return false;
  if (!ends_in_number(host)) return true;
  const auto address = read_ipv4(host);
  if (!address) return false;
  out.resize(begin);
  out += address->view();
  return true;
}

}  // namespace

bool append_host(std::string_view host, std::string& out) {
  if (host.empty() || host.size() > longest_host) return false;
  if (host.front() == '[') {
    const auto address = read_ipv6(host);
    if (address) out += address->view();
    return address.has_value();
  }
  const std::size_t begin = out.size();
  if (is_plain(host)) {
    std::transform(host.begin(), host.end(), std::back_inserter(out), lower);
  } else {
    append_mapped(host, out);
  }
  if (finish_host(out, begin)) return true;
  out.resize(begin);
  return false;
}

std::optional<std::string> normalise_host(std::string_view host) {
  std::string normal;
  if (!append_host(host, normal)) return {};
  return normal;
}

bool host_under(std::string_view host, std::string_view domain) noexcept {
  if (domain.empty() || !host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

std::string_view registrable_domain(std::string_view host) {
  if (is_address(host)) return host;
  const CName name(host);
  const char* const domain = psl_registrable_domain(psl_builtin(), name.get());
  return domain != nullptr ? host.substr(static_cast<std::size_t>(domain - name.get())) : host;
}

// Without the list's default rule, by which any last label would be a suffix.
bool is_registry_suffix(std::string_view host) {
  constexpr int registry = PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE;
  return psl_is_public_suffix2(psl_builtin(), CName(host).get(), registry) != 0;
}

bool is_listed_suffix(std::string_view label) {
  constexpr int listed = PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE;
  return psl_is_public_suffix2(psl_builtin(), CName(label).get(), listed) != 0;
}

bool has_public_suffix(std::string_view host) {
  const std::string_view suffix = host.substr(host.rfind('.') + 1);
  return suffix.size() < host.size() && is_listed_suffix(suffix) && !is_registry_suffix(host);
}

}  // namespace modcore::text
