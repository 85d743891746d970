// IP addresses in every spelling that a browser follows.
#include "text/addresses.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace modcore::text {
namespace {

constexpr std::string_view digits = "0123456789";

std::string_view last_label(std::string_view host) noexcept {
  return host.substr(host.rfind('.') + 1);  // npos + 1 is 0
}

bool is_hexadecimal(std::string_view label) noexcept {
  return label.size() >= 2 && label[0] == '0' && (label[1] == 'x' || label[1] == 'X');
}

// A part of an address: decimal, octal after "0", hexadecimal after "0x".
std::optional<std::uint64_t> read_number(std::string_view label) noexcept {
  int base = 10;
  if (is_hexadecimal(label)) {
    base = 16;
    label.remove_prefix(2);
    if (label.empty()) return 0;
  } else if (label.size() > 1 && label[0] == '0') {
    base = 8;
  }
  std::uint64_t value = 0;
  const char* const end = label.data() + label.size();
  const auto read = std::from_chars(label.data(), end, value, base);
  if (read.ec != std::errc{} || read.ptr != end) return {};
  return value;
}

std::optional<std::uint32_t> address_of(std::string_view host) noexcept {
  std::uint64_t address = 0;
  for (int shift = 24;; shift -= 8) {
    const std::size_t dot = host.find('.');
    const auto number = read_number(host.substr(0, dot));
    if (!number) return {};
    if (dot == std::string_view::npos) {  // the last part fills all that is left
      if (*number >= std::uint64_t{1} << static_cast<unsigned>(shift + 8)) return {};
      return static_cast<std::uint32_t>(address | *number);
    }
    if (*number > 255 || shift == 0) return {};
    address |= *number << static_cast<unsigned>(shift);
    host.remove_prefix(dot + 1);
  }
}

}  // namespace

AddressText& AddressText::append(std::string_view part) noexcept {
  const std::size_t taken = std::min(part.size(), bytes_.size() - size_);
  std::copy_n(part.data(), taken, bytes_.data() + size_);
  size_ += taken;
  return *this;
}

bool ends_in_number(std::string_view host) noexcept {
  const std::string_view label = last_label(host);
  if (label.empty()) return false;
  if (label.find_first_not_of(digits) == std::string_view::npos) return true;
  return is_hexadecimal(label) && read_number(label).has_value();
}

std::optional<AddressText> read_ipv4(std::string_view host) noexcept {
  const auto address = address_of(host);
  if (!address) return {};
  AddressText text;
  for (unsigned shift = 32; shift != 0;) {
    shift -= 8;
    std::array<char, 3> part{};
    const auto written =
        std::to_chars(part.data(), part.data() + part.size(), (*address >> shift) & 0xFFU);
    text.append({part.data(), static_cast<std::size_t>(written.ptr - part.data())});
    if (shift != 0) text.append(".");
  }
  return text;
}

std::optional<AddressText> read_ipv6(std::string_view host) noexcept {
  if (host.size() < 4 || host.front() != '[' || host.back() != ']') return {};
  const std::string_view inner = host.substr(1, host.size() - 2);
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  if (inner.size() >= buffer.size()) return {};
  std::copy(inner.begin(), inner.end(), buffer.begin());
  in6_addr address{};
  if (inet_pton(AF_INET6, buffer.data(), &address) != 1) return {};
  if (inet_ntop(AF_INET6, &address, buffer.data(), buffer.size()) == nullptr) return {};
  AddressText text;
  text.append("[").append(buffer.data()).append("]");
  return text;
}

bool is_address(std::string_view host) noexcept {
  return host.starts_with('[') ||
         (!host.empty() && last_label(host).find_first_not_of(digits) == std::string_view::npos);
}

}  // namespace modcore::text
