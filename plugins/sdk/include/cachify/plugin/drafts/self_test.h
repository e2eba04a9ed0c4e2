#ifndef CACHIFY_PLUGIN_DRAFTS_SELF_TEST_H
#define CACHIFY_PLUGIN_DRAFTS_SELF_TEST_H
// Draft. A plugin's own test, run by the conformance checker beside its general ones.

#include <cachify/plugin/problem.h>

#ifdef __cplusplus
extern "C" {
#endif

// The id for `cachify_plugin.get_extension`.
#define CACHIFY_EXT_SELF_TEST "cachify.draft.self-test/0"

// Valid until `cachify_plugin.stop`.
typedef struct cachify_self_test {
  uint32_t struct_size;
  uint32_t reserved;  // 0

  // CACHIFY_OK, or CACHIFY_FAILED and what does not hold. Leaves nothing behind, and returns within ten
  // seconds. [main]
  cachify_status (*run)(const cachify_problem* problem);
} cachify_self_test;

#ifdef __cplusplus
}
#endif

#endif
