#ifndef CACHIFY_PLUGIN_HOST_H
#define CACHIFY_PLUGIN_HOST_H
// What the host offers to every plugin, whatever its kind.

#include "abi.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { CACHIFY_LOG_DEBUG = 0, CACHIFY_LOG_INFO = 1, CACHIFY_LOG_WARNING = 2, CACHIFY_LOG_ERROR = 3 };

// Valid from `start` until `stop` has returned.
typedef struct cachify_host cachify_host;
struct cachify_host {
  uint32_t struct_size;
  uint16_t abi_major;
  uint16_t abi_minor;
  void* context;  // opaque, the host's

  // A line for the program's diagnostics. `level` is one of CACHIFY_LOG_*. Never a cached value, never a
  // secret. Copied, and cut at 1024 bytes; a call of the plugin may leave 100 lines, what is more is dropped.
  // [any]
  void (*log)(const cachify_host* host, uint32_t level, cachify_text line);

  // A table of functions that not every host has, or null. It is as valid as the host itself. [any]
  const void* (*get_extension)(const cachify_host* host, cachify_text id);
};

#ifdef __cplusplus
}
#endif

#endif
