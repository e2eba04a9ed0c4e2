#pragma once
// What the Gate decides on, folded from the log's own streams and never read from SQLite: the profiles there
// are.

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "domain/profile.hpp"
#include "log/event_reader.hpp"

namespace cachify::actions {

/// Thread-safe. Each query first brings the state up to the head of the log, which costs one integer
/// comparison when nothing was committed since.
class ControlState {
 public:
  explicit ControlState(const log::EventReader& reader) : reader_(reader) {}

  struct Known {
    domain::ConnectionProfile profile;
    /// Version of the stream `connections` this was read at: the condition for acting on it.
    std::uint64_t streamVersion = 0;
  };

  /// NOT_FOUND unless there is a profile with this id.
  [[nodiscard]] Result<Known> profile(ConnectionId id);
  /// By id, or by name ignoring case. NOT_FOUND otherwise.
  [[nodiscard]] Result<Known> find(std::string_view nameOrId);

  struct All {
    std::vector<domain::ConnectionProfile> profiles;  ///< by name
    std::uint64_t streamVersion = 0;
  };
  [[nodiscard]] Result<All> all();

 private:
  Result<void> refresh();
  Result<void> fold(const log::Frame& frame);

  const log::EventReader& reader_;
  std::mutex mutex_;
  std::map<ConnectionId, domain::ConnectionProfile> profiles_;
  std::uint64_t version_ = 0;
  std::uint64_t seenTransaction_ = 0;
  bool everRead_ = false;
};

}  // namespace cachify::actions
