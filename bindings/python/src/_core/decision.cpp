#include "decision.hpp"

#include <span>
#include <string>

#include <modcore/json.hpp>

#include "convert.hpp"
#include "pickle.hpp"

namespace modcore::python {
namespace {

struct Held {
  Decision decision;
  TextFields texts;                // until the places are counted
  std::vector<CodePoints> places;  // of all evidence in order, once counted
  bool counted = false;
  PyObject* fired = nullptr;  // the tuple, once made
};

struct DecisionObject {
  PyObject_HEAD
  Held held;
};

PyTypeObject* base_type = nullptr;
PyTypeObject* decision_type = nullptr;
PyObject* verdicts[4] = {};

Held& held_of(PyObject* self) { return reinterpret_cast<DecisionObject*>(self)->held; }
const Decision& of(PyObject* self) { return held_of(self).decision; }

void count_places(Held& held) {
  if (held.counted) return;
  for (const FiredRule& rule : held.decision.fired) {
    for (const Evidence& evidence : rule.evidence) {
      held.places.push_back(held.texts.places(evidence.field, evidence.begin, evidence.end));
    }
  }
  held.texts.clear();
  held.counted = true;
}

py::object fired_of(Held& held) {
  if (held.fired == nullptr) {
    count_places(held);
    std::span<const CodePoints> rest(held.places);
    held.fired = to_tuple(held.decision.fired, [&](const FiredRule& rule) {
                   const py::object made = convert(rule, rest);
                   rest = rest.subspan(rule.evidence.size());
                   return made;
                 }).release().ptr();
  }
  return borrow(held.fired);
}

template <typename Range>
py::tuple convert_all(const Range& range) {
  return to_tuple(range, [](const auto& element) { return convert(element); });
}

py::object scores_of(const Decision& decision) {
  py::dict scores;
  for (const CategoryScore& score : decision.scores) scores[to_str(score.category)] = score.points;
  return scores;
}

using Read = py::object (*)(PyObject*);
template <Read read>
PyObject* getter(PyObject* self, void*) noexcept {
  return guarded_object([&] { return read(self).release().ptr(); });
}

PyObject* verdict(PyObject* self, void*) noexcept {
  PyObject* word = verdicts[static_cast<std::size_t>(of(self).verdict)];
  Py_INCREF(word);
  return word;
}
PyObject* hidden(PyObject* self, void*) noexcept { return PyBool_FromLong(of(self).hidden ? 1 : 0); }

#define MODCORE_GETTER(name, expression, doc) \
  {name, getter<[](PyObject* self) -> py::object { return expression; }>, nullptr, doc, nullptr}

PyGetSetDef getters[] = {
    {"verdict", verdict, nullptr, "The headline: escalate, hide, flag or allow.", nullptr},
    {"hidden", hidden, nullptr, "Whether the post is to be hidden.", nullptr},
    MODCORE_GETTER("id", to_str(of(self).id), "The id of the post, as it was passed."),
    MODCORE_GETTER("attention", to_enum("Attention", of(self).attention), "What moderators are asked for."),
    MODCORE_GETTER("routes", convert_all(of(self).routes), "Who is to be told."),
    MODCORE_GETTER("fired", fired_of(held_of(self)), "The rules that fired, strongest first."),
    MODCORE_GETTER("crossed", convert_all(of(self).crossed), "Thresholds that were reached."),
    MODCORE_GETTER("suppressed", convert_all(of(self).suppressed), "Rules that an allow rule set aside."),
    MODCORE_GETTER("undetermined", convert_all(of(self).undetermined), "Rules that lacked a fact."),
    MODCORE_GETTER("shadow", convert_all(of(self).shadow), "Rules on trial that would have fired."),
    MODCORE_GETTER("scores", scores_of(of(self)), "Points by category."),
    MODCORE_GETTER("limits", to_strs(of(self).limits), "Bounds that this post reached."),
    MODCORE_GETTER("notices", to_strs(of(self).notices), "Facts that were ignored, and why."),
    MODCORE_GETTER("engine", to_str(of(self).engine.to_string()), "The fingerprint of the rules."),
    {nullptr, nullptr, nullptr, nullptr, nullptr}};
#undef MODCORE_GETTER

PyObject* reason(PyObject* self, PyObject* const* arguments, Py_ssize_t count) noexcept {
  return guarded_object([&] {
    if (count > 1 || (count == 1 && !PyUnicode_Check(arguments[0]))) {
      throw py::type_error("reason() takes a language tag such as \"fr\"");
    }
    py::object bytes;
    const std::string_view lang = count == 1 ? utf8_of(arguments[0], bytes) : std::string_view();
    return to_str(of(self).reason(lang)).release().ptr();
  });
}

PyObject* json_of(PyObject* self, PyObject*) noexcept {
  return guarded_object([&] { return to_str(to_json(of(self))).release().ptr(); });
}

PyObject* restore(PyObject* type, PyObject* state) noexcept {
  return guarded_object([&] {
    char* data = nullptr;
    Py_ssize_t size = 0;
    if (PyBytes_AsStringAndSize(state, &data, &size) != 0) throw py::error_already_set();
    auto unpickled = unpickle({data, static_cast<std::size_t>(size)});
    if (!unpickled) throw py::value_error("this is no pickled Decision of this version of modcore");
    auto* subtype = reinterpret_cast<PyTypeObject*>(type);
    const py::object made = own(subtype->tp_alloc(subtype, 0));
    Held* held = new (&held_of(made.ptr())) Held;
    held->decision = std::move(unpickled->decision);
    held->places = std::move(unpickled->places);
    held->counted = true;
    return made.inc_ref().ptr();
  });
}

PyObject* reduce(PyObject* self, PyObject*) noexcept {
  return guarded_object([&] {
    Held& held = held_of(self);
    count_places(held);
    const std::string state = pickle(held.decision, held.places);
    const py::object type = borrow(reinterpret_cast<PyObject*>(Py_TYPE(self)));
    return py::make_tuple(type.attr("_restore"), py::make_tuple(py::bytes(state))).release().ptr();
  });
}

template <typename Function>
PyCFunction as_function(Function* function) {
  return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}

PyObject* compare(PyObject* self, PyObject* other, int operation) noexcept {
  return guarded_object([&]() -> PyObject* {
    if (PyObject_TypeCheck(other, base_type) == 0 || (operation != Py_EQ && operation != Py_NE)) {
      Py_INCREF(Py_NotImplemented);
      return Py_NotImplemented;
    }
    const bool equal = self == other || to_json(of(self)) == to_json(of(other));
    return PyBool_FromLong(equal == (operation == Py_EQ) ? 1 : 0);
  });
}

Py_hash_t hash(PyObject* self) noexcept {
  return guarded<Py_hash_t>(-1, [&] { return py::hash(to_str(to_json(of(self)))); });
}

void deallocate(PyObject* self) noexcept {
  PyTypeObject* type = Py_TYPE(self);
  Held& held = held_of(self);
  Py_XDECREF(held.fired);
  held.~Held();
  type->tp_free(self);
  Py_DECREF(type);
}

}  // namespace

void add_decision_type(py::module_& module) {
  static PyMethodDef methods[] = {
      {"reason", as_function(reason), METH_FASTCALL,
       "reason($self, lang='', /)\n--\n\nWhat the author may be told, in this language or the nearest; empty if nothing."},
      {"to_json", json_of, METH_NOARGS,
       "to_json($self, /)\n--\n\nOne line, `modcore.decision/1`; its offsets are bytes of UTF-8."},
      {"_restore", restore, METH_O | METH_CLASS, nullptr},
      {"__reduce__", reduce, METH_NOARGS, nullptr},
      {nullptr, nullptr, 0, nullptr}};
  static PyType_Slot slots[] = {{Py_tp_dealloc, reinterpret_cast<void*>(deallocate)},
                                {Py_tp_getset, getters},
                                {Py_tp_methods, methods},
                                {Py_tp_richcompare, reinterpret_cast<void*>(compare)},
                                {Py_tp_hash, reinterpret_cast<void*>(hash)},
                                {Py_tp_new, nullptr},
                                {0, nullptr}};
  slots[5] = {0, nullptr};
  static PyType_Spec spec = {"modcore._core.DecisionBase", sizeof(DecisionObject), 0,
                             Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
  base_type = reinterpret_cast<PyTypeObject*>(own(PyType_FromSpec(&spec)).release().ptr());
  base_type->tp_new = nullptr;
  decision_type = base_type;
  module.add_object("DecisionBase", borrow(reinterpret_cast<PyObject*>(base_type)));
  for (int value = 0; value < 4; ++value) {
    verdicts[value] = to_enum("Verdict", value).release().ptr();
  }
}

void use_decision_class(py::handle decision_class) {
  decision_type = reinterpret_cast<PyTypeObject*>(decision_class.inc_ref().ptr());
  decision_type->tp_new = nullptr;
}

PyObject* make_decision(Decision decision, TextFields texts) {
  PyObject* self = decision_type->tp_alloc(decision_type, 0);
  if (self == nullptr) throw py::error_already_set();
  Held* held = new (&held_of(self)) Held;
  held->decision = std::move(decision);
  held->texts = std::move(texts);
  return self;
}

}  // namespace modcore::python
