#include "arrow_in.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace modcore::python {
namespace {

bool bit(const void* bits, std::int64_t at) {
  return (static_cast<const std::uint8_t*>(bits)[at / 8] >> (at % 8) & 1) != 0;
}

std::int64_t units_per_second(char unit) {
  switch (unit) {
    case 's': return 1;
    case 'm': return 1'000;
    case 'u': return 1'000'000;
    default: return 1'000'000'000;
  }
}

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

template <typename Member, typename Read>
void assign(Member& member, const Read& value) {
  if (value) member = *value;
}

}  // namespace

Column::Column(const ArrowSchema& schema, const ArrowArray& array, std::int64_t parent_offset,
               std::string name)
    : name_(std::move(name)), array_(&array), offset_(parent_offset + array.offset) {
  read_type(schema);
  if (schema.dictionary != nullptr) {
    inner_.emplace_back(*schema.dictionary, *array.dictionary, 0, name_);
  } else if (kind_ == Kind::list || kind_ == Kind::large_list) {
    inner_.emplace_back(*schema.children[0], *array.children[0], 0, name_);
  }
}

void Column::read_type(const ArrowSchema& schema) {
  const std::string_view format = schema.format;
  if (format == "n") kind_ = Kind::nothing;
  else if (format == "u") kind_ = Kind::text;
  else if (format == "U") kind_ = Kind::large_text;
  else if (format == "vu") kind_ = Kind::text_view;
  else if (format == "b") kind_ = Kind::boolean;
  else if (format == "c") kind_ = Kind::int8;
  else if (format == "C") kind_ = Kind::uint8;
  else if (format == "s") kind_ = Kind::int16;
  else if (format == "S") kind_ = Kind::uint16;
  else if (format == "i") kind_ = Kind::int32;
  else if (format == "I") kind_ = Kind::uint32;
  else if (format == "l") kind_ = Kind::int64;
  else if (format == "L") kind_ = Kind::uint64;
  else if (format == "f") kind_ = Kind::float32;
  else if (format == "g") kind_ = Kind::float64;
  else if (format == "+l") kind_ = Kind::list;
  else if (format == "+L") kind_ = Kind::large_list;
  else if (format.starts_with("ts") && format.size() > 2) kind_ = Kind::time;
  else if (format.starts_with("tD") && format.size() > 2) kind_ = Kind::duration;
  else throw std::invalid_argument("the Arrow type `" + std::string(format) + "` of column `" + name_ +
                                   "` is not understood; texts must be utf8, large_utf8 or utf8_view");
  if (kind_ == Kind::time || kind_ == Kind::duration) per_second_ = units_per_second(format[2]);
}

bool Column::is_null(std::int64_t at) const {
  if (kind_ == Kind::nothing) return true;
  return array_->buffers[0] != nullptr && !bit(array_->buffers[0], at);
}

template <typename T>
T Column::value(std::size_t buffer, std::int64_t at) const {
  return static_cast<const T*>(array_->buffers[buffer])[at];
}

// The first 4 of 16 bytes are the length; a short text follows at once, a longer
// one lies in a buffer that the last 8 bytes name.
std::string_view Column::view_at(std::int64_t at) const {
  const char* view = static_cast<const char*>(array_->buffers[1]) + at * 16;
  std::int32_t parts[4];
  std::memcpy(parts, view, sizeof parts);
  const auto size = static_cast<std::size_t>(parts[0]);
  if (size <= 12) return {view + 4, size};
  return {static_cast<const char*>(array_->buffers[2 + parts[2]]) + parts[3], size};
}

std::string_view Column::text_at(std::int64_t at) const {
  if (kind_ == Kind::text_view) return view_at(at);
  const bool large = kind_ == Kind::large_text;
  const std::int64_t begin = large ? value<std::int64_t>(1, at) : value<std::int32_t>(1, at);
  const std::int64_t end = large ? value<std::int64_t>(1, at + 1) : value<std::int32_t>(1, at + 1);
  const auto* data = static_cast<const char*>(array_->buffers[2]);
  return begin == end ? std::string_view("", 0)
                      : std::string_view(data + begin, static_cast<std::size_t>(end - begin));
}

std::int64_t Column::integer_at(std::int64_t at) const {
  switch (kind_) {
    case Kind::int8: return value<std::int8_t>(1, at);
    case Kind::uint8: return value<std::uint8_t>(1, at);
    case Kind::int16: return value<std::int16_t>(1, at);
    case Kind::uint16: return value<std::uint16_t>(1, at);
    case Kind::int32: return value<std::int32_t>(1, at);
    case Kind::uint32: return value<std::uint32_t>(1, at);
    case Kind::uint64: return static_cast<std::int64_t>(value<std::uint64_t>(1, at));
    default: return value<std::int64_t>(1, at);
  }
}

std::optional<std::string_view> Column::text(std::int64_t row) const {
  const std::int64_t at = offset_ + row;
  if (is_null(at)) return std::nullopt;
  if (is_integer() && !inner_.empty()) return inner_.front().text(integer_at(at));
  if (kind_ != Kind::text && kind_ != Kind::large_text && kind_ != Kind::text_view) return std::nullopt;
  return text_at(at);
}

std::optional<std::int64_t> Column::integer(std::int64_t row) const {
  const std::int64_t at = offset_ + row;
  if (!inner_.empty() || is_null(at)) return std::nullopt;
  if (is_integer()) return integer_at(at);
  // Whole numbers with gaps are floats in pandas.
  const auto real = number(row);
  if (!real || std::trunc(*real) != *real || std::abs(*real) > 9007199254740992.0) return std::nullopt;
  return static_cast<std::int64_t>(*real);
}

std::optional<double> Column::number(std::int64_t row) const {
  const std::int64_t at = offset_ + row;
  if (!inner_.empty() || is_null(at)) return std::nullopt;
  if (is_integer()) return static_cast<double>(integer_at(at));
  double real = std::nan("");
  if (kind_ == Kind::float32) real = static_cast<double>(value<float>(1, at));
  if (kind_ == Kind::float64) real = value<double>(1, at);
  return std::isfinite(real) ? std::optional(real) : std::nullopt;
}

std::optional<bool> Column::boolean(std::int64_t row) const {
  const std::int64_t at = offset_ + row;
  if (kind_ != Kind::boolean || is_null(at)) return std::nullopt;
  return bit(array_->buffers[1], at);
}

std::optional<std::int64_t> Column::seconds_at(std::int64_t row, Kind kind) const {
  const std::int64_t at = offset_ + row;
  if (kind_ == kind) {
    return is_null(at) ? std::nullopt
                       : std::optional(floor_divide(value<std::int64_t>(1, at), per_second_));
  }
  const auto real = number(row);
  if (!real || std::abs(*real) > 315'576'000'000.0) return std::nullopt;
  return static_cast<std::int64_t>(std::floor(*real));
}

std::optional<std::chrono::seconds> Column::duration(std::int64_t row) const {
  const auto count = seconds_at(row, Kind::duration);
  return count ? std::optional(std::chrono::seconds(*count)) : std::nullopt;
}

std::optional<std::chrono::sys_seconds> Column::time(std::int64_t row) const {
  const auto count = seconds_at(row, Kind::time);
  return count ? std::optional(std::chrono::sys_seconds(std::chrono::seconds(*count))) : std::nullopt;
}

std::optional<TextSet> Column::set(std::int64_t row, std::vector<std::string_view>& into) const {
  const std::int64_t at = offset_ + row;
  if ((kind_ != Kind::list && kind_ != Kind::large_list) || is_null(at)) return std::nullopt;
  const bool large = kind_ == Kind::large_list;
  const std::int64_t begin = large ? value<std::int64_t>(1, at) : value<std::int32_t>(1, at);
  const std::int64_t end = large ? value<std::int64_t>(1, at + 1) : value<std::int32_t>(1, at + 1);
  into.clear();
  for (std::int64_t i = begin; i < end; ++i) {
    const auto item = inner_.front().text(i);
    if (!item) return std::nullopt;
    into.push_back(*item);
  }
  return TextSet(into);
}

#define MODCORE_FIELD(name, member, read) \
  {name, [](Post& p, const Column& c, std::int64_t i, [[maybe_unused]] std::vector<std::string_view>& s) { \
     assign(p.member, c.read); }}

PostColumns::Set PostColumns::setter_of(std::string_view name) {
  struct Field {
    std::string_view name;
    Set set;
  };
  static constexpr Field fields[] = {
      MODCORE_FIELD("attachment.names", attachment_names, set(i, s)),
      MODCORE_FIELD("attachment_names", attachment_names, set(i, s)),
      MODCORE_FIELD("author.account_age", author.account_age, duration(i)),
      MODCORE_FIELD("author.bio", author.bio, text(i)),
      MODCORE_FIELD("author.created_at", author.created_at, time(i)),
      MODCORE_FIELD("author.id", author.id, text(i)),
      MODCORE_FIELD("author.name", author.name, text(i)),
      MODCORE_FIELD("author.post_count", author.post_count, integer(i)),
      MODCORE_FIELD("author.reports", author.reports, integer(i)),
      MODCORE_FIELD("author.reputation", author.reputation, number(i)),
      MODCORE_FIELD("author.roles", author.roles, set(i, s)),
      MODCORE_FIELD("author.trust_level", author.trust_level, integer(i)),
      MODCORE_FIELD("author.verified", author.verified, boolean(i)),
      MODCORE_FIELD("body", body, text(i)),
      MODCORE_FIELD("channel.id", channel.id, text(i)),
      MODCORE_FIELD("channel.name", channel.name, text(i)),
      MODCORE_FIELD("channel.topics", channel.topics, set(i, s)),
      MODCORE_FIELD("id", id, text(i)),
      MODCORE_FIELD("lang", message.lang, text(i)),
      MODCORE_FIELD("message.age", message.age, duration(i)),
      MODCORE_FIELD("message.attachments", message.attachments, integer(i)),
      MODCORE_FIELD("message.is_edit", message.is_edit, boolean(i)),
      MODCORE_FIELD("message.is_reply", message.is_reply, boolean(i)),
      MODCORE_FIELD("message.kind", message.kind, text(i)),
      MODCORE_FIELD("message.lang", message.lang, text(i)),
      MODCORE_FIELD("message.reports", message.reports, integer(i)),
      MODCORE_FIELD("now", now, time(i)),
      MODCORE_FIELD("parent.author_id", parent.author_id, text(i)),
      MODCORE_FIELD("parent.body", parent.body, text(i)),
      MODCORE_FIELD("title", title, text(i)),
  };
  const auto* found = std::ranges::find(fields, name, &Field::name);
  return found == std::end(fields) ? nullptr : found->set;
}
#undef MODCORE_FIELD

PostColumns::PostColumns(const ArrowSchema& schema, const ArrowArray& array, const Engine& engine)
    : size_(array.length) {
  if (std::string_view(schema.format) == "+s") {
    add_struct(schema, array, "", array.offset, engine);
  } else {
    add(schema, array, "body", 0, engine);
  }
}

void PostColumns::add_struct(const ArrowSchema& schema, const ArrowArray& array,
                             const std::string& prefix, std::int64_t offset, const Engine& engine) {
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    const ArrowSchema& field = *schema.children[i];
    add(field, *array.children[i], prefix + (field.name != nullptr ? field.name : ""), offset, engine);
  }
}

void PostColumns::add(const ArrowSchema& schema, const ArrowArray& array, std::string name,
                      std::int64_t offset, const Engine& engine) {
  if (std::string_view(schema.format) == "+s") {
    const std::string prefix = name == "fields" ? "" : name + ".";
    return add_struct(schema, array, prefix, offset + array.offset, engine);
  }
  if (const Set set = setter_of(name)) {
    standard_.push_back({Column(schema, array, offset, std::move(name)), set});
    return;
  }
  const auto attributes = engine.attributes();
  const auto host = std::ranges::find(attributes, std::string_view(name), &AttributeInfo::name);
  if (host == attributes.end()) {
    ignored_.push_back(std::move(name));
  } else {
    host_.push_back({Column(schema, array, offset, std::move(name)), host->name, host->type});
  }
}

Post PostColumns::post(std::int64_t row, Row& space) const {
  space.sets.resize(standard_.size() + host_.size());
  Post post;
  std::size_t at = 0;
  for (const Standard& field : standard_) field.set(post, field.column, row, space.sets[at++]);
  space.attributes.clear();
  for (const Host& field : host_) {
    std::vector<std::string_view>& set = space.sets[at++];
    Value value;
    if (field.type == "bool") assign(value, field.column.boolean(row));
    else if (field.type == "int") assign(value, field.column.integer(row));
    else if (field.type == "number") assign(value, field.column.number(row));
    else if (field.type == "duration") assign(value, field.column.duration(row));
    else if (field.type == "time") assign(value, field.column.time(row));
    else if (field.type.starts_with("set<")) assign(value, field.column.set(row, set));
    else assign(value, field.column.text(row));
    space.attributes.push_back({field.name, value});
  }
  post.fields = space.attributes;
  return post;
}

}  // namespace modcore::python
