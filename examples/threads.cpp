// Many threads, one engine: each thread owns a Scanner, nothing else is shared.
#include <atomic>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include <modcore/modcore.hpp>

int main() {
  const modcore::CompileResult compiled = modcore::compile(std::vector<modcore::Source>{
      {"forum.rules.yaml",
       "modcore: 1\ncategory: spam\nrules:\n"
       "  - id: spam.casino\n    phrases: [online casino]\n    verdict: hide\n"}});
  if (!compiled) {
    std::cerr << modcore::render(compiled.diagnostics);
    return 1;
  }

  std::vector<std::string> posts(4000, "My roses bloom.");
  for (std::size_t i = 0; i < posts.size(); i += 10) posts[i] = "Best online casino!";

  std::atomic<std::size_t> next{0};
  std::atomic<int> hidden{0};
  const auto work = [&, engine = *compiled.engine] {
    modcore::Scanner scanner(engine);
    for (std::size_t i = next++; i < posts.size(); i = next++) {
      if (scanner.scan({.body = posts[i]}).hidden) ++hidden;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  std::cout << hidden << " of " << posts.size() << " posts are hidden\n";
}
