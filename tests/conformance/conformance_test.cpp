// Runs the conformance files: rules and a post in, a decision out, by the public
// interface alone. README.md beside it says what each key of `expect` means.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <modcore/modcore.hpp>
#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;

constexpr int number_of_cases = 615;

std::string join_lines(const json& lines) {
  std::string text;
  for (const json& line : lines) {
    text += line.get<std::string>() + "\n";
  }
  return text;
}

std::vector<modcore::Source> sources_of(const json& suite) {
  if (suite.contains("rules")) {
    return {{"test.rules.yaml", join_lines(suite.at("rules"))}};
  }
  std::vector<modcore::Source> sources;
  for (const auto& [name, lines] : suite.at("sources").items()) {
    sources.push_back({name, join_lines(lines)});
  }
  return sources;
}

// Whether `got` has everything that `wanted` names, with an equal value.
bool includes(const json& got, const json& wanted) {
  if (!wanted.is_object()) {
    return got == wanted;
  }
  return std::ranges::all_of(wanted.items(), [&](const auto& entry) {
    return got.contains(entry.key()) && includes(got.at(entry.key()), entry.value());
  });
}

// Each wanted entry has one of its own among those got; none may be left over
// unless `partial`. The empty text says yes.
std::string compare_entries(const std::string& key, const json& got, const json& wanted,
                            bool partial = false) {
  std::vector<json> rest(got.begin(), got.end());
  for (const json& entry : wanted) {
    const auto found =
        std::ranges::find_if(rest, [&](const json& candidate) { return includes(candidate, entry); });
    if (found == rest.end()) {
      return key + ": no entry like " + entry.dump();
    }
    rest.erase(found);
  }
  return rest.empty() || partial ? "" : key + ": not expected " + rest.front().dump();
}

json entries(const json& decision, const char* key) {
  return decision.contains(key) ? decision.at(key) : json::array();
}

json ids_of_fired(const json& decision) {
  json ids = json::array();
  for (const json& rule : entries(decision, "fired")) {
    ids.push_back(rule.at("rule"));
  }
  return ids;
}

bool is_about_a_named_pair(const json& wanted, const json& rule, const json& evidence) {
  return std::ranges::any_of(wanted, [&](const json& entry) {
    return entry.at("rule") == rule.at("rule") && entry.at("pattern") == evidence.at("pattern");
  });
}

json evidence_of_named_pairs(const json& decision, const json& wanted) {
  json found = json::array();
  for (const json& rule : entries(decision, "fired")) {
    for (json evidence : entries(rule, "evidence")) {
      if (is_about_a_named_pair(wanted, rule, evidence)) {
        evidence["rule"] = rule.at("rule");
        found.push_back(std::move(evidence));
      }
    }
  }
  return found;
}

std::string compare_reasons(const modcore::Decision& decision, const json& wanted) {
  for (const auto& [lang, text] : wanted.items()) {
    if (decision.reason(lang) != text.get<std::string>()) {
      return "reason." + lang + ": " + std::string(decision.reason(lang));
    }
  }
  return {};
}

// What differs, or the empty text.
std::string difference(const modcore::Decision& decision, const json& expect) {
  const json got = json::parse(modcore::to_json(decision));
  for (const auto& [key, wanted] : expect.items()) {
    std::string problem;
    if (key == "fired") {
      problem = compare_entries(key, ids_of_fired(got), wanted);
    } else if (key == "evidence") {
      problem = compare_entries(key, evidence_of_named_pairs(got, wanted), wanted);
    } else if (key == "reason") {
      problem = compare_reasons(decision, wanted);
    } else if (key == "limits_some") {
      problem = entries(got, "limits").empty() ? "no limit was reported" : "";
    } else if (wanted.is_array()) {
      problem = compare_entries(key, entries(got, key.c_str()), wanted,
                                expect.value(key + "_partial", false));
    } else if (!key.ends_with("_partial") && got.value(key, json::object()) != wanted) {
      problem = key + ": " + got.value(key, json()).dump();
    }
    if (!problem.empty()) {
      return problem;
    }
  }
  return {};
}

std::vector<std::filesystem::path> files() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(MODCORE_CONFORMANCE_DIR)) {
    if (entry.path().extension() == ".json") {
      paths.push_back(entry.path());
    }
  }
  std::ranges::sort(paths);
  return paths;
}

// The engine out of its own bytes, trusted and not: it must decide the same.
std::vector<modcore::Engine> loaded_again(const modcore::Engine& engine, const std::string& name) {
  std::vector<modcore::Engine> engines;
  const std::string bytes = engine.save();
  for (const bool trusted : {true, false}) {
    modcore::LoadResult loaded = modcore::load_bytes(bytes, {.trusted = trusted});
    REQUIRE_MESSAGE(loaded, name << ": " << loaded.error);
    CHECK_MESSAGE(loaded.rebuilt != trusted, name);
    CHECK_MESSAGE(loaded.engine->fingerprint() == engine.fingerprint(), name);
    CHECK_MESSAGE(loaded.engine->save() == bytes, name << ": saved again, other bytes");
    engines.push_back(*std::move(loaded.engine));
  }
  return engines;
}

void run_loaded(const std::vector<modcore::Engine>& engines, const modcore::Post& post,
                const std::string& decision, const std::string& name) {
  for (const modcore::Engine& engine : engines) {
    modcore::Scanner scanner(engine);
    CHECK_MESSAGE(modcore::to_json(scanner.scan(post)) == decision, name << ": loaded");
  }
}

void run_case(const modcore::Engine& engine, const std::vector<modcore::Engine>& loaded,
              const std::string& name, const json& test) {
  const modcore::PostDocument document = modcore::parse_post(test.at("post").dump(), engine);
  CHECK_MESSAGE(document.error().empty(), name << ": " << document.error());
  modcore::Scanner scanner(engine);
  const modcore::Decision decision = scanner.scan(document.post());
  run_loaded(loaded, document.post(), modcore::to_json(decision), name);
  const std::string problem = difference(decision, test.at("expect"));
  CHECK_MESSAGE(problem.empty(), name << "\n  " << problem << "\n  got "
                                      << modcore::to_json(decision));
}

int run_suite(const std::string& file, const json& suite) {
  const modcore::CompileResult compiled = modcore::compile(sources_of(suite));
  const std::string first = file + ": " + suite.at("cases").at(0).at("name").get<std::string>();
  CHECK_MESSAGE(compiled.engine.has_value(), first << "\n" << modcore::render(compiled.diagnostics));
  if (!compiled.engine) {
    return 0;
  }
  const std::vector<modcore::Engine> loaded = loaded_again(*compiled.engine, first);
  for (const json& test : suite.at("cases")) {
    run_case(*compiled.engine, loaded, file + ": " + test.at("name").get<std::string>(), test);
  }
  return static_cast<int>(suite.at("cases").size());
}

TEST_CASE("every conformance case is decided as it says") {
  int cases = 0;
  for (const std::filesystem::path& path : files()) {
    std::ifstream stream(path);
    const json content = json::parse(stream);
    for (const json& suite : content.at("suites")) {
      cases += run_suite(path.stem().string(), suite);
    }
  }
  CHECK(cases == number_of_cases);
}

}  // namespace
