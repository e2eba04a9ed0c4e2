#pragma once
// libsecret's SecretService on a D-Bus connection of our choice. As it is, it always takes the process-wide
// session connection, which ends the process when the bus goes away. Private to this folder.

#include <libsecret/secret.h>

namespace cachify::secrets {

/// For libsecret's blocking calls only: a prompt blocks the thread also in its asynchronous ones.
/// With an open session, over which secrets travel encrypted. The caller owns it; null with `error` set on
/// failure.
[[nodiscard]] SecretService* openServiceOn(GDBusConnection* bus, const char* serviceName,
                                           GCancellable* cancellable, GError** error);

}  // namespace cachify::secrets
