#include "batch.hpp"

#include <cstdlib>
#include <exception>
#include <new>
#include <stdexcept>
#include <thread>

#include <pybind11/stl.h>

#include "arrow_in.hpp"
#include "columns.hpp"
#include "convert.hpp"
#include "engine.hpp"
#include "facts.hpp"
#include "release.hpp"

namespace modcore::python {
namespace {

// Posts with facts are read in portions, so that a long list needs little memory.
constexpr std::size_t portion = 8192;
// A thread is not worth its start for less.
constexpr std::size_t least_rows_a_thread = 256;

struct Options {
  std::size_t threads;
  bool with_json;
};

// One post of a list: its body alone, or all that a dict says.
struct ListRow {
  std::string_view body;
  py::object bytes;  // owns the body where the str cannot
  std::unique_ptr<PostArguments> facts;
};

class Batches {
 public:
  Batches(HeldEngine& held, Options options) : held_(held), options_(options), writer_(held.engine, options.with_json) {}

  void add_list(const py::tuple& items) {
    const std::size_t count = items.size();
    columns_.reserve(count);
    std::vector<ListRow> rows;
    for (std::size_t begin = 0; begin < count; begin += portion) {
      rows.clear();
      rows.resize(std::min(portion, count - begin));
      for (std::size_t i = 0; i < rows.size(); ++i) {
        read(PyTuple_GET_ITEM(items.ptr(), static_cast<Py_ssize_t>(begin + i)), rows[i]);
      }
      add_rows(rows.size(), [&](Scanner& scanner, std::size_t i, PostColumns::Row&) {
        const ListRow& row = rows[i];
        if (!row.facts) return scanner.scan({.body = row.body});
        Decision decision = scanner.scan(row.facts->post());
        for (const std::string& notice : row.facts->notices()) decision.notices.push_back(notice);
        return decision;
      });
    }
  }

  void add_array(const ArrowSchema& schema, const ArrowArray& array) {
    const PostColumns posts(schema, array, held_.engine);
    ignored_ = posts.ignored();
    add_rows(static_cast<std::size_t>(posts.size()),
             [&](Scanner& scanner, std::size_t i, PostColumns::Row& space) {
               return scanner.scan(posts.post(static_cast<std::int64_t>(i), space));
             });
  }

  std::shared_ptr<const Batch> take() {
    return std::make_shared<const Batch>(Batch{std::move(columns_), held_.engine, options_.with_json});
  }
  [[nodiscard]] const std::vector<std::string>& ignored() const noexcept { return ignored_; }

 private:
  void read(PyObject* item, ListRow& row) {
    if (item == Py_None) return;
    if (PyUnicode_Check(item)) {
      row.body = utf8_of(item, row.bytes);
    } else if (PyDict_Check(item)) {
      row.facts = std::make_unique<PostArguments>(held_.engine);
      row.facts->read(item);
    } else {
      throw py::type_error(std::string("a post of a batch is a str, a dict or None, not ") +
                           Py_TYPE(item)->tp_name);
    }
  }

  // scan(scanner, row, space) for each row, in as many threads as allowed, the
  // interpreter released.
  template <typename Scan>
  void add_rows(std::size_t rows, const Scan& scan) {
    const std::size_t threads =
        std::clamp<std::size_t>(rows / least_rows_a_thread, 1, options_.threads);
    std::vector<std::unique_ptr<BorrowedScanner>> scanners;
    for (std::size_t i = 0; i < threads; ++i) scanners.push_back(std::make_unique<BorrowedScanner>(held_));
    without_interpreter([&] { scan_in_threads(scanners, rows, scan); });
  }

  template <typename Scan>
  void scan_in_threads(const std::vector<std::unique_ptr<BorrowedScanner>>& scanners, std::size_t rows,
                       const Scan& scan) {
    const std::size_t threads = scanners.size();
    if (threads == 1) return scan_range(**scanners[0], 0, rows, scan, columns_);
    std::vector<Columns> parts(threads);
    std::vector<std::exception_ptr> failures(threads);
    std::vector<std::thread> running;
    for (std::size_t i = 0; i < threads; ++i) {
      running.emplace_back([&, i] {
        try {
          scan_range(**scanners[i], rows * i / threads, rows * (i + 1) / threads, scan, parts[i]);
        } catch (...) {
          failures[i] = std::current_exception();
        }
      });
    }
    for (std::thread& thread : running) thread.join();
    for (const std::exception_ptr& failure : failures) {
      if (failure) std::rethrow_exception(failure);
    }
    for (Columns& part : parts) columns_.append(std::move(part));
  }

  template <typename Scan>
  void scan_range(Scanner& scanner, std::size_t begin, std::size_t end, const Scan& scan,
                  Columns& into) const {
    PostColumns::Row space;
    for (std::size_t i = begin; i < end; ++i) writer_.add(scan(scanner, i, space), into);
  }

  HeldEngine& held_;
  Options options_;
  ColumnWriter writer_;
  Columns columns_;
  std::vector<std::string> ignored_;
};

template <typename T>
T* from_capsule(const py::handle& capsule, const char* name) {
  auto* pointer = static_cast<T*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (pointer == nullptr) throw py::error_already_set();
  return pointer;
}

void check(int status, ArrowArrayStream& stream) {
  if (status == 0) return;
  if (PyErr_Occurred() != nullptr) throw py::error_already_set();
  const char* why = stream.get_last_error(&stream);
  throw std::runtime_error(std::string("the Arrow stream failed: ") + (why != nullptr ? why : "no reason given"));
}

void add_stream(Batches& batches, const py::handle& capsule) {
  ArrowArrayStream& stream = *from_capsule<ArrowArrayStream>(capsule, "arrow_array_stream");
  if (stream.release == nullptr) throw py::value_error("the Arrow stream was read before");
  ArrowOwner<ArrowSchema> schema;
  check(stream.get_schema(&stream, &schema.value), stream);
  while (true) {
    ArrowOwner<ArrowArray> array;
    int status = 0;
    // A producer may compute, in threads that want the interpreter.
    without_interpreter([&] { status = stream.get_next(&stream, &array.value); });
    check(status, stream);
    if (array.value.release == nullptr) return;
    batches.add_array(schema.value, array.value);
  }
}

template <typename T>
py::object to_capsule(T exported, const char* name) {
  auto* owned = new T(exported);
  PyObject* capsule = PyCapsule_New(owned, name, [](PyObject* self) {
    auto* pointer = static_cast<T*>(PyCapsule_GetPointer(self, PyCapsule_GetName(self)));
    if (pointer->release != nullptr) pointer->release(pointer);
    delete pointer;
  });
  return own(capsule);
}

// A stream of one array.
struct OneArray {
  std::shared_ptr<const Batch> batch;
  bool given = false;
};

ArrowArrayStream stream_of(std::shared_ptr<const Batch> batch) {
  ArrowArrayStream stream{};
  stream.get_schema = [](ArrowArrayStream* self, ArrowSchema* into) {
    export_schema(*static_cast<OneArray*>(self->private_data)->batch, *into);
    return 0;
  };
  stream.get_next = [](ArrowArrayStream* self, ArrowArray* into) {
    auto& one = *static_cast<OneArray*>(self->private_data);
    if (one.given) {
      *into = ArrowArray{};
    } else {
      export_array(one.batch, *into);
    }
    one.given = true;
    return 0;
  };
  stream.get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
  stream.release = [](ArrowArrayStream* self) {
    delete static_cast<OneArray*>(self->private_data);
    self->release = nullptr;
  };
  stream.private_data = new OneArray{std::move(batch)};
  return stream;
}

class BatchBase {
 public:
  // Python can make one without calling __init__: pybind11 then hands out what this
  // gives, which batch() refuses.
  static void* operator new(std::size_t size) {
    void* const zeros = std::calloc(1, size);
    if (zeros == nullptr) throw std::bad_alloc();
    return zeros;
  }
  static void* operator new(std::size_t, void* place) noexcept { return place; }
  static void operator delete(void* memory) noexcept { std::free(memory); }

  BatchBase(const py::object& engine, const py::object& posts, const std::string& kind, std::size_t threads,
            bool decisions)
      : engine_(engine) {
    Batches batches(held_engine(engine), {std::max<std::size_t>(threads, 1), decisions});
    if (kind == "stream") {
      add_stream(batches, posts);
    } else if (kind == "array") {
      const py::tuple pair = posts;
      batches.add_array(*from_capsule<ArrowSchema>(pair[0], "arrow_schema"),
                        *from_capsule<ArrowArray>(pair[1], "arrow_array"));
    } else {
      batches.add_list(py::tuple(posts));
    }
    ignored_ = batches.ignored();
    batch_ = batches.take();
  }

  [[nodiscard]] std::size_t size() const { return batch().columns.verdicts.size(); }
  [[nodiscard]] py::bytes verdict_codes() const { return bytes_of(batch().columns.verdicts); }
  [[nodiscard]] py::bytes hidden_codes() const { return bytes_of(batch().columns.hidden); }
  [[nodiscard]] const std::vector<std::string>& ignored() const { return ignored_; }

  [[nodiscard]] py::tuple rules_at(py::ssize_t place) const {
    const std::size_t row = checked_row(place);
    const Columns& columns = batch().columns;
    const auto end = static_cast<std::size_t>(columns.rule_ends[row]);
    const auto begin = row == 0 ? 0 : static_cast<std::size_t>(columns.rule_ends[row - 1]);
    return to_tuple(std::span(columns.rules).subspan(begin, end - begin), [&](std::int32_t rule) {
      return to_str(batch().engine.rules()[static_cast<std::size_t>(rule)].id);
    });
  }

  [[nodiscard]] py::object json_at(py::ssize_t place) const {
    const std::size_t row = checked_row(place);
    if (!batch().with_json) return py::none();
    const Columns& columns = batch().columns;
    const auto end = static_cast<std::size_t>(columns.json_ends[row]);
    const auto begin = row == 0 ? 0 : static_cast<std::size_t>(columns.json_ends[row - 1]);
    return to_str(std::string_view(columns.json).substr(begin, end - begin));
  }

  [[nodiscard]] py::object schema() const {
    ArrowSchema schema{};
    export_schema(batch(), schema);
    return to_capsule(schema, "arrow_schema");
  }
  [[nodiscard]] py::tuple array(const py::object&) const {
    ArrowArray array{};
    static_cast<void>(batch());
    export_array(batch_, array);
    return py::make_tuple(schema(), to_capsule(array, "arrow_array"));
  }
  [[nodiscard]] py::object stream(const py::object&) const {
    static_cast<void>(batch());
    return to_capsule(stream_of(batch_), "arrow_array_stream");
  }

 private:
  [[nodiscard]] const Batch& batch() const {
    if (!batch_) throw py::type_error("a DecisionBatch comes from scan_batch()");
    return *batch_;
  }
  static py::bytes bytes_of(const std::vector<std::uint8_t>& codes) {
    return py::bytes(reinterpret_cast<const char*>(codes.data()), codes.size());
  }
  [[nodiscard]] std::size_t checked_row(py::ssize_t row) const {
    if (row < 0 || static_cast<std::size_t>(row) >= size()) throw py::index_error("no such row");
    return static_cast<std::size_t>(row);
  }

  py::object engine_;
  std::shared_ptr<const Batch> batch_;
  std::vector<std::string> ignored_;
};

}  // namespace

void add_batch(py::module_& module) {
  py::class_<BatchBase>(module, "BatchBase")
      .def(py::init<py::object, py::object, std::string, std::size_t, bool>(), py::arg("engine"),
           py::arg("posts"), py::arg("kind"), py::arg("threads"), py::arg("decisions"))
      .def("__len__", &BatchBase::size)
      .def_property_readonly("verdict_codes", &BatchBase::verdict_codes)
      .def_property_readonly("hidden_codes", &BatchBase::hidden_codes)
      .def_property_readonly("ignored", &BatchBase::ignored)
      .def("rules_at", &BatchBase::rules_at, py::arg("row"))
      .def("json_at", &BatchBase::json_at, py::arg("row"))
      .def("__arrow_c_schema__", &BatchBase::schema)
      .def("__arrow_c_array__", &BatchBase::array, py::arg("requested_schema") = py::none())
      .def("__arrow_c_stream__", &BatchBase::stream, py::arg("requested_schema") = py::none());
}

}  // namespace modcore::python
