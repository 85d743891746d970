// The engine and others that search for many regexes at once, behind one face, so that
// one run measures them in turn.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace bench {

class Peer {
 public:
  virtual ~Peer() = default;
  Peer() = default;
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  // How many of the regexes match. The engine works out a whole decision.
  virtual std::size_t scan(const std::string& post) = 0;

  // Of what it searches with; 0 where it does not tell.
  [[nodiscard]] virtual std::size_t bytes() const { return 0; }

  std::size_t taken = 0;  // regexes; others were refused
};

struct PeerKind {
  std::string name;
  // Too slow for all posts: measured on the first of them.
  std::size_t most_posts = ~std::size_t{0};
  std::size_t most_regexes = ~std::size_t{0};
  std::unique_ptr<Peer> (*make)(const std::vector<std::string>& regexes);
};

// One block database of Hyperscan, caseless: of regexes, without those that it refuses, each
// told once; of literals, every occurrence.
[[nodiscard]] std::unique_ptr<Peer> raw_regexes(const std::vector<std::string>& regexes);
[[nodiscard]] std::unique_ptr<Peer> raw_literals(const std::vector<std::string>& literals);

// The engine first, raw Hyperscan next, then those that the build found.
[[nodiscard]] const std::vector<PeerKind>& peers();

}  // namespace bench
