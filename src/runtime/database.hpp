// Hyperscan's objects with owners, and the questions asked of its library.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct hs_database;
struct hs_scratch;

namespace modcore::runtime {

struct FreeDatabase {
  void operator()(hs_database* database) const noexcept;
};
struct FreeScratch {
  void operator()(hs_scratch* scratch) const noexcept;
};
using Database = std::unique_ptr<hs_database, FreeDatabase>;

// In bytes; 0 for null.
[[nodiscard]] std::size_t size_of(const Database& database);
// A database as bytes; no bytes for null.
[[nodiscard]] std::string to_bytes(const Database& database);
// Null if they are of another version of the library or for another processor.
// Only for bytes that to_bytes() gave: Hyperscan trusts them.
[[nodiscard]] Database from_bytes(std::string_view bytes);

// Working memory of one thread for any number of databases.
class Scratch {
 public:
  // Grows so that it serves this database too; nothing for null.
  void fit(const Database& database);
  [[nodiscard]] hs_scratch* get() const noexcept { return scratch_.get(); }

 private:
  std::unique_ptr<hs_scratch, FreeScratch> scratch_;
};

// Why this processor cannot run the matcher; nothing if it can.
[[nodiscard]] std::optional<std::string> platform_problem();

// The library that databases are made by and for which processors, e.g.
// "Hyperscan 5.4.0 2020-12-31 x86-64": others cannot read its bytes.
[[nodiscard]] std::string database_platform();

// The libraries that match, e.g. "Hyperscan 5.4.0 2020-12-31, PCRE2 10.42 2022-12-11".
[[nodiscard]] std::string matcher_version();

}  // namespace modcore::runtime
