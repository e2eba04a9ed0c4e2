#pragma once
// The Secret Service's prompts (Prompt, Completed), waited for no longer than a cancellable says: cancelling
// libsecret 0.20's own prompt never ends. Private to this folder.

#include <gio/gio.h>

namespace cachify::secrets {

/// Shows the prompt at `path` of `serviceName` and blocks until it is answered, or `cancellable` is
/// cancelled. The caller owns the answer; null with SECRET_ERROR_IS_LOCKED when the person gave none (never
/// null alone: unlocking in libsecret 0.20 reads the answer unless there is an error).
///
/// A prompt that was given up on goes when its client leaves the bus, so the caller closes `bus`. It is not
/// dismissed: gnome-keyring 42 aborts when a client dismisses a prompt and leaves.
[[nodiscard]] GVariant* performPrompt(GDBusConnection* bus, const char* serviceName, const char* path,
                                      GCancellable* cancellable, GError** error);

}  // namespace cachify::secrets
