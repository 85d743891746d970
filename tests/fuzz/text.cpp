// Any bytes as a text: folded, read for disguises, and traced back to the original.
#include <algorithm>

#include "fuzz/engine.hpp"
#include "support/utf8.hpp"
#include "text/fold.hpp"
#include "text/views.hpp"

using namespace modcore;

namespace {

void check_view(text::Views& views, text::View view, std::size_t original) {
  const std::string_view seen = views.get(view);
  fuzz::expect(utf8::is_valid(seen));
  const auto size = static_cast<std::uint32_t>(seen.size());
  for (const std::uint32_t at : {0U, size / 2, size}) {
    const text::Range range = views.original_range(view, {at, size});
    fuzz::expect(range.begin <= range.end && range.end <= original);
  }
}

}  // namespace

MODCORE_FUZZ_TARGET(text) {
  for (const text::Level level : {text::Level::exact, text::Level::case_, text::Level::accents}) {
    const std::string folded = text::fold(input, level);
    fuzz::expect(text::fold(folded, level) == folded);
  }
  static Scanner scanner(fuzz::whole_language());
  const Post post{.title = input.substr(0, input.size() / 3), .body = input};
  fuzz::check(scanner.scan(post), post);
  fuzz::check(scanner.explain(post).decision, post);
  text::Views views;
  views.build(input);
  for (const text::View view : {text::View::repaired, text::View::fold}) check_view(views, view, input.size());
}
