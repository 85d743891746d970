// Quotes and code in Markdown, as much of it as moderation needs. Closing
// markers are found from the end of the text backwards, so that a text full of
// unclosed ones costs no more than another.
#include "text/zones.hpp"

#include <algorithm>

namespace modcore::text {
namespace {

constexpr std::uint32_t none = 0xFFFFFFFFU;
constexpr std::size_t fence_minimum = 3;

std::uint32_t narrow(std::size_t offset) noexcept { return static_cast<std::uint32_t>(offset); }

std::string_view slice(std::string_view text, Range range) noexcept {
  return text.substr(range.begin, range.end - range.begin);
}

// The line that begins at `begin`, with its end (LF, CRLF or CR).
Range line_at(std::string_view text, std::size_t begin) noexcept {
  std::size_t end = begin;
  while (end < text.size() && text[end] != '\n' && text[end] != '\r') ++end;
  if (end < text.size() && text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n') {
    ++end;
  }
  return {narrow(begin), narrow(std::min(end + 1, text.size()))};
}

bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_blank(std::string_view line) noexcept {
  return std::all_of(line.begin(), line.end(), is_space);
}

std::size_t indent(std::string_view line) noexcept {
  return std::min(line.find_first_not_of(' '), line.size());
}

// Bytes of the quote markers that a line begins with: "> ", ">> ", " > > ". 0 if none.
std::size_t quote_marker(std::string_view line) noexcept {
  std::size_t marker = 0;
  for (;;) {
    const std::size_t spaces = indent(line.substr(marker));
    if (spaces > 3 || marker + spaces >= line.size() || line[marker + spaces] != '>') break;
    marker += spaces + 1;
  }
  if (marker != 0 && marker < line.size() && line[marker] == ' ') ++marker;
  return marker;
}

// The line as a fence; its length is 0 if it is none.
Zones::FenceLine fence_of(std::string_view line) noexcept {
  Zones::FenceLine fence;
  const std::size_t spaces = indent(line);
  if (spaces > 3 || spaces >= line.size()) return fence;
  const char character = line[spaces];
  if (character != '`' && character != '~') return fence;
  const std::size_t end = std::min(line.find_first_not_of(character, spaces), line.size());
  if (end - spaces < fence_minimum) return fence;
  const std::string_view info = line.substr(end);
  fence.length = narrow(end - spaces);
  fence.character = character;
  fence.can_close = is_blank(info);
  fence.can_open = character == '~' || info.find('`') == std::string_view::npos;
  return fence;
}

class ZoneFinder {
 public:
  ZoneFinder(std::string_view body, Zones& out) noexcept : body_(body), out_(out) {}

  void run() {
    collect_fences();
    close_fences('`');
    close_fences('~');
    cut_blocks();
  }

 private:
  void collect_fences() {
    out_.fences.clear();
    for (std::size_t at = 0; at < body_.size();) {
      const Range line = line_at(body_, at);
      Zones::FenceLine fence = fence_of(slice(body_, line));
      if (fence.length != 0) {
        fence.line = line;
        fence.closer = none;
        out_.fences.push_back(fence);
      }
      at = line.end;
    }
  }

  // Gives each fence of one character the next line that can close it: one at
  // least as long. `nearest` holds the candidates behind, the nearest last; a
  // candidate behind a longer or equal one is never the next.
  void close_fences(char character) {
    auto& candidates = out_.nearest;
    candidates.clear();
    for (std::size_t i = out_.fences.size(); i-- > 0;) {
      Zones::FenceLine& fence = out_.fences[i];
      if (fence.character != character) continue;
      const auto long_enough = std::partition_point(
          candidates.rbegin(), candidates.rend(),
          [&](std::uint32_t c) { return out_.fences[c].length < fence.length; });
      if (fence.can_open && long_enough != candidates.rend()) fence.closer = *long_enough;
      if (!fence.can_close) continue;
      while (!candidates.empty() && out_.fences[candidates.back()].length <= fence.length) {
        candidates.pop_back();
      }
      candidates.push_back(narrow(i));
    }
  }

  void cut_blocks() {
    std::size_t next_fence = 0;
    std::size_t own_begin = 0;
    for (std::size_t at = 0; at < body_.size();) {
      const Range line = line_at(body_, at);
      at = line.end;
      if (next_fence < out_.fences.size() && out_.fences[next_fence].line == line) {
        const std::uint32_t closer = out_.fences[next_fence++].closer;
        if (closer == none) continue;
        cut_own({narrow(own_begin), line.begin});
        add(out_.code, {line.end, out_.fences[closer].line.begin});
        own_begin = at = out_.fences[closer].line.end;
        next_fence = closer + 1;
      } else if (const std::size_t marker = quote_marker(slice(body_, line)); marker != 0) {
        cut_own({narrow(own_begin), line.begin});
        add(out_.quote, {line.begin + narrow(marker), line.end});
        own_begin = line.end;
      }
    }
    cut_own({narrow(own_begin), narrow(body_.size())});
  }

  static void add(std::vector<Range>& zone, Range range) {
    if (range.begin < range.end) zone.push_back(range);
  }

  // A stretch of lines that are neither quote nor fence: own but for inline code.
  void cut_own(Range block) {
    collect_runs(block);
    close_runs();
    std::uint32_t begin = block.begin;
    for (std::size_t i = 0; i < out_.runs.size(); ++i) {
      const Zones::BacktickRun& run = out_.runs[i];
      if (run.closer == none) continue;
      const Zones::BacktickRun& closer = out_.runs[run.closer];
      add(out_.own, {begin, run.range.begin});
      add(out_.code, {run.range.end, closer.range.begin});
      begin = closer.range.end;
      i = run.closer;
    }
    add(out_.own, {begin, block.end});
  }

  void collect_runs(Range block) {
    out_.runs.clear();
    std::uint32_t paragraph = 0;
    bool blank_so_far = false;  // of the line that is being read
    for (std::size_t at = block.begin; at < block.end;) {
      const char c = body_[at];
      if (c == '`') {
        const std::size_t end = std::min<std::size_t>(body_.find_first_not_of('`', at), block.end);
        out_.runs.push_back({{narrow(at), narrow(end)}, paragraph, none});
        at = end;
        blank_so_far = false;
        continue;
      }
      const bool crlf = c == '\r' && at + 1 < block.end && body_[at + 1] == '\n';
      if ((c == '\n' || c == '\r') && !crlf) {
        if (blank_so_far) ++paragraph;
        blank_so_far = true;
      } else if (!is_space(c)) {
        blank_so_far = false;
      }
      ++at;
    }
  }

  // Gives each run the next one of the same length in its paragraph.
  void close_runs() {
    auto& nearest = out_.nearest;  // by length, the run last seen from behind
    nearest.clear();
    for (std::size_t i = out_.runs.size(); i-- > 0;) {
      Zones::BacktickRun& run = out_.runs[i];
      const std::size_t length = run.range.end - run.range.begin;
      if (length >= nearest.size()) nearest.resize(length + 1, none);
      const std::uint32_t next = nearest[length];
      if (next != none && out_.runs[next].paragraph == run.paragraph) run.closer = next;
      nearest[length] = narrow(i);
    }
  }

  std::string_view body_;
  Zones& out_;
};

}  // namespace

void find_zones(std::string_view body, Zones& out) {
  out.own.clear();
  out.quote.clear();
  out.code.clear();
  const auto has = [&](char c) { return body.find(c) != std::string_view::npos; };
  if (has('`') || has('~') || has('>')) {
    ZoneFinder(body, out).run();
  } else if (!body.empty()) {
    out.own.push_back({0, narrow(body.size())});
  }
}

}  // namespace modcore::text
