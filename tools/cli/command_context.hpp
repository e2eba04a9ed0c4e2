#pragma once
// What a command works with: the engine, opened when it is first needed, the output, and Ctrl-C.

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "output/output.hpp"
#include "studio/engine.hpp"

namespace cachify::cli {

/// One per process, used from the main thread.
class CommandContext {
 public:
  CommandContext(std::filesystem::path dataDirectory, Output& output, std::stop_token stop);

  [[nodiscard]] Output& output() { return output_; }
  [[nodiscard]] std::stop_token stop() const { return stop_; }
  [[nodiscard]] const std::filesystem::path& dataDirectory() const { return dataDirectory_; }

  /// Opens it at the first call. Never null. What `logToRead` gave before is gone then.
  [[nodiscard]] Result<studio::Engine*> engine();
  /// The log for reading alone: needs neither secret store nor disk space, and leaves no trace. Made with the
  /// engine where there is none yet.
  [[nodiscard]] Result<const log::EventLog*> logToRead();
  /// The profile that a command line names, by name or id.
  [[nodiscard]] Result<domain::ConnectionProfile> profile(const std::string& nameOrId);

  /// What this process raised goes to the publishers, if nobody else sees to that; for two seconds at most.
  /// What is left then is delivered by whoever comes next.
  void deliverOwnAlerts();

  /// CANCELLED once Ctrl-C was pressed, or when nobody reads our output any more.
  [[nodiscard]] Result<void> goOn() const;

 private:
  std::filesystem::path dataDirectory_;
  Output& output_;
  std::stop_token stop_;
  std::unique_ptr<log::EventLog> log_;
  std::unique_ptr<studio::Engine> engine_;
};

/// Of the read models.
template <class T>
[[nodiscard]] Result<T> queryViews(CommandContext& context, const std::function<Result<T>(sqlite3&)>& ask) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  return (*engine)->query(ask);
}

}  // namespace cachify::cli
