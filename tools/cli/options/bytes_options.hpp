#pragma once
// Keys and values on a command line: text as it stands, or other forms for what a shell cannot carry.

#include "command.hpp"

namespace cachify::cli {

/// A key that is given as a positional, or with --key-base64 where it is not text.
struct KeyOption {
  OptionalText base64;

  void addTo(Arguments& app, const std::string& option = "--key-base64");
  /// VALIDATION_ERROR unless just one of both was given.
  [[nodiscard]] Result<Bytes> resolve(const OptionalText& positional) const;
};

/// A value: a positional, --value-file, --value-base64 or --value-stdin.
struct ValueOption {
  OptionalText file;
  OptionalText base64;
  bool fromStdin = false;

  void addTo(Arguments& app);
  [[nodiscard]] bool given() const { return file || base64 || fromStdin; }
  /// VALIDATION_ERROR unless just one form was given, and for a file that cannot be read.
  [[nodiscard]] Result<Bytes> resolve(const OptionalText& positional) const;
};

/// Everything up to the end of stdin.
[[nodiscard]] Result<Bytes> readStdin();
/// One secret or URL from stdin: all of it, less one line end.
[[nodiscard]] Result<std::string> readLineOfStdin();

}  // namespace cachify::cli
