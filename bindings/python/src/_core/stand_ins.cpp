// Two symbols of glibc that the archives refer to, as the extension's own.
#include <sys/random.h>

#include <cstdint>
#include <cstdlib>

extern "C" {
// What the standard library reads to spare atomic operations: "there are threads".
// Archives compiled for programs refer to it in a way that no shared object may do to
// another one's.
__attribute__((visibility("hidden"))) char __libc_single_threaded = 0;

// glibc has it from 2.36, and only std::random_device asks for it: without it, the wheel
// runs from 2.34.
__attribute__((visibility("hidden"))) std::uint32_t arc4random() {
  std::uint32_t value = 0;
  if (getrandom(&value, sizeof value, 0) != sizeof value) std::abort();
  return value;
}
}
