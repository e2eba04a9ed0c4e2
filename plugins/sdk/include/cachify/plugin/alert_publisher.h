#ifndef CACHIFY_PLUGIN_ALERT_PUBLISHER_H
#define CACHIFY_PLUGIN_ALERT_PUBLISHER_H
// An alert publisher carries alerts out of the program. It delivers one batch at a time; grouping, retrying
// and parking are the engine's.

#include "parameters.h"
#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

// The id for `cachify_plugin.get_extension`.
#define CACHIFY_EXT_ALERT_PUBLISHER "cachify.alert-publisher/1"

typedef struct cachify_publisher_description {
  uint32_t struct_size;               // set by the host
  uint32_t reserved;                  // 0
  cachify_text publisher;             // "webhook": the same as `provides` in the manifest
  cachify_text title;                 // for people
  cachify_text summary;               // for people, a sentence or two
  cachify_text configuration_schema;  // JSON Schema (draft 7) of an object. A property with "writeOnly": true
                                      // is a secret: it is kept in the secret store and never shown again
} cachify_publisher_description;

enum { CACHIFY_SEVERITY_INFO = 0, CACHIFY_SEVERITY_WARNING = 1, CACHIFY_SEVERITY_CRITICAL = 2 };

// No value and no secret is ever in an alert. Texts may be empty.
typedef struct cachify_alert {
  uint32_t struct_size;
  uint32_t severity;      // one of CACHIFY_SEVERITY_*
  uint64_t count;         // how many equal alerts this one stands for, 1 or more
  int64_t created_at_ms;  // since 1970, UTC
  cachify_text id;        // stays the same when it is delivered again
  cachify_text title;     // one line
  cachify_text message;
  cachify_text source;       // what raised it: app, policy, workflow, plugin …
  cachify_text connection;   // the connection's name
  cachify_text environment;  // dev, staging, prod
  cachify_text json;         // the same as one JSON object on one line (schemas/plugins/alert.json)
} cachify_alert;

// Given to `deliver`, and valid until it returns.
typedef struct cachify_alert_batch {
  uint32_t struct_size;
  uint32_t reserved;  // 0
  // The same batch comes under the same key when it is delivered again, perhaps because an answer was lost: a
  // receiver that remembers keys will not show it twice. At most 255 bytes.
  cachify_text idempotency_key;
  uint64_t deadline_ms;  // from the call on; a publisher that has not returned a second later is ended
  uint64_t alert_count;  // may be 0
  const cachify_alert* const* alerts;
} cachify_alert_batch;

enum {
  CACHIFY_DELIVERED = 0,
  CACHIFY_RETRY_AFTER = 1,     // not now; the same batch comes again after about `retry_after_ms`
  CACHIFY_DELIVERY_FAILED = 2  // trying again would not help
};

// Set by the plugin, but for struct_size.
typedef struct cachify_delivery {
  uint32_t struct_size;
  uint32_t outcome;  // CACHIFY_DELIVERED and so on
  uint64_t retry_after_ms;
} cachify_delivery;

// Valid until `cachify_plugin.stop`.
typedef struct cachify_alert_publisher {
  uint32_t struct_size;
  uint32_t reserved;  // 0

  // Fills in `description`; its texts stay valid until `stop`. The same at every call. [main]
  void (*describe)(cachify_publisher_description* description);

  // Takes a configuration in which the schema's defaults were filled in; judge whatever comes. Called before
  // the first `deliver`, and again when it changes. CACHIFY_REFUSED or CACHIFY_FAILED: the one before holds.
  // Has no effect outside. [main]
  cachify_status (*configure)(const cachify_parameters* configuration, const cachify_problem* problem);

  // Delivers the whole batch or nothing, as far as the receiver allows. CACHIFY_OK: see `delivery`, and where
  // the outcome is not CACHIFY_DELIVERED the problem says why. Below 0: like CACHIFY_DELIVERY_FAILED. [main]
  cachify_status (*deliver)(const cachify_alert_batch* batch, cachify_delivery* delivery,
                            const cachify_problem* problem);

  // Whether a delivery would work by now, without making one. CACHIFY_OK, or CACHIFY_FAILED and why. Returns
  // within ten seconds. [main]
  cachify_status (*health)(const cachify_problem* problem);
} cachify_alert_publisher;

#ifdef __cplusplus
}
#endif

#endif
