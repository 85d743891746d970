#include "tooling/word_files.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <utility>

#include <iconv.h>

#include "diag/catalogue.hpp"
#include "load/paths.hpp"
#include "support/utf8.hpp"

namespace modcore::tooling {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 3> usual_folders{"/usr/share/hunspell", "/usr/share/myspell/dicts",
                                                   "/usr/share/dict"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> language_words{
    {{"american", "en"}, {"british", "en"}, {"english", "en"}, {"french", "fr"}, {"polish", "pl"}}};

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// `fr=list.txt` names the language first.
std::pair<std::string, std::string> split_language(const std::string& named) {
  const std::size_t equals = named.find('=');
  const bool tag = equals == 2 || equals == 3;
  if (!tag || !std::all_of(named.begin(), named.begin() + static_cast<std::ptrdiff_t>(equals), is_letter)) {
    return {{}, named};
  }
  return {named.substr(0, equals), named.substr(equals + 1)};
}

std::vector<std::string> dictionary_folders() {
  const char* given = std::getenv("MODCORE_DICTIONARIES");
  if (given == nullptr || *given == '\0') return {usual_folders.begin(), usual_folders.end()};
  std::vector<std::string> folders;
  std::string_view rest = given;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    if (end > 0) folders.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return folders;
}

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const bool wanted = entry.path().extension() == ".dic" || !entry.path().has_extension();
    if (wanted && entry.is_regular_file(error)) paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  return paths;
}

// What the `.aff` beside a dictionary says: "ISO8859-2"; empty if it says nothing.
std::string encoding_of(const std::string& path, const WordFiles::Read& read) {
  const files::ReadFile rules = read(fs::path(path).replace_extension(".aff").string());
  if (!rules.bytes) return {};
  const std::size_t at = rules.bytes->starts_with("SET ") ? 0 : rules.bytes->find("\nSET ");
  if (at == std::string::npos) return {};
  const std::size_t begin = rules.bytes->find(' ', at) + 1;
  std::string name = rules.bytes->substr(begin, rules.bytes->find_first_of(" \r\n", begin) - begin);
  return name.starts_with("ISO8859") ? "ISO-" + name.substr(3) : name;
}

std::optional<std::string> in_utf8(std::string bytes, const std::string& encoding) {
  const iconv_t converter = iconv_open("UTF-8", encoding.c_str());
  if (converter == iconv_t(-1)) return std::nullopt;
  std::string text(bytes.size() * 4, '\0');
  char* from = bytes.data();
  char* to = text.data();
  std::size_t left = bytes.size();
  std::size_t room = text.size();
  const bool done = iconv(converter, &from, &left, &to, &room) != std::size_t(-1);
  iconv_close(converter);
  if (!done) return std::nullopt;
  text.resize(text.size() - room);
  return text;
}

}  // namespace

std::string language_of_word_file(const std::string& path) {
  const std::string name = load::file_of(path);
  for (const auto& [word, tag] : language_words) {
    if (name.starts_with(word)) return std::string(tag);
  }
  const auto end = static_cast<std::size_t>(std::ranges::find_if_not(name, is_letter) - name.begin());
  const bool closed = end == name.size() || name[end] == '.' || name[end] == '_' || name[end] == '-';
  return (end == 2 || end == 3) && closed ? name.substr(0, end) : "";
}

void WordFiles::add(const ast::Name& named, const std::string& folder, diag::Sink& sink) {
  if (named.value == "installed") return add_installed();
  const auto [language, path] = split_language(named.value);
  const std::string where = load::join(folder, path);
  const std::string problem =
      add_file(where, language.empty() ? language_of_word_file(path) : language, path.ends_with(".dic"));
  if (!problem.empty()) sink.report(diag::file_not_found, named.span, {where, problem});
}

bool WordFiles::speaks(const std::string& language) const {
  constexpr std::array<std::string_view, 3> ours{"en", "fr", "pl"};
  if (languages_.empty()) return std::ranges::count(ours, language) > 0;
  return std::ranges::any_of(languages_, [&](const std::string& tag) {
    return tag == language || tag.starts_with(language + "-");
  });
}

// Of one language there are often several, of which some are the same file.
void WordFiles::add_installed() {
  const std::size_t before = files_.size();
  for (const std::string& folder : dictionary_folders()) {
    for (const std::string& path : files_in(folder)) add_dictionary(path);
  }
  if (files_.size() == before) found_none_ = true;
}

void WordFiles::add_dictionary(const std::string& path) {
  std::error_code error;
  const std::string real = fs::canonical(path, error).string();
  const std::string language = language_of_word_file(real);
  if (language.empty() || !speaks(language) || !seen_.insert(real).second) return;
  static_cast<void>(add_file(path, language, true));  // nobody has named it
}

std::string WordFiles::add_file(const std::string& path, std::string language, bool dictionary) {
  files::ReadFile file = read_(path);
  if (!file.bytes) return file.problem;
  if (file.bytes->find('\0') != std::string::npos) return "it is no text";
  const std::string encoding = path.ends_with(".dic") ? encoding_of(path, read_) : "";
  std::optional<std::string> text = std::move(file.bytes);
  if (!encoding.empty() && encoding != "UTF-8") text = in_utf8(*std::move(text), encoding);
  if (!text || !utf8::is_valid(*text)) return "it is not UTF-8";
  if (text->starts_with("\xEF\xBB\xBF")) text->erase(0, 3);
  files_.push_back({path, std::move(language), dictionary, *std::move(text)});
  return {};
}

}  // namespace modcore::tooling
