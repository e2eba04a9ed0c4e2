#pragma once
// Looks at the servers of all connections that some process of the data directory keeps open, without anybody
// asking, and records what it sees as sample.* of source `engine`. A chore of the Duty: one process samples,
// for all, through sessions of its own where another one keeps the connection open.

#include <map>
#include <set>
#include <stop_token>
#include <vector>

#include "actions/connection_watch.hpp"
#include "actions/observe/server_reading.hpp"

namespace cachify::actions {

/// Lives on the network thread.
class EngineSamples {
 public:
  static constexpr std::chrono::seconds kPeriod{10};

  EngineSamples(const Context& context, ControlState& state, SessionPool& sessions, ConnectionWatch& watch)
      : context_(context), state_(state), sessions_(sessions), watch_(watch) {}

  /// One sample.health for each connection that is open. One that does not answer gives none: its loss is the
  /// watch's to tell. INTERNAL_ERROR where the log cannot be read or written.
  [[nodiscard]] Task<void> health(std::stop_token stop);
  /// One sample.slowlog for each entry of a server's slow log that has none yet, whoever recorded those. A
  /// server that has no such log, or shows it to others only, is passed over.
  [[nodiscard]] Task<void> slowLogs(std::stop_token stop);

 private:
  struct Subject {
    domain::ConnectionProfile profile;
    Use use = Use::interactive;
  };

  Task<std::vector<Subject>> open();
  Task<void> sampleOne(Subject subject, std::stop_token stop);
  Task<ServerReading> read(Subject subject, CallContext context);
  Task<void> takeSlowLog(Subject subject, std::stop_token stop);
  Task<void> record(std::vector<log::FrameDraft> frames, std::vector<log::StreamCondition> conditions);

  const Context& context_;
  ControlState& state_;
  SessionPool& sessions_;
  ConnectionWatch& watch_;
  std::map<ConnectionId, ServerReading> before_;
  void sayUnable(const Subject& subject, const Error& error);

  std::set<ConnectionId> unable_;  ///< of those elsewhere: told already that this process cannot look at it
  std::set<ConnectionId> elsewhere_;  ///< looked at the last time because another process keeps them open
};

}  // namespace cachify::actions
