#ifndef CACHIFY_PLUGIN_PLAN_SERVICES_H
#define CACHIFY_PLUGIN_PLAN_SERVICES_H
// What a planner may know of the cache. Only for reading: acting is the engine's.

#include "abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CACHIFY_NOT_KNOWN UINT64_MAX
#define CACHIFY_NO_TTL (-1)

enum {
  CACHIFY_TYPE_NONE = 0,  // the key is absent
  CACHIFY_TYPE_STRING = 1,
  CACHIFY_TYPE_HASH = 2,
  CACHIFY_TYPE_LIST = 3,
  CACHIFY_TYPE_SET = 4,
  CACHIFY_TYPE_ZSET = 5,
  CACHIFY_TYPE_STREAM = 6,
  CACHIFY_TYPE_JSON = 7,
  CACHIFY_TYPE_OTHER = 8
};

// A key in an array: this struct never grows.
typedef struct cachify_key_facts {
  uint32_t type;        // one of CACHIFY_TYPE_*
  uint32_t reserved;    // 0
  int64_t ttl_ms;       // CACHIFY_NO_TTL: no expiry
  uint64_t size_bytes;  // CACHIFY_NOT_KNOWN where the server does not tell
} cachify_key_facts;

typedef struct cachify_scan_page {
  uint32_t struct_size;  // set by the plugin
  uint32_t reserved;     // 0
  uint64_t key_count;
  const cachify_bytes* keys;
  cachify_text next_cursor;  // empty: that was all
  uint64_t scanned;          // keys looked at so far in this scan
  uint64_t total;            // keys there are; CACHIFY_NOT_KNOWN where the server does not tell
} cachify_scan_page;

// Given to `plan_open`, and valid until `plan_close` has returned. What a call gives out is valid until the
// next call of the same function, or until `plan_next` returns. The functions may be called only from within
// `plan_open` and `plan_next`. On CACHIFY_GIVE_UP (the connection is lost, or the run was cancelled) the
// plugin returns that, too.
typedef struct cachify_plan_services cachify_plan_services;
struct cachify_plan_services {
  uint32_t struct_size;
  uint32_t reserved;  // 0
  void* context;      // opaque, the host's

  // A page of the keys that match a glob pattern, from `cursor` on (empty: from the start). `limit` is a
  // target from 1 to 100 000; a page may be empty without being the last. A key may come twice, and keys that
  // come and go meanwhile may be missing. [main]
  cachify_status (*scan)(const cachify_plan_services* services, cachify_bytes pattern, cachify_text cursor,
                         uint32_t limit, cachify_scan_page* page);
  // Facts of each key, in order, into `facts`, which has room for `count` of them. At most 100 000 keys and
  // 32 MiB of key names a call. [main]
  cachify_status (*describe)(const cachify_plan_services* services, const cachify_bytes* keys, uint64_t count,
                             cachify_key_facts* facts);
  // The first `max_bytes` of a string, at most 32 MiB. CACHIFY_NOT_FOUND: no such key; CACHIFY_WRONG_TYPE: it
  // is no string. [main]
  cachify_status (*read)(const cachify_plan_services* services, cachify_bytes key, uint64_t max_bytes,
                         cachify_bytes* value);
};

#ifdef __cplusplus
}
#endif

#endif
