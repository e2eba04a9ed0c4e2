#pragma once
// Which plugins may be loaded, folded from the log's own stream `plugins` and decided on at its head; and
// where their faults are recorded.

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "actions/context.hpp"
#include "log/event_log.hpp"
#include "plugin_host/trust.hpp"

namespace cachify::actions {

/// Thread-safe.
class PluginTrust final : public plugin_host::TrustLedger {
 public:
  explicit PluginTrust(const Context& context) : context_(context) {}

  [[nodiscard]] Result<plugin_host::TrustRecord> record(const std::string& pluginId,
                                                        const Digest& digest) override;
  /// Appends plugin.faulted and an alert, durably, without waiting for the disk. Counts at once.
  void faulted(const plugin_host::FaultReport& report) override;
  /// Appends plugin.recovered where there was a fault before.
  void worked(const std::string& pluginId, const Digest& digest) override;

  /// Whether anything was ever recorded of this id, and at which version of the stream that was read: the
  /// condition for acting on it.
  struct Known {
    bool isKnown = false;
    std::uint64_t streamVersion = 0;
  };
  [[nodiscard]] Result<Known> known(const std::string& pluginId);

 private:
  struct Plugin {
    std::optional<Digest> trusted;
    bool isRevoked = false;
    std::map<Digest, std::uint32_t> faults;  ///< in a row
  };

  struct Pending {
    Uuid event;
    Digest digest;
    bool isFault;  ///< else a recovery
  };

  Result<void> refresh();
  Result<void> fold(const log::Frame& frame);
  void settle(const Uuid& event);
  /// Remembers it until it is in the stream, and appends it.
  void hand(const Pending& pending, log::AppendRequest request);
  Result<void> foldOne(const log::Frame& frame, std::size_t index);

  const Context& context_;
  std::mutex mutex_;
  std::map<std::string, Plugin> plugins_;
  /// What was handed to the log and is not in the stream yet, in order.
  std::vector<Pending> pending_;
  std::uint64_t version_ = 0;
};

}  // namespace cachify::actions
