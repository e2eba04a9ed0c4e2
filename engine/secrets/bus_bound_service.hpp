#pragma once
// libsecret's SecretService on a D-Bus connection of our choice. As it is, it always takes the process-wide
// session connection, which ends the process when the bus goes away. Private to this folder.

#include <libsecret/secret.h>

namespace cachify::secrets {

/// Its session is open: secrets travel encrypted. For libsecret's blocking calls only, since a prompt blocks
/// the thread in its asynchronous ones too. The caller owns it; null with `error` set on failure.
[[nodiscard]] SecretService* openServiceOn(GDBusConnection* bus, GCancellable* cancellable, GError** error);

}  // namespace cachify::secrets
