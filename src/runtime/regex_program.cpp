#include "runtime/regex_program.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <new>

namespace modcore::runtime {
namespace {

struct FreeCompileContext {
  void operator()(pcre2_compile_context* context) const noexcept { pcre2_compile_context_free(context); }
};

template <class T>
T* checked(T* allocated) {
  if (allocated == nullptr) throw std::bad_alloc();
  return allocated;
}

std::string message_of(int error) {
  std::array<PCRE2_UCHAR, 256> buffer{};
  const int length = pcre2_get_error_message(error, buffer.data(), buffer.size());
  return {buffer.begin(), buffer.begin() + std::max(length, 0)};
}

// PCRE2 counts steps anew at every start, so what bounds all of them together is the
// limit times the length. A post of 1,000 characters has 100,000 at each start, enough
// for `.*` twice in a line of 300. A hundred are left when all are used up: milliseconds.
std::uint32_t step_limit(std::uint64_t steps, std::size_t starts) {
  return static_cast<std::uint32_t>(
      std::clamp<std::uint64_t>(steps / std::max<std::size_t>(starts, 1), 100, 100'000));
}

}  // namespace

RegexProgram::Compilation RegexProgram::compile(std::string_view pattern, bool case_sensitive) {
  const std::unique_ptr<pcre2_compile_context, FreeCompileContext> context(
      checked(pcre2_compile_context_create(nullptr)));
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
  // `$` is the field's end, and not also before its last newline. Hyperscan's is
  // both, which serves where it only filters.
  const std::uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C |
                                PCRE2_DOLLAR_ENDONLY | PCRE2_USE_OFFSET_LIMIT | (case_sensitive ? 0U : PCRE2_CASELESS);
  int error = 0;
  std::size_t offset = 0;
  pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                                   options, &error, &offset, context.get());
  Compilation result;
  if (code == nullptr) {
    result.error = message_of(error);
    result.offset = offset;
    result.too_big = error == PCRE2_ERROR_PATTERN_TOO_LARGE;
    return result;
  }
  result.program = RegexProgram(code, {}, case_sensitive);
  return result;
}

// Most regexes of a large rule set are never run: what costs time is left for the
// first run.
const pcre2_code* RegexProgram::prepare() const {
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  if (ready_.load(std::memory_order_relaxed)) return code_.load(std::memory_order_relaxed);
  if (code_.load(std::memory_order_relaxed) == nullptr) {
    Compilation made = compile(pattern_, case_sensitive_);
    if (made.program) code_.store(made.program->code_.exchange(nullptr), std::memory_order_relaxed);
  }
  pcre2_code* const code = code_.load(std::memory_order_relaxed);
  // Without the JIT (no executable memory) the interpreter gives the same answers.
  if (code != nullptr) pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
  ready_.store(true, std::memory_order_release);
  return code;
}

RegexProgram& RegexProgram::operator=(RegexProgram&& other) noexcept {
  if (this == &other) return *this;
  const RegexProgram old(std::move(*this));
  take(other);
  return *this;
}

RegexProgram::~RegexProgram() {
  pcre2_code_free(code_.load(std::memory_order_relaxed));
  delete automaton_.load(std::memory_order_relaxed);
}

const regex::Automaton& RegexProgram::make_automaton(std::string_view pattern, MakeAutomaton make) const {
  auto made = std::make_unique<const regex::Automaton>(make(pattern, case_sensitive_));
  const regex::Automaton* first = nullptr;
  // Of two threads that make the same the first one's is kept.
  if (!automaton_.compare_exchange_strong(first, made.get(), std::memory_order_acq_rel)) return *first;
  return *made.release();
}

bool RegexProgram::matches_empty_text() const {
  struct FreeData {
    void operator()(pcre2_match_data* data) const noexcept { pcre2_match_data_free(data); }
  };
  const std::unique_ptr<pcre2_match_data, FreeData> data(
      checked(pcre2_match_data_create(1, nullptr)));
  constexpr PCRE2_UCHAR nothing[] = {0};
  return pcre2_match(code_.load(std::memory_order_relaxed), nothing, 0, 0, 0, data.get(), nullptr) >= 0;
}

void RegexRunner::Free::operator()(pcre2_match_context* context) const noexcept {
  pcre2_match_context_free(context);
}
void RegexRunner::Free::operator()(pcre2_match_data* data) const noexcept {
  pcre2_match_data_free(data);
}
void RegexRunner::Free::operator()(pcre2_jit_stack* stack) const noexcept {
  pcre2_jit_stack_free(stack);
}

RegexRunner::RegexRunner()
    : context_(checked(pcre2_match_context_create(nullptr))),
      data_(checked(pcre2_match_data_create(1, nullptr))) {
  constexpr std::size_t initial_stack = std::size_t{32} << 10U;
  constexpr std::size_t largest_stack = std::size_t{1} << 20U;
  constexpr std::uint32_t heap_kibibytes = 16 * 1024;
  stack_.reset(pcre2_jit_stack_create(initial_stack, largest_stack, nullptr));
  if (stack_) pcre2_jit_stack_assign(context_.get(), nullptr, stack_.get());
  pcre2_set_heap_limit(context_.get(), heap_kibibytes);
}

RegexRunner::Search RegexRunner::search(const RegexProgram& program, std::string_view subject,
                                        std::size_t from, std::size_t last) {
  static_assert(anywhere == PCRE2_UNSET);
  pcre2_set_offset_limit(context_.get(), last);
  const pcre2_code* const code = program.code();
  if (code == nullptr) return {Search::Outcome::gave_up, {}};
  // A search may take half of what is left. How many steps it took PCRE2 does not tell:
  // one that gives up is taken to have used them all.
  const std::uint64_t steps = steps_ / 2;
  pcre2_set_match_limit(context_.get(), step_limit(steps, subject.size()));
  const int found =
      pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(subject.data()), subject.size(), from,
                  PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY, data_.get(), context_.get());
  if (found == PCRE2_ERROR_NOMATCH) return {};
  if (found < 0) {
    steps_ -= steps;
    return {Search::Outcome::gave_up, {}};
  }
  const std::size_t* bounds = pcre2_get_ovector_pointer(data_.get());
  return {Search::Outcome::found,
          {static_cast<std::uint32_t>(bounds[0]), static_cast<std::uint32_t>(bounds[1])}};
}

}  // namespace modcore::runtime
