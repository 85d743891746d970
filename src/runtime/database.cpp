#include "runtime/database.hpp"

#include <hs.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>
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
