// Rules and overrides in time: what is over, what ends soon, what stays on trial.
#include <fmt/format.h>

#include <chrono>

#include "check/time.hpp"
#include "diag/catalogue.hpp"
#include "lint/style/parts.hpp"

namespace modcore::lint::style {
namespace {

constexpr std::int64_t day = StyleSettings::day;

std::string date_of(std::int64_t seconds) {
  const auto days = std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(seconds)));
  const std::chrono::year_month_day date(days);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

class Life {
 public:
  explicit Life(const StyleInput& input) : input_(input) {}

  void rule(const WrittenRule& one) {
    const ir::Rule& meaning = *one.meaning;
    const std::string& id = one.rule->id.value;
    if (meaning.expires && one.rule->expires) {
      end(fmt::format("the rule `{}`", id), *meaning.expires, one.rule->expires->span, id);
    }
    shadow(one);
    review(one);
  }

  void override_of(const ast::Override& one) {
    if (!one.until) return;
    if (const auto last = date(*one.until)) {
      end(fmt::format("the override of `{}`", one.name.value), last->end, one.until->span, {});
    }
  }

 private:
  // `end` is the first second that is over.
  void end(std::string_view what, std::int64_t end, source::Span where, std::string_view rule) {
    if (end <= input_.now) {
      input_.sink.report(diag::expired, where, {what, date_of(end - 1)}).rule(rule);
    } else if (end - input_.now <= input_.settings.expiring) {
      const std::int64_t days = (end - input_.now) / day;
      input_.sink
          .report(diag::expiring_soon, where,
                  {what, date_of(end - 1), days == 1 ? "one day" : fmt::format("{} days", days)})
          .rule(rule);
    }
  }

  void shadow(const WrittenRule& one) {
    const ir::Rule& meaning = *one.meaning;
    if (meaning.status != ir::Status::shadow || !meaning.active_from || !one.rule->active_from) return;
    if (input_.now - *meaning.active_from < input_.settings.shadow) return;
    input_.sink
        .report(diag::shadow_too_long, one.rule->active_from->span,
                {one.rule->id.value, date_of(*meaning.active_from)})
        .rule(one.rule->id.value);
  }

  void review(const WrittenRule& one) {
    if (input_.settings.review == 0 || !one.rule->meta) return;
    for (const ast::Field& entry : one.rule->meta->entries) {
      if (entry.first.value != "reviewed") continue;
      const auto reviewed = date({entry.second.text, entry.second.span});
      if (!reviewed || input_.now - reviewed->begin < input_.settings.review) continue;
      input_.sink
          .report(diag::stale_review, entry.second.span,
                  {one.rule->id.value, date_of(reviewed->begin)})
          .rule(one.rule->id.value);
    }
  }

  // Nothing for what is no date; where it must be one, that is reported elsewhere.
  std::optional<checker::Instants> date(const ast::Name& text) const {
    diag::Sink unheard(input_.sources);
    return checker::parse_date(checker::Reporter(unheard), text, input_.rules.timezone);
  }

  const StyleInput& input_;
};

}  // namespace

void report_life(const StyleInput& input) {
  Life life(input);
  for_each_rule(input, [&](const WrittenRule& one) { life.rule(one); });
  if (!input.bundle.policy) return;
  for (const ast::Override& one : input.bundle.policy->overrides) life.override_of(one);
}

}  // namespace modcore::lint::style
