#pragma once
// What every act works with. Made once by the composition root (engine/studio), outlives all acts.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/thread_pool.hpp>
#include <filesystem>
#include <string>

#include "core/clock.hpp"
#include "core/uuid.hpp"
#include "log/frame.hpp"

namespace cachify::log {
class EventLog;
}
namespace cachify::secrets {
class SecretStore;
}
namespace cachify::views {
class ReadModels;
}

namespace cachify::actions {

class AlertSettings;

struct Context {
  log::EventLog& log;
  views::ReadModels& views;
  secrets::SecretStore& secrets;
  AlertSettings& alerts;
  const Clock& clock;
  boost::asio::any_io_executor net;    ///< where all coroutines and cache sessions run: one thread
  boost::asio::thread_pool& blocking;  ///< for D-Bus, key derivation and SQLite
  log::Actor actor;
  SessionId session;  ///< of this process; names its streams and its lock
  std::filesystem::path dataDirectory;
};

/// Streams of one process: only it appends to them while it lives.
[[nodiscard]] std::string operationsStream(SessionId session);
[[nodiscard]] std::string mutationsStream(SessionId session);

}  // namespace cachify::actions
