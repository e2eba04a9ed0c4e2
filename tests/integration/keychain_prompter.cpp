#include "integration/keychain_prompter.hpp"

#include <dlfcn.h>
#include <gio/gio.h>

#include <atomic>
#include <stdexcept>
#include <string_view>

#include "integration/keychain_session.hpp"

namespace cachify::test {
namespace {

constexpr int kCallTimeoutMs = 5000;

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
struct Free {
  void operator()(char* text) const { g_free(text); }
};
using Text = std::unique_ptr<char, Free>;

/// The password crosses the bus under a key agreed on; gnome-keyring brings the library for it, though not
/// its header.
class SecretExchange {
 public:
  SecretExchange() : library_(dlopen("libgcr-base-3.so.1", RTLD_NOW)) {
    if (library_ == nullptr) throw std::runtime_error(dlerror());
    const auto make = symbol<GObject* (*)(const char*)>("gcr_secret_exchange_new");
    exchange_.reset(make(nullptr));
  }

  [[nodiscard]] Text begin() {
    return Text(symbol<char* (*)(GObject*)>("gcr_secret_exchange_begin")(exchange_.get()));
  }
  [[nodiscard]] Text answer(const char* received, std::string_view secret) {
    if (symbol<gboolean (*)(GObject*, const char*)>("gcr_secret_exchange_receive")(exchange_.get(),
                                                                                   received) == FALSE) {
      throw std::runtime_error("the keyring's part of the exchange does not fit");
    }
    const auto send = symbol<char* (*)(GObject*, const char*, gssize)>("gcr_secret_exchange_send");
    return Text(send(exchange_.get(), secret.data(), static_cast<gssize>(secret.size())));
  }

 private:
  template <class Function>
  [[nodiscard]] Function symbol(const char* name) const {
    return reinterpret_cast<Function>(dlsym(library_, name));
  }

  void* library_;  // stays loaded: GObject types cannot be unloaded
  std::unique_ptr<GObject, Unref> exchange_;
};

}  // namespace

struct KeyringPrompter::State {
  explicit State(Person whose) : person(whose) {}

  const Person person;
  std::unique_ptr<GDBusConnection, Unref> connection;
  std::unique_ptr<SecretExchange> exchange;
  std::atomic<int> asked = 0;

  /// Called on GDBus' own thread, for each message.
  static GDBusMessage* filter(GDBusConnection* /*unused*/, GDBusMessage* message, gboolean incoming,
                              gpointer data) {
    if (incoming == FALSE || g_dbus_message_get_message_type(message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL) {
      return message;
    }
    static_cast<State*>(data)->handle(message);
    g_object_unref(message);
    return nullptr;
  }

  void handle(GDBusMessage* message) {
    const std::string_view method = g_dbus_message_get_member(message);
    if (method == "BeginPrompting") begin(message);
    if (method == "PerformPrompt") perform(message);
    if (method == "StopPrompting") {
      reply(message);
      callBack(message, "PromptDone", nullptr);
    }
  }

  void begin(GDBusMessage* message) {
    ++asked;
    if (person == Person::hasAHungDesktop) return;
    reply(message);
    exchange = std::make_unique<SecretExchange>();
    callBack(message, "PromptReady", ready("", exchange->begin().get()));
  }

  void perform(GDBusMessage* message) {
    reply(message);
    if (person == Person::isAway) return;
    const char* received = nullptr;
    g_variant_get_child(g_dbus_message_get_body(message), 3, "&s", &received);
    const bool yes = person == Person::givesPassword;
    const auto sent = exchange->answer(received, yes ? KeychainSession::kPassword : "");
    callBack(message, "PromptReady", ready(yes ? "yes" : "no", sent.get()));
  }

  static GVariant* ready(const char* answer, const char* exchanged) {
    return g_variant_new("(s@a{sv}s)", answer, g_variant_new_array(G_VARIANT_TYPE("{sv}"), nullptr, 0),
                         exchanged);
  }

  void reply(GDBusMessage* message) {
    const std::unique_ptr<GDBusMessage, Unref> done(g_dbus_message_new_method_reply(message));
    g_dbus_connection_send_message(connection.get(), done.get(), G_DBUS_SEND_MESSAGE_FLAGS_NONE, nullptr,
                                   nullptr);
  }

  /// Every call names, as its first argument, the object of the keyring that waits.
  void callBack(GDBusMessage* message, const char* method, GVariant* arguments) {
    const char* path = nullptr;
    g_variant_get_child(g_dbus_message_get_body(message), 0, "&o", &path);
    g_dbus_connection_call(connection.get(), g_dbus_message_get_sender(message), path,
                           "org.gnome.keyring.internal.Prompter.Callback", method, arguments, nullptr,
                           G_DBUS_CALL_FLAGS_NONE, kCallTimeoutMs, nullptr, nullptr, nullptr);
  }
};

KeyringPrompter::KeyringPrompter(const std::string& busAddress, Person person)
    : state_(std::make_unique<State>(person)) {
  const auto flags = static_cast<GDBusConnectionFlags>(G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                       G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION);
  state_->connection.reset(
      g_dbus_connection_new_for_address_sync(busAddress.c_str(), flags, nullptr, nullptr, nullptr));
  if (!state_->connection) throw std::runtime_error("no bus for the prompter");
  g_dbus_connection_add_filter(state_->connection.get(), &State::filter, state_.get(), nullptr);
  GVariant* const reply = g_dbus_connection_call_sync(
      state_->connection.get(), "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "RequestName", g_variant_new("(su)", "org.gnome.keyring.SystemPrompter", 0U), nullptr,
      G_DBUS_CALL_FLAGS_NONE, kCallTimeoutMs, nullptr, nullptr);
  if (reply == nullptr) throw std::runtime_error("the prompter got no name");
  g_variant_unref(reply);
}

KeyringPrompter::~KeyringPrompter() {
  g_dbus_connection_close_sync(state_->connection.get(), nullptr, nullptr);
}

int KeyringPrompter::timesAsked() const {
  return state_->asked;
}

}  // namespace cachify::test
