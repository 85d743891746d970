// Host names and addresses.
#include "text/hosts.hpp"

#include <doctest/doctest.h>

#include "text/punycode.hpp"

using namespace modcore;

TEST_CASE("a host has one spelling") {
  CHECK(text::normalise_host("WWW.Exämple.COM.") == text::normalise_host("www.xn--exmple-cua.com"));
  CHECK(text::normalise_host("www.exa\u0308mple.com") == text::normalise_host("www.exämple.com"));
  CHECK(text::normalise_host("XN--E1AFMKFD.xn--p1ai") == "пример.рф");
  CHECK(text::normalise_host("a。b．c") == "a.b.c");
  CHECK(text::normalise_host("xn--99999999999") == "xn--99999999999");
  CHECK(text::normalise_host("xn--abc-.com") == "xn--abc-.com");
  CHECK(text::normalise_host("faß.de") == "faß.de");  // two domains since 2010
  CHECK(text::normalise_host("xn--fa-hia.de") == "faß.de");
  CHECK(text::normalise_host("ｅｘａｍｐｌｅ．ｃｏｍ") == "example.com");
  CHECK(text::normalise_host("exam\u00ADple.com") == "example.com");
  CHECK(text::normalise_host("ex%41mple.com") == "example.com");
  CHECK(text::normalise_host("r3---sn-x.example.com") == "r3---sn-x.example.com");
  CHECK(text::normalise_host("a_b.é.com") == "a_b.é.com");
  for (const std::string_view bad :
       {"", ".", "a..b", ".a", "a b", "*.a", "a/b", "\xFF.com", "a\n", "%00.com", "%FF.com",
        "a%2Fb.com", "a℀.com", "1.2.3.4.5", "[::1", "[::g]"}) {
    CAPTURE(bad);
    CHECK_FALSE(text::normalise_host(bad));
  }
  CHECK_FALSE(text::normalise_host(std::string(5000, 'a')));
  CHECK_FALSE(text::normalise_host(std::string(64, 'a') + ".com"));
  std::string many;
  for (int i = 0; i < 200; ++i) many += "é.";
  CHECK_FALSE(text::normalise_host(many + "com"));
}

TEST_CASE("punycode decodes the samples of RFC 3492") {
  const std::pair<std::string_view, std::string_view> samples[] = {
      {"egbpdaj6bu4bxfgehfvwxn", "ليهمابتكلموشعربي؟"},
      {"ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"},
      {"Proprostnemluvesky-uyb24dma41a", "Pročprostěnemluvíčesky"},
      {"4dbcagdahymbxekheh6e0a7fei0b", "למההםפשוטלאמדבריםעברית"},
      {"PorqunopuedensimplementehablarenEspaol-fmd56a", "PorquénopuedensimplementehablarenEspañol"},
      {"3B-ww4c5e180e575a65lsy2b", "3年B組金八先生"},
      {"-> $1.00 <--", "-> $1.00 <-"}};
  int checked = 0;
  for (const auto& [encoded, decoded] : samples) {
    CHECK(text::decode_punycode(encoded) == decoded);
    ++checked;
  }
  CHECK(checked == 7);
  for (const std::string_view bad : {"", "é", "a-!", "99999999999999"}) {
    CAPTURE(bad);
    CHECK_FALSE(text::decode_punycode(bad));
  }
}

TEST_CASE("a host lies under itself and its parents") {
  CHECK(text::host_under("a.b.com", "b.com"));
  CHECK(text::host_under("b.com", "b.com"));
  CHECK_FALSE(text::host_under("ab.com", "b.com"));
  CHECK_FALSE(text::host_under("com", "b.com"));
  CHECK_FALSE(text::host_under("b.com", ""));
  CHECK_FALSE(text::host_under("rabbit.ly", "bit.ly"));
}

TEST_CASE("the registrable domain follows the public suffix list") {
  CHECK(text::registrable_domain("a.b.co.uk") == "b.co.uk");
  CHECK(text::registrable_domain("x.my.github.io") == "my.github.io");
  CHECK(text::registrable_domain("co.uk") == "co.uk");
  CHECK(text::registrable_domain("localhost") == "localhost");
  CHECK(text::registrable_domain("10.1.2.3") == "10.1.2.3");
}
