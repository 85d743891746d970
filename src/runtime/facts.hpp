// The attributes of one post, read where a condition asks for them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/post.hpp>

#include "program/image.hpp"
#include "runtime/text_pool.hpp"
#include "runtime/value.hpp"

namespace modcore::runtime {

class Facts {
 public:
  // The image must outlive it. `pool` is cleared by its owner before each set().
  Facts(const program::Image& image, TextPool& pool);

  // Keeps a reference to the post until the next set().
  void set(const Post& post);

  [[nodiscard]] Value get(std::uint32_t attribute);
  // All attributes that are not missing, and maybe some that are.
  [[nodiscard]] program::Attributes present() const noexcept { return present_; }
  // Whether a text field that is no content was not passed.
  [[nodiscard]] bool is_missing(ir::TextField field);

  // The post's language in lower case, empty if unknown.
  [[nodiscard]] std::string_view lang() const noexcept { return lang_; }
  [[nodiscard]] std::int64_t now();

  // The host's text attributes by slot; a null data() is missing.
  [[nodiscard]] std::span<const std::string_view> host_texts() const noexcept { return host_texts_; }

  // Attributes that were ignored, and why.
  [[nodiscard]] const std::vector<std::string>& notices() const noexcept { return notices_; }

 private:
  [[nodiscard]] Value author(ir::Attribute attribute);
  [[nodiscard]] Value channel(ir::Attribute attribute) const;
  [[nodiscard]] Value message(ir::Attribute attribute) const;
  [[nodiscard]] Value account_age();
  void find_present();
  void read_language();
  void read_host_attributes();
  void check_standard_attributes();
  [[nodiscard]] std::optional<Value> convert(const modcore::Value& value, ir::Type type);
  void notice(std::string_view name, std::string_view what);

  const program::Image& image_;
  TextPool& pool_;
  const Post* post_ = nullptr;
  program::Attributes present_ = 0;
  std::optional<std::int64_t> now_;
  std::string lang_;
  std::vector<Value> host_values_;
  std::vector<std::string_view> host_texts_;
  std::vector<std::string> notices_;
};

}  // namespace modcore::runtime
