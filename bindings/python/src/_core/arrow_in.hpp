// Posts out of Arrow columns, without copying a text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/engine.hpp>
#include <modcore/post.hpp>

#include "arrow_abi.hpp"

namespace modcore::python {

// A column of some type; the readers give nothing for null.
class Column {
 public:
  // Throws std::invalid_argument for a type that no field can be.
  Column(const ArrowSchema& schema, const ArrowArray& array, std::int64_t parent_offset,
         std::string name);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::optional<std::string_view> text(std::int64_t row) const;
  [[nodiscard]] std::optional<std::int64_t> integer(std::int64_t row) const;
  [[nodiscard]] std::optional<double> number(std::int64_t row) const;
  [[nodiscard]] std::optional<bool> boolean(std::int64_t row) const;
  [[nodiscard]] std::optional<std::chrono::seconds> duration(std::int64_t row) const;
  [[nodiscard]] std::optional<std::chrono::sys_seconds> time(std::int64_t row) const;
  // Valid until the next call.
  [[nodiscard]] std::optional<TextSet> set(std::int64_t row, std::vector<std::string_view>& into) const;

 private:
  enum class Kind : std::uint8_t {
    nothing, text, large_text, text_view, boolean, int8, uint8, int16, uint16, int32, uint32, int64,
    uint64, float32, float64, time, duration, list, large_list
  };
  void read_type(const ArrowSchema& schema);
  [[nodiscard]] bool is_null(std::int64_t at) const;
  [[nodiscard]] bool is_integer() const noexcept { return kind_ >= Kind::int8 && kind_ <= Kind::uint64; }
  template <typename T>
  [[nodiscard]] T value(std::size_t buffer, std::int64_t at) const;
  [[nodiscard]] std::string_view text_at(std::int64_t at) const;
  [[nodiscard]] std::string_view view_at(std::int64_t at) const;
  [[nodiscard]] std::int64_t integer_at(std::int64_t at) const;
  [[nodiscard]] std::optional<std::int64_t> seconds_at(std::int64_t row, Kind kind) const;

  std::string name_;
  Kind kind_ = Kind::nothing;
  const ArrowArray* array_;
  std::int64_t offset_;
  std::int64_t per_second_ = 1;  // of times and durations
  std::vector<Column> inner_;    // a dictionary's or a list's values
};

// The columns of one array that posts are made of: an array of texts is the
// bodies; of structs, each field goes by its name ("title", "author.post_count",
// or a struct "author").
class PostColumns {
 public:
  PostColumns(const ArrowSchema& schema, const ArrowArray& array, const Engine& engine);

  [[nodiscard]] std::int64_t size() const noexcept { return size_; }
  // Columns that no field bears, and those that do not fit theirs.
  [[nodiscard]] const std::vector<std::string>& ignored() const noexcept { return ignored_; }

  // What one thread needs besides to make posts; used again for each.
  struct Row {
    std::vector<std::vector<std::string_view>> sets;
    std::vector<Attribute> attributes;
  };
  [[nodiscard]] Post post(std::int64_t row, Row& space) const;

 private:
  using Set = void (*)(Post&, const Column&, std::int64_t, std::vector<std::string_view>&);
  struct Standard {
    Column column;
    Set set;
  };
  struct Host {
    Column column;
    std::string_view name;
    std::string_view type;
  };
  void add_struct(const ArrowSchema& schema, const ArrowArray& array, const std::string& prefix,
                  std::int64_t offset, const Engine& engine);
  void add(const ArrowSchema& schema, const ArrowArray& array, std::string name, std::int64_t offset,
           const Engine& engine);
  [[nodiscard]] static Set setter_of(std::string_view name);

  std::int64_t size_;
  std::vector<Standard> standard_;
  std::vector<Host> host_;
  std::vector<std::string> ignored_;
};

}  // namespace modcore::python
