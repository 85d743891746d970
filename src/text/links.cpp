#include "text/links.hpp"

#include <algorithm>

#include "text/hosts.hpp"
#include "text/link_finder.hpp"

namespace modcore::text {
namespace {

bool overlap(Range a, Range b) noexcept {
  return a.begin < b.end && b.begin < a.end;
}

// Whether the scheme or the host of a link in the plain text was disguised so.
bool was_disguised(const Link& link, const std::string& plain, const std::vector<Edit>& edits,
                   Disguise kind) noexcept {
  const auto end = link.path.empty() ? link.range.end
                                     : static_cast<std::uint32_t>(link.path.data() - plain.data());
  auto edit = std::partition_point(edits.begin(), edits.end(),
                                   [&](const Edit& e) { return e.plain.end <= link.range.begin; });
  for (; edit != edits.end() && edit->plain.begin < end; ++edit) {
    if (edit->kind == kind) return true;
  }
  return false;
}

}  // namespace

void Links::clear() noexcept {
  links_.clear();
  hosts_used_ = 0;
}

std::string_view Links::host(std::string_view written) {
  if (hosts_used_ == hosts_.size()) hosts_.emplace_back();
  std::string& host = hosts_[hosts_used_];
  host.clear();
  if (!append_host(written, host)) return {};
  ++hosts_used_;
  return host;
}

// Adds the links that stand there once the text is plain, behind those that
// stand there anyway.
void Links::add_disguised(std::string_view text, Disguise kind) {
  undisguise(text, kind, plain_, edits_);
  if (edits_.empty()) return;
  const std::size_t known = links_.size();
  find_plain_links(plain_, *this);
  std::size_t kept = known;
  std::size_t near = 0;  // the first known link that may overlap
  for (std::size_t i = known; i < links_.size(); ++i) {
    Link link = links_[i];
    if (!was_disguised(link, plain_, edits_, kind)) continue;
    link.range = original_range(edits_, link.range);
    link.disguised = true;
    link.doubtful |= kind == Disguise::spelled;
    while (near < known && links_[near].range.end <= link.range.begin) ++near;
    bool same_host = false;
    for (std::size_t other = near; other < known && overlap(links_[other].range, link.range);
         ++other) {
      same_host |= links_[other].host == link.host;
      link.doubtful = true;  // its characters are counted already
    }
    if (!same_host) links_[kept++] = link;
  }
  links_.resize(kept);
  if (kept == known) return;
  std::sort(links_.begin(), links_.end(), [](const Link& a, const Link& b) {
    return a.range.begin != b.range.begin ? a.range.begin < b.range.begin
                                          : a.range.end < b.range.end;
  });
}

void find_links(std::string_view text, Links& out) {
  out.clear();
  find_plain_links(text, out);
  if (may_be_disguised(text)) out.add_disguised(text, Disguise::marked);
}

void find_spelled_links(std::string_view text, Links& out) {
  out.clear();
  if (may_be_disguised(text) || may_be_spelled(text)) out.add_disguised(text, Disguise::spelled);
}

}  // namespace modcore::text
