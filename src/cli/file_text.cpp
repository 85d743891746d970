#include "cli/file_text.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/failure.hpp"
#include "cli/terminal.hpp"

namespace modcore::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_file = std::size_t{8} << 20U;

[[noreturn]] void fail(std::string_view doing, const std::string& path, std::string_view why) {
  throw Failure(ExitCode::usage, fmt::format("cannot {} `{}`: {}", doing, printable(path), why));
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

std::string read_bytes(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) fail("read", path, "it is a folder");
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) fail("read", path, std::strerror(errno));
  std::string bytes;
  std::array<char, 65536> chunk;
  while (const std::size_t count = std::fread(chunk.data(), 1, chunk.size(), file.get())) bytes.append(chunk.data(), count);
  if (std::ferror(file.get()) != 0) fail("read", path, "reading failed");
  return bytes;
}

std::string read_file(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) fail("read", path, "no such file");
  if (!fs::is_regular_file(status)) fail("read", path, "it is not a regular file");
  if (fs::file_size(path, error) > largest_file) fail("read", path, "it is larger than 8 MiB");
  return read_bytes(path);
}

void replace_file(const std::string& path, std::string_view text) {
  std::error_code error;
  const fs::path target = fs::canonical(path, error);
  if (error) fail("write", path, error.message());
  // rename() would ask the folder, not the file.
  if (::access(target.c_str(), W_OK) != 0) fail("write", path, std::strerror(errno));
  std::string beside = (target.parent_path() / (".modcore-XXXXXX")).string();
  const int descriptor = ::mkstemp(beside.data());
  if (descriptor < 0) fail("write", path, std::strerror(errno));
  struct ::stat status {};
  const bool written = ::stat(target.c_str(), &status) == 0 &&
                       ::fchmod(descriptor, status.st_mode & 07777U) == 0 &&
                       write_all(descriptor, text) && ::fsync(descriptor) == 0;
  const int problem = errno;
  ::close(descriptor);
  if (!written || ::rename(beside.c_str(), target.c_str()) != 0) {
    const int why = written ? errno : problem;
    ::unlink(beside.c_str());
    fail("write", path, std::strerror(why));
  }
}

void create_file(const std::string& path, std::string_view text) {
  std::error_code error;
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty()) fs::create_directories(folder, error);
  if (error) fail("create", path, error.message());
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor < 0) fail("create", path, std::strerror(errno));
  const bool written = write_all(descriptor, text);
  const int problem = errno;
  ::close(descriptor);
  if (!written) fail("create", path, std::strerror(problem));
}

}  // namespace modcore::cli
