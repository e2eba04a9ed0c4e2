#pragma once
// A session bus and a gnome-keyring-daemon of the test's own, with a home of their own: nothing of the user's
// is touched, and all of it ends with the object, or with the test.

#include <optional>

#include "secrets/keychain_secret_store.hpp"
#include "support/child_process.hpp"

namespace cachify::test {

class KeychainSession {
 public:
  /// Of the login keyring.
  static constexpr const char* kPassword = "correct horse";

  enum class Keyring {
    none,      ///< the bus alone
    bare,      ///< the service runs, and has no keyring yet
    unlocked,  ///< a login keyring, open
  };
  /// Throws std::runtime_error with the logs when it does not come up.
  explicit KeychainSession(Keyring keyring);

  /// As the next log-in without a password would find it: the same files, a new daemon, the keyring locked.
  void restartLocked();
  /// Kills the daemon and starts a new one that opens the same keyring.
  void restartUnlocked();
  /// Locks the login keyring of the running daemon.
  void lock();

  [[nodiscard]] std::string busAddress() const { return "unix:path=" + (directory_ / "bus"); }
  [[nodiscard]] secrets::KeychainOptions options() const { return {.busAddress = busAddress()}; }
  [[nodiscard]] const std::string& directory() const { return directory_.path(); }
  [[nodiscard]] ChildProcess& daemon() { return *daemon_; }

 private:
  void startBus();
  void startDaemon(bool unlock);
  void awaitUntil(const char* what, bool (KeychainSession::*condition)());
  [[nodiscard]] bool busAnswers();
  [[nodiscard]] bool serviceRuns();
  [[nodiscard]] bool keyringIsOpen();

  TemporaryDirectory directory_;
  std::optional<ChildProcess> bus_;
  std::optional<ChildProcess> daemon_;
};

}  // namespace cachify::test
