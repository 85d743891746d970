// A report that the library writes in several formats, kept until one is asked for.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include <modcore/corpus.hpp>

#include "python.hpp"

namespace modcore::python {

class Document {
 public:
  using Writers = std::map<std::string, std::function<std::string()>, std::less<>>;
  explicit Document(Writers writers) : writers_(std::move(writers)) {}
  [[nodiscard]] std::string render(std::string_view format) const {
    const auto found = writers_.find(format);
    if (found == writers_.end()) throw py::value_error("no format '" + std::string(format) + "'");
    return found->second();
  }

 private:
  Writers writers_;
};

[[nodiscard]] Document document_of(BacktestReport report);
[[nodiscard]] Document document_of(CoverageReport report);
[[nodiscard]] Document document_of(PolicyDiff diff);

void add_document(py::module_& module);

}  // namespace modcore::python
