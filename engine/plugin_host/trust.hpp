#pragma once
// Who may be loaded. Trust is pinned to the digest of manifest and library; the record of it is kept by
// whoever implements TrustLedger (in the event log), the rule is here.

#include <cstdint>
#include <optional>
#include <string>

#include "core/digest.hpp"
#include "core/result.hpp"
#include "plugin_host/fault.hpp"

namespace cachify::plugin_host {

/// So many faults in a row, and a plugin is loaded no more until it is trusted anew.
inline constexpr std::uint32_t kQuarantineFaults = 3;

/// What is recorded of one plugin id.
struct TrustRecord {
  std::optional<Digest> trusted{};  ///< what a person last trusted; one at a time
  bool isRevoked = false;           ///< since then; holds for every version, bundled ones too
  /// Since the last success or trust, of the package that was asked about.
  std::uint32_t faultsInRow = 0;
};

enum class Standing : std::uint8_t {
  bundled,    ///< came with the program and is trusted by its build
  trusted,    ///< a person trusted just these bytes
  untrusted,  ///< never trusted
  changed,    ///< other bytes than those that were trusted
  revoked,
  quarantined,  ///< trusted, but faulted too often
};
/// "bundled" and so on.
[[nodiscard]] std::string_view wireName(Standing standing);
[[nodiscard]] bool mayLoad(Standing standing);

[[nodiscard]] Standing standingOf(const TrustRecord& record, const Digest& digest, bool isBundled);
/// UNAUTHORIZED with details `plugin` and `reason` (the standing), and what to do next.
[[nodiscard]] Error standingError(const std::string& pluginId, Standing standing);

/// Used on the network thread.
class TrustLedger {
 public:
  virtual ~TrustLedger() = default;
  /// As of the head of the log.
  [[nodiscard]] virtual Result<TrustRecord> record(const std::string& pluginId, const Digest& digest) = 0;
  /// A fault, to be recorded and told to people.
  virtual void faulted(const FaultReport& report) = 0;
  /// A plan was completed or a batch delivered: the row of faults is broken.
  virtual void worked(const std::string& pluginId, const Digest& digest) = 0;
};

}  // namespace cachify::plugin_host
