// Ways to reach somebody or somewhere: telephone numbers, e-mail addresses, payment
// cards, IP addresses. Each replaces `out`, in order, without overlap, in linear time.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace modcore::text {

// "+48 600 700 800", "(212) 555-0123", "06 12 34 56 78", "0612345678": after + or 00
// 8 to 15 digits; else 9 to 11 digits in groups of two to four, at least three of
// them or the first in parentheses, with the same sign between; or ten or
// eleven digits that begin with 0. Decimal digits of any script.
void find_phones(std::string_view text, std::vector<Range>& out);

// "name.tag+x@mail.example.org"; the last label has at least two letters.
void find_emails(std::string_view text, std::vector<Range>& out);

inline constexpr std::uint32_t least_card_digits = 13;

// 13 to 19 digits that begin with 2 to 6 and whose check digit is right, in one row or in
// groups of three to six with single spaces or hyphens between.
void find_cards(std::string_view text, std::vector<Range>& out);

// IPv4 and IPv6 addresses that the Internet routes: not private, local, reserved,
// multicast or for documentation.
void find_ips(std::string_view text, std::vector<Range>& out);

}  // namespace modcore::text
