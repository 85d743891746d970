#include "cli/command.hpp"

int main(int argc, char** argv) { return modcore::cli::run_command(argc, argv); }
