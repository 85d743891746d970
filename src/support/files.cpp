#include "support/files.hpp"

#include <atomic>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace modcore::files {
namespace {

std::string reason() { return std::generic_category().message(errno); }

class Descriptor {
 public:
  explicit Descriptor(int number) noexcept : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const noexcept { return number_; }
  [[nodiscard]] bool close() noexcept { return ::close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

bool is_only_ours(const struct stat& about) {
  return about.st_uid == ::geteuid() && (about.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// A new file beside `path`; its name comes back in `name`.
int open_beside(const std::string& path, std::string& name) {
  static std::atomic<unsigned> number = 0;
  constexpr int attempts = 100;
  for (int i = 0; i < attempts; ++i) {
    name = path + "." + std::to_string(::getpid()) + "-" + std::to_string(number++) + ".tmp";
    const int descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0 || errno != EEXIST) return descriptor;
  }
  return -1;
}

// So that the new name survives a crash as well; not every file system can.
void sync_folder(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.get() >= 0) static_cast<void>(::fsync(descriptor.get()));
}

}  // namespace

std::string make_own_folder(const std::string& path) {
  struct stat about {};
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return reason();
  if (::stat(path.c_str(), &about) != 0) return reason();
  if (!S_ISDIR(about.st_mode)) return "it is not a folder";
  if (about.st_uid != ::geteuid()) return "it belongs to another user";
  return is_only_ours(about) ? "" : "others may write to it";
}

ReadFile read(const std::string& path, std::size_t largest) {
  const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat about {};
  if (descriptor.get() < 0 || ::fstat(descriptor.get(), &about) != 0) return {{}, reason(), false};
  if (!S_ISREG(about.st_mode)) return {{}, "it is not a file", false};
  if (static_cast<std::size_t>(about.st_size) > largest) return {{}, "it is too big", false};
  std::string bytes(static_cast<std::size_t>(about.st_size), '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got = ::read(descriptor.get(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return {{}, reason(), false};
    if (got == 0) break;  // somebody shortened it meanwhile
    size += static_cast<std::size_t>(got);
  }
  bytes.resize(size);
  return {std::move(bytes), {}, is_only_ours(about)};
}

std::string replace(const std::string& path, std::string_view bytes) {
  struct stat about {};
  if (::stat(path.c_str(), &about) == 0 && !S_ISREG(about.st_mode)) return "it is not a file";
  std::string temporary;
  Descriptor descriptor(open_beside(path, temporary));
  if (descriptor.get() < 0) return reason();
  const bool done = write_all(descriptor.get(), bytes) && ::fsync(descriptor.get()) == 0 &&
                    descriptor.close() && ::rename(temporary.c_str(), path.c_str()) == 0;
  if (done) {
    sync_folder(path);
    return {};
  }
  std::string problem = reason();
  ::unlink(temporary.c_str());
  return problem;
}

}  // namespace modcore::files
