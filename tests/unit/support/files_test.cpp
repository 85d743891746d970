#include "support/files.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include <unistd.h>

namespace {

using namespace modcore;

TEST_CASE("a file is read as it was written, and others are refused with a reason") {
  const std::string path =
      (std::filesystem::temp_directory_path() / ("modcore-files-" + std::to_string(::getpid()))).string();
  const std::string bytes("a\0b\xff\n", 5);
  CHECK(files::replace(path, bytes) == "");
  CHECK(files::replace(path, bytes) == "");
  CHECK(files::read(path, 5).bytes == bytes);
  CHECK(files::read(path, 4).problem == "it is too big");
  CHECK(files::replace(path, "") == "");
  CHECK(files::read(path, 0).bytes == "");
  std::remove(path.c_str());
  CHECK(files::read(path, 5).problem == "No such file or directory");
  CHECK(files::read("/", 5).problem == "it is not a file");
  CHECK(files::read("/dev/zero", 5).problem == "it is not a file");
}

}  // namespace
