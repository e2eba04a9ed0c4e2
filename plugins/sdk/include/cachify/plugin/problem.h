#ifndef CACHIFY_PLUGIN_PROBLEM_H
#define CACHIFY_PLUGIN_PROBLEM_H
// How a plugin says what went wrong.

#include "abi.h"

#ifdef __cplusplus
extern "C" {
#endif

// Given to a call of the plugin by the host, and valid until that call returns.
typedef struct cachify_problem cachify_problem;
struct cachify_problem {
  uint32_t struct_size;
  uint32_t reserved;  // 0
  void* context;      // opaque, the host's

  // Says what happened and what to do next, in words for people; never a cached value, never a secret.
  // `field` names the parameter it is about, or is empty. Copied, and cut at 4096 bytes. The last report
  // counts. Means something only together with a negative status. [main]
  void (*report)(const cachify_problem* problem, cachify_text field, cachify_text message);
};

#ifdef __cplusplus
}
#endif

#endif
