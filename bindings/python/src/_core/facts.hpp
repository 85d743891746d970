// From the arguments of scan() to a Post: what a host knows, as Python says it.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/engine.hpp>
#include <modcore/post.hpp>

#include "python.hpp"
#include "texts.hpp"

namespace modcore::python {

// Reads the arguments of one post. Keeps every object that the Post points into,
// so that other threads may change the dicts that they came from.
class PostArguments {
 public:
  explicit PostArguments(const Engine& engine) : engine_(engine) {}
  ~PostArguments();
  PostArguments(const PostArguments&) = delete;
  PostArguments& operator=(const PostArguments&) = delete;

  // The arguments of a METH_FASTCALL | METH_KEYWORDS function. Throws
  // error_already_set with a TypeError.
  void read(PyObject* const* arguments, Py_ssize_t positional, PyObject* names);

  // The same from a dict.
  void read(PyObject* dict);

  [[nodiscard]] const Post& post() const noexcept { return post_; }
  // Bytes of title and body: what a scan mostly costs.
  [[nodiscard]] std::size_t size() const noexcept { return post_.title.size() + post_.body.size(); }
  // What was ignored, and why.
  [[nodiscard]] std::vector<std::string>& notices() noexcept { return notices_; }
  // The rule that explain() was asked for.
  [[nodiscard]] std::string_view rule() const noexcept { return rule_; }
  void accept_rule() noexcept { takes_rule_ = true; }

  // The texts that evidence may point into and that are not ASCII.
  [[nodiscard]] TextFields text_fields() const;

  // For the readers of fields.
  [[nodiscard]] std::optional<std::string_view> text(PyObject* value);
  [[nodiscard]] std::optional<TextSet> set(PyObject* value);
  void read_attachment_names(PyObject* value);
  [[nodiscard]] Post& target() noexcept { return post_; }
  [[nodiscard]] const Engine& engine() const noexcept { return engine_; }

 private:
  struct Text {
    std::string name;
    PyObject* str = nullptr;  // kept by kept_
  };

  void read_argument(PyObject* name, PyObject* value);
  void read_content(std::string_view name, PyObject* value, std::string_view& into);
  void read_group(std::string_view group, PyObject* value);
  void read_fields(PyObject* value);
  void read_path(const std::string& path, PyObject* value);
  void read_host(std::string_view name, std::string_view type, PyObject* value);
  [[nodiscard]] Value host_value(std::string_view type, PyObject* value);
  [[nodiscard]] const AttributeInfo* host_attribute(std::string_view name) const;
  [[nodiscard]] bool is_prefix(std::string_view path) const;
  void notice(std::string_view name, std::string_view what);
  void keep(PyObject* object);

  const Engine& engine_;
  Post post_;
  std::array<PyObject*, 24> kept_{};
  std::size_t kept_count_ = 0;
  std::vector<py::object> kept_more_;
  std::vector<Text> texts_;  // not ASCII
  std::string_view current_;  // the field that is being read
  std::deque<std::vector<std::string_view>> sets_;
  std::deque<std::string> names_;
  std::vector<Attribute> attributes_;
  std::vector<std::string> notices_;
  std::string_view rule_;
  bool takes_rule_ = false;
};

// Called once, when the module is made.
void intern_names();

}  // namespace modcore::python
