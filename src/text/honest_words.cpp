// Everyday short words by hand, honest look-alikes from word lists.
#include "text/honest_words.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>

namespace modcore::text {
namespace {

// Single letters stand in each: they are words ("a", "y", "z"), what remains of
// them ("I'll", "c'est"), or initials.
constexpr std::string_view english =
    " a b c d e f g h i j k l m n o p q r s t u v w x y z "
    "able about above ace acid act acts add ads after again age aged ages ago ah aid aim air all "
    "also am amy an and ann ant any ape app apps apt arc are area arm arms army art arts as ash "
    "ask asks at ate aunt auto away axe baby back bad bag bags bake ball ban band bank bar bare "
    "bars base bash bat bath bay be beam bean bear beat bed beds bee been beer beg bell belt ben "
    "bend best bet bets big bike bill bin bird bit bite bits blog blow blue boat bob body bold "
    "bolt bone book boot bore born boss both bow bowl box boy boys bug build bull bus bush busy "
    "but buy by bye cab cake call calm came camp can cane cap caps car card care cars case cash "
    "cast cat cats cell chat chin chip cite city clan clay clip club coal coat code coin cold "
    "come con cook cool cop copy cord core corn cost cot cow crew crop cross cup cure cut cute "
    "dad dam damp dan dare dark data date dawn day days dead deaf deal dear debt deck deep deer "
    "den dent desk did die diet dig dim din dip dirt dish disk do dock does dog dogs dole doll "
    "dome done door dot down drag draw drop drug drum dry due dug dull dump dust duty each ear "
    "earn ears ease east easy eat eats edge egg eggs ego else end ends era ere err etc eva even "
    "ever evil exam exit eye eyes face fact fad fade fail fair fake fall fame fan fans far fare "
    "farm fast fat fate fax fear fee feed feel feet fell felt few fig file fill film fin find "
    "fine fire firm fish fit fits five fix flag flat flee flow fly foe fog fold folk food fool "
    "foot for fore fork form fort four fox free from fuel full fun fund fur gain game gap gas "
    "gate gave gay gear gem get gets gift gin girl give glad go goal goat god goes gold gone good "
    "got grew grid grin grip grow gum gun guns gut guy guys had hair half hall ham hand hang hard "
    "harm has hat hate have he head heal hear heat hell help hen her here hero hers hey hi hid "
    "hide high hill him hint hip his hit hits hold hole holy home hook hop hope horn host hot "
    "hour how hub hug huge hunt hurt ice idea if ill in inch ink inn into ion is it itch its jam "
    "jar jaw jet jim job jobs joe join joke jon joy jury just keen keep ken kept key keys kid "
    "kids kill kim kin kind king kit knee knew know la lab lace lack lad lady lake lamp land lane "
    "lap last late law lawn laws lay lazy lead leaf lean leap lee left leg legs lend less let "
    "lets lid lie lies life lift like limb lime line link lion lip lips list lit live ll load "
    "loan lock log logo long look loop lord lose loss lost lot lots loud love low luck lump lung "
    "mad made mail main make male mall man many map mark mask mass mat mate math max may me meal "
    "mean meat meet melt men menu mess met mice mid mild mile milk mill mind mine mint miss mist "
    "mix mob mode mole mom mood moon more most moth mother move mud mug must my nail name near "
    "neat neck need nest net new news next nice nine no nod none noon nor nose not note noun now "
    "nut nuts oak odd of off oil ok old on once one only onto open or oral order ore other our "
    "out oven over owe own pace pack pad page paid pain pair pale palm pan pants par park part "
    "pass past pat path pay peak pear peer pen pens per pet pets phone pick pie pig pigs pile "
    "pill pin pine pink pint pipe pit plan play plot plug plus pole poll pool poor pop port pose "
    "post pot pour pray prey pro pub pull pump pure push put race rack rag rage rail rain ran "
    "rang rank rare rat rate rats raw ray re read real rear red rely rent rest rice rich rid ride "
    "rim ring rip rise risk road rob rock rod role roll ron roof room root rope rose row rub rug "
    "rule run runs rush sack sad safe said sail sake sale salt sam same sand sang sat save saw "
    "say says scan sea seal seat see seed seek seem seen self sell send sent set sets shall she "
    "shed ship shoe shop shot show shut shy sick side sigh sign silk sin sing sink sip sir sit "
    "site six size skin sky slam slap slip slow snow so soap sock soft soil sold sole some son "
    "song soon sore sort soul soup spa spin spot star stay stem step stop such sue suit sum sun "
    "sure sus swim tab tag tail take tale talk tall tan tank tap tape tar task tax tea teach team "
    "tear ted tell ten tend tent term test text than that the them then they thin this thus tie "
    "ties till tim time tin tiny tip tire to toe tom ton tone too took tool top tour toy trap "
    "tray tree trip true try tub tube tune turn twin two type ugly um un unit up upon us use used "
    "user vain van vary vast ve very via vice view vote wage wait wake walk wall wan want war "
    "ward warm warn was wash wave way ways we weak wear web week well went were west wet what "
    "when which who whom why wide wife wild will win wind wine wing wins wire wise wish with wolf "
    "wood word work worn worse wrap yard yeah year yes yet you young your zip zone zoo ";

constexpr std::string_view french =
    " a b c d e f g h i j k l m n o p q r s t u v w x y z "
    "ai aie air alla alors ame ami amie amis ans apres as au aux avec avez avis bas beau bel ben "
    "bien bois bon bonne bord bouc bout bras brun but ca car cas ce cela celle ces cet chat chef "
    "cher chez chien ciel cinq cle clef clou coin comme corps cote cou coup cour cru dans de deja "
    "des dire dit dix dois donc dont dos doux droit du eau eh elle en eux faim faire fait fer "
    "fete feu fil fille fils fin fit foi fois fond font fou fut gare gars gens gros grue haut "
    "hier homme hors huit ici idee il ils jour jus jusqu la lac lait le les leur lieu lire lit "
    "loi loin lors lu lui lune mais mal mari me mer mere mes met midi moi mois mon mort mot mots "
    "mou mur ne nez ni nom non nord nos note notre nous nu nue nuit ont or ou oui ours page pain "
    "par parc pas pays peau peine peu peur pied pire plan plat plein plus pont porc port pose pot "
    "pour pre pres prix puis qu quand que quel qui quoi ras rat rendu rien rire riz robe roi rond "
    "rose roue rue sa sac sage sais sale salle sans sauf sec sel selon sens sept ses seul si six "
    "soeur soi soif soir sois sol son sont sort sou sous sud suis sur ta tas te tel temps tes "
    "tete tien toi toit ton tot tous tout train tres trop trou tu une va vais vas vent vers vert "
    "vie vin vite voie voir vos vote vous vrai vue yeux ";

constexpr std::string_view polish =
    " a b c d e f g h i j k l m n o p q r s t u v w x y z "
    "aby albo ale ani az bab bal bar bez bo bok bol bom brak brat bruk byc byl byla bylo cale "
    "cena chce chleb cie cieplo co cos czas czy da dac dal dam dla dni dno do dobry dom drzwi dwa "
    "dzien dzis gdy gdzie go gora gra ich ile im ja jak jaka jako je jego jej jest juz kara kasa "
    "kat kawa kiedy kim kon kos kot koza krol kto kura kurs kwas las lat lata leb lek lub ludzi "
    "lufa ma maja mam mama masz mi miec mnie moc moj moja moze mu my na nad nam nas nasz nic nie "
    "nim niz no noc noga nos nowy od oko on ona one oni ono oraz os pan pani pas pies pik plan po "
    "pod pole pon por pora prac praw prawo pro przed przez psy rak ramy raz razem rok rola ron "
    "rota row ryb sa sad sam sama sens ser sie siec skad sok sol som sto stoi swoj syn ta tak "
    "taki tam tata te ten teraz to tobie tom tu tutaj ty tych tyle tylko ul ule wal was wasz we "
    "wie wiec wiem woda wol wow wy za zal zas zawsze ze zeby zel zima zle znow ";

#include "text/honest_lookalikes.inc"

// The languages of each word, a bit for each.
using Languages = std::unordered_map<std::string_view, unsigned>;

Languages words_of_all_languages() {
  Languages words;
  unsigned language = 1;
  for (std::string_view list : {english, french, polish}) {
    while (!list.empty()) {
      const std::size_t end = list.find(' ');
      if (end != 0) words[list.substr(0, end)] |= language;
      list.remove_prefix(end + 1);
    }
    language <<= 1U;
  }
  return words;
}

constexpr std::size_t longest_of(std::string_view list) {
  std::size_t longest = 0;
  while (!list.empty()) {
    const std::size_t end = list.find(' ');
    longest = std::max(longest, end);
    list.remove_prefix(end + 1);
  }
  return longest;
}
constexpr std::size_t longest_word = std::max({longest_of(english), longest_of(french), longest_of(polish)});

// None of a word that is in no list.
unsigned languages_of(std::string_view folded) {
  if (folded.size() > longest_word) return 0;
  static const Languages words = words_of_all_languages();
  const auto known = words.find(folded);
  return known == words.end() ? 0 : known->second;
}

// "shi t", "d ick": what is left without the letter is no word. A vowel, w or z
// alone is a word or an article, and so is the rest beside it in too many texts.
bool is_cut_letter(char letter, std::string_view rest) noexcept {
  constexpr std::string_view words = "aeiouwyz";
  return words.find(letter) == std::string_view::npos && rest.size() >= 3 &&
         !is_ordinary_word(rest);
}

}  // namespace

bool are_two_words(std::string_view left, std::string_view right) noexcept {
  const unsigned languages = languages_of(left);
  return languages != 0 && (languages & languages_of(right)) != 0;
}

bool is_cut_by_space(std::string_view left, std::string_view right) noexcept {
  if (left.size() + right.size() < 4 || are_two_words(left, right)) return false;
  if (left.size() == 1) return is_cut_letter(left[0], right);
  if (right.size() == 1) return is_cut_letter(right[0], left);
  return true;
}

bool is_ordinary_word(std::string_view folded) noexcept {
  return languages_of(folded) != 0;
}

bool is_honest_lookalike(std::string_view folded) noexcept {
  return std::binary_search(std::begin(lookalikes), std::end(lookalikes), folded);
}

}  // namespace modcore::text
