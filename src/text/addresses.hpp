// Hosts that are addresses and not names.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace modcore::text {

// An address as it is compared: "192.0.2.1" or "[2001:db8::1]".
class AddressText {
 public:
  AddressText& append(std::string_view part) noexcept;
  [[nodiscard]] std::string_view view() const noexcept { return {bytes_.data(), size_}; }

 private:
  std::array<char, 48> bytes_{};
  std::size_t size_ = 0;
};

// Whether browsers take the host for an IPv4 address: its last label is a number,
// decimal or hexadecimal (WHATWG URL, "ends in a number checker").
[[nodiscard]] bool ends_in_number(std::string_view host) noexcept;

// "0x7f.1", "017700000001" and "2130706433" are all 127.0.0.1 (WHATWG URL, "IPv4
// parser"). Nothing if such a host is no address: "1.2.3.4.5".
[[nodiscard]] std::optional<AddressText> read_ipv4(std::string_view host) noexcept;

// An IPv6 address in brackets, shortened after RFC 5952.
[[nodiscard]] std::optional<AddressText> read_ipv6(std::string_view host) noexcept;

// Whether a normalised host is an address. A normalised name never ends like one.
[[nodiscard]] bool is_address(std::string_view host) noexcept;

}  // namespace modcore::text
