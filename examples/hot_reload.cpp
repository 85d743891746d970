// New rules without a restart: a Scanner on an EngineSlot takes the engine that
// is in force before each post, and a broken file leaves the last good one.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include <modcore/modcore.hpp>

namespace {

const std::string path =
    (std::filesystem::temp_directory_path() / "modcore-hot-reload.rules.yaml").string();

void write_rules(const std::string& phrase, const std::string& verdict) {
  std::ofstream(path) << "modcore: 1\ncategory: spam\nrules:\n  - id: spam.phrase\n    phrases: ["
                      << phrase << "]\n    verdict: " << verdict << '\n';
}

}  // namespace

int main() {
  write_rules("online casino", "hide");
  const modcore::CompileResult first = modcore::compile_files({path});
  if (!first) {
    std::cerr << modcore::render(first.diagnostics);
    return 1;
  }
  modcore::EngineSlot slot(*first.engine);
  modcore::Scanner scanner(slot);
  const auto judge = [&](const char* when) {
    const modcore::Decision decision = scanner.scan({.body = "free bitcoin at my online casino"});
    std::cout << when << ": " << modcore::to_string(decision.verdict) << '\n';
  };
  judge("first rules");

  write_rules("free bitcoin", "escalate");
  std::cout << "reloaded: " << (slot.reload({path}) ? "yes" : "no") << '\n';
  judge("second rules");

  write_rules("free bitcoin", "hied");
  const modcore::CompileResult broken = slot.reload({path});
  std::cout << "reloaded: " << (broken ? "yes" : "no, " + broken.diagnostics.front().message) << '\n';
  judge("still the second rules");

  std::filesystem::remove(path);
}
