// What each character of a disguise is said to be.
#include "text/disguise_trace.hpp"

#include <doctest/doctest.h>

#include <string>

#include "support/utf8.hpp"

using namespace modcore;
using Form = text::Lexicon::Form;

namespace {

// "[bytes]=letter" with what they did, plain letters as they are.
std::string traced(std::string_view body, std::string_view word, Form form = Form::whole) {
  const text::Range all{0, static_cast<std::uint32_t>(body.size())};
  std::string out;
  for (const text::ReadPart& part : text::trace_disguise(body, all, word, form)) {
    const std::string bytes(body.substr(part.range.begin, part.range.end - part.range.begin));
    if (part.as == 0) {
      out += bytes;
      continue;
    }
    out += "[" + bytes + "]";
    if (part.letter != 0) utf8::append(out, part.letter);
    for (unsigned bit = 0; bit < 10; ++bit) {
      if (((std::uint32_t{part.as} >> bit) & 1U) != 0) out += "LSldm+jfeb"[bit];
    }
  }
  return out;
}

}  // namespace

TEST_CASE("every disguise is told from the others") {
  CHECK(traced("bitcoin", "bitcoin") == "bitcoin");
  CHECK(traced("b1tc0in", "bitcoin") == "b[1]iltc[0]olin");
  CHECK(traced("bitсoin", "bitcoin") == "bit[с]cLoin");
  CHECK(traced("𝐛itcoin", "bitcoin") == "[𝐛]bSitcoin");
  CHECK(traced("bitc()in", "bitcoin") == "bitc[()]odin");
  CHECK(traced("rnoney", "money") == "[rn]mdoney");
  CHECK(traced("b*tcoin", "bitcoin") == "b[*]imtcoin");
  CHECK(traced("bitttcoin", "bitcoin") == "bit[t]+[t]+coin");
  CHECK(traced("b i t", "bit") == "b[ ]ji[ ]jt");
  CHECK(traced("bit<b></b>coin", "bitcoin") == "bit[<b></b>]fcoin");
  CHECK(traced("bit**coin", "bitcoin") == "bit[*]f[*]fcoin");
  CHECK(traced("&#98;it", "bit") == "[&#98;]beit");
}

TEST_CASE("letters that the word has itself are plain") {
  CHECK(traced("żżżółw", "zolw") == "ż[ż]+[ż]+ółw");
  CHECK(traced("assss", "ass") == "ass[s]+[s]+");
  CHECK(traced("сука", "сука") == "сука");
  CHECK(traced("cука", "сука") == "[c]сLука");
  CHECK(traced("mp3", "mp3") == "mp3");
}

TEST_CASE("the rest of a longer word is plain") {
  CHECK(traced("pr0mocja", "promoc", Form::prefix) == "pr[0]olmocja");
  CHECK(traced("p r o m o", "prom", Form::prefix) == "p[ ]jr[ ]jo[ ]jm[ ]jo");
  CHECK(traced("shitc0in", "coin", Form::suffix) == "shitc[0]olin");
  CHECK(traced("buyvi@granow", "viagra", Form::inside) == "buyvi[@]algranow");
}

TEST_CASE("what is read backwards comes in the order of reading") {
  const std::string body = "\u202Etib\u202C";
  CHECK(text::trace_disguise(body, {3, 6}, "bit", Form::whole).size() == 3);
  CHECK(text::trace_disguise(body, {3, 6}, "bit", Form::whole).front().range == text::Range{5, 6});
}

TEST_CASE("what cannot be read so has no trace") {
  CHECK(traced("roses", "bitcoin").empty());
  CHECK(traced("", "bitcoin").empty());
}
