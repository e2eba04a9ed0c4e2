#pragma once
// A session bus of the test's own, and on it something that takes desktop notifications and remembers them.

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "support/child_process.hpp"

struct sd_bus;
struct sd_bus_message;

namespace cachify::test {

struct ShownNotification {
  std::string application;
  std::string summary;
  std::string body;
  int urgency = -1;
};

class NotificationDaemon {
 public:
  /// Throws std::runtime_error when it does not come up. Without `isListening` there is the bus alone.
  explicit NotificationDaemon(bool isListening = true);
  ~NotificationDaemon();
  NotificationDaemon(const NotificationDaemon&) = delete;
  NotificationDaemon& operator=(const NotificationDaemon&) = delete;

  [[nodiscard]] std::string busAddress() const { return "unix:path=" + (directory_ / "bus"); }
  [[nodiscard]] std::vector<ShownNotification> shown() const;
  void remember(ShownNotification notification);

 private:
  void connect();
  void run();

  TemporaryDirectory directory_;
  std::optional<ChildProcess> busProcess_;
  sd_bus* bus_ = nullptr;
  std::atomic<bool> stop_ = false;
  mutable std::mutex mutex_;
  std::vector<ShownNotification> shown_;
  std::thread thread_;
};

}  // namespace cachify::test
