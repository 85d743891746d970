// Host names: one spelling for each, and what the public suffix list says of them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace modcore::text {

// As it is written: bytes of UTF-8, percent-encoded perhaps. A longer one is no host.
inline constexpr std::size_t longest_host = 1024;

// The one spelling of a host: names as UTS 46 maps them (lower case, full-width
// and other compatibility letters plain, invisible characters gone, punycode
// decoded), without a final dot; addresses as "192.0.2.1" and "[2001:db8::1]".
// Percent-encoding is undone. "WWW.Ex%C3%A4mple.COM." -> "www.exämple.com".
// Nothing if it is no host.
[[nodiscard]] std::optional<std::string> normalise_host(std::string_view host);

// The same, appended to `out`; false and `out` as it was if it is no host. A plain
// ASCII host allocates nothing once `out` has grown.
bool append_host(std::string_view host, std::string& out);

// Whether a host equals a domain or lies below it. Both normalised.
[[nodiscard]] bool host_under(std::string_view host, std::string_view domain) noexcept;

// The registrable domain by the public suffix list ("a.b.co.uk" -> "b.co.uk"), a
// part of `host`; all of it if it has none. Normalised in and out.
[[nodiscard]] std::string_view registrable_domain(std::string_view host);

// Whether everybody registers domains under it, as under "co.uk". Normalised.
[[nodiscard]] bool is_registry_suffix(std::string_view host);

// Whether a last label, in ASCII of any case, is on the list: "com", not "txt".
[[nodiscard]] bool is_listed_suffix(std::string_view label);

// Whether a normalised host lies below a listed public suffix: "a.com" does,
// "co.uk" and "readme.txt" do not.
[[nodiscard]] bool has_public_suffix(std::string_view host);

}  // namespace modcore::text
