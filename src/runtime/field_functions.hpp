// The functions of LANGUAGE section 5 that measure fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ir/fields.hpp"
#include "runtime/post_text.hpp"
#include "runtime/text_pool.hpp"

namespace modcore::runtime {

// Where something stands that a function counted, in the source as passed.
struct Place {
  std::uint32_t source = 0;
  text::Range range;
};

// Each over all pieces of the fields; a part of the text that two fields share
// counts once. Whether a field is missing is the caller's business.
[[nodiscard]] std::int64_t length(PostText&, ir::FieldSet);      // code points of the field as passed
[[nodiscard]] std::int64_t words(PostText&, ir::FieldSet);
[[nodiscard]] std::int64_t lines(PostText&, ir::FieldSet);
[[nodiscard]] std::int64_t links(PostText&, ir::FieldSet, std::vector<Place>* places = nullptr);
[[nodiscard]] std::int64_t misleading_links(PostText&, ir::FieldSet,
                                            std::vector<Place>* places = nullptr);
[[nodiscard]] std::int64_t mentions(PostText&, ir::FieldSet, std::vector<Place>* places = nullptr);
[[nodiscard]] std::int64_t hashtags(PostText&, ir::FieldSet, std::vector<Place>* places = nullptr);
[[nodiscard]] std::int64_t emoji(PostText&, ir::FieldSet, std::vector<Place>* places = nullptr);
[[nodiscard]] double caps_ratio(PostText&, ir::FieldSet);        // 0 under 8 letters
[[nodiscard]] double digit_ratio(PostText&, ir::FieldSet);       // 0 for an empty text
[[nodiscard]] std::int64_t repeat_run(PostText&, ir::FieldSet);
[[nodiscard]] double symbol_ratio(PostText&, ir::FieldSet);
// Below or above `limit` any number on that side of it may stand for the ratio.
[[nodiscard]] double repeat_ratio(PostText&, ir::FieldSet,
                                  std::optional<double> limit = {});  // 0 under 8 characters
[[nodiscard]] double unique_word_ratio(PostText&, ir::FieldSet,
                                       std::optional<double> limit = {});  // 1 without words
[[nodiscard]] std::int64_t invisible(PostText&, ir::FieldSet);
[[nodiscard]] std::int64_t mixed_script(PostText&, ir::FieldSet);
[[nodiscard]] double script_ratio(PostText&, ir::FieldSet, std::string_view script);
[[nodiscard]] std::int64_t marks_run(PostText&, ir::FieldSet);
[[nodiscard]] double similar(PostText&, ir::FieldSet, ir::FieldSet);  // 0 where one has no words
[[nodiscard]] std::int64_t phones(PostText&, ir::FieldSet, std::vector<Place>* places = nullptr);
[[nodiscard]] std::int64_t emails(PostText&, ir::FieldSet, std::vector<Place>* places = nullptr);
[[nodiscard]] std::int64_t cards(PostText&, ir::FieldSet, std::vector<Place>* places = nullptr);
[[nodiscard]] std::int64_t ips(PostText&, ir::FieldSet, std::vector<Place>* places = nullptr);
[[nodiscard]] double quoted_ratio(PostText&);                    // code points of quotes of those of the body
// Sorted, without duplicates, in texts of the pool. hosts: as linked; domains: registrable.
void hosts(PostText&, ir::FieldSet, TextPool&, std::vector<std::string_view>& out);
void domains(PostText&, ir::FieldSet, TextPool&, std::vector<std::string_view>& out);

}  // namespace modcore::runtime
