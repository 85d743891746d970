// What reaches somebody, and what only looks like it.
#include "text/contacts.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace modcore;

namespace {

using Texts = std::vector<std::string>;
using Find = void (*)(std::string_view, std::vector<text::Range>&);

Texts all(Find find, std::string_view body) {
  std::vector<text::Range> ranges = {{0, 1}};
  find(body, ranges);
  Texts found;
  for (const text::Range range : ranges) {
    found.emplace_back(body.substr(range.begin, range.end - range.begin));
  }
  return found;
}

}  // namespace

TEST_CASE("telephone numbers are found as people write them") {
  for (const char* number :
       {"+48 600 700 800", "+48600700800", "+1 (212) 555-0123", "0048 600 700 800", "(212) 555-0123",
        "06 12 34 56 78", "06.12.34.56.78", "0612345678", "08712460324", "600-700-801",
        "22 123 45 67", "+33 (0)6 12 34 56 78", "+٤٨ ٦٠٠ ٧٠٠ ٨٠٠", "600\u00A0700\u00A0801"}) {
    CAPTURE(number);
    CHECK(all(text::find_phones, std::string("call ") + number + ", now") == Texts{number});
    CHECK(all(text::find_phones, number) == Texts{number});
  }
  CHECK(all(text::find_phones, "+48 600 700 800 or 600-700-801").size() == 2);
}

TEST_CASE("dates, prices, accounts, versions and addresses are no telephone numbers") {
  for (const char* text :
       {"2024-11-21 10:36", "21.11.2024", "12 34 56 10:30", "10 000 000 000 zł", "1234567890",
        "192.168.10.100", "83-7181-510-2", "PL61 1090 1014 0000 0712 1981 2874", "v0612345678",
        "3.1415926535", "4111 1111 1111 1111", "600 700", "#0612345678", "600-700 801"}) {
    CAPTURE(text);
    CHECK(all(text::find_phones, text).empty());
  }
}

TEST_CASE("e-mail addresses have a name and a domain of two labels") {
  CHECK(all(text::find_emails, "write to ann.b+c@mail.example.co.uk.") ==
        Texts{"ann.b+c@mail.example.co.uk"});
  CHECK(all(text::find_emails, "(żółw@przykład.pl), ..x@y.org") ==
        Texts{"żółw@przykład.pl", "x@y.org"});
  CHECK(all(text::find_emails, "a@b @ann.example ann@host a@@b.org a@b.c1 a@b.c").empty());
  CHECK(all(text::find_emails, "a@b.org@c.org") == Texts{"a@b.org"});
}

TEST_CASE("card numbers have a right check digit") {
  for (const char* number : {"4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111",
                             "5555555555554444", "3782 822463 10005", "6304000000000000"}) {
    CAPTURE(number);
    CHECK(all(text::find_cards, std::string("pay by ") + number + "!") == Texts{number});
  }
  for (const char* text : {"4111111111111112", "1111111111111117", "41 11 11 11 11 11 11 11",
                           "4111  1111  1111  1111", "x4111111111111111", "0.4111111111111111",
                           "41111111111111110000", "4111.1111.1111.1111"}) {
    CAPTURE(text);
    CHECK(all(text::find_cards, text).empty());
  }
  CHECK(all(text::find_cards, "12 4111 1111 1111 1111 5555555555554444").size() == 2);
}

TEST_CASE("routable addresses are found, others are not") {
  for (const char* address : {"8.8.8.8", "193.0.6.139", "2a00:1450:4001::200e", "2606:4700::1111",
                              "2001:4860:4860:0:0:0:0:8888"}) {
    CAPTURE(address);
    CHECK(all(text::find_ips, std::string("at ") + address + ".") == Texts{address});
  }
  CHECK(all(text::find_ips, "http://8.8.8.8:53/x [2606:4700::1111]:443 ip:9.9.9.9") ==
        Texts{"8.8.8.8", "2606:4700::1111", "9.9.9.9"});
  for (const char* text :
       {"10.0.0.1", "127.0.0.1", "192.168.0.1", "172.31.0.1", "100.64.0.1", "169.254.0.1",
        "198.51.100.1", "224.0.0.1", "255.255.255.255", "256.8.8.8", "08.8.8.8", "8.8.8", "8.8.8.8.8",
        "v8.8.8.8", "8.8.8.8a", "::1", "fe80::1", "fd00::1", "2001:db8::1", "::ffff:8.8.8.8",
        "2606:4700::1::1", "2606:4700", "std::deque", "12:30:45", "2606:47000::1", "1:2:3:4:5:6:7:8:9"}) {
    CAPTURE(text);
    CHECK(all(text::find_ips, text).empty());
  }
}

TEST_CASE("floods of digits and signs take linear time") {
  const auto repeated = [](std::string_view part) {
    std::string text;
    while (text.size() < 400'000) text += part;
    return text;
  };
  for (const char* part : {"1", "1 ", "4111 1111 ", "a@", "a.", "1.", "f:", "::", "@", "+1-"}) {
    const std::string text = repeated(part);
    for (const Find find : {text::find_phones, text::find_emails, text::find_cards, text::find_ips}) {
      CHECK(all(find, text).size() < text.size());
    }
  }
}
