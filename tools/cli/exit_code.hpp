#pragma once
// Exit codes: scripts rely on them, so they never change their meaning.

#include "core/result.hpp"

namespace cachify::cli {

enum class ExitCode : int {
  done = 0,
  failed = 1,
  usage = 2,    ///< a wrong command line, or VALIDATION_ERROR
  blocked = 3,  ///< by a policy of the connection
  notFound = 4,
  unreachable = 5,  ///< no connection, or no answer in time
  conflict = 6,
  verificationFailed = 7,  ///< also a log that is damaged where it was read
  interrupted = 130,       ///< as a shell reports SIGINT
};

[[nodiscard]] ExitCode exitCodeOf(const Error& error);

/// What a command answers: an ExitCode other than `done` means that it has said all there is to say.
using Outcome = Result<ExitCode>;

}  // namespace cachify::cli
