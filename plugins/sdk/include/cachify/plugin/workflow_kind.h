#ifndef CACHIFY_PLUGIN_WORKFLOW_KIND_H
#define CACHIFY_PLUGIN_WORKFLOW_KIND_H
// A workflow kind plans bulk work: it says which keys, and what shall be done to each. The engine does it,
// with guardrails, snapshots, retries and undo; so a plugin needs none of that.

#include "parameters.h"
#include "plan_sink.h"
#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

// The id for `cachify_plugin.get_extension`.
#define CACHIFY_EXT_WORKFLOW_KIND "cachify.workflow-kind/1"

enum {
  CACHIFY_KIND_SUPPORTS_DRY_RUN = 1,
  CACHIFY_KIND_IS_DESTRUCTIVE = 2  // may delete or overwrite
};

typedef struct cachify_kind_description {
  uint32_t struct_size;            // set by the host
  uint32_t flags;                  // of CACHIFY_KIND_*
  cachify_text kind;               // "deleteByPattern": the same as `provides` in the manifest
  cachify_text title;              // for people
  cachify_text summary;            // for people, a sentence or two
  cachify_text parameters_schema;  // JSON Schema (draft 7) of an object; forms are made of it
} cachify_kind_description;

// One plan being drawn up. Opaque, the plugin's.
typedef struct cachify_plan cachify_plan;

// Valid until `cachify_plugin.stop`.
typedef struct cachify_workflow_kind {
  uint32_t struct_size;
  uint32_t reserved;  // 0

  // Fills in `description`; its texts stay valid until `stop`. The same at every call. [main]
  void (*describe)(cachify_kind_description* description);

  // Judges what the schema cannot say. Parameters are an object in which the schema's defaults were filled
  // in, but they need not have been checked: judge whatever comes. CACHIFY_OK, CACHIFY_REFUSED or
  // CACHIFY_FAILED. [main]
  cachify_status (*validate)(const cachify_parameters* parameters, const cachify_problem* problem);

  // Begins a plan. `services` may be kept until `plan_close`, `parameters` may not. Anything but CACHIFY_OK:
  // there is no plan. [main]
  cachify_status (*plan_open)(const cachify_parameters* parameters, const cachify_plan_services* services,
                              cachify_plan** plan, const cachify_problem* problem);

  // The plan's next piece. CACHIFY_OK: ask again, also where nothing was pushed (which is right after some
  // pages without a match, so that progress shows). CACHIFY_DONE: the plan is complete. Below 0: it cannot go
  // on, and what was pushed in this call does not count. It may be called ahead of need. Must return within
  // ten seconds of its own time; waiting for services is not counted. [main]
  cachify_status (*plan_next)(cachify_plan* plan, const cachify_plan_sink* sink,
                              const cachify_problem* problem);

  // Frees the plan, complete or not. Called once for each plan unless the process is ended. [main]
  void (*plan_close)(cachify_plan* plan);
} cachify_workflow_kind;

#ifdef __cplusplus
}
#endif

#endif
