#pragma once
// What alerts there shall be and where they go, folded from the log's stream `alerts` and read at its head.

#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "events/alert_setting_events.hpp"
#include "log/event_reader.hpp"

namespace cachify::actions {

/// Thread-safe. Each query first brings the state up to the head of the log.
class AlertSettings {
 public:
  explicit AlertSettings(const log::EventReader& reader) : reader_(reader) {}

  struct Publisher {
    events::PublisherConfigured settings{};
    /// It gets what is raised behind this position: that of the event that switched it on.
    log::Position since = 0;
  };
  struct Rule {
    domain::AlertRule rule{};
    Uuid changedBy{};  ///< the event that made it what it is
  };
  struct All {
    std::map<std::string, Publisher> publishers{};
    std::map<AlertRuleId, Rule> rules{};
    std::set<domain::AlertSource> switchedOff{};
    std::uint64_t streamVersion = 0;
  };

  [[nodiscard]] Result<All> all();
  /// True where the log cannot tell: an alert too many is better than one that is missing.
  [[nodiscard]] bool raises(domain::AlertSource source);

  /// Whether this process has raised any: then it sees to their delivery before it ends.
  [[nodiscard]] bool raisedAny() const { return raisedAny_; }
  void noteRaised() { raisedAny_ = true; }

 private:
  Result<void> refresh();
  Result<void> fold(const log::Frame& frame, std::size_t index);
  void configure(const events::PublisherConfigured& event, log::Position position);

  const log::EventReader& reader_;
  std::mutex mutex_;
  All state_;
  std::atomic<bool> raisedAny_ = false;
  std::uint64_t seenTransaction_ = 0;
  bool everRead_ = false;
};

}  // namespace cachify::actions
