// Compiling Hyperscan databases: byte mode, for any processor that it runs on
// (measured: as fast as one compiled for this processor).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "runtime/database.hpp"

namespace modcore::compiler {

struct Compiled {
  runtime::Database database;
  std::string error;                   // empty if there is a database
  std::optional<std::size_t> refused;  // index of the text that the error is about
};

// No text may be empty: Hyperscan 5.4.0 crashes on an empty literal.
// `ids` are what the database reports, one for each text.
[[nodiscard]] Compiled compile_literals(const std::vector<std::string>& texts,
                                        const std::vector<unsigned>& ids);
// CASELESS, each reported once a scan.
[[nodiscard]] Compiled compile_regexes(const std::vector<std::string>& patterns);
// Whether a regex database of this library finds all that it should. Random tests
// show that Vectorscan 5.4.9 on x86 misses matches such as `[Ii][Kk]*[Ii]` in
// "baii"; without sound filters such regexes are confirmed on every text.
[[nodiscard]] bool filters_are_sound();
// Whether compile_regexes() has a chance with this one; cheap. False if empty, and
// where filters are not sound.
[[nodiscard]] bool accepts_regex(const std::string& pattern);

}  // namespace modcore::compiler
