// What is found in disguise, and what is not.
#include "text/disguise.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "text/fold.hpp"

using namespace modcore;
using text::Lexicon;

namespace {

struct Words {
  explicit Words(std::initializer_list<std::string_view> words,
                 Lexicon::Form form = Lexicon::Form::whole) {
    for (const std::string_view word : words) add(word, form);
    lexicon.finish();
  }
  void add(std::string_view word, Lexicon::Form form) {
    names.push_back(text::fold(word, text::Level::accents));
    CHECK(lexicon.add(names.back(), form, static_cast<std::uint32_t>(names.size() - 1)));
  }
  // "word=as written" of every place, without repetitions.
  [[nodiscard]] std::set<std::string> in(std::string_view body) const {
    text::DisguiseFinder finder;
    std::vector<text::Disguised> found;
    finder.find(body, lexicon, found);
    CHECK_FALSE(finder.gave_up());
    std::set<std::string> matches;
    for (const text::Disguised& match : found) {
      matches.insert(
          names[match.id] + "=" +
          std::string(body.substr(match.range.begin, match.range.end - match.range.begin)));
    }
    return matches;
  }

  Lexicon lexicon;
  std::vector<std::string> names;
};

using Found = std::set<std::string>;

TEST_CASE("a frame of stars hides no letters") {
  Lexicon vowels;
  for (const char first : std::string_view("aeiouy")) {
    for (const char second : std::string_view("abcdefghijklmnopqrstuvwxyz")) {
      for (const char third : std::string_view("abcdefghijklmnopqrstuvwxyz")) {
        CHECK(vowels.add(std::string{first, second, third, 'n', 'o', 't', 'i', 'c', 'e'},
                         Lexicon::Form::whole, 0));
      }
    }
  }
  vowels.finish();
  text::DisguiseFinder finder;
  std::vector<text::Disguised> found;
  finder.find(std::string(35, '*') + "NOTICE" + std::string(35, '*'), vowels, found);
  CHECK_FALSE(finder.gave_up());
  CHECK(found.empty());
}

TEST_CASE("rows of signs are no riddle, whatever the words") {
  Lexicon dense;
  const std::string_view letters = "ailsoecth";
  for (const char a : letters) {
    for (const char b : letters) {
      for (const char c : letters) {
        for (const char d : letters) {
          for (const char e : letters) CHECK(dense.add(std::string{a, b, c, d, e}, Lexicon::Form::whole, 0));
        }
      }
    }
  }
  dense.finish();
  for (const std::string_view row : {"!", "!?", "?!?!", "! ", ".!", "£", "|-", "|_", "|---", "()", "(!)", "/|", "-!-", "@!?"}) {
    std::string text = "I love this song so much";
    while (text.size() < 300) text += row;
    CAPTURE(text);
    text::DisguiseFinder finder;
    std::vector<text::Disguised> found;
    finder.find(text, dense, found);
    CHECK_FALSE(finder.gave_up());
    CHECK(found.empty());
  }
}

TEST_CASE("a flood of signs runs out of steps, and what stood before it was found") {
  Lexicon flooded;
  for (const char first : std::string_view("sail")) {
    for (const char second : std::string_view("sailc")) {
      for (const char third : std::string_view("sailc")) {
        for (const char fourth : std::string_view("sailc")) {
          CHECK(flooded.add(std::string{first, second, third, fourth, 'x'}, Lexicon::Form::whole, 0));
        }
      }
    }
  }
  CHECK(flooded.add("casino", Lexicon::Form::whole, 1));
  flooded.finish();
  std::string body = "c4sino ";
  while (body.size() < 100'000) body += "$@!|(";
  text::DisguiseFinder finder;
  std::vector<text::Disguised> found;
  finder.find(body, flooded, found);
  CHECK(finder.gave_up());
  REQUIRE(found.size() == 1);
  CHECK(found.front().id == 1);
}

}  // namespace

TEST_CASE("look-alike letters of other scripts are read beside Latin ones") {
  const Words words{"blowjob", "slut"};
  CHECK(words.in("a slut, аn ѕӏut") == Found{"slut=ѕӏut"});
  CHECK(words.in("so βlοωjοβ it is") == Found{"blowjob=βlοωjοβ"});
}

TEST_CASE("words of another script alone are words of that script") {
  const Words words{"coco", "poca"};
  CHECK(words.in("какое сосо тут есть").empty());
  CHECK(words.in("what is this сосо about then") == Found{"coco=сосо"});
  CHECK(words.in("вот росa") == Found{"poca=росa"});
}

TEST_CASE("a pattern of another script is found in its own and in Latin letters") {
  const Words words{"сука"};
  CHECK(words.in("ты суууука") == Found{"сука=суууука"});
  CHECK(words.in("ты cyкa") == Found{"сука=cyкa"});
  CHECK(words.in("ты с у к а") == Found{"сука=с у к а"});
}

TEST_CASE("compatibility letters are letters") {
  const Words words{"slut"};
  for (const char* disguise : {"𝐬𝐥𝐮𝐭", "𝓼𝓵𝓾𝓽", "𝚜𝚕𝚞𝚝", "ⓢⓛⓤⓣ", "⒮⒧⒰⒯", "🆂🅻🆄🆃", "🅂🄻🅄🅃", "🇸🇱🇺🇹",
                               "ꜱʟᴜᴛ", "ˢˡᵘᵗ", "丂ㄥㄩㄒ", "รɭยՇ", "ᔕᒪᑌ丅", "₴ⱠɄ₮"}) {
    CAPTURE(disguise);
    CHECK(words.in(std::string("such a ") + disguise + " here") ==
          Found{std::string("slut=") + disguise});
  }
}

TEST_CASE("flags stay flags") {
  const Words words{"frp", "spl"};
  CHECK(words.in("🇫🇷🇵🇱 and 🇪🇸🇵🇱").empty());
}

TEST_CASE("digits and signs beside letters are letters") {
  const Words words{"anal", "asshole", "bitch", "blowjob", "ass", "motherfucker"};
  CHECK(words.in("@n@| 8!tch 8|0wj08") == Found{"anal=@n@|", "bitch=8!tch", "blowjob=8|0wj08"});
  CHECK(words.in("@$$h0|3") == Found{"asshole=@$$h0|3"});
  CHECK(words.in("(a$$)") == Found{"ass=a$$"});
  CHECK(words.in("@$$") == Found{"ass=@$$"});
  CHECK(words.in("m0th3rfuck3r!") == Found{"motherfucker=m0th3rfuck3r"});
}

TEST_CASE("several signs draw one letter, and two letters another one in words of four letters") {
  const Words words{"shit", "cumming", "blowjob", "dick", "bums", "cum"};
  CHECK(words.in("s|-|it") == Found{"shit=s|-|it"});
  CHECK(words.in("curnrning bIovvjob") == Found{"cumming=curnrning", "blowjob=bIovvjob"});
  CHECK(words.in("he burns to click, curn").empty());
}

TEST_CASE("digits of a pattern are digits") {
  const Words words{"4chan"};
  CHECK(words.in("4ch@n") == Found{"4chan=4ch@n"});
  CHECK(words.in("achan @chan").empty());
}

TEST_CASE("letters spaced out alike are one word") {
  const Words words{"shit"};
  for (const char* disguise :
       {"s h i t", "s.h.i.t", "s-h-i-t", "s_h.i-t", "s\nh\ni\nt", "s   h   i   t", "s 👏 h 👏 i 👏 t",
        "s😂h😂i😂t", "s, h, i, t", "5 h 1 t", "s.h-i t", "s!h!!!t", "5!!h!!!!!t"}) {
    CAPTURE(disguise);
    CHECK(words.in(std::string("this ") + disguise + " again") ==
          Found{std::string("shit=") + disguise});
  }
}

TEST_CASE("a row of letters is one word, but for an article before it") {
  const Words words{"anal", "dick", "ass"};
  CHECK(words.in("such a a n a l person") == Found{"anal=a n a l"});
  CHECK(words.in("D I C K E N S, A N A L Y S I S, A S S E T S").empty());
  CHECK(words.in("such a a s s").empty());
  CHECK(words.in("what a  a s s") == Found{"ass=a s s"});
}

TEST_CASE("punctuation and pictures inside a word are seen through") {
  const Words words{"bitch", "shit", "asshole"};
  CHECK(words.in("bi.tch") == Found{"bitch=bi.tch"});
  CHECK(words.in("sh'it") == Found{"shit=sh'it"});
  CHECK(words.in("ass-hole") == Found{"asshole=ass-hole"});
  CHECK(words.in("b😂itch") == Found{"bitch=b😂itch"});
}

TEST_CASE("punctuation between two words parts them") {
  const Words words{"penis", "hell", "shell", "cumin", "assist", "orange"};
  CHECK(words.in("My pen.is here, he'll be, she'll see, www.or.ange.com").empty());
  CHECK(words.in("gas.Sist and as.sist/path").empty());
}

TEST_CASE(
    "stretched letters count once or as often as they stand in the word, doubled ones twice") {
  const Words words{"shit", "ass", "bitch"};
  CHECK(words.in("shiiiit aaassssss") == Found{"shit=shiiiit", "ass=aaassssss"});
  CHECK(words.in("shiit asss aas").size() == 1);
  CHECK(words.in("asss") == Found{"ass=asss"});
}

TEST_CASE("accented letters side by side are not stretched") {
  const Words words{"cre"};
  CHECK(words.in("créée").empty());
  CHECK(words.in("creee") == Found{"cre=creee"});
}

TEST_CASE("letters of every alphabet are stretched, with their accents") {
  const Words words{"żółw", "brûlée", "сука"};
  CHECK(words.in("żżżółw żóóóółw żółłłw") ==
        Found{"zolw=żżżółw", "zolw=żóóóółw", "zolw=żółłłw"});
  CHECK(words.in("brûûûlée brûlééée brûléeee bru\u0302u\u0302u\u0302lée") ==
        Found{"brulee=brûûûlée", "brulee=brûlééée", "brulee=brûléeee",
              "brulee=bru\u0302u\u0302u\u0302lée"});
  CHECK(words.in("суууука") == Found{"сука=суууука"});
  CHECK(words.in("z\u200Boooo\u200Blllw b\u200Brrr\u200Bulee") ==
        Found{"zolw=z\u200Boooo\u200Blllw", "brulee=b\u200Brrr\u200Bulee"});
}

TEST_CASE("white space ends letters that are punctuated, alike or not") {
  const Words words{"shit", "slut"};
  CHECK(words.in("a s.h-i_t s_l.u-t i b.i-t") == Found{"shit=s.h-i_t", "slut=s_l.u-t"});
}

TEST_CASE("a mask hides a letter when half of the letters are visible") {
  const Words words{"fuck", "bitch", "cum"};
  CHECK(words.in("f*ck f**k f#ck b*tch") ==
        Found{"fuck=f*ck", "fuck=f**k", "fuck=f#ck", "bitch=b*tch"});
  CHECK(words.in("f*** *uck f-k b-itch fu*").size() == 0);
  CHECK(words.in("a*b*c c#m").empty());
  CHECK(words.in("c*m") == Found{"cum=c*m"});
}

TEST_CASE("formatting and entities inside a word vanish") {
  const Words words{"shit"};
  for (const char* disguise :
       {"sh<b></b>it", "sh****it", "s**h**it", "sh<i>i</i>t", "&#115;&#104;&#105;&#116;",
        "s&#x68;it", "sh[b]it", "sh<!-- x -->it", "sh<span class=\"x\">it"}) {
    CAPTURE(disguise);
    CHECK(words.in(std::string("this ") + disguise + " again") ==
          Found{std::string("shit=") + disguise});
  }
  CHECK(words.in("this sh<br>it again").empty());
}

TEST_CASE("text under a bidi override is read backwards") {
  const Words words{"shit"};
  CHECK(words.in("this \u202Etihs\u202C again") == Found{"shit=tihs"});
  CHECK(words.in("this \u202Eti hs\u202C again").size() <= 1);
}

TEST_CASE("what the accents fold finds is no disguise") {
  const Words words{"putain", "gówno"};
  CHECK(words.in("PUTAIN pütaïn ｐｕｔａｉｎ p\u200Butain gowno gówno").empty());
}

TEST_CASE("numbers, models, times, code and addresses are not read as leet") {
  const Words words{"ass", "shit", "anal", "cum", "tits", "con", "idiot", "nib"};
  CHECK(words.in("the A55 at 5h17, $5, v1.0, 192.168.1.1, 455 and 7175").empty());
  CHECK(words.in("https://x.example/a55/4nal www.sh1t.example").empty());
  CHECK(words.in("(um, Ana! C0N gud ni8").size() <= 1);
}

TEST_CASE("a bare stroke is l or i by the letters around it") {
  const Words words{"anal", "shit", "bullshit", "ill", "all", "lick", "slut"};
  CHECK(words.in("anaI SHlT buIIshit sIut") ==
        Found{"anal=anaI", "shit=SHlT", "bullshit=buIIshit", "slut=sIut"});
  CHECK(words.in("AIL ALL Ill all slit").empty());
}

TEST_CASE("two letters are not one where only a part of the word is given") {
  CHECK(Words({"nude", "dick"}, Lexicon::Form::prefix).in("nuclear clicking").empty());
  CHECK(Words({"bums"}, Lexicon::Form::suffix).in("sunburns").empty());
}

TEST_CASE("an initial before a name masks nothing") {
  CHECK(Words({"suka"}, Lexicon::Form::prefix).in("S.Karpiniuk").empty());
  CHECK(Words{"suka"}.in("S.Ka").empty());
  CHECK(Words{"fuck"}.in("F.CK f.ck") == Found{"fuck=F.CK", "fuck=f.ck"});
}

TEST_CASE("beginnings, ends and parts of words are found in disguise") {
  CHECK(Words({"fuck"}, Lexicon::Form::prefix).in("f.u.c.k fu©king fucking") ==
        Found{"fuck=fu©king", "fuck=f.u.c.k"});
  CHECK(Words({"coin"}, Lexicon::Form::suffix).in("bitc0in bitcoin bitc0ins") ==
        Found{"coin=bitc0in"});
  CHECK(Words({"promoc"}, Lexicon::Form::prefix).in("a p r o m o c j a   i p.r.o.m.o.c.j.a") ==
        Found{"promoc=p r o m o c j a", "promoc=p.r.o.m.o.c.j.a"});
  CHECK(Words({"coin"}, Lexicon::Form::suffix).in("b i t c o i n") == Found{"coin=b i t c o i n"});
  CHECK(Words({"promoc"}, Lexicon::Form::prefix).in("n o p r o m o c j a").empty());
  CHECK(Words({"viagra"}, Lexicon::Form::inside).in("buyvi@granow") == Found{"viagra=vi@gra"});
}

TEST_CASE("the skeleton shows what the eye reads") {
  CHECK(text::skeleton("Call 5 times: c4$1n0, c a s i n o, 𝐜𝐚𝐬𝐢𝐧𝐨 or c*sino.") ==
        "Call 5 times: casino casino casino or c?sino");
}

TEST_CASE("swear words are not found in honest words") {
  std::ifstream file(MODCORE_SOURCE_DIR "/tests/data/swear_words.txt");
  Words words{};
  Lexicon lexicon;
  std::size_t count = 0, short_ones = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream row(line);
    for (std::string word; row >> word; ++count) {
      const std::string folded = text::fold(word, text::Level::accents);
      short_ones += folded.size() <= 4;
      CHECK(lexicon.add(folded, Lexicon::Form::whole, 0));
    }
  }
  lexicon.finish();
  REQUIRE(count >= 400);
  REQUIRE(short_ones >= 100);
  text::DisguiseFinder finder;
  std::vector<text::Disguised> found;
  std::size_t honest = 0;
  for (const char* name : {"american-english-large", "french", "polish"}) {
    std::ifstream dictionary(std::string("/usr/share/dict/") + name);
    for (std::string word; std::getline(dictionary, word); ++honest) {
      found.clear();
      finder.find(word, lexicon, found);
      if (!found.empty()) FAIL_CHECK(name, ": ", word);
    }
  }
  if (honest == 0) MESSAGE("no word lists of Debian here: nothing compared");
}
