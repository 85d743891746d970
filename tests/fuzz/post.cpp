// Any bytes as a post in JSON.
#include "fuzz/engine.hpp"

using namespace modcore;

MODCORE_FUZZ_TARGET(post) {
  static Scanner scanner(fuzz::whole_language());
  const PostDocument document = parse_post(input, fuzz::whole_language());
  fuzz::check(scanner.scan(document.post()), document.post());
}
