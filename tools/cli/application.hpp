#pragma once
// The program: reads the command line, runs the command, says what went wrong, answers the exit code.

namespace cachify::cli {

[[nodiscard]] int runApplication(int argc, char** argv);

}  // namespace cachify::cli
