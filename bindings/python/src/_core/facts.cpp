#include "facts.hpp"

#include <algorithm>
#include <cmath>

#include "values.hpp"

namespace modcore::python {
namespace {

using Store = bool (*)(PostArguments&, PyObject*);  // false: another type

struct Field {
  const char* name;  // in full, as the language names it
  std::string_view expected;
  Store store;
  std::size_t prefix;     // bytes of the group and its dot
  PyObject* key = nullptr;  // interned, without the group
};

template <typename Member, typename Read>
bool assign(Member& member, Read value) {
  if (!value) return false;
  member = *value;
  return true;
}

bool store_kind(PostArguments& a, PyObject* value) {
  constexpr std::array<std::string_view, 4> kinds{"post", "comment", "chat", "profile"};
  const auto text = a.text(value);
  return text && std::ranges::count(kinds, *text) > 0 && assign(a.target().message.kind, text);
}

#define MODCORE_FIELD(name, expected, member, value)                                     \
  {name, expected, [](PostArguments& a, PyObject* v) { return assign(a.target().member, value); }, \
   std::string_view(name).find('.') + 1}

Field fields[] = {
    MODCORE_FIELD("author.account_age", a_duration, author.account_age, as_duration(v, a.engine())),
    MODCORE_FIELD("author.bio", a_text, author.bio, a.text(v)),
    MODCORE_FIELD("author.created_at", a_time, author.created_at, as_time(v, a.engine())),
    MODCORE_FIELD("author.id", a_text, author.id, a.text(v)),
    MODCORE_FIELD("author.name", a_text, author.name, a.text(v)),
    MODCORE_FIELD("author.post_count", an_integer, author.post_count, as_integer(v)),
    MODCORE_FIELD("author.reports", an_integer, author.reports, as_integer(v)),
    MODCORE_FIELD("author.reputation", a_number, author.reputation, as_number(v)),
    MODCORE_FIELD("author.roles", a_set, author.roles, a.set(v)),
    MODCORE_FIELD("author.trust_level", an_integer, author.trust_level, as_integer(v)),
    MODCORE_FIELD("author.verified", a_boolean, author.verified, as_boolean(v)),
    MODCORE_FIELD("channel.id", a_text, channel.id, a.text(v)),
    MODCORE_FIELD("channel.name", a_text, channel.name, a.text(v)),
    MODCORE_FIELD("channel.topics", a_set, channel.topics, a.set(v)),
    MODCORE_FIELD("message.age", a_duration, message.age, as_duration(v, a.engine())),
    MODCORE_FIELD("message.attachments", an_integer, message.attachments, as_integer(v)),
    MODCORE_FIELD("message.is_edit", a_boolean, message.is_edit, as_boolean(v)),
    MODCORE_FIELD("message.is_reply", a_boolean, message.is_reply, as_boolean(v)),
    {"message.kind", a_kind, store_kind, 8},
    MODCORE_FIELD("message.lang", a_text, message.lang, a.text(v)),
    MODCORE_FIELD("message.reports", an_integer, message.reports, as_integer(v)),
    MODCORE_FIELD("parent.author_id", a_text, parent.author_id, a.text(v)),
    MODCORE_FIELD("parent.body", a_text, parent.body, a.text(v)),
};
#undef MODCORE_FIELD

enum Argument : std::size_t {  // in the order of their names below
  body, title, author, channel, message, parent, attachment_names, host_fields, id, lang, now, rule,
  argument_count
};
constexpr std::array<const char*, argument_count> argument_names{
    "body", "title", "author", "channel", "message", "parent", "attachment_names", "fields",
    "id",   "lang",  "now",    "rule"};
std::array<PyObject*, argument_count> argument_keys{};

bool same_text(PyObject* key, PyObject* interned) {
  return key == interned || PyUnicode_Compare(key, interned) == 0;
}

std::size_t find_argument(PyObject* name) {
  const auto known = std::ranges::find(argument_keys, name);
  if (known != argument_keys.end()) return static_cast<std::size_t>(known - argument_keys.begin());
  for (std::size_t i = 0; i < argument_count; ++i) {
    if (same_text(name, argument_keys[i])) return i;
  }
  return argument_count;
}

const Field* find_field(std::string_view group, PyObject* key) {
  const auto is_of_group = [&](const Field& field) {
    return field.prefix == group.size() + 1 && std::string_view(field.name).starts_with(group);
  };
  for (const Field& field : fields) {
    if (field.key == key && is_of_group(field)) return &field;
  }
  for (const Field& field : fields) {
    if (is_of_group(field) && same_text(key, field.key)) return &field;
  }
  return nullptr;
}

[[noreturn]] void type_error(const std::string& text) { throw py::type_error(text); }

// Holds key and item meanwhile: reading a value may run code that changes the dict.
template <typename Function>
void for_each_item(std::string_view name, PyObject* dict, const Function& function) {
  PyObject* key = nullptr;
  PyObject* item = nullptr;
  for (Py_ssize_t at = 0; PyDict_Next(dict, &at, &key, &item) != 0;) {
    const py::object held_key = borrow(key);
    const py::object held_item = borrow(item);
    if (!PyUnicode_Check(key)) type_error("the keys of " + std::string(name) + " must be str");
    function(key, item);
  }
}

// As bytes, whatever it holds; no method of a subclass of str is called.
std::string text_of(PyObject* str) {
  py::object bytes;
  return std::string(utf8_of(str, bytes));
}

// A mapping that is no dict, as one.
py::object dict_of(std::string_view name, PyObject* mapping) {
  auto copy = py::reinterpret_steal<py::object>(
      PyObject_CallFunctionObjArgs(reinterpret_cast<PyObject*>(&PyDict_Type), mapping, nullptr));
  if (copy) return copy;
  PyErr_Clear();
  type_error(std::string(name) + " must be a dict, not " + Py_TYPE(mapping)->tp_name);
}

std::string type_name(PyObject* object) { return Py_TYPE(object)->tp_name; }

}  // namespace

void intern_names() {
  for (std::size_t i = 0; i < argument_count; ++i) {
    argument_keys[i] = PyUnicode_InternFromString(argument_names[i]);
  }
  for (Field& field : fields) field.key = PyUnicode_InternFromString(field.name + field.prefix);
}

PostArguments::~PostArguments() {
  for (std::size_t i = 0; i < kept_count_; ++i) Py_DECREF(kept_[i]);
}

void PostArguments::keep(PyObject* object) {
  if (kept_count_ == kept_.size()) {
    kept_more_.push_back(borrow(object));
    return;
  }
  Py_INCREF(object);
  kept_[kept_count_++] = object;
}

void PostArguments::read(PyObject* const* arguments, Py_ssize_t positional, PyObject* names) {
  if (positional > 1) {
    type_error("scan() takes the body alone by position; name the other arguments");
  }
  if (positional == 1) read_content("body", arguments[0], post_.body);
  const Py_ssize_t named = names == nullptr ? 0 : PyTuple_GET_SIZE(names);
  for (Py_ssize_t i = 0; i < named; ++i) {
    PyObject* name = PyTuple_GET_ITEM(names, i);
    if (positional == 1 && same_text(name, argument_keys[Argument::body])) type_error("body is given twice");
    read_argument(name, arguments[positional + i]);
  }
  post_.fields = attributes_;
}

void PostArguments::read(PyObject* dict) {
  for_each_item("a post", dict, [&](PyObject* key, PyObject* item) { read_argument(key, item); });
  post_.fields = attributes_;
}

void PostArguments::read_argument(PyObject* name, PyObject* value) {
  const std::size_t which = find_argument(name);
  if (which == argument_count || (which == Argument::rule && !takes_rule_)) {
    type_error("scan() knows no argument " + std::string(py::str(own(PyObject_ASCII(name)))) +
               "; facts of the host's own go into fields={...}");
  }
  if (value == Py_None) return;
  switch (which) {
    case Argument::body: return read_content("body", value, post_.body);
    case Argument::title: return read_content("title", value, post_.title);
    case Argument::id: return read_content("id", value, post_.id);
    case Argument::rule: return read_content("rule", value, rule_);
    case Argument::attachment_names: return read_attachment_names(value);
    case Argument::host_fields: return read_fields(value);
    case Argument::now:
      if (!assign(post_.now, as_time(value, engine_))) type_error("now: expected " + std::string(a_time));
      return;
    case Argument::lang:
      current_ = "message.lang";
      if (!assign(post_.message.lang, text(value))) type_error("lang: expected text");
      return;
    default: return read_group(argument_names[which], value);
  }
}

void PostArguments::read_content(std::string_view name, PyObject* value, std::string_view& into) {
  if (value == Py_None) return;
  current_ = name;
  const auto read = text(value);
  if (read) {
    into = *read;
    return;
  }
  std::string problem = std::string(name) + " must be str, not " + type_name(value);
  if (PyBytes_Check(value)) problem += "; decode it first: body.decode(errors=\"replace\")";
  type_error(problem);
}

std::optional<std::string_view> PostArguments::text(PyObject* value) {
  if (!PyUnicode_Check(value)) return std::nullopt;
  keep(value);
  py::object bytes;
  const std::string_view utf8 = utf8_of(value, bytes);
  if (bytes) keep(bytes.ptr());
  if (!PyUnicode_IS_ASCII(value)) texts_.push_back({std::string(current_), value});
  return utf8;
}

std::optional<TextSet> PostArguments::set(PyObject* value) {
  if (PyUnicode_Check(value) || PyBytes_Check(value) || PyDict_Check(value)) return std::nullopt;
  const auto iterator = py::reinterpret_steal<py::object>(PyObject_GetIter(value));
  if (!iterator) {
    PyErr_Clear();
    return std::nullopt;
  }
  std::vector<std::string_view>& views = sets_.emplace_back();
  while (const auto item = py::reinterpret_steal<py::object>(PyIter_Next(iterator.ptr()))) {
    const auto read = text(item.ptr());
    if (!read) return std::nullopt;
    views.push_back(*read);
  }
  if (PyErr_Occurred() != nullptr) throw py::error_already_set();
  return TextSet(views);
}

void PostArguments::read_attachment_names(PyObject* value) {
  const std::size_t before = texts_.size();
  const auto names = set(value);
  if (!names) type_error("attachment_names must be a list of str");
  post_.attachment_names = *names;
  // Evidence names each of them by its place.
  for (std::size_t i = before; i < texts_.size(); ++i) {
    for (std::size_t at = 0; at < names->size(); ++at) {
      py::object bytes;
      if (utf8_of(texts_[i].str, bytes).data() == (*names)[at].data()) {
        texts_[i].name = "attachment.names[" + std::to_string(at) + "]";
      }
    }
  }
}

void PostArguments::read_group(std::string_view group, PyObject* value) {
  if (!PyDict_Check(value)) return read_group(group, dict_of(group, value).ptr());
  for_each_item(group, value, [&](PyObject* key, PyObject* item) {
    const Field* field = find_field(group, key);
    if (field == nullptr) {
      read_path(std::string(group) + "." + text_of(key), item);
    } else if (item != Py_None) {
      current_ = field->name;
      if (!field->store(*this, item)) notice(field->name, "expected " + std::string(field->expected));
    }
  });
}

void PostArguments::read_fields(PyObject* value) {
  if (!PyDict_Check(value)) return read_fields(dict_of("fields", value).ptr());
  for_each_item("fields", value, [&](PyObject* key, PyObject* item) {
    read_path(text_of(key), item);
  });
}

// A path is a standard field, a host's attribute, or leads to some.
void PostArguments::read_path(const std::string& path, PyObject* value) {
  const auto standard =
      std::ranges::find(fields, std::string_view(path), [](const Field& f) { return std::string_view(f.name); });
  if (standard != std::end(fields)) {
    if (value == Py_None) return;
    current_ = standard->name;
    if (!standard->store(*this, value)) notice(path, "expected " + std::string(standard->expected));
  } else if (const AttributeInfo* host = host_attribute(path)) {
    if (value != Py_None) read_host(host->name, host->type, value);
  } else if (PyDict_Check(value) && is_prefix(path)) {
    for_each_item(path, value, [&](PyObject* key, PyObject* item) {
      read_path(path + "." + text_of(key), item);
    });
  } else {
    notice(path, "not declared");
  }
}

void PostArguments::read_host(std::string_view name, std::string_view type, PyObject* value) {
  current_ = name;
  const Value read = host_value(type, value);
  if (std::holds_alternative<std::monostate>(read)) {
    return notice(name, "expected " + std::string(expected_of(type)));
  }
  const auto same = std::ranges::find(attributes_, name, &Attribute::name);
  if (same != attributes_.end()) {
    same->value = read;
  } else {
    attributes_.push_back({name, read});
  }
}

template <typename T>
Value value_or_missing(const std::optional<T>& value) {
  return value ? Value(*value) : Value();
}

Value PostArguments::host_value(std::string_view type, PyObject* value) {
  if (type == "bool") return value_or_missing(as_boolean(value));
  if (type == "int") return value_or_missing(as_integer(value));
  if (type == "number") return value_or_missing(as_number(value));
  if (type == "duration") return value_or_missing(as_duration(value, engine_));
  if (type == "time") return value_or_missing(as_time(value, engine_));
  if (type.starts_with("set<")) return value_or_missing(set(value));
  return value_or_missing(text(value));
}

const AttributeInfo* PostArguments::host_attribute(std::string_view name) const {
  const auto attributes = engine_.attributes();
  const auto found = std::ranges::lower_bound(attributes, name, {}, &AttributeInfo::name);
  return found != attributes.end() && found->name == name ? &*found : nullptr;
}

bool PostArguments::is_prefix(std::string_view path) const {
  const auto lies_under = [path](std::string_view name) {
    return name.size() > path.size() && name.starts_with(path) && name[path.size()] == '.';
  };
  return std::ranges::any_of(fields, lies_under, &Field::name) ||
         std::ranges::any_of(engine_.attributes(), lies_under, &AttributeInfo::name);
}

void PostArguments::notice(std::string_view name, std::string_view what) {
  std::string text = std::string(name) + ": " + std::string(what);
  if (std::ranges::count(notices_, text) == 0) notices_.push_back(std::move(text));
}

TextFields PostArguments::text_fields() const {
  TextFields fields_with_text;
  for (const Text& text : texts_) fields_with_text.add(text.name, text.str);
  return fields_with_text;
}

}  // namespace modcore::python
