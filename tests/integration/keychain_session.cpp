#include "integration/keychain_session.hpp"

#include <gio/gio.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace cachify::test {
namespace {

constexpr const char* kBusName = "org.freedesktop.DBus";
constexpr const char* kSecretsName = "org.freedesktop.secrets";
constexpr const char* kSecretsPath = "/org/freedesktop/secrets";
constexpr std::chrono::seconds kStartTimeout{15};
constexpr int kCallTimeoutMs = 5000;

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
struct FreeVariant {
  void operator()(GVariant* variant) const { g_variant_unref(variant); }
};
using Connection = std::unique_ptr<GDBusConnection, Unref>;
using Variant = std::unique_ptr<GVariant, FreeVariant>;

Connection connect(const std::string& address) {
  const auto flags = static_cast<GDBusConnectionFlags>(G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                       G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION);
  return Connection(
      g_dbus_connection_new_for_address_sync(address.c_str(), flags, nullptr, nullptr, nullptr));
}

struct Call {
  const char* name;
  const char* path;
  const char* interface;
  const char* method;
};

/// Nothing when there is no bus or the answer is an error.
Variant ask(const std::string& address, const Call& call, GVariant* arguments) {
  const auto connection = connect(address);
  if (!connection) return Variant(nullptr);
  return Variant(g_dbus_connection_call_sync(connection.get(), call.name, call.path, call.interface,
                                             call.method, arguments, nullptr, G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                             kCallTimeoutMs, nullptr, nullptr));
}

std::string readFile(const std::string& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

KeychainSession::KeychainSession(Keyring keyring) {
  for (const auto* name : {"home", "data", "run", "control"}) {
    std::filesystem::create_directory(directory_ / name);
    std::filesystem::permissions(directory_ / name, std::filesystem::perms::owner_all);
  }
  std::ofstream(directory_ / "password") << kPassword;
  startBus();
  if (keyring != Keyring::none) startDaemon(keyring == Keyring::unlocked);
}

void KeychainSession::startBus() {
  std::ofstream(directory_ / "bus.conf")
      << "<busconfig><type>session</type><listen>" << busAddress() << "</listen>"
      << "<policy context=\"default\"><allow send_destination=\"*\"/><allow eavesdrop=\"true\"/>"
      << "<allow own=\"*\"/></policy></busconfig>";
  bus_.emplace(std::vector<std::string>{"dbus-daemon", "--nofork", "--nopidfile", "--config-file",
                                        directory_ / "bus.conf"},
               directory_ / "bus.log");
  awaitUntil("the session bus", &KeychainSession::busAnswers);
}

/// The password comes by standard input, as a log-in does it.
void KeychainSession::startDaemon(bool unlock) {
  const std::string input = unlock ? directory_ / "password" : std::string("/dev/null");
  const std::string flag = unlock ? " --unlock" : "";
  daemon_.emplace(
      std::vector<std::string>{
          "env", "-i", "PATH=/usr/bin:/bin", "HOME=" + (directory_ / "home"),
          "XDG_DATA_HOME=" + (directory_ / "data"), "XDG_RUNTIME_DIR=" + (directory_ / "run"),
          "DBUS_SESSION_BUS_ADDRESS=" + busAddress(), "sh", "-c",
          "exec gnome-keyring-daemon --foreground --components=secrets --control-directory=\"$0\"" + flag +
              " < \"$1\"",
          directory_ / "control", input},
      directory_ / "keyring.log");
  awaitUntil("the keyring service", &KeychainSession::serviceRuns);
  if (unlock) awaitUntil("the open keyring", &KeychainSession::keyringIsOpen);
}

void KeychainSession::restartLocked() {
  daemon_.reset();
  startDaemon(false);
}

void KeychainSession::restartUnlocked() {
  daemon_.reset();
  startDaemon(true);
}

void KeychainSession::lock() {
  const char* const login = "/org/freedesktop/secrets/collection/login";
  const auto reply = ask(busAddress(), {kSecretsName, kSecretsPath, "org.freedesktop.Secret.Service", "Lock"},
                         g_variant_new("(@ao)", g_variant_new_objv(&login, 1)));
  if (!reply || keyringIsOpen()) throw std::runtime_error("the keyring did not lock");
}

void KeychainSession::awaitUntil(const char* what, bool (KeychainSession::*condition)()) {
  const auto deadline = std::chrono::steady_clock::now() + kStartTimeout;
  while (!(this->*condition)()) {
    if (std::chrono::steady_clock::now() > deadline) {
      throw std::runtime_error(std::string(what) + " did not come up:\n" + readFile(directory_ / "bus.log") +
                               readFile(directory_ / "keyring.log"));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

bool KeychainSession::busAnswers() {
  return connect(busAddress()) != nullptr;
}

bool KeychainSession::serviceRuns() {
  const auto reply = ask(busAddress(), {kBusName, "/org/freedesktop/DBus", kBusName, "NameHasOwner"},
                         g_variant_new("(s)", kSecretsName));
  gboolean owned = FALSE;
  if (reply) g_variant_get(reply.get(), "(b)", &owned);
  return owned != FALSE;
}

bool KeychainSession::keyringIsOpen() {
  const auto reply = ask(
      busAddress(),
      {kSecretsName, "/org/freedesktop/secrets/collection/login", "org.freedesktop.DBus.Properties", "Get"},
      g_variant_new("(ss)", "org.freedesktop.Secret.Collection", "Locked"));
  if (!reply) return false;
  GVariant* locked = nullptr;
  g_variant_get(reply.get(), "(v)", &locked);
  const Variant owner(locked);
  return g_variant_get_boolean(locked) == FALSE;
}

}  // namespace cachify::test
