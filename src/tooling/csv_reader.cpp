// CSV as RFC 4180 has it, and as spreadsheets write it: any of , ; and tab, a byte
// order mark, line ends of any kind.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include <modcore/corpus.hpp>

#include "api/engine_state.hpp"
#include "api/field_names.hpp"
#include "api/json_tree.hpp"

namespace modcore {

namespace {

constexpr std::size_t longest_record = std::size_t{64} << 20U;
constexpr std::array separators = {',', ';', '\t'};

}  // namespace

struct CsvReader::State {
  State(std::span<const ir::HostAttribute> attributes, std::vector<FieldName> given)
      : names(std::move(given), attributes) {}

  enum class Where : std::uint8_t { field_begin, plain, quoted, quote_in_quoted };

  api::FieldNames names;
  std::string start;  // until the separator is known
  char separator = '\0';
  Where where = Where::field_begin;
  std::vector<std::string> cells = {""};
  std::size_t size = 0;  // of the record so far
  bool too_long = false;
  bool after_return = false;
  std::uint64_t line = 1;
  std::uint64_t record_line = 1;
  std::vector<std::string> header;
  std::vector<std::string> fields;  // of each column; empty for one that is no field
  std::string error;

  void find_separator() {
    if (start.starts_with("\xEF\xBB\xBF")) start.erase(0, 3);
    std::array<std::size_t, separators.size()> counts{};
    bool quoted = false;
    for (const char c : start) {
      if (c == '"') quoted = !quoted;
      if (!quoted && (c == '\n' || c == '\r')) break;
      for (std::size_t i = 0; i < separators.size(); ++i) {
        if (!quoted && c == separators[i]) ++counts[i];
      }
    }
    const auto most = std::max_element(counts.begin(), counts.end());
    separator = separators[static_cast<std::size_t>(most - counts.begin())];
  }

  void take_header() {
    header = cells;
    fields.assign(header.size(), "");
    std::set<std::string> taken;
    // Of two columns for one field that counts whose name is certain, else the first.
    for (const bool certain : {true, false}) {
      for (std::size_t i = 0; i < header.size(); ++i) {
        if (!fields[i].empty()) continue;
        std::string field = certain ? names.certain_field(header[i]) : names.field_of(header[i]);
        if (!field.empty() && taken.insert(field).second) fields[i] = std::move(field);
      }
    }
    if (taken.contains("body") || taken.contains("title")) return;
    for (const FieldName& name : names.given()) {
      const auto bears = [&](const std::string& column) { return names.certain_field(column) == name.field; };
      if (std::ranges::any_of(header, bears)) continue;
      error = fmt::format("no column is called {}; the columns are {}", name.foreign, fmt::join(header, ", "));
      return;
    }
    error = fmt::format("no column is the text of a post; the columns are {}: name it with body=COLUMN",
                        fmt::join(header, ", "));
  }

  [[nodiscard]] std::string problem() const {
    if (too_long) return "the row is longer than 64 MiB; it was skipped";
    if (cells.size() <= header.size()) return {};
    return fmt::format("the row has {} cells where the header has {}: a text that holds the "
                       "separator or a line end needs quotes around it",
                       cells.size(), header.size());
  }

  [[nodiscard]] std::string json() {
    api::PostObject post;
    api::PostObject facts;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (fields[i].empty()) {
        if (!cells[i].empty()) post.emplace_back(header[i], api::PostValue{std::move(cells[i])});
      } else {
        facts.emplace_back(fields[i], names.cell(fields[i], cells[i]));
      }
    }
    post.emplace_back("fields", api::PostValue{std::move(facts)});
    return api::to_json({std::move(post)});
  }

  void end_record(const std::function<void(CsvPost&&)>& take) {
    const bool blank = cells.size() == 1 && cells.front().empty();
    if (!blank && header.empty()) {
      take_header();
    } else if (!blank && error.empty()) {
      CsvPost post;
      post.line = record_line;
      post.problem = problem();
      if (post.problem.empty()) post.json = json();
      take(std::move(post));
    }
    cells.assign(1, "");
    size = 0;
    too_long = false;
    where = Where::field_begin;
    record_line = line;
  }

  void add(char c) {
    if (++size > longest_record) {
      too_long = true;
      cells.back().clear();
    } else {
      cells.back() += c;
    }
  }

  void step(char c, const std::function<void(CsvPost&&)>& take) {
    const bool second_of_pair = after_return && c == '\n';
    after_return = c == '\r';
    if (where == Where::quoted) {
      if (c == '"') {
        where = Where::quote_in_quoted;
      } else {
        if (c == '\n') ++line;
        add(c);
      }
      return;
    }
    if (where == Where::quote_in_quoted && c == '"') {
      where = Where::quoted;
      return add('"');
    }
    if (c == '\n' || c == '\r') {
      if (second_of_pair) return;
      ++line;
      return end_record(take);
    }
    if (c == separator) {
      cells.emplace_back();
      where = Where::field_begin;
    } else if (c == '"' && where == Where::field_begin) {
      where = Where::quoted;
    } else {
      where = Where::plain;
      add(c);
    }
  }
};

CsvReader::CsvReader(const Engine& engine, std::vector<FieldName> names)
    : state_(std::make_unique<State>(detail::EngineAccess::state(engine)->image->host_attributes,
                                     std::move(names))) {}
CsvReader::~CsvReader() = default;
CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader& CsvReader::operator=(CsvReader&&) noexcept = default;

void CsvReader::feed(std::string_view bytes, const std::function<void(CsvPost&&)>& take) {
  State& state = *state_;
  if (state.separator == '\0') {
    state.start += bytes;
    if (state.start.size() < longest_record && state.start.find_first_of("\r\n") == std::string::npos) return;
    state.find_separator();
    const std::string start = std::move(state.start);
    for (const char c : start) state.step(c, take);
    return;
  }
  for (const char c : bytes) state.step(c, take);
}

void CsvReader::finish(const std::function<void(CsvPost&&)>& take) {
  State& state = *state_;
  if (state.separator == '\0') {
    state.find_separator();
    const std::string start = std::move(state.start);
    for (const char c : start) state.step(c, take);
  }
  if (state.where == State::Where::quoted && !state.header.empty()) {
    take({{}, state.record_line, "a quoted cell that begins in this row is never closed; the rest was skipped"});
    return;
  }
  const bool begun = state.cells.size() > 1 || !state.cells.front().empty() ||
                     state.where != State::Where::field_begin;
  if (begun) state.end_record(take);
  if (state.header.empty() && state.error.empty()) state.error = "the table is empty: its first row must name the columns";
}

const std::string& CsvReader::error() const noexcept { return state_->error; }

}  // namespace modcore
