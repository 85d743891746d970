// The modcore command as a function, for whoever brings another main().
#pragma once

namespace modcore::cli {

// Runs the command and returns its exit status. Opens what is closed of the
// standard streams and ignores SIGPIPE. argv ends with a null pointer.
int run_command(int argc, char** argv);

}  // namespace modcore::cli
