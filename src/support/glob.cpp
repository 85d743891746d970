#include "support/glob.hpp"

namespace modcore {
namespace {

// `path` may go on below what the pattern names. The only repetition is tried from the
// shortest on, so a pattern of many stars stays cheap on paths of a usual length.
bool matches(std::string_view pattern, std::string_view path) {
  if (pattern.empty()) return path.empty() || path.front() == '/';
  if (pattern.starts_with("**")) {
    std::string_view rest = pattern.substr(2);
    if (rest.starts_with('/') && matches(rest.substr(1), path)) return true;
    for (std::size_t i = 0; i <= path.size(); ++i) {
      if (matches(rest, path.substr(i))) return true;
    }
    return false;
  }
  if (pattern.front() == '*') {
    for (std::size_t i = 0;; ++i) {
      if (matches(pattern.substr(1), path.substr(i))) return true;
      if (i == path.size() || path[i] == '/') return false;
    }
  }
  if (path.empty()) return false;
  const bool same = pattern.front() == path.front() || (pattern.front() == '?' && path.front() != '/');
  return same && matches(pattern.substr(1), path.substr(1));
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view path) {
  if (pattern.ends_with('/')) pattern.remove_suffix(1);
  if (pattern.starts_with("./")) pattern.remove_prefix(2);
  if (pattern.empty()) return false;
  if (pattern.find('/') != std::string_view::npos) return matches(pattern, path);
  for (std::size_t begin = 0;;) {
    if (matches(pattern, path.substr(begin))) return true;
    const std::size_t slash = path.find('/', begin);
    if (slash == std::string_view::npos) return false;
    begin = slash + 1;
  }
}

}  // namespace modcore
