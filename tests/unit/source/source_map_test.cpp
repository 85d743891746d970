#include "source/source_map.hpp"

#include <doctest/doctest.h>

#include <string>

using modcore::source::Position;
using modcore::source::SourceMap;

namespace {

std::string at(const SourceMap& map, modcore::source::SourceId id, std::uint32_t byte) {
  const Position position = map.position(id, byte);
  return std::to_string(position.line) + ":" + std::to_string(position.column);
}

TEST_CASE("lines end at LF, CR LF and CR alike") {
  SourceMap map;
  const auto id = map.add("a", "one\ntwo\r\nthree\rfour");
  CHECK(at(map, id, 0) == "1:1");
  CHECK(at(map, id, 3) == "1:4");
  CHECK(at(map, id, 4) == "2:1");
  CHECK(at(map, id, 9) == "3:1");
  CHECK(at(map, id, 15) == "4:1");
  CHECK(map.line_text(id, 2) == "two");
  CHECK(map.line_text(id, 3) == "three");
  CHECK(map.line_text(id, 4) == "four");
}

TEST_CASE("a column counts code points, not bytes") {
  SourceMap map;
  const auto id = map.add("a", "é😀x");
  CHECK(at(map, id, 2) == "1:2");
  CHECK(at(map, id, 6) == "1:3");
}

TEST_CASE("a byte order mark is not a column and not text") {
  SourceMap map;
  const auto id = map.add("a", "\xEF\xBB\xBFkey: 1\nb: 2");
  CHECK(at(map, id, 0) == "1:1");
  CHECK(at(map, id, 3) == "1:1");
  CHECK(at(map, id, 4) == "1:2");
  CHECK(at(map, id, 10) == "2:1");
  CHECK(map.line_text(id, 1) == "key: 1");
}

TEST_CASE("a place past the end is the end") {
  SourceMap map;
  const auto id = map.add("a", "ab\n");
  CHECK(at(map, id, 99) == "2:1");
  CHECK(map.line_text(id, 2).empty());
  CHECK(map.line_text(id, 3).empty());
  CHECK(map.line_text(id, 0).empty());
}

TEST_CASE("an empty source has one empty line") {
  SourceMap map;
  const auto id = map.add("a", "");
  CHECK(at(map, id, 0) == "1:1");
  CHECK(map.line_text(id, 1).empty());
}

}  // namespace
