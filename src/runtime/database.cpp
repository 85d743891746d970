#include "runtime/database.hpp"

#include <hs.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>
#include <cstdlib>
#include <new>

namespace modcore::runtime {

void FreeDatabase::operator()(hs_database* database) const noexcept { hs_free_database(database); }
void FreeScratch::operator()(hs_scratch* scratch) const noexcept { hs_free_scratch(scratch); }

void Scratch::fit(const Database& database) {
  if (!database) return;
  hs_scratch_t* scratch = scratch_.release();
  const hs_error_t error = hs_alloc_scratch(database.get(), &scratch);
  scratch_.reset(scratch);
  if (error != HS_SUCCESS) throw std::bad_alloc();
}

std::size_t size_of(const Database& database) {
  std::size_t size = 0;
  return database && hs_database_size(database.get(), &size) == HS_SUCCESS ? size : 0;
}

std::string to_bytes(const Database& database) {
  if (!database) return {};
  char* bytes = nullptr;
  std::size_t size = 0;
  if (hs_serialize_database(database.get(), &bytes, &size) != HS_SUCCESS) throw std::bad_alloc();
  // The library's default allocator, which nothing here changes.
  const std::unique_ptr<char, decltype(&std::free)> owner(bytes, &std::free);
  return {bytes, size};
}

Database from_bytes(std::string_view bytes) {
  if (bytes.empty()) return {};
  hs_database_t* database = nullptr;
  const hs_error_t error = hs_deserialize_database(bytes.data(), bytes.size(), &database);
  if (error == HS_NOMEM) throw std::bad_alloc();
  return Database(error == HS_SUCCESS ? database : nullptr);
}

std::string database_platform() {
#if defined(__x86_64__)
  constexpr std::string_view processor = "x86-64";
#elif defined(__aarch64__)
  constexpr std::string_view processor = "arm64";
#else
  constexpr std::string_view processor = "other";
#endif
  return "Hyperscan " + std::string(hs_version()) + " " + std::string(processor);
}

std::optional<std::string> platform_problem() {
  if (hs_valid_platform() == HS_SUCCESS) return std::nullopt;
  return "this processor lacks the instructions that Hyperscan needs (SSSE3)";
}

std::string matcher_version() {
  std::array<char, 64> pcre{};
  pcre2_config(PCRE2_CONFIG_VERSION, pcre.data());
  return "Hyperscan " + std::string(hs_version()) + ", PCRE2 " + pcre.data();
}

}  // namespace modcore::runtime
