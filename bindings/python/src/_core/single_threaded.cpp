// glibc's __libc_single_threaded, which the standard library reads to spare atomic
// operations, as the extension's own: "there are threads". Archives compiled for
// programs refer to it in a way that no shared object may do to another one's.
extern "C" {
__attribute__((visibility("hidden"))) char __libc_single_threaded = 0;
}
