#pragma once
// Connection profiles and their secrets: add, edit, duplicate, remove, test.

#include <concepts>
#include <optional>
#include <string>
#include <vector>

#include "actions/async.hpp"
#include "actions/control_state.hpp"
#include "actions/recorder.hpp"
#include "actions/session_pool.hpp"
#include "core/stages.hpp"

namespace cachify::actions {

/// What happens to a stored secret along with an edit.
struct KeepSecret {};
struct ClearSecret {};
using SecretChange = std::variant<KeepSecret, ClearSecret, SecretText>;

/// To the password, and to the passphrase of the TLS client key.
struct SecretChanges {
  template <std::convertible_to<SecretChange> Change>
  SecretChanges(Change&& forPassword) : password(std::forward<Change>(forPassword)) {}
  SecretChanges(SecretChange forPassword, SecretChange forKey)
      : password(std::move(forPassword)), tlsKeyPassphrase(std::move(forKey)) {}

  SecretChange password;
  SecretChange tlsKeyPassphrase = KeepSecret{};
};

struct TestReport {
  cache::ServerInfo server{};
  std::uint32_t attempts = 1;
  std::vector<StageReport> stages{};  ///< of all attempts; see StageList
};

/// The event of an act on this profile, without duration.
[[nodiscard]] events::Operation operationOn(const domain::ConnectionProfile& profile, std::string action);

/// Lives on the network thread.
class Connections {
 public:
  Connections(const Context& context, ControlState& state, SessionPool& sessions, const Recorder& recorder)
      : context_(context), state_(state), sessions_(sessions), recorder_(recorder) {}

  /// Gives the profile its id and times. VALIDATION_ERROR for a broken rule or a name in use. If the secret
  /// cannot be stored there is no profile; if the profile cannot be recorded the secret is taken back.
  [[nodiscard]] Task<domain::ConnectionProfile> add(domain::ConnectionProfile draft, SecretChanges secrets);
  /// All of them or, if one is wrong or its name in use, none; without secrets.
  [[nodiscard]] Task<std::vector<domain::ConnectionProfile>> addAll(
      std::vector<domain::ConnectionProfile> drafts);
  /// `edited` carries the `updatedAt` it was read with: CONFLICT if it was changed since.
  [[nodiscard]] Task<domain::ConnectionProfile> edit(domain::ConnectionProfile edited, SecretChanges secrets);
  /// A copy under another name, its secrets included.
  [[nodiscard]] Task<domain::ConnectionProfile> duplicate(ConnectionId id, std::string name);
  [[nodiscard]] Task<domain::ConnectionProfile> remove(ConnectionId id);

  /// Connects, authenticates, pings and probes; one automatic retry whatever the profile says. `typed` are
  /// secrets that are not saved. `observer`, if any, is told of each stage on the network thread, also of
  /// those of a test that fails.
  [[nodiscard]] Task<TestReport> test(domain::ConnectionProfile profile, TypedSecrets typed,
                                      std::stop_token stop, std::shared_ptr<StageObserver> observer = {});

 private:
  Task<domain::ConnectionProfile> create(domain::ConnectionProfile profile, SecretChanges secrets);
  Task<void> appendCreated(const std::vector<domain::ConnectionProfile>& profiles);
  /// Normalized, with an id and times of its own and no secrets.
  [[nodiscard]] domain::ConnectionProfile fresh(domain::ConnectionProfile draft) const;
  /// Puts the names of what it stores into the profile. When it fails nothing of it stays in the store.
  Task<void> storeSecrets(domain::ConnectionProfile& profile, SecretChanges secrets);
  Task<void> store(std::string name, std::string label, SecretText secret);
  /// Goes on after a failure, and answers the first one.
  Task<void> forgetSecrets(std::vector<std::string> names);
  Task<SecretChange> copyOf(std::string name);
  Task<void> appendToConnections(log::FrameDraft frame, std::uint64_t expectedVersion,
                                 events::Operation operation);
  void recordTest(const domain::ConnectionProfile& profile, const Result<TestReport>& report,
                  std::chrono::microseconds duration);

  const Context& context_;
  ControlState& state_;
  SessionPool& sessions_;
  const Recorder& recorder_;
};

}  // namespace cachify::actions
