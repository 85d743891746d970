#include "engine.hpp"

#include <algorithm>

#include "convert.hpp"
#include "decision.hpp"
#include "facts.hpp"
#include "release.hpp"

namespace modcore::python {
namespace {

// Below this many bytes a scan is over sooner than another thread could make use
// of the interpreter, and handing it over costs more than the scan.
constexpr std::size_t release_from = 1024;

struct EngineObject {
  PyObject_HEAD
  HeldEngine held;
};

PyTypeObject* base_type = nullptr;

HeldEngine& of(PyObject* self) { return reinterpret_cast<EngineObject*>(self)->held; }

void add_notices(PostArguments& arguments, Decision& decision) {
  for (std::string& notice : arguments.notices()) decision.notices.push_back(std::move(notice));
}

bool has_evidence(const Decision& decision) {
  return std::ranges::any_of(decision.fired, [](const FiredRule& r) { return !r.evidence.empty(); });
}

PyObject* scan(PyObject* self, PyObject* const* values, Py_ssize_t count, PyObject* names) noexcept {
  return guarded_object([&] {
    HeldEngine& held = of(self);
    PostArguments arguments(held.engine);
    arguments.read(values, count, names);
    const BorrowedScanner scanner(held);
    Decision decision;
    if (arguments.size() < release_from) {
      decision = scanner->scan(arguments.post());
    } else {
      without_interpreter([&] { decision = scanner->scan(arguments.post()); });
    }
    if (!arguments.notices().empty()) add_notices(arguments, decision);
    TextFields texts;
    if (has_evidence(decision)) texts = arguments.text_fields();
    return make_decision(std::move(decision), std::move(texts));
  });
}

PyObject* explain(PyObject* self, PyObject* const* values, Py_ssize_t count, PyObject* names) noexcept {
  return guarded_object([&] {
    HeldEngine& held = of(self);
    PostArguments arguments(held.engine);
    arguments.accept_rule();
    arguments.read(values, count, names);
    const BorrowedScanner scanner(held);
    Explanation explanation;
    without_interpreter([&] { explanation = scanner->explain(arguments.post(), arguments.rule()); });
    if (!arguments.rule().empty() && explanation.rules.empty()) {
      const py::object problem = to_str("no rule '" + std::string(arguments.rule()) + "' in this engine");
      PyErr_SetObject(PyExc_ValueError, problem.ptr());
      throw py::error_already_set();
    }
    add_notices(arguments, explanation.decision);
    TextFields texts = arguments.text_fields();
    const auto rules =
        to_tuple(explanation.rules, [&](const ExplainedRule& rule) { return convert(rule, texts); });
    const auto disguises = to_tuple(explanation.disguises, [&](const DisguisedWord& word) {
      return convert(word, texts);
    });
    const auto views =
        to_tuple(explanation.views, [](const ExplainedView& view) { return convert(view); });
    const py::object decision = own(make_decision(std::move(explanation.decision), std::move(texts)));
    return type("Explanation")(decision, rules, disguises, views).release().ptr();
  });
}

PyObject* uses(PyObject* self, PyObject* field) noexcept {
  return guarded_object([&] {
    if (!PyUnicode_Check(field)) throw py::type_error("uses() takes the name of a field");
    py::object bytes;
    return PyBool_FromLong(of(self).engine.uses(utf8_of(field, bytes)) ? 1 : 0);
  });
}

PyObject* rules(PyObject* self, void*) noexcept {
  return guarded_object([&] {
    return to_tuple(of(self).engine.rules(), [](const RuleInfo& rule) { return convert(rule); })
        .release().ptr();
  });
}

PyObject* attributes(PyObject* self, void*) noexcept {
  return guarded_object([&] {
    py::dict all;
    for (const AttributeInfo& info : of(self).engine.attributes()) all[to_str(info.name)] = to_str(info.type);
    return all.release().ptr();
  });
}

PyObject* fingerprint(PyObject* self, void*) noexcept {
  return guarded_object(
      [&] { return to_str(of(self).engine.fingerprint().to_string()).release().ptr(); });
}

PyObject* policy(PyObject* self, void*) noexcept {
  return guarded_object([&] { return to_str(of(self).engine.policy()).release().ptr(); });
}

void deallocate(PyObject* self) noexcept {
  PyTypeObject* type = Py_TYPE(self);
  of(self).~HeldEngine();
  type->tp_free(self);
  Py_DECREF(type);
}

template <typename Function>
PyCFunction as_function(Function* function) {
  return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}

constexpr int keywords = METH_FASTCALL | METH_KEYWORDS;

PyMethodDef methods[] = {
    {"scan", as_function(scan), keywords,
     "Judges a post. Safe from any thread; holds the interpreter only for short posts."},
    {"explain", as_function(explain), keywords,
     "The same decision and why: every rule, or the one named by `rule`. Slow; for people."},
    {"uses", uses, METH_O, "Whether any rule reads this field; a host may leave out the others."},
    {nullptr, nullptr, 0, nullptr}};

PyGetSetDef getters[] = {
    {"rules", rules, nullptr, "All rules, sorted by id, also those that are off.", nullptr},
    {"attributes", attributes, nullptr, "The declared facts of the host: name to type.", nullptr},
    {"fingerprint", fingerprint, nullptr, "Equal for equal meaning, on every machine.", nullptr},
    {"policy", policy, nullptr, "The policy's name, empty without a policy.", nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr}};

}  // namespace

std::unique_ptr<Scanner> ScannerPool::take(const Engine& engine) {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<Scanner> scanner = std::move(idle_.back());
      idle_.pop_back();
      return scanner;
    }
  }
  return std::make_unique<Scanner>(engine);
}

void ScannerPool::give_back(std::unique_ptr<Scanner> scanner) noexcept {
  const std::lock_guard lock(mutex_);
  try {
    idle_.push_back(std::move(scanner));
  } catch (const std::bad_alloc&) {
    // It is freed, and made anew when it is needed.
  }
}

void add_engine_type(py::module_& module) {
  static PyType_Slot slots[] = {{Py_tp_dealloc, reinterpret_cast<void*>(deallocate)},
                                {Py_tp_getset, getters},
                                {Py_tp_methods, methods},
                                {0, nullptr}};
  static PyType_Spec spec = {"modcore._core.EngineBase", sizeof(EngineObject), 0,
                             Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
  base_type = reinterpret_cast<PyTypeObject*>(own(PyType_FromSpec(&spec)).release().ptr());
  base_type->tp_new = nullptr;
  module.add_object("EngineBase", borrow(reinterpret_cast<PyObject*>(base_type)));
}

py::object make_engine(py::handle engine_class, Engine engine) {
  auto* subtype = reinterpret_cast<PyTypeObject*>(engine_class.ptr());
  if (!PyType_Check(engine_class.ptr()) || PyType_IsSubtype(subtype, base_type) == 0) {
    throw py::type_error("not a subclass of EngineBase");
  }
  const py::object self = own(subtype->tp_alloc(subtype, 0));
  new (&of(self.ptr())) HeldEngine(std::move(engine));
  return self;
}

HeldEngine& held_engine(py::handle self) {
  if (PyObject_TypeCheck(self.ptr(), base_type) == 0) throw py::type_error("not an Engine");
  return of(self.ptr());
}

}  // namespace modcore::python
