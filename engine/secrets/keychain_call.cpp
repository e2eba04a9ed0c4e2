#include "secrets/keychain_call.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/bytes.hpp"
#include "secrets/bus_bound_service.hpp"
#include "secrets/store_errors.hpp"

namespace cachify::secrets {
namespace {

constexpr char kServiceName[] = "org.freedesktop.secrets";
constexpr std::chrono::minutes kPromptPause{5};
constexpr std::string_view kHowElse = "or keep secrets in a sealed file instead: CACHIFY_SECRET_STORE=file";

const SecretSchema kSchema = [] {
  SecretSchema schema{};
  schema.name = "studio.cachify.Secret";
  schema.flags = SECRET_SCHEMA_NONE;
  schema.attributes[0] = {"application", SECRET_SCHEMA_ATTRIBUTE_STRING};
  schema.attributes[1] = {"name", SECRET_SCHEMA_ATTRIBUTE_STRING};
  return schema;
}();

struct GErrorHolder {
  GError* error = nullptr;
  GErrorHolder() = default;
  GErrorHolder(const GErrorHolder&) = delete;
  GErrorHolder& operator=(const GErrorHolder&) = delete;
  ~GErrorHolder() { g_clear_error(&error); }
  GError** out() { return &error; }
  [[nodiscard]] bool is(GQuark domain, int code) const { return g_error_matches(error, domain, code) != 0; }
};

struct FreeVariant {
  void operator()(GVariant* variant) const { g_variant_unref(variant); }
};
using VariantRef = std::unique_ptr<GVariant, FreeVariant>;

struct FreeTable {
  void operator()(GHashTable* table) const { g_hash_table_unref(table); }
};
using TableRef = std::unique_ptr<GHashTable, FreeTable>;

struct FreeValue {
  void operator()(SecretValue* value) const { secret_value_unref(value); }
};
using ValueRef = std::unique_ptr<SecretValue, FreeValue>;

TableRef attributesOf(std::string_view name) {
  return TableRef(secret_attributes_build(&kSchema, "application", "cachify-studio", "name",
                                          std::string(name).c_str(), nullptr));
}

ValueRef valueOf(std::string_view content) {
  return ValueRef(secret_value_new(content.data(), static_cast<gssize>(content.size()), "text/plain"));
}

Error keyringLocked() {
  return storeLocked(
      fmt::format("The login keyring is locked. Unlock it (log in on the desktop, or use the "
                  "keyring's own program) and try again, {}.",
                  kHowElse));
}

Error noKeyringYet() {
  return storeLocked(
      fmt::format("The keyring service has no default keyring yet, and nobody here to ask for its "
                  "password. Log in on the desktop once, {}.",
                  kHowElse));
}

Error noService() {
  return storeMissing(
      fmt::format("No keyring (Secret Service) answers on the session bus. Start one, {}.", kHowElse));
}

bool meansMissing(const GErrorHolder& failure) {
  for (const int code :
       {G_DBUS_ERROR_SERVICE_UNKNOWN, G_DBUS_ERROR_NAME_HAS_NO_OWNER, G_DBUS_ERROR_DISCONNECTED,
        G_DBUS_ERROR_SPAWN_EXEC_FAILED, G_DBUS_ERROR_SPAWN_CHILD_EXITED, G_DBUS_ERROR_SPAWN_CHILD_SIGNALED,
        G_DBUS_ERROR_SPAWN_FAILED}) {
    if (failure.is(G_DBUS_ERROR, code)) return true;
  }
  return failure.is(G_IO_ERROR, G_IO_ERROR_CLOSED);
}

bool meansSilent(const GErrorHolder& failure) {
  return failure.is(G_IO_ERROR, G_IO_ERROR_CANCELLED) || failure.is(G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
         failure.is(G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) || failure.is(G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT) ||
         failure.is(G_DBUS_ERROR, G_DBUS_ERROR_TIMED_OUT);
}

/// The service's own words are shown; they name paths and reasons, never a secret.
Error toError(const GErrorHolder& failure) {
  if (failure.is(SECRET_ERROR, SECRET_ERROR_IS_LOCKED)) return keyringLocked();
  if (meansMissing(failure)) return noService();
  if (meansSilent(failure)) {
    return storeSilent(fmt::format("The keyring did not answer in time. Try again, {}.", kHowElse));
  }
  if (failure.error == nullptr) return Error{.message = "The keyring refused without a reason."};
  g_dbus_error_strip_remote_error(failure.error);
  return Error{.message = fmt::format("The keyring refused: {}", escapeForDisplay(failure.error->message))};
}

}  // namespace

Watchdog::Watchdog(std::chrono::milliseconds timeout)
    : cancellable_(g_cancellable_new()),
      deadline_(std::chrono::steady_clock::now() + timeout),
      thread_([this](const std::stop_token& stop) { watch(stop); }) {}

Watchdog::~Watchdog() {
  thread_.request_stop();
  thread_.join();
}

void Watchdog::restart(std::chrono::milliseconds timeout) {
  const std::lock_guard lock(mutex_);
  deadline_ = std::chrono::steady_clock::now() + timeout;
  changed_.notify_all();
}

void Watchdog::watch(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested() && std::chrono::steady_clock::now() < deadline_) {
    const auto until = deadline_;
    changed_.wait_until(lock, stop, until, [&] { return deadline_ != until; });
  }
  lock.unlock();
  if (!stop.stop_requested()) g_cancellable_cancel(cancellable_.get());
}

KeychainCall::KeychainCall(const KeychainOptions& options,
                           std::chrono::steady_clock::time_point& noPromptBefore)
    : options_(options), noPromptBefore_(noPromptBefore), watchdog_(options.callTimeout) {}

KeychainCall::~KeychainCall() {
  service_.reset();
  if (bus_) g_dbus_connection_close(bus_.get(), nullptr, nullptr, nullptr);
}

Result<void> KeychainCall::connect() {
  if (auto connected = connectBus(); !connected) return connected;
  if (!serviceRuns()) {
    if (auto started = startService(); !started) return started;
  }
  return openService();
}

/// A connection of our own: the shared one of g_bus_get ends the process when the bus goes.
Result<void> KeychainCall::connectBus() {
  if (options_.busAddress.empty()) return fail(noService());
  GErrorHolder failure;
  const auto flags = static_cast<GDBusConnectionFlags>(G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                       G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION);
  bus_.reset(g_dbus_connection_new_for_address_sync(options_.busAddress.c_str(), flags, nullptr,
                                                    watchdog_.cancellable(), failure.out()));
  if (bus_) return {};
  return fail(meansSilent(failure) ? toError(failure) : noService());
}

GVariant* KeychainCall::askBus(const char* method, GVariant* arguments, const char* replyType,
                               GError** error) {
  return g_dbus_connection_call_sync(bus_.get(), "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                     "org.freedesktop.DBus", method, arguments, G_VARIANT_TYPE(replyType),
                                     G_DBUS_CALL_FLAGS_NONE, static_cast<int>(options_.callTimeout.count()),
                                     watchdog_.cancellable(), error);
}

bool KeychainCall::serviceRuns() {
  if (!bus_ && !connectBus()) return false;
  const VariantRef reply(askBus("NameHasOwner", g_variant_new("(s)", kServiceName), "(b)", nullptr));
  gboolean owned = FALSE;
  if (reply) g_variant_get(reply.get(), "(b)", &owned);
  return owned != FALSE;
}

bool KeychainCall::serviceCouldBeStarted() {
  if (!bus_ && !connectBus()) return false;
  const VariantRef reply(askBus("ListActivatableNames", nullptr, "(as)", nullptr));
  if (!reply) return false;
  const VariantRef names(g_variant_get_child_value(reply.get(), 0));
  const std::unique_ptr<const gchar*, void (*)(gpointer)> list(g_variant_get_strv(names.get(), nullptr),
                                                               g_free);
  return g_strv_contains(list.get(), kServiceName) != FALSE;
}

Result<void> KeychainCall::startService() {
  GErrorHolder failure;
  const VariantRef reply(
      askBus("StartServiceByName", g_variant_new("(su)", kServiceName, 0U), "(u)", failure.out()));
  if (reply) return {};
  return fail(meansSilent(failure) ? toError(failure) : noService());
}

Result<void> KeychainCall::openService() {
  GErrorHolder failure;
  service_.reset(openServiceOn(bus_.get(), watchdog_.cancellable(), failure.out()));
  if (!service_) return fail(toError(failure));
  g_dbus_proxy_set_default_timeout(G_DBUS_PROXY(service_.get()),
                                   static_cast<int>(options_.callTimeout.count()));
  return {};
}

Result<std::vector<GRef<SecretItem>>> KeychainCall::search(std::string_view name) {
  GErrorHolder failure;
  const auto attributes = attributesOf(name);
  GList* const found = secret_service_search_sync(service_.get(), &kSchema, attributes.get(),
                                                  SECRET_SEARCH_ALL, watchdog_.cancellable(), failure.out());
  std::vector<GRef<SecretItem>> items;
  for (GList* node = found; node != nullptr; node = node->next) items.emplace_back(SECRET_ITEM(node->data));
  g_list_free(found);
  if (failure.error != nullptr) return fail(toError(failure));
  return items;
}

Result<std::vector<GRef<SecretItem>>> KeychainCall::find(std::string_view name) {
  auto items = search(name);
  if (!items) return items;
  const auto isLocked = [](const auto& item) { return secret_item_get_locked(item.get()) != FALSE; };
  if (!items->empty() && std::ranges::all_of(*items, isLocked)) {
    if (auto unlocked = unlock(G_DBUS_PROXY(items->front().get())); !unlocked) return fail(unlocked.error());
    items->erase(items->begin() + 1, items->end());
    return items;
  }
  std::erase_if(*items, isLocked);
  if (!items->empty()) return items;
  // Some services show nothing of a locked collection, so nothing found means something only when it is open.
  const auto collection = defaultCollection();
  if (!collection) return fail(collection.error());
  if (!*collection || secret_collection_get_locked(collection->get()) == FALSE) return items;
  if (auto unlocked = unlock(G_DBUS_PROXY(collection->get())); !unlocked) return fail(unlocked.error());
  return search(name);
}

Result<GRef<SecretCollection>> KeychainCall::defaultCollection() {
  GErrorHolder failure;
  GRef<SecretCollection> collection(
      secret_collection_for_alias_sync(service_.get(), SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                       watchdog_.cancellable(), failure.out()));
  if (!collection && failure.error != nullptr) return fail(toError(failure));
  return collection;
}

bool KeychainCall::hasDefaultCollection() {
  if (!service_ && !openService()) return false;
  const auto collection = defaultCollection();
  return collection && *collection;
}

bool KeychainCall::promptAllowed() const {
  return options_.mayPrompt && std::chrono::steady_clock::now() >= noPromptBefore_;
}

void KeychainCall::promptFailed() {
  noPromptBefore_ = std::chrono::steady_clock::now() + kPromptPause;
}

Result<void> KeychainCall::unlock(GDBusProxy* object) {
  if (!promptAllowed()) return fail(keyringLocked());
  watchdog_.restart(options_.promptTimeout);
  GList node{.data = object, .next = nullptr, .prev = nullptr};
  const int unlocked =
      secret_service_unlock_sync(service_.get(), &node, watchdog_.cancellable(), nullptr, nullptr);
  if (unlocked > 0) {
    watchdog_.restart(options_.callTimeout);
    return {};
  }
  promptFailed();
  return fail(keyringLocked());
}

Result<std::string> KeychainCall::load(SecretItem* item) {
  GErrorHolder failure;
  if (secret_item_load_secret_sync(item, watchdog_.cancellable(), failure.out()) == FALSE) {
    return fail(toError(failure));
  }
  const ValueRef value(secret_item_get_secret(item));
  gsize length = 0;
  const gchar* const content = value ? secret_value_get(value.get(), &length) : nullptr;
  if (content == nullptr) return fail(keyringLocked());
  return std::string(content, length);
}

Result<void> KeychainCall::change(SecretItem* item, const std::string& label, std::string_view content) {
  GErrorHolder failure;
  const auto value = valueOf(content);
  if (secret_item_set_secret_sync(item, value.get(), watchdog_.cancellable(), failure.out()) == FALSE) {
    return fail(toError(failure));
  }
  const std::unique_ptr<gchar, void (*)(gpointer)> shown(secret_item_get_label(item), g_free);
  if (shown && label == shown.get()) return {};
  if (secret_item_set_label_sync(item, label.c_str(), watchdog_.cancellable(), failure.out()) != FALSE)
    return {};
  return fail(toError(failure));
}

Result<void> KeychainCall::add(std::string_view name, const std::string& label, std::string_view content) {
  const auto collection = defaultCollection();
  if (!collection) return fail(collection.error());
  if (!*collection && !promptAllowed()) return fail(noKeyringYet());
  // Making the first keyring asks for its password; some services ask before they let a program in.
  if (options_.mayPrompt) watchdog_.restart(options_.promptTimeout);
  GErrorHolder failure;
  const auto attributes = attributesOf(name);
  const auto value = valueOf(content);
  if (secret_service_store_sync(service_.get(), &kSchema, attributes.get(), SECRET_COLLECTION_DEFAULT,
                                label.c_str(), value.get(), watchdog_.cancellable(),
                                failure.out()) != FALSE) {
    return {};
  }
  if (*collection) return fail(toError(failure));
  promptFailed();
  return fail(noKeyringYet());
}

Result<void> KeychainCall::erase(SecretItem* item) {
  GErrorHolder failure;
  if (secret_item_delete_sync(item, watchdog_.cancellable(), failure.out()) != FALSE) return {};
  return fail(toError(failure));
}

}  // namespace cachify::secrets
