#ifndef CACHIFY_PLUGIN_PLUGIN_H
#define CACHIFY_PLUGIN_PLUGIN_H
// The plugin itself, and the one symbol that its library exports.
//
// The order of calls: `cachify_plugin_entry`, `start`, then `get_extension` and what it gave, then `stop`,
// which is left out when the process is ended. One process has one plugin, so its functions need no object of
// it.

#include "host.h"
#include "problem.h"

#ifdef __cplusplus
extern "C" {
#endif

// Never changes while the library is loaded.
typedef struct cachify_plugin {
  uint32_t struct_size;
  uint16_t abi_major;  // CACHIFY_ABI_MAJOR and CACHIFY_ABI_MINOR as the plugin was compiled
  uint16_t abi_minor;
  cachify_text id;       // the same as in the manifest
  cachify_text version;  // the same as in the manifest

  // Makes ready. `host` may be kept until `stop`. Anything but CACHIFY_OK: the plugin is not used, and `stop`
  // not called. [main]
  cachify_status (*start)(const cachify_host* host, const cachify_problem* problem);
  // Everything that was opened is closed by now. [main]
  void (*stop)(void);
  // The table of functions for what the plugin is (workflow_kind.h, alert_publisher.h) or can do besides, or
  // null for an id it does not know. It is valid until `stop`. [main]
  const void* (*get_extension)(cachify_text id);
} cachify_plugin;

// Exported by the library under just this name: the plugin's table, valid for ever, or null if it cannot be
// used here. Costs nothing: work belongs in `start`. [main]
CACHIFY_EXPORT const cachify_plugin* cachify_plugin_entry(void);

#ifdef __cplusplus
}
#endif

#endif
