#include "exit_code.hpp"

namespace cachify::cli {

ExitCode exitCodeOf(const Error& error) {
  switch (error.code) {
    case ErrorCode::validationError:
      return ExitCode::usage;
    case ErrorCode::notFound:
      return ExitCode::notFound;
    case ErrorCode::unauthorized:
      return error.detail("policy") == nullptr ? ExitCode::failed : ExitCode::blocked;
    case ErrorCode::timeout:
    case ErrorCode::connectionFailed:
      return ExitCode::unreachable;
    case ErrorCode::conflict:
      return ExitCode::conflict;
    case ErrorCode::cancelled:
      return ExitCode::interrupted;
    case ErrorCode::notSupported:
      return ExitCode::failed;
    case ErrorCode::internalError:
      return error.detail("damaged") == nullptr ? ExitCode::failed : ExitCode::verificationFailed;
  }
  return ExitCode::failed;
}

}  // namespace cachify::cli
