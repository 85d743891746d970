// Columns of posts to columns of decisions.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include <modcore/scanner.hpp>

namespace modcore {

namespace {

// What a thread takes at once: enough that taking costs nothing, few enough that
// all threads end at the same time.
constexpr std::size_t portion = 256;

using SetText = void (*)(Post&, std::string_view);
using SetInteger = void (*)(Post&, std::int64_t);

struct TextField {
  std::string_view name;
  SetText set;
};
constexpr std::array text_fields = {
    TextField{"id", [](Post& post, std::string_view text) { post.id = text; }},
    TextField{"title", [](Post& post, std::string_view text) { post.title = text; }},
    TextField{"body", [](Post& post, std::string_view text) { post.body = text; }},
    TextField{"author.id", [](Post& post, std::string_view text) { post.author.id = text; }},
    TextField{"author.name", [](Post& post, std::string_view text) { post.author.name = text; }},
    TextField{"author.bio", [](Post& post, std::string_view text) { post.author.bio = text; }},
    TextField{"channel.id", [](Post& post, std::string_view text) { post.channel.id = text; }},
    TextField{"channel.name", [](Post& post, std::string_view text) { post.channel.name = text; }},
    TextField{"message.kind", [](Post& post, std::string_view text) { post.message.kind = text; }},
    TextField{"message.lang", [](Post& post, std::string_view text) { post.message.lang = text; }},
    TextField{"parent.author_id",
              [](Post& post, std::string_view text) { post.parent.author_id = text; }},
    TextField{"parent.body", [](Post& post, std::string_view text) { post.parent.body = text; }},
};

struct IntegerField {
  std::string_view name;
  SetInteger set;
};
using std::chrono::seconds;
constexpr std::array integer_fields = {
    IntegerField{"author.account_age",
                 [](Post& post, std::int64_t value) { post.author.account_age = seconds(value); }},
    IntegerField{"author.post_count",
                 [](Post& post, std::int64_t value) { post.author.post_count = value; }},
    IntegerField{"author.trust_level",
                 [](Post& post, std::int64_t value) { post.author.trust_level = value; }},
    IntegerField{"author.reports",
                 [](Post& post, std::int64_t value) { post.author.reports = value; }},
    IntegerField{"message.reports",
                 [](Post& post, std::int64_t value) { post.message.reports = value; }},
    IntegerField{"message.age",
                 [](Post& post, std::int64_t value) { post.message.age = seconds(value); }},
    IntegerField{"message.attachments",
                 [](Post& post, std::int64_t value) { post.message.attachments = value; }},
    IntegerField{"now", [](Post& post, std::int64_t value) {
                   post.now = std::chrono::sys_seconds(seconds(value));
                 }},
};

template <typename Fields>
auto setter_of(const Fields& fields, std::string_view name) {
  const auto found = std::ranges::find_if(fields, [name](const auto& field) { return field.name == name; });
  if (found != fields.end()) return found->set;
  throw std::invalid_argument("no field `" + std::string(name) + "` for a column of this type");
}

void check_length(std::string_view name, std::size_t has, std::size_t needs) {
  if (has < needs) throw std::invalid_argument("the column `" + std::string(name) + "` is too short");
}

bool is_valid(std::span<const std::uint8_t> valid, std::size_t row) noexcept {
  return valid.empty() || ((std::uint32_t{valid[row / 8]} >> (row % 8)) & 1U) != 0;
}

struct Texts {
  TextColumn column;
  SetText set;
};
struct Integers {
  IntegerColumn column;
  SetInteger set;
};

}  // namespace

struct BatchScanner::State {
  struct Worker {
    explicit Worker(const Engine& engine) : scanner(engine) {}
    Scanner scanner;
    std::vector<BatchDecisions::Told> told;
    std::exception_ptr failure;
  };

  void take(const PostBatch& posts) {
    texts.clear();
    integers.clear();
    for (const BatchColumn& column : posts.columns) {
      if (const auto* text = std::get_if<TextColumn>(&column.values)) {
        take(column.field, *text, posts.rows);
      } else {
        const auto& numbers = std::get<IntegerColumn>(column.values);
        check_length(column.field, numbers.values.size(), posts.rows);
        check_valid(column.field, numbers.valid, posts.rows);
        integers.push_back({numbers, setter_of(integer_fields, column.field)});
      }
    }
  }

  void take(std::string_view field, const TextColumn& column, std::size_t rows) {
    check_length(field, column.offsets.size(), rows + 1);
    check_valid(field, column.valid, rows);
    const auto used = column.offsets.first(rows + 1);
    if (!std::ranges::is_sorted(used) || used.front() < 0 ||
        static_cast<std::size_t>(used.back()) > column.bytes.size()) {
      throw std::invalid_argument("the offsets of `" + std::string(field) +
                                  "` do not ascend within its bytes");
    }
    texts.push_back({column, setter_of(text_fields, field)});
  }

  static void check_valid(std::string_view field, std::span<const std::uint8_t> valid, std::size_t rows) {
    if (!valid.empty()) check_length(field, valid.size(), (rows + 7) / 8);
  }

  [[nodiscard]] Post post(std::size_t row) const {
    Post made;
    for (const Texts& field : texts) {
      if (!is_valid(field.column.valid, row)) continue;
      const auto begin = static_cast<std::size_t>(field.column.offsets[row]);
      const auto end = static_cast<std::size_t>(field.column.offsets[row + 1]);
      field.set(made, field.column.bytes.substr(begin, end - begin));
    }
    for (const Integers& field : integers) {
      if (is_valid(field.column.valid, row)) field.set(made, field.column.values[row]);
    }
    return made;
  }

  void scan_row(Worker& worker, std::size_t row) {
    Decision decision = worker.scanner.scan(post(row));
    out.verdicts[row] = decision.verdict;
    out.hidden[row] = decision.hidden ? 1 : 0;
    const bool plain = decision.verdict == Verdict::allow && decision.fired.empty() &&
                       decision.undetermined.empty() && decision.shadow.empty() &&
                       decision.limits.empty() && decision.notices.empty();
    if (!plain) worker.told.push_back({row, std::move(decision)});
  }

  // Takes portions until none is left.
  void work(Worker& worker) noexcept {
    try {
      while (true) {
        const std::size_t begin = next.fetch_add(portion, std::memory_order_relaxed);
        const std::size_t end = std::min(begin + portion, out.verdicts.size());
        if (begin >= end) return;
        for (std::size_t row = begin; row < end; ++row) scan_row(worker, row);
      }
    } catch (...) {
      worker.failure = std::current_exception();
    }
  }

  void run() {
    const std::size_t portions = (out.verdicts.size() + portion - 1) / portion;
    const std::size_t jobs = std::clamp<std::size_t>(portions, 1, workers.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < jobs; ++i) {
      try {
        threads.emplace_back([this, i] { work(workers[i]); });
      } catch (const std::system_error&) {
        break;  // no thread is to be had: the others do its work
      }
    }
    work(workers.front());
    for (std::thread& thread : threads) thread.join();
  }

  void gather() {
    for (Worker& worker : workers) {
      std::ranges::move(worker.told, std::back_inserter(out.told));
      worker.told.clear();
    }
    if (workers.size() > 1) std::ranges::sort(out.told, {}, &BatchDecisions::Told::row);
  }

  std::vector<Worker> workers;  // as many as jobs, each with a scanner
  std::vector<Texts> texts;
  std::vector<Integers> integers;
  std::atomic<std::size_t> next = 0;
  BatchDecisions out;
};

BatchScanner::BatchScanner(Engine engine, std::size_t jobs) : state_(std::make_unique<State>()) {
  if (jobs == 0) jobs = std::max(1U, std::thread::hardware_concurrency());
  for (std::size_t i = 0; i < jobs; ++i) state_->workers.emplace_back(engine);
}
BatchScanner::~BatchScanner() = default;
BatchScanner::BatchScanner(BatchScanner&&) noexcept = default;
BatchScanner& BatchScanner::operator=(BatchScanner&&) noexcept = default;

const BatchDecisions& BatchScanner::scan_batch(const PostBatch& posts) {
  State& state = *state_;
  state.take(posts);
  state.next = 0;
  state.out.told.clear();
  state.out.verdicts.assign(posts.rows, Verdict::allow);
  state.out.hidden.assign(posts.rows, 0);
  state.run();
  for (State::Worker& worker : state.workers) {
    if (const auto failure = std::exchange(worker.failure, nullptr)) std::rethrow_exception(failure);
  }
  state.gather();
  return state.out;
}

}  // namespace modcore
