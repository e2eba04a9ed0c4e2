#pragma once
// One conversation with the Secret Service: bus, service and the entries of one name. Private to this folder:
// no header outside it sees libsecret.

#include <libsecret/secret.h>

#include <condition_variable>
#include <memory>
#include <thread>
#include <vector>

#include "secrets/keychain_secret_store.hpp"

namespace cachify::secrets {

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T>
using GRef = std::unique_ptr<T, Unref>;

/// Cancels its GCancellable at the deadline: libsecret's own calls know no timeout, and D-Bus' does not cover
/// a prompt.
class Watchdog {
 public:
  explicit Watchdog(std::chrono::milliseconds timeout);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  void restart(std::chrono::milliseconds timeout);
  [[nodiscard]] GCancellable* cancellable() const { return cancellable_.get(); }

 private:
  void watch(const std::stop_token& stop);

  GRef<GCancellable> cancellable_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::chrono::steady_clock::time_point deadline_;
  std::jthread thread_;  // last: it uses the others
};

/// Not thread-safe. Every call is bounded by the timeouts of the options.
class KeychainCall {
 public:
  /// `noPromptBefore` outlives the call, and is moved on when a prompt was not answered.
  KeychainCall(const KeychainOptions& options, std::chrono::steady_clock::time_point& noPromptBefore);
  ~KeychainCall();
  KeychainCall(const KeychainCall&) = delete;
  KeychainCall& operator=(const KeychainCall&) = delete;

  /// CONNECTION_FAILED (store = missing) when there is no bus, or nobody on it to be the Secret Service.
  Result<void> connect();
  /// The entries of `name`, all unlocked; none when there are none and the default collection is open.
  [[nodiscard]] Result<std::vector<GRef<SecretItem>>> find(std::string_view name);
  [[nodiscard]] Result<std::string> load(SecretItem* item);
  Result<void> change(SecretItem* item, const std::string& label, std::string_view content);
  Result<void> add(std::string_view name, const std::string& label, std::string_view content);
  Result<void> erase(SecretItem* item);

  /// Of the bus alone: starts no service. False also when there is no bus.
  [[nodiscard]] bool serviceRuns();
  [[nodiscard]] bool serviceCouldBeStarted();
  [[nodiscard]] bool hasDefaultCollection();

 private:
  Result<void> connectBus();
  Result<void> startService();
  Result<void> openService();
  [[nodiscard]] GVariant* askBus(const char* method, GVariant* arguments, const char* replyType,
                                 GError** error);
  [[nodiscard]] Result<std::vector<GRef<SecretItem>>> search(std::string_view name);
  [[nodiscard]] Result<GRef<SecretCollection>> defaultCollection();
  Result<void> unlock(GDBusProxy* object);
  [[nodiscard]] bool promptAllowed() const;
  void promptFailed();

  const KeychainOptions& options_;
  std::chrono::steady_clock::time_point& noPromptBefore_;
  Watchdog watchdog_;
  GRef<GDBusConnection> bus_;
  GRef<SecretService> service_;
};

}  // namespace cachify::secrets
