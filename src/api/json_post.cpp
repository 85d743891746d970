// Posts as JSON.
#include <algorithm>
#include <utility>

#include <modcore/corpus.hpp>
#include <modcore/json.hpp>

#include "api/engine_state.hpp"
#include "api/field_names.hpp"
#include "api/json_tree.hpp"
#include "api/post_reader.hpp"

namespace modcore {

struct PostDocument::State {
  std::unique_ptr<api::OwnedPost> owned = std::make_unique<api::OwnedPost>();
  std::string error;
  std::vector<std::pair<std::string_view, std::string>> extras;
};

PostDocument::PostDocument() : state_(std::make_unique<State>()) {}
PostDocument::~PostDocument() = default;
PostDocument::PostDocument(PostDocument&&) noexcept = default;
PostDocument& PostDocument::operator=(PostDocument&&) noexcept = default;

const Post& PostDocument::post() const noexcept { return state_->owned->post; }
const std::string& PostDocument::error() const noexcept { return state_->error; }
const std::vector<std::string>& PostDocument::unknown_keys() const noexcept {
  return state_->owned->unknown_keys;
}
const std::vector<std::string>& PostDocument::problems() const noexcept {
  return state_->owned->problems;
}

std::string_view PostDocument::extra(std::string_view name) const noexcept {
  const auto found =
      std::ranges::find(state_->extras, name, [](const auto& extra) { return extra.first; });
  return found == state_->extras.end() ? std::string_view() : std::string_view(found->second);
}

struct PostReader {
  static PostDocument read(std::string_view json, std::span<const ir::HostAttribute> attributes,
                           const api::FieldNames* names = nullptr) {
    PostDocument document;
    api::JsonTree tree = api::parse_json(json);
    if (!tree.error.empty()) {
      document.state_->error = std::move(tree.error);
    } else if (!std::holds_alternative<api::PostObject>(tree.value.what)) {
      document.state_->error = "a post is an object, {\"body\": ...}";
    } else {
      if (names != nullptr) names->apply(std::get<api::PostObject>(tree.value.what));
      fill(*document.state_, std::move(tree), attributes);
    }
    return document;
  }

 private:
  static void fill(PostDocument::State& state, api::JsonTree tree,
                   std::span<const ir::HostAttribute> attributes) {
    state.owned = api::read_post(std::move(tree.value), attributes);
    std::ranges::move(tree.problems, std::back_inserter(state.owned->problems));
    for (const auto& [name, value] : state.owned->extras) {
      state.extras.emplace_back(name, api::to_json(*value));
    }
  }
};

PostDocument parse_post(std::string_view json, const Engine& engine) {
  return PostReader::read(json, detail::EngineAccess::state(engine)->image->host_attributes);
}

PostDocument parse_post(std::string_view json, const Engine& engine,
                        std::span<const FieldName> names) {
  const auto& attributes = detail::EngineAccess::state(engine)->image->host_attributes;
  const api::FieldNames known({names.begin(), names.end()}, attributes);
  return PostReader::read(json, attributes, &known);
}

}  // namespace modcore
