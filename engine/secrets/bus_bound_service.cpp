#include "secrets/bus_bound_service.hpp"

#include "secrets/keychain_prompt.hpp"

namespace cachify::secrets {
namespace {

GObjectClass* parentClass = nullptr;

/// SecretService's constructor sets the bus type after the properties it was given, whatever they are; as the
/// outermost constructor this one has the last word.
GObject* construct(GType type, guint count, GObjectConstructParam* properties) {
  GObject* const object = parentClass->constructor(type, count, properties);
  g_object_set(object, "g-bus-type", G_BUS_TYPE_NONE, nullptr);
  return object;
}

GVariant* prompt(SecretService* /*service*/, SecretPrompt* prompt, GCancellable* cancellable,
                 const GVariantType* returnType, GError** error) {
  auto* const proxy = G_DBUS_PROXY(prompt);
  GVariant* const answer = performPrompt(g_dbus_proxy_get_connection(proxy), g_dbus_proxy_get_name(proxy),
                                         g_dbus_proxy_get_object_path(proxy), cancellable, error);
  if (answer == nullptr || returnType == nullptr || g_variant_is_of_type(answer, returnType) != FALSE)
    return answer;
  g_variant_unref(answer);
  g_set_error_literal(error, SECRET_ERROR, SECRET_ERROR_PROTOCOL,
                      "the prompt gave an answer of another type");
  return nullptr;
}

void promptAsync(SecretService* service, SecretPrompt* shown, const GVariantType* returnType,
                 GCancellable* cancellable, GAsyncReadyCallback callback, gpointer data) {
  GTask* const task = g_task_new(service, nullptr, callback, data);
  GError* error = nullptr;
  GVariant* const answer = prompt(service, shown, cancellable, returnType, &error);
  if (error != nullptr) {
    g_task_return_error(task, error);
  } else {
    g_task_return_pointer(task, answer, [](gpointer value) {
      if (value != nullptr) g_variant_unref(static_cast<GVariant*>(value));
    });
  }
  g_object_unref(task);
}

GVariant* promptFinish(SecretService* /*service*/, GAsyncResult* result, GError** error) {
  return static_cast<GVariant*>(g_task_propagate_pointer(G_TASK(result), error));
}

void initClass(gpointer klass, gpointer /*data*/) {
  parentClass = G_OBJECT_CLASS(g_type_class_peek_parent(klass));
  G_OBJECT_CLASS(klass)->constructor = &construct;
  auto* const service = SECRET_SERVICE_CLASS(klass);
  service->prompt_sync = &prompt;
  service->prompt_async = &promptAsync;
  service->prompt_finish = &promptFinish;
}

GType boundServiceType() {
  static const GType type =
      g_type_register_static_simple(SECRET_TYPE_SERVICE, "CachifyBusBoundService", sizeof(SecretServiceClass),
                                    &initClass, sizeof(SecretService), nullptr, static_cast<GTypeFlags>(0));
  return type;
}

}  // namespace

SecretService* openServiceOn(GDBusConnection* bus, GCancellable* cancellable, GError** error) {
  return SECRET_SERVICE(g_initable_new(boundServiceType(), cancellable, error, "g-connection", bus, "flags",
                                       SECRET_SERVICE_OPEN_SESSION, nullptr));
}

}  // namespace cachify::secrets
