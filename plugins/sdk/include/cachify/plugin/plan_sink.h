#ifndef CACHIFY_PLUGIN_PLAN_SINK_H
#define CACHIFY_PLUGIN_PLAN_SINK_H
// What a plan consists of, and where it goes.

#include "abi.h"
#include "plan_services.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
  CACHIFY_STEP_DELETE = 0,
  CACHIFY_STEP_SET_TTL = 1,    // ttl_ms, 1 or more
  CACHIFY_STEP_PERSIST = 2,    // takes the expiry away
  CACHIFY_STEP_SET_VALUE = 3,  // value, client_flags, ttl_ms (CACHIFY_NO_TTL: no expiry)
  CACHIFY_STEP_RENAME = 4,     // rename_to; never onto a key that exists
  CACHIFY_STEP_TOUCH = 5       // renews the last use; changes neither value nor TTL
};

// Members that the action does not name are ignored.
typedef struct cachify_plan_item {
  uint32_t struct_size;   // set by the plugin
  uint32_t action;        // one of CACHIFY_STEP_*
  uint32_t client_flags;  // Memcached's
  uint32_t reserved;      // 0
  int64_t ttl_ms;
  cachify_bytes key;
  cachify_bytes value;
  cachify_bytes rename_to;
} cachify_plan_item;

// Given to `plan_next`, and valid until it returns.
typedef struct cachify_plan_sink cachify_plan_sink;
struct cachify_plan_sink {
  uint32_t struct_size;
  uint32_t reserved;  // 0
  void* context;      // opaque, the host's

  // Offers an item, which is copied. CACHIFY_OK: taken. CACHIFY_FULL: not taken, and nothing more will be in
  // this piece: keep it, return CACHIFY_OK, and offer it again in the next `plan_next`. CACHIFY_REFUSED: it
  // is no valid item. Who goes on offering to a full sink is taken to emit without end. An empty sink takes
  // any item of at most 48 MiB. [main]
  cachify_status (*push)(const cachify_plan_sink* sink, const cachify_plan_item* item);

  // Of how many items the plan will be, as far as is known by now: for a progress bar. [main]
  void (*expect_total)(const cachify_plan_sink* sink, uint64_t items);
};

#ifdef __cplusplus
}
#endif

#endif
