// How values become bytes, and which bytes are no values.
#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "artifact/fields.hpp"

namespace {

using namespace modcore;
using artifact::Fault;
using artifact::Reader;
using artifact::Writer;

template <typename T>
std::string bytes_of(const T& value) {
  Writer writer;
  writer(value);
  return writer.take();
}

template <typename T>
T read(std::string_view bytes) {
  T value{};
  Reader reader(bytes);
  reader(value);
  reader.finish();
  return value;
}

template <typename T>
void check_round_trip() {
  using Limits = std::numeric_limits<T>;
  std::vector<T> values{Limits::min(), Limits::max(), 0, 1, static_cast<T>(Limits::max() - 1), 63, 64, 127, 128};
  if constexpr (std::is_signed_v<T>) values.insert(values.end(), {-1, -2, -64, -65});
  for (const T value : values) CHECK(read<T>(bytes_of(value)) == value);
}

TEST_CASE("numbers of every size come back") {
  check_round_trip<std::uint16_t>();
  check_round_trip<std::uint32_t>();
  check_round_trip<std::uint64_t>();
  check_round_trip<std::int32_t>();
  check_round_trip<std::int64_t>();
}

TEST_CASE("small numbers and the one that stands for nothing take one byte") {
  CHECK(bytes_of(std::uint32_t{0}).size() == 1);
  CHECK(bytes_of(std::uint32_t{126}).size() == 1);
  CHECK(bytes_of(std::uint32_t{127}).size() == 2);
  CHECK(bytes_of(std::uint32_t{0xffffffff}).size() == 1);
  CHECK(bytes_of(ir::no_pattern).size() == 1);
  CHECK(bytes_of(std::int64_t{-1}).size() == 1);
}

TEST_CASE("a number that is cut or too large is refused") {
  CHECK_THROWS_AS(read<std::uint32_t>(""), Fault);
  CHECK_THROWS_AS(read<std::uint32_t>("\x80"), Fault);
  CHECK_THROWS_AS(read<std::uint16_t>("\x80\x80\x04"), Fault);
  CHECK_THROWS_AS(read<std::uint32_t>("\xff\xff\xff\xff\x1f"), Fault);
  CHECK_THROWS_AS(read<std::uint64_t>("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"), Fault);
  CHECK_THROWS_AS(read<std::uint64_t>("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"), Fault);
}

ir::WordRows rows() {
  ir::WordRows made;
  made.words = {{{"free"}, {"free"}, {"free"}}, {{"coins"}, {"coins"}, {"coins"}}};
  made.gaps = {{0, 2}};
  made.elements = {ir::WordRows::number_of_word(0), ir::WordRows::number_of_gap(0), ir::WordRows::number_of_word(1)};
  made.ends = {3};
  return made;
}

ir::WordsItem item_of(const ir::WordRows& made) { return ir::WordsItem{ir::Alternatives(made)}; }

TEST_CASE("the rows of an item come back, and those that lead outside are refused") {
  const auto item = read<ir::WordsItem>(bytes_of(item_of(rows())));
  REQUIRE(item.alternatives.size() == 1);
  CHECK(item.alternatives.front().size() == 3);
  CHECK(item.alternatives.front()[1].gap()->maximum == 2);
  CHECK(item.alternatives.front()[2].word()->accents.front() == "coins");

  ir::WordRows word = rows(), gap = rows(), end = rows(), order = rows();
  word.elements[0] = ir::WordRows::number_of_word(2);
  gap.elements[1] = ir::WordRows::number_of_gap(1);
  end.ends = {4};
  order.ends = {3, 2};
  for (const ir::WordRows& wrong : {word, gap, end, order}) {
    CHECK_THROWS_AS(read<ir::WordsItem>(bytes_of(item_of(wrong))), Fault);
  }
}

}  // namespace
