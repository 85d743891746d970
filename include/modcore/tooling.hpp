// What tools around the engine need: running the rules' own tests, disguises to
// try rules with, and the names that the language knows.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/compile.hpp>
#include <modcore/diagnostic.hpp>
#include <modcore/export.hpp>
#include <modcore/scanner.hpp>

namespace modcore {

// What `modcore check` does.
struct CheckOptions {
  CompileOptions compile = {};
  // A `.modcore.yaml`, which sets levels, excludes and the like. Empty: the one in the
  // folder of the first path or, upward, in its repository; without paths, from here.
  std::string config = {};
  // What dates of rules are compared with; the system's clock without it.
  std::optional<std::chrono::sys_seconds> now = {};
  // Ordinary words beside the 20,000 commonest of English, French and Polish, to see
  // which of them rules find by accident (M310, M311): files in UTF-8 with a word a line,
  // or dictionaries of hunspell's (*.dic), of at most 64 MiB. The name tells the language
  // (`fr.txt`, `fr_FR.dic`, `polish`), or stands before it: "fr=words.txt". "installed"
  // are the dictionaries below /usr/share/hunspell and /usr/share/dict (or in the folders
  // that $MODCORE_DICTIONARIES lists) of the policy's languages. `wordlists` of
  // `.modcore.yaml` adds to them. A file that cannot be read is a diagnostic.
  std::vector<std::string> wordlists = {};
};

// A list of ordinary words that a check looked at.
struct UsedWords {
  std::string name;      // "English", or the file
  std::string language;  // tag; empty if it is not known
  std::size_t count = 0;  // of the words that no list before it holds
  bool shipped = false;  // part of the library
};

struct CheckReport {
  // Sorted by file, place and id; what comments of the rules allow is marked as suppressed.
  std::vector<Diagnostic> diagnostics = {};
  bool compiles = false;  // failing tests do not prevent that
  // From which severity on a check fails, if `.modcore.yaml` says so.
  std::optional<Severity> fail_level = {};
  std::string config = {};  // the `.modcore.yaml` that was read; empty without one
  std::vector<UsedWords> words = {};  // empty if the rules do not compile
  // "installed" was among the word lists and no dictionary of these languages was there.
  bool lacks_dictionaries = false;
  // How many findings count that have at least this severity.
  [[nodiscard]] MODCORE_API std::size_t count(Severity from) const noexcept;
};

// check_files() with all that it tells. Throws only std::bad_alloc.
[[nodiscard]] MODCORE_API CheckReport check_rules(const std::vector<std::string>& paths,
                                                  const CheckOptions& options = {});
// Of sources in memory; one whose name ends in `.modcore.yaml` holds the settings.
[[nodiscard]] MODCORE_API CheckReport check_rules(std::span<const Source> sources,
                                                  const CheckOptions& options = {});

// What a diagnostic means, rules that show it, the same put right, and how to mend it:
// Markdown, the page of docs/diagnostics. Empty if there is no such id. Static storage.
[[nodiscard]] MODCORE_API std::string_view diagnostic_page(std::string_view id);

enum class TestOutcome : std::uint8_t {
  passed,
  failed,
  todo,         // a known gap, still open
  todo_passed,  // a known gap that has closed: the case must move, so it fails
};
[[nodiscard]] MODCORE_API std::string_view to_string(TestOutcome) noexcept;

struct TestResult {
  std::string rule;      // rule id; empty for a case of a *.test.yaml
  std::string kind;      // "match", "no_match", "undetermined", "todo_match", "case"
  std::size_t index = 0;  // position in its list, from 0
  std::string disguise;  // of a `match` case under `mutations`: the kind, "leet"
  std::string name;      // the post, shortened to one line; of a disguise, as it was written
  Location where;
  TestOutcome outcome = TestOutcome::passed;
  std::string message;   // expected against got, empty if passed
  ExplainedRule explained;  // filled for a failed case of a rule
};

struct TestReport {
  std::vector<Diagnostic> diagnostics;  // of compiling; with errors nothing ran
  std::vector<TestResult> results;      // sorted by rule, kind and index
  [[nodiscard]] MODCORE_API std::size_t count(TestOutcome) const noexcept;
};

// Compiles and runs every inline test and every *.test.yaml.
[[nodiscard]] MODCORE_API TestReport run_tests(const std::vector<std::string>& paths,
                                               const CompileOptions& options = {});

// The findings of a run: what compiling reported, and each failed test as M503.
[[nodiscard]] MODCORE_API std::vector<Diagnostic> findings(const TestReport& report);

// In junit a suite for each rule and a case for each test, a known gap as skipped;
// in every other format the findings.
[[nodiscard]] MODCORE_API std::string render(const TestReport& report, ReportFormat format,
                                             const RenderOptions& options = {});

struct FormatResult {
  std::string text;                     // the same as before where nothing is to be done
  std::vector<Diagnostic> diagnostics;  // why a file that is no YAML was left alone
};
// A rule file, or a list (*.txt), in one layout: indentation, blank lines, blanks,
// quotes; items of lists sorted. Comments and all that the reader sees stay as they
// are; formatting twice is formatting once.
[[nodiscard]] MODCORE_API FormatResult format(const Source& source);

// The files on disk that these paths lead to, by name, sorted; none of a shipped pack.
[[nodiscard]] MODCORE_API std::vector<std::string> files_of(const std::vector<std::string>& paths,
                                                            const CompileOptions& options = {});

// The kinds of files of the rule language, and `.modcore.yaml` (config).
enum class SchemaKind : std::uint8_t { policy, rules, guidelines, context, test, config };
[[nodiscard]] MODCORE_API std::string_view to_string(SchemaKind) noexcept;
[[nodiscard]] MODCORE_API std::optional<SchemaKind> schema_kind(std::string_view name) noexcept;
[[nodiscard]] MODCORE_API std::span<const SchemaKind> schema_kinds() noexcept;

// JSON Schema, draft 7, of a kind of file: what editors complete and check with. Of
// shapes and words it says what the reader says; conditions and items are text to it.
[[nodiscard]] MODCORE_API std::string json_schema(SchemaKind kind);
// The same, and where a name is meant only the names that these rules know.
[[nodiscard]] MODCORE_API std::string json_schema(SchemaKind kind,
                                                  const std::vector<std::string>& paths,
                                                  const CompileOptions& options = {});

enum class FixLevel : std::uint8_t {
  safe,    // corrections after which the meaning is certain
  unsafe,  // all that a diagnostic offers
};
struct FixedFile {
  std::string name;
  std::string before;
  std::string after;
};
struct RefusedFix {
  Diagnostic diagnostic;
  std::string why;
};
struct FixReport {
  std::vector<FixedFile> files;         // that change, sorted by name; nothing was written
  std::vector<Diagnostic> applied;      // in the order of application
  std::vector<RefusedFix> refused;      // would bring a new error or change a test's outcome
  std::vector<Diagnostic> remaining;    // of the corrected files
};
// Applies what diagnostics offer to the files on disk, as often as something new can
// be corrected. Rules that compiled before keep the outcome of every test.
[[nodiscard]] MODCORE_API FixReport fix_files(const std::vector<std::string>& paths,
                                              FixLevel level,
                                              const CompileOptions& options = {});

// The ways in which mutate() hides a word. What all but `mixed` make is promised
// to be found: `letter_case`, `accents` and `zero_width` at tolerance `accents`,
// the others at `obfuscated`. `mixed` lays one of spacing, punctuation, zero-width
// and markup over one of case, accents, leet, homoglyph and stretch.
enum class DisguiseKind : std::uint8_t {
  letter_case,
  accents,
  leet,
  homoglyph,
  zero_width,
  spacing,
  punctuation,
  stretch,
  mask,
  markup,
  mixed,
};
// "case", "accents", "leet", "homoglyph", "zero-width", "spacing"...
[[nodiscard]] MODCORE_API std::string_view to_string(DisguiseKind) noexcept;
[[nodiscard]] MODCORE_API std::optional<DisguiseKind> disguise_kind(std::string_view name) noexcept;
[[nodiscard]] MODCORE_API std::span<const DisguiseKind> disguise_kinds() noexcept;

struct Mutation {
  std::string text;
  std::size_t words = 0;  // how many words of it are disguised
};

// The text with its words in disguise: each of at least three letters that the kind
// can hide. Links, @names, #tags, digits, and scripts that write no spaces stay as
// they are. The same arguments give the same text on every platform; the seed
// chooses among the disguises of the kind. Any bytes are legal.
//
//   modcore::mutate("free casino", modcore::DisguiseKind::leet, 1).text   // "fr33 ca$!no"
[[nodiscard]] MODCORE_API Mutation mutate(std::string_view text, DisguiseKind kind,
                                          std::uint64_t seed);

struct ProfiledRule {
  std::string rule;
  std::string plan;  // how its patterns are looked for, for people
  double compile_milliseconds = 0;      // compiled alone, CPU time
  std::size_t database_bytes = 0;       // compiled alone
  double nanoseconds_per_byte = 0;      // of text, run alone, CPU time
  double own_nanoseconds_per_byte = 0;  // the same without folding the text
  double share = 0;                     // of the sum of all rules' own, 0 to 1
  std::uint64_t confirmed = 0;  // posts of the sample that held something to confirm
  std::uint64_t failed = 0;     // of them, those in which it was nothing
};
struct ProfileReport {
  std::size_t posts = 0;
  std::size_t bytes = 0;            // of titles and bodies
  std::vector<ProfiledRule> rules;  // the dearest first
};
// Measures what the patterns of each rule cost when they run alone: all rules on a
// sample of the posts, the dearest again on a larger one. A second for some hundred
// rules; 0 jobs are as many threads as there are processors.
[[nodiscard]] MODCORE_API ProfileReport profile(const Engine& engine, std::span<const Post> posts,
                                                std::size_t jobs = 0);

struct ArtifactSection {
  std::string name;  // "program", "patterns"...
  std::size_t bytes = 0;
};
// What an artifact says about itself. Its checksums are right, the rest is not
// verified: load_bytes() does that.
struct ArtifactInfo {
  std::string error;     // why it is none; empty if it is one
  std::string library;   // version of the library that wrote it
  int language = 0;      // version of the rule language
  std::string tables;    // version of the text tables
  Fingerprint fingerprint;
  std::string native;    // what its databases are for; empty without
  bool native_fits = false;  // they are for this process
  std::vector<ArtifactSection> sections;  // in their order
};
[[nodiscard]] MODCORE_API ArtifactInfo inspect_artifact(std::string_view bytes);

struct FieldInfo {
  std::string_view name;
  std::string_view type;
  std::string_view summary;
};
// The standard fields, sorted by name. Static storage.
[[nodiscard]] MODCORE_API std::span<const FieldInfo> field_catalogue() noexcept;

// The attributes that these rules and their host declare, sorted by name. Valid while
// an Engine of this origin lives.
[[nodiscard]] MODCORE_API std::vector<FieldInfo> declared_fields(const Engine& engine);

struct FunctionInfo {
  std::string_view name;
  std::string_view signature;
  std::string_view summary;
};
// The functions of the language, sorted by name. Static storage.
[[nodiscard]] MODCORE_API std::span<const FunctionInfo> function_catalogue() noexcept;

// The names of the packs and of the presets that are part of this library, sorted.
[[nodiscard]] MODCORE_API std::vector<std::string> shipped_packs();
[[nodiscard]] MODCORE_API std::vector<std::string> shipped_presets();

}  // namespace modcore
