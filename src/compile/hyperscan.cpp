#include "compile/hyperscan.hpp"

#include <hs.h>

#include <cstdlib>
#include <memory>

namespace modcore::compiler {
namespace {

struct FreeError {
  void operator()(hs_compile_error_t* error) const noexcept { hs_free_compile_error(error); }
};
using Error = std::unique_ptr<hs_compile_error_t, FreeError>;

constexpr unsigned regex_flags = HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH;

struct Input {
  std::vector<const char*> texts;
  std::vector<std::size_t> lengths;
  std::vector<unsigned> flags, ids;

  Input(const std::vector<std::string>& all, unsigned flag) : flags(all.size(), flag) {
    for (const std::string& text : all) {
      ids.push_back(static_cast<unsigned>(texts.size()));
      texts.push_back(text.c_str());
      lengths.push_back(text.size());
    }
  }
  [[nodiscard]] unsigned size() const { return static_cast<unsigned>(texts.size()); }
};

Compiled result_of(hs_error_t status, hs_database_t* database, hs_compile_error_t* raw) {
  Compiled compiled;
  const Error error(raw);
  compiled.database.reset(database);
  if (status == HS_SUCCESS) return compiled;
  compiled.database.reset();
  compiled.error = error ? error->message : "Hyperscan refused";
  if (error && error->expression >= 0) compiled.refused = static_cast<std::size_t>(error->expression);
  return compiled;
}

}  // namespace

Compiled compile_literals(const std::vector<std::string>& texts, const std::vector<unsigned>& ids) {
  const Input input(texts, 0);
  const hs_platform_info_t any_platform{};
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  const hs_error_t status = hs_compile_lit_multi(
      input.texts.data(), input.flags.data(), ids.data(), input.lengths.data(), input.size(),
      HS_MODE_BLOCK, &any_platform, &database, &error);
  return result_of(status, database, error);
}

Compiled compile_regexes(const std::vector<std::string>& patterns) {
  const Input input(patterns, regex_flags);
  const hs_platform_info_t any_platform{};
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  const hs_error_t status =
      hs_compile_multi(input.texts.data(), input.flags.data(), input.ids.data(), input.size(),
                       HS_MODE_BLOCK, &any_platform, &database, &error);
  return result_of(status, database, error);
}

bool filters_are_sound() {
  return std::string_view(hs_version()).starts_with("5.4.0");
}

bool accepts_regex(const std::string& pattern) {
  if (pattern.empty() || !filters_are_sound()) return false;
  hs_expr_info_t* info = nullptr;
  hs_compile_error_t* raw = nullptr;
  const hs_error_t status = hs_expression_info(pattern.c_str(), regex_flags, &info, &raw);
  const Error error(raw);
  // The library's default allocator, which nothing here changes.
  std::free(info);
  return status == HS_SUCCESS;
}

}  // namespace modcore::compiler
