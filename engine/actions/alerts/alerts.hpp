#pragma once
// Alerts as a person deals with them: seen or not. Which there are is asked of the read models
// (views/alert_events.hpp).

#include <optional>
#include <string>
#include <vector>

#include "actions/async.hpp"
#include "actions/recorder.hpp"

namespace cachify::actions {

/// Lives on the network thread.
class Alerts {
 public:
  Alerts(const Context& context, const Recorder& recorder) : context_(context), recorder_(recorder) {}

  /// NOT_FOUND, and nothing is marked, if one of them is not the id of a group. Answers how many were unread.
  [[nodiscard]] Task<std::uint64_t> markRead(std::vector<Uuid> alerts);
  /// All there are by now.
  [[nodiscard]] Task<std::uint64_t> markAllRead();
  /// What a check of the log found: `problems` of them, the first in words. Durable, with an alert that is
  /// critical.
  [[nodiscard]] Task<void> reportDamage(std::uint64_t problems, std::string first);

 private:
  Task<void> appendRead(std::vector<Uuid> alerts, std::uint64_t upTo);

  const Context& context_;
  const Recorder& recorder_;
};

}  // namespace cachify::actions
