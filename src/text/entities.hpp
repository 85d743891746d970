// Links, mentions, hashtags and emoji: where they stand and what they name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace modcore::text {

struct Link {
  Range range;       // as written, without trailing punctuation
  std::string host;  // normalise_host() of it
  std::string path;  // from "/" on, percent-encoding and letter case as written; may be empty
  bool scheme = false;  // written with http:// or https://
};

// http(s) links, and bare domains below a public suffix; not the domain of an
// e-mail address, nor "end.So", where a space is missing between sentences. All
// in the order of the text, without overlap, and in linear time. Replace `out`.
void find_links(std::string_view text, std::vector<Link>& out);
void find_mentions(std::string_view text, std::vector<Range>& out);  // "@name", with the @
void find_hashtags(std::string_view text, std::vector<Range>& out);  // "#tag", with the #; not "#1"
void find_emoji(std::string_view text, std::vector<Range>& out);     // whole emoji sequences

// Lower case, without a final dot, punycode labels decoded, folded to Level::case_;
// nothing if it is no host name. "WWW.Exämple.COM." -> "www.exämple.com".
[[nodiscard]] std::optional<std::string> normalise_host(std::string_view host);

// Whether a host equals a domain or lies below it. Both normalised.
[[nodiscard]] bool host_under(std::string_view host, std::string_view domain) noexcept;

// The registrable domain by the public suffix list ("a.b.co.uk" -> "b.co.uk");
// the host itself if it has none. Normalised in and out.
[[nodiscard]] std::string registrable_domain(std::string_view host);

// Whether everybody registers domains under it, as under "co.uk". Normalised.
[[nodiscard]] bool is_registry_suffix(std::string_view host);

// An emoji sequence without skin tones and variation selectors: what the
// `emoji` kind compares.
[[nodiscard]] std::string plain_emoji(std::string_view sequence);

}  // namespace modcore::text
