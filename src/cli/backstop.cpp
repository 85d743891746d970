#include "cli/backstop.hpp"

#include <cerrno>
#include <csignal>
#include <exception>
#include <new>

#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/failure.hpp"
#include "cli/output.hpp"

namespace modcore::cli {
namespace {

// Until the child has gone, which closes its end of the pipe. False if it has not.
bool wait_for(int pipe, std::chrono::steady_clock::time_point end) {
  using std::chrono::milliseconds;
  while (true) {
    const auto left = std::chrono::duration_cast<milliseconds>(end - std::chrono::steady_clock::now());
    pollfd watched{.fd = pipe, .events = POLLIN, .revents = 0};
    const int ready = ::poll(&watched, 1, static_cast<int>(std::max<milliseconds::rep>(left.count(), 0)));
    if (ready > 0) return true;
    if (ready == 0) return false;
    if (errno != EINTR) return true;
  }
}

int status_of(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

ExitCode run_within(std::chrono::seconds limit, const std::function<ExitCode()>& work) {
  int ends[2] = {-1, -1};
  if (limit.count() <= 0 || ::pipe(ends) != 0) return work();
  const auto end = std::chrono::steady_clock::now() + limit;
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    ::_exit(static_cast<int>(run_caught(work)));
  }
  ::close(ends[1]);
  if (child < 0) {
    ::close(ends[0]);
    return work();
  }
  const bool done = wait_for(ends[0], end);
  ::close(ends[0]);
  if (!done) ::kill(child, SIGKILL);
  const int status = status_of(child);
  if (!done) {
    throw Failure(ExitCode::rules,
                  fmt::format("the rules were not done within {} seconds, so they are refused; "
                              "--max-time sets another limit", limit.count()));
  }
  if (WIFSIGNALED(status)) {
    throw Failure(ExitCode::internal,
                  fmt::format("internal error: signal {} while the rules were checked", WTERMSIG(status)));
  }
  return static_cast<ExitCode>(WEXITSTATUS(status));
}

ExitCode run_caught(const std::function<ExitCode()>& work) {
  try {
    return work();
  } catch (const BrokenPipe&) {
    return ExitCode::ok;
  } catch (const Failure& failure) {
    complain(failure.what());
    return failure.code();
  } catch (const std::bad_alloc&) {
    complain("out of memory");
    return ExitCode::usage;
  } catch (const std::exception& error) {
    complain(fmt::format("internal error: {}", error.what()));
    return ExitCode::internal;
  }
}

}  // namespace modcore::cli
