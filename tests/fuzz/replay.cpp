// Runs every fuzz target on its seeds and on edits of them, where there is no libFuzzer.
//   fuzz_replay SEEDS     with a folder for each target
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "fuzz/target.hpp"

namespace modcore::fuzz {

std::vector<Named>& targets() {
  static std::vector<Named> all;
  return all;
}

namespace {

namespace fs = std::filesystem;

constexpr std::size_t least_seeds = 5;
constexpr int edits_a_seed = 3;

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string edited(std::string bytes, std::mt19937& random) {
  for (unsigned i = 0; i < 3 && !bytes.empty(); ++i) {
    const std::size_t at = random() % bytes.size();
    switch (random() % 4) {
      case 0: bytes[at] = static_cast<char>(random()); break;
      case 1: bytes.erase(at, random() % 9); break;
      case 2: bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 9)); break;
      default: bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8)); break;
    }
  }
  return bytes;
}

std::size_t replay(const Named& target, const fs::path& folder, std::mt19937& random) {
  std::vector<fs::path> seeds;
  for (const auto& entry : fs::directory_iterator(folder)) seeds.push_back(entry.path());
  std::ranges::sort(seeds);
  for (const fs::path& seed : seeds) {
    const std::string bytes = read(seed);
    target.run(bytes);
    for (int i = 0; i < edits_a_seed; ++i) target.run(edited(bytes, random));
  }
  return seeds.size();
}

int run(const fs::path& folder) {
  const char* given = std::getenv("MODCORE_TEST_SEED");
  const unsigned seed = given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10))
                                         : std::random_device()();
  std::printf("seed %u (MODCORE_TEST_SEED)\n", seed);
  std::fflush(stdout);
  std::mt19937 random(seed);
  bool good = targets().size() == 9;
  for (const Named& target : targets()) {
    const std::size_t seeds = replay(target, folder / target.name, random);
    std::printf("%.*s: %zu seeds\n", static_cast<int>(target.name.size()), target.name.data(), seeds);
    std::fflush(stdout);
    good = good && seeds >= least_seeds;
  }
  return good ? 0 : 1;
}

}  // namespace

}  // namespace modcore::fuzz

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  return modcore::fuzz::run(argv[1]);
}
