// EngineBase: an Engine that Python holds, with the scanners of its threads.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include <modcore/engine.hpp>
#include <modcore/scanner.hpp>

#include "python.hpp"

namespace modcore::python {

// Scanners that are not in use. Taken and given back only while the GIL is held,
// so that the lock is free at every fork.
class ScannerPool {
 public:
  [[nodiscard]] std::unique_ptr<Scanner> take(const Engine& engine);
  void give_back(std::unique_ptr<Scanner> scanner) noexcept;

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Scanner>> idle_;
};

struct HeldEngine {
  explicit HeldEngine(Engine compiled) : engine(std::move(compiled)) {}
  Engine engine;
  ScannerPool scanners;
};

// A scanner of the pool for one scope.
class BorrowedScanner {
 public:
  explicit BorrowedScanner(HeldEngine& held)
      : pool_(held.scanners), scanner_(pool_.take(held.engine)) {}
  ~BorrowedScanner() { pool_.give_back(std::move(scanner_)); }
  BorrowedScanner(const BorrowedScanner&) = delete;
  BorrowedScanner& operator=(const BorrowedScanner&) = delete;
  Scanner& operator*() const noexcept { return *scanner_; }
  Scanner* operator->() const noexcept { return scanner_.get(); }

 private:
  ScannerPool& pool_;
  std::unique_ptr<Scanner> scanner_;
};

void add_engine_type(py::module_& module);

// An instance of this class, a subclass of EngineBase.
[[nodiscard]] py::object make_engine(py::handle engine_class, Engine engine);

[[nodiscard]] HeldEngine& held_engine(py::handle self);

}  // namespace modcore::python
