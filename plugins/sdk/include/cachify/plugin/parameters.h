#ifndef CACHIFY_PLUGIN_PARAMETERS_H
#define CACHIFY_PLUGIN_PARAMETERS_H
// Parameters of a workflow, configuration of a publisher: one JSON object, read for the plugin by the host.
// A part of it is named by a JSON Pointer (RFC 6901): "/pattern", "/entries/3/key"; the empty text is the
// whole.

#include "abi.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
  CACHIFY_JSON_MISSING = 0,  // also for a text that is no JSON Pointer
  CACHIFY_JSON_NULL = 1,
  CACHIFY_JSON_BOOLEAN = 2,
  CACHIFY_JSON_NUMBER = 3,
  CACHIFY_JSON_TEXT = 4,
  CACHIFY_JSON_ARRAY = 5,
  CACHIFY_JSON_OBJECT = 6
};

// Given to a call by the host; it and all that it gives out are valid until that call returns.
// The functions answer CACHIFY_OK, CACHIFY_NOT_FOUND or CACHIFY_WRONG_TYPE, and leave `out` alone unless
// CACHIFY_OK.
typedef struct cachify_parameters cachify_parameters;
struct cachify_parameters {
  uint32_t struct_size;
  uint32_t reserved;  // 0
  void* context;      // opaque, the host's

  // The whole object as JSON, for who has a parser of his own. [main]
  cachify_text (*json)(const cachify_parameters* parameters);
  // One of CACHIFY_JSON_*. [main]
  uint32_t (*type)(const cachify_parameters* parameters, cachify_text pointer);
  // How many elements an array has, or members an object. [main]
  cachify_status (*size)(const cachify_parameters* parameters, cachify_text pointer, uint64_t* out);
  // [main]
  cachify_status (*text)(const cachify_parameters* parameters, cachify_text pointer, cachify_text* out);
  // CACHIFY_WRONG_TYPE also for a number with a fraction or beyond 64 bits. [main]
  cachify_status (*integer)(const cachify_parameters* parameters, cachify_text pointer, int64_t* out);
  // 0 or 1. [main]
  cachify_status (*boolean)(const cachify_parameters* parameters, cachify_text pointer, uint32_t* out);
};

#ifdef __cplusplus
}
#endif

#endif
