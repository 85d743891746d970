// Comments that allow findings. A rule that hides and has no tests is M501.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <modcore/modcore.hpp>

using namespace modcore;

namespace {

const std::string head = "modcore: 1\ncategory: spam\nrules:\n";

CheckReport check_text(const std::string& text) {
  const std::vector<Source> sources{{"our.rules.yaml", text}};
  return check_rules(sources);
}

// "M501 allowed", "M907": the ids of the findings in their order.
std::string ids_of(const CheckReport& report) {
  std::string ids;
  for (const Diagnostic& d : report.diagnostics) {
    ids += (ids.empty() ? "" : ", ") + d.id + (d.suppressed ? " allowed" : "");
  }
  return ids;
}

std::string found(const std::string& text) { return ids_of(check_text(text)); }

TEST_CASE("a finding is there without a comment") {
  CHECK(found(head + "  - id: a\n    words: [casino]\n    verdict: hide\n") == "M501");
}

TEST_CASE("a comment above the rule, on its line or above its key allows what it covers") {
  CHECK(found(head + "  # modcore: allow M501 reason=\"a trial\"\n  - id: a\n    words: [casino]\n    verdict: hide\n") ==
        "M501 allowed");
  CHECK(found(head + "  - id: a  # modcore: allow M501 reason=\"a trial\"\n    words: [casino]\n    verdict: hide\n") ==
        "M501 allowed");
  CHECK(found(head + "  - id: a\n    tests: {match: [casino]}\n"
                     "    # modcore: allow M306 reason='both spellings are known'\n"
                     "    words: [casino, Casino]\n") == "M306 allowed");
  CHECK(found(head + "  - id: a\n    tests: {match: [casino]}\n"
                     "    words:\n"
                     "    - casino\n"
                     "    - Casino # modcore: allow duplicate-item reason=\"so it was asked\"\n") ==
        "M306 allowed");
}

TEST_CASE("a comment does not cover what stands beside it") {
  const std::string other = "  - id: b\n    words: [poker]\n    verdict: hide\n";
  CHECK(found(head + "  # modcore: allow M501 reason=\"a trial\"\n  - id: a\n    words: [casino]\n    verdict: hide\n" +
              other) == "M501 allowed, M501");
  CHECK(found(head + "  - id: a\n    # modcore: allow M501 reason=\"a trial\"\n    words: [casino]\n    verdict: hide\n") ==
        "M501, M907");
}

TEST_CASE("a comment above everything covers the file") {
  CHECK(found("# modcore: allow M501 reason=\"examples\"\n" + head +
              "  - id: a\n    words: [casino]\n    verdict: hide\n  - id: b\n    words: [poker]\n    verdict: hide\n") ==
        "M501 allowed, M501 allowed");
}

TEST_CASE("what is allowed keeps its justification and does not count") {
  const CheckReport report = check_text(
      head + "  # modcore: allow M501 reason=\"a trial\"\n  - id: a\n    words: [casino]\n    verdict: hide\n");
  REQUIRE(report.diagnostics.size() == 1);
  CHECK(report.diagnostics[0].justification == "a trial");
  CHECK(report.count(Severity::info) == 0);
  CHECK(render(report.diagnostics).empty());
  const std::string json = to_json(report.diagnostics);
  CHECK(json.find(R"("suppressed":{"justification":"a trial"})") != std::string::npos);
  CHECK(json.find(R"("warning":0)") != std::string::npos);
}

TEST_CASE("compiling leaves out what is allowed") {
  const std::vector<Source> sources{
      {"our.rules.yaml",
       head + "  # modcore: allow M501 reason=\"a trial\"\n  - id: a\n    words: [casino]\n    verdict: hide\n"}};
  CHECK(compile(sources).diagnostics.empty());
}

TEST_CASE("several ids stand in one comment, and the unused one can be taken out") {
  const std::string text =
      head + "  # modcore: allow M501, M306 reason=\"a trial\"\n  - id: a\n    words: [casino]\n    verdict: hide\n";
  CHECK(found(text) == "M907, M501 allowed");
  const CheckReport report = check_text(text);
  REQUIRE(report.diagnostics[0].fixes.size() == 1);
  const Fix& fix = report.diagnostics[0].fixes[0];
  std::string mended = text;
  mended.replace(fix.where.begin, fix.where.end - fix.where.begin, fix.replacement);
  CHECK(mended.find("# modcore: allow M501 reason=") != std::string::npos);
  CHECK(found(mended) == "M501 allowed");
}

TEST_CASE("an unused comment is reported with its removal") {
  const std::string rule = "  - id: a\n    words: [casino]\n    tests: {match: [casino]}\n";
  for (const std::string& text :
       {head + "  # modcore: allow M306 reason=\"x\"\n" + rule,
        head + "  - id: a # modcore: allow M306 reason=\"x\"\n    words: [casino]\n"
               "    tests: {match: [casino]}\n"}) {
    const CheckReport report = check_text(text);
    REQUIRE(report.diagnostics.size() == 1);
    CHECK(report.diagnostics[0].id == "M907");
    const Fix& fix = report.diagnostics[0].fixes.at(0);
    std::string mended = text;
    mended.replace(fix.where.begin, fix.where.end - fix.where.begin, fix.replacement);
    CHECK(mended == head + rule);
  }
}

TEST_CASE("a comment needs a reason, a known id, and no error") {
  const std::string rule = "  - id: a\n    words: [casino]\n    verdict: hide\n";
  CHECK(found(head + "  # modcore: allow M501\n" + rule) == "M908, M501");
  CHECK(found(head + "  # modcore: allow M501 reason=\"\"\n" + rule) == "M908, M501");
  CHECK(found(head + "  # modcore: allow M501 reason=unquoted\n" + rule) == "M908, M501");
  CHECK(found(head + "  # modcore: allow M501, M999 reason=\"x\"\n" + rule) ==
        "M909, M501 allowed");
  CHECK(found(head + "  # modcore: allow M501, M301 reason=\"x\"\n" + rule) ==
        "M912, M501 allowed");
  CHECK(found(head + "  # modcore: ignore M501\n" + rule) == "M911, M501");
  CHECK(found(head + "  # modcore: allow\n" + rule) == "M911, M501");
  CHECK(found(head + "  # see modcore: it is a library\n  # modcore: version one\n" + rule) ==
        "M501");
}

TEST_CASE("a comment in a text is none") {
  CHECK(found(head + "  - id: a\n    words: [casino]\n    title: |\n"
                     "      # modcore: allow M501 reason=\"x\"\n    tests: {match: [casino]}\n")
            .empty());
  CHECK(found(head + "  - id: a\n    words: [casino]\n    verdict: hide\n"
                     "    title: \"a # modcore: allow M306 reason='x'\"\n"
                     "    tests: {match: [casino], no_match: [roses]}\n")
            .empty());
}

TEST_CASE("a comment in a list file covers the item below it") {
  const std::string rules =
      "modcore: 1\ncategory: spam\nlists: {names: {kind: words, file: names.txt}}\nrules:\n"
      "  - id: a\n    patterns: {p: {list: names}}\n    tests: {match: [casino]}\n";
  const auto ids = [&](const std::string& list) {
    const std::vector<Source> sources{{"our.rules.yaml", rules}, {"names.txt", list}};
    return ids_of(check_rules(sources));
  };
  CHECK(ids("Casino\ncasino\n") == "M306");
  CHECK(ids("casino\n# modcore: allow M306 reason=\"x\"\nCasino\n") == "M306 allowed");
  CHECK(ids("Casino\n# modcore: allow M306 reason=\"x\"\nalpaca\ncasino\n") == "M907, M306");
}

TEST_CASE("an error of the rules leaves comments alone that may yet be needed") {
  CHECK(found(head + "  # modcore: allow M306 reason=\"x\"\n  - id: a\n    words: [casino]\n    verdict: hide\n"
                     "    nonsense: 1\n    tests: {match: [casino]}\n") == "M002");
}

}  // namespace
