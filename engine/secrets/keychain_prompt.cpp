#include "secrets/keychain_prompt.hpp"

#include <libsecret/secret.h>

#include <memory>

namespace cachify::secrets {
namespace {

constexpr char kInterface[] = "org.freedesktop.Secret.Prompt";

/// Signals and the cancellation arrive here, on the calling thread alone.
class OwnContext {
 public:
  OwnContext() : context_(g_main_context_new()) { g_main_context_push_thread_default(context_); }
  OwnContext(const OwnContext&) = delete;
  OwnContext& operator=(const OwnContext&) = delete;
  ~OwnContext() {
    g_main_context_pop_thread_default(context_);
    g_main_context_unref(context_);
  }
  [[nodiscard]] GMainContext* get() const { return context_; }

 private:
  GMainContext* context_;
};

struct Answer {
  bool arrived = false;
  GVariant* value = nullptr;

  static void take(GDBusConnection* /*bus*/, const gchar* /*sender*/, const gchar* /*path*/,
                   const gchar* /*interface*/, const gchar* /*signal*/, GVariant* parameters, gpointer data) {
    auto& self = *static_cast<Answer*>(data);
    if (self.arrived || g_variant_is_of_type(parameters, G_VARIANT_TYPE("(bv)")) == FALSE) return;
    gboolean dismissed = FALSE;
    g_variant_get(parameters, "(bv)", &dismissed, &self.value);
    if (dismissed != FALSE) g_clear_pointer(&self.value, g_variant_unref);
    self.arrived = true;
  }
};

class Subscription {
 public:
  Subscription(GDBusConnection* bus, const char* serviceName, const char* path, Answer& answer)
      : bus_(bus),
        id_(g_dbus_connection_signal_subscribe(bus, serviceName, kInterface, "Completed", path, nullptr,
                                               G_DBUS_SIGNAL_FLAGS_NONE, &Answer::take, &answer, nullptr)) {}
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;
  ~Subscription() { g_dbus_connection_signal_unsubscribe(bus_, id_); }

 private:
  GDBusConnection* bus_;
  guint id_;
};

gboolean wakeUp(GCancellable* /*cancellable*/, gpointer /*data*/) {
  return G_SOURCE_CONTINUE;
}

void awaitAnswer(const OwnContext& context, const Answer& answer, GCancellable* cancellable) {
  GSource* const source = g_cancellable_source_new(cancellable);
  g_source_set_callback(source, G_SOURCE_FUNC(&wakeUp), nullptr, nullptr);
  g_source_attach(source, context.get());
  while (!answer.arrived && g_cancellable_is_cancelled(cancellable) == FALSE) {
    g_main_context_iteration(context.get(), TRUE);
  }
  g_source_destroy(source);
  g_source_unref(source);
}

bool show(GDBusConnection* bus, const char* serviceName, const char* path, GCancellable* cancellable,
          GError** error) {
  GVariant* const shown =
      g_dbus_connection_call_sync(bus, serviceName, path, kInterface, "Prompt", g_variant_new("(s)", ""),
                                  nullptr, G_DBUS_CALL_FLAGS_NONE, -1, cancellable, error);
  if (shown == nullptr) return false;
  g_variant_unref(shown);
  return true;
}

}  // namespace

GVariant* performPrompt(GDBusConnection* bus, const char* serviceName, const char* path,
                        GCancellable* cancellable, GError** error) {
  const OwnContext context;
  Answer answer;
  const Subscription subscription(bus, serviceName, path, answer);
  if (!show(bus, serviceName, path, cancellable, error)) return nullptr;
  awaitAnswer(context, answer, cancellable);
  if (answer.value != nullptr) return answer.value;
  g_set_error_literal(error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "the prompt was not answered");
  return nullptr;
}

}  // namespace cachify::secrets
