// Reports with the rule in which the reader is just now.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include "diag/sink.hpp"

namespace modcore::parse {

class Reporter {
 public:
  explicit Reporter(diag::Sink& sink) : sink_(sink) {}

  diag::Report report(const diag::Entry& entry, source::Span where,
                      std::initializer_list<std::string_view> arguments = {}) {
    diag::Report report = sink_.report(entry, where, arguments);
    report.rule(rule_);
    return report;
  }

  [[nodiscard]] std::size_t error_count() const { return sink_.error_count(); }

  void enter_rule(std::string id) { rule_ = std::move(id); }
  void leave_rule() { rule_.clear(); }

 private:
  diag::Sink& sink_;
  std::string rule_;
};

}  // namespace modcore::parse
