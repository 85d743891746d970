#include "text/misleading_links.hpp"

#include <algorithm>
#include <string>

#include "support/utf8.hpp"
#include "text/anchors.hpp"
#include "text/hosts.hpp"
#include "text/links.hpp"
#include "text/markup.hpp"

namespace modcore::text {
namespace {

// What a reader sees of formatted text, as far as it matters to links.
std::string plain_text(std::string_view formatted) {
  std::string plain;
  for (std::size_t at = 0; at < formatted.size();) {
    const char c = formatted[at];
    if (const Tag tag = tag_at(formatted, at); tag.length != 0) {
      if (tag.breaks) plain += '\n';
      at += tag.length;
    } else if (const Entity entity = entity_at(formatted, at); entity.length != 0) {
      utf8::append(plain, entity.code_point);
      at += entity.length;
    } else {
      if (c != '*' && c != '`' && c != '\\') plain += c;
      ++at;
    }
  }
  return plain;
}

// "//evil.example" has the scheme of the page that it stands on.
std::string absolute(std::string_view target) {
  std::string plain = plain_text(target);
  plain.erase(0, plain.find_first_not_of(" \t\r\n"));
  return plain.starts_with("//") ? "https:" + plain : plain;
}

class Judge {
 public:
  bool misleads(const Anchor& anchor) {
    target_text_ = absolute(anchor.target);
    find_links(target_text_, target_);
    if (target_.empty() || target_[0].range.begin != 0) return false;
    const std::string_view leads_to = registrable_domain(target_[0].host);
    shown_text_ = plain_text(anchor.shown);
    find_links(shown_text_, shown_);
    return std::any_of(shown_.begin(), shown_.end(), [&](const Link& link) {
      return !link.doubtful && registrable_domain(link.host) != leads_to;
    });
  }

 private:
  std::string target_text_, shown_text_;
  Links target_, shown_;
};

}  // namespace

void find_misleading_links(std::string_view text, std::vector<Range>& out) {
  out.clear();
  const std::vector<Anchor> anchors = find_anchors(text);
  if (anchors.empty()) return;
  Judge judge;
  for (const Anchor& anchor : anchors) {
    if (judge.misleads(anchor)) out.push_back(anchor.range);
  }
}

}  // namespace modcore::text
