#include "secrets/keychain_secret_store.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>

#include "core/bytes.hpp"
#include "secrets/keychain_call.hpp"
#include "secrets/secret_name.hpp"
#include "secrets/store_errors.hpp"

namespace cachify::secrets {
namespace {

constexpr std::string_view kBase64Mark = "base64:";

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::string busAddressFromEnvironment() {
  auto address = environment("DBUS_SESSION_BUS_ADDRESS");
  // "autolaunch:" would start a bus of its own, on which no keyring is.
  if (!address.empty()) return address.starts_with("autolaunch:") ? std::string() : address;
  const auto directory = environment("XDG_RUNTIME_DIR");
  struct stat status {};
  if (directory.empty() || ::stat((directory + "/bus").c_str(), &status) != 0 || !S_ISSOCK(status.st_mode))
    return {};
  const std::unique_ptr<gchar, void (*)(gpointer)> path(
      g_dbus_address_escape_value((directory + "/bus").c_str()), g_free);
  return std::string("unix:path=") + path.get();
}

bool isPlainText(std::string_view secret) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  return !secret.empty() && isUtf8(secret) && std::ranges::none_of(secret, control) &&
         !secret.starts_with(kBase64Mark);
}

/// Services differ in what bytes they keep (NUL, empty, content type), so all but plain text goes as base64.
SecretText encode(const SecretText& secret) {
  if (isPlainText(secret.reveal())) return secret;
  const SecretText encoded(toBase64(secret.reveal()));
  std::string marked;
  marked.reserve(kBase64Mark.size() + encoded.reveal().size());
  marked.append(kBase64Mark).append(encoded.reveal());
  return SecretText(std::move(marked));
}

Result<SecretText> decode(SecretText stored) {
  if (!stored.reveal().starts_with(kBase64Mark)) return stored;
  auto bytes = fromBase64(stored.reveal().substr(kBase64Mark.size()));
  if (bytes) return SecretText(std::move(*bytes));
  return fail(ErrorCode::internalError, "The keyring's entry was changed by another program. Store it anew.");
}

/// Where several collections hold the name: the one written last.
SecretItem* newest(const std::vector<GRef<SecretItem>>& items) {
  const auto writtenAt = [](const auto& item) { return secret_item_get_modified(item.get()); };
  return std::ranges::max_element(items, {}, writtenAt)->get();
}

}  // namespace

KeychainOptions KeychainOptions::fromEnvironment() {
  return {.busAddress = busAddressFromEnvironment(),
          .mayPrompt = !environment("DISPLAY").empty() || !environment("WAYLAND_DISPLAY").empty()};
}

KeychainSecretStore::KeychainSecretStore(KeychainOptions options) : options_(std::move(options)) {}

Result<void> KeychainSecretStore::put(std::string_view name, std::string_view label,
                                      const SecretText& secret) {
  if (auto valid = checkName(name); !valid) return valid;
  const std::lock_guard lock(mutex_);
  KeychainCall call(options_, noPromptBefore_);
  if (auto connected = call.connect(); !connected) return connected;
  const auto items = call.find(name);
  if (!items) return fail(items.error());
  const auto content = encode(secret);
  const auto shown = escapeForDisplay(label);
  if (items->empty()) return call.add(name, shown, content.reveal());
  return call.change(newest(*items), shown, content.reveal());
}

Result<SecretText> KeychainSecretStore::get(std::string_view name) {
  if (auto valid = checkName(name); !valid) return fail(valid.error());
  const std::lock_guard lock(mutex_);
  KeychainCall call(options_, noPromptBefore_);
  if (auto connected = call.connect(); !connected) return fail(connected.error());
  const auto items = call.find(name);
  if (!items) return fail(items.error());
  if (items->empty()) return fail(noSuchSecret(name));
  auto content = call.load(newest(*items));
  if (!content) return fail(content.error());
  return decode(SecretText(std::move(*content)));
}

Result<void> KeychainSecretStore::remove(std::string_view name) {
  if (auto valid = checkName(name); !valid) return valid;
  const std::lock_guard lock(mutex_);
  KeychainCall call(options_, noPromptBefore_);
  if (auto connected = call.connect(); !connected) return connected;
  const auto items = call.find(name);
  if (!items) return fail(items.error());
  for (const auto& item : *items) {
    if (auto erased = call.erase(item.get()); !erased) return erased;
  }
  return {};
}

bool KeychainSecretStore::usableWithoutAsking(const KeychainOptions& options) {
  std::chrono::steady_clock::time_point noPromptBefore{};
  KeychainCall call(options, noPromptBefore);
  if (call.serviceRuns()) return options.mayPrompt || call.hasDefaultCollection();
  return options.mayPrompt && call.serviceCouldBeStarted();
}

}  // namespace cachify::secrets
