// Links in running text: where they stand and where they lead.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "text/range.hpp"
#include "text/undisguise.hpp"

namespace modcore::text {

struct Link {
  Range range;             // as written, without trailing punctuation
  std::string_view host;   // normalised
  std::string_view path;   // from "/" on, percent-encoding and letter case as written; may be empty
  bool disguised = false;  // so that only a person can follow it: "hxxp://", "a[.]example"
  // Perhaps something else: "readme.md", "her.love", "a dot com". Found where a rule
  // names the domain, but not counted.
  bool doubtful = false;
};

// The links of one text, in the order of the text. Those that are not doubtful do
// not overlap. Keeps its memory from text to text.
class Links {
 public:
  Links() = default;
  Links(const Links&) = delete;  // links are views into it
  Links& operator=(const Links&) = delete;

  [[nodiscard]] auto begin() const noexcept { return links_.begin(); }
  [[nodiscard]] auto end() const noexcept { return links_.end(); }
  [[nodiscard]] std::size_t size() const noexcept { return links_.size(); }
  [[nodiscard]] bool empty() const noexcept { return links_.empty(); }
  [[nodiscard]] const Link& operator[](std::size_t index) const noexcept { return links_[index]; }

  void clear() noexcept;
  void add(const Link& link) { links_.push_back(link); }
  void drop_last() noexcept { links_.pop_back(); }

  // Normalises a host; a view that lives as long as the links, empty if it is none.
  [[nodiscard]] std::string_view host(std::string_view written);
  void drop_host() noexcept { --hosts_used_; }  // the last one that was not empty

 private:
  friend void find_links(std::string_view text, Links& out);
  friend void find_spelled_links(std::string_view text, Links& out);
  void add_disguised(std::string_view text, Disguise kind);

  std::vector<Link> links_;
  std::deque<std::string> hosts_;
  std::size_t hosts_used_ = 0;
  std::string plain_;  // the text without its disguises, where paths of disguised links lie
  std::vector<Edit> edits_;
};

// http(s) links, and bare domains below a public suffix; disguised ones too. Not the
// domain of an e-mail address, nor "end.So", where a space is missing between
// sentences. An address that is its own shown text ("[a.com](a.com)") is one link.
// Linear; allocates nothing once the buffers have grown, unless a host needs more
// than lower case. The text must outlive the links.
void find_links(std::string_view text, Links& out);

// Links whose dot is a word: "a dot com", "a point fr", "a kropka pl". All of them
// are disguised and doubtful.
void find_spelled_links(std::string_view text, Links& out);

}  // namespace modcore::text
