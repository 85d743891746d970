#include "cli/revision.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <modcore/modcore.hpp>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/failure.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"

extern char** environ;

namespace modcore::cli {
namespace {

namespace fs = std::filesystem;

struct Ran {
  bool started = false;
  bool good = false;
  std::string out;
};

// Runs a program without a shell; its complaints are not shown.
Ran run(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw Failure(ExitCode::usage, fmt::format("cannot run {}: {}", words[0], std::strerror(errno)));
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  pid_t child = 0;
  Ran ran;
  ran.started = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ) == 0;
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  char buffer[4096];
  ssize_t count = 0;
  while (ran.started && ((count = ::read(ends[0], buffer, sizeof buffer)) > 0 || (count < 0 && errno == EINTR))) {
    if (count > 0) ran.out.append(buffer, static_cast<std::size_t>(count));
  }
  ::close(ends[0]);
  int status = 0;
  if (ran.started) ::waitpid(child, &status, 0);
  ran.good = ran.started && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  while (ran.out.ends_with('\n')) ran.out.pop_back();
  return ran;
}

fs::path make_folder() {
  std::string pattern = (fs::temp_directory_path() / "modcore-diff-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw Failure(ExitCode::usage, fmt::format("cannot make a folder for the older rules: {}", std::strerror(errno)));
  }
  return pattern;
}

bool is_shipped(const std::string& name) {
  return std::ranges::count(shipped_packs(), name) > 0;
}

}  // namespace

Versions::~Versions() {
  std::error_code ignored;
  for (const fs::path& folder : folders_) fs::remove_all(folder, ignored);
}

fs::path Versions::extract(const std::string& revision) {
  const fs::path folder = folders_.emplace_back(make_folder());
  const std::string archive = (folder / "archive.tar").string();
  const std::string root = run({"git", "rev-parse", "--show-toplevel"}).out;
  const fs::path files = folder / "files";
  fs::create_directory(files);
  const bool good = run({"git", "-C", root, "archive", "--format=tar", "--output=" + archive, revision}).good &&
                    run({"tar", "-xf", archive, "-C", files.string()}).good;
  if (!good) throw Failure(ExitCode::usage, fmt::format("cannot take the files out of the revision `{}`", printable(revision)));
  fs::remove(archive);
  return files;
}

Version Versions::find(const std::string& name, const std::vector<std::string>& rules) {
  std::error_code error;
  if (fs::exists(name, error) || is_shipped(name)) return {{name}, "", name};
  const std::size_t colon = name.find(':');
  const std::string revision = name.substr(0, colon);
  const bool is_word = !revision.empty() && revision.front() != '-';
  const Ran inside = run({"git", "rev-parse", "--show-prefix"});
  if (!inside.good) {
    throw Failure(ExitCode::usage,
                  fmt::format("`{}` is no path{}", printable(name),
                              inside.started ? ", and the current folder lies in no git repository, so it is no revision either"
                                             : ", and git is not installed, so it cannot be a revision"));
  }
  if (!is_word || !run({"git", "rev-parse", "--verify", "--quiet", revision + "^{tree}"}).good) {
    throw Failure(ExitCode::usage, fmt::format("`{}` is neither a path nor a revision of this git repository", printable(name)));
  }
  const fs::path files = extract(revision);
  Version version{{}, files.string() + "/", revision};
  std::vector<std::string> wanted = rules;
  if (colon != std::string::npos) {
    wanted = {name.substr(colon + 1)};  // from the top of the repository, as git has it
  } else if (wanted.empty() && fs::exists(files / inside.out / "policy.yaml", error)) {
    wanted = {"policy.yaml"};
  }
  for (const std::string& path : wanted) {
    const fs::path there = files / (colon == std::string::npos ? inside.out : "") / path;
    if (fs::exists(there, error)) version.paths.push_back(there.lexically_normal().string());
    else if (is_shipped(path)) version.paths.push_back(path);
    else throw Failure(ExitCode::usage, fmt::format("the revision `{}` holds no `{}`", printable(revision), printable(path)));
  }
  return version;
}

}  // namespace modcore::cli
