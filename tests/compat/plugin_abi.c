// The binary interface, number by number, as it is on 64-bit Linux. A minor version may add members at the end of tables, and
// lines here; what stands here never changes. Compiled as C and as C++, never linked.

#include <assert.h>
#include <cachify/plugin/alert_publisher.h>
#include <cachify/plugin/workflow_kind.h>
#include <cachify/plugin/drafts/self_test.h>
#include <stddef.h>

#define SIZE(type, bytes) static_assert(sizeof(type) == (bytes), "size of " #type)
#define PLACE(type, member, bytes) static_assert(offsetof(type, member) == (bytes), #type "." #member)
#define VALUE(name, number) static_assert((name) == (number), "value of " #name)

SIZE(cachify_bytes, 16);
PLACE(cachify_bytes, data, 0);
PLACE(cachify_bytes, size, 8);

SIZE(cachify_text, 16);
PLACE(cachify_text, data, 0);
PLACE(cachify_text, size, 8);

SIZE(cachify_problem, 24);
PLACE(cachify_problem, struct_size, 0);
PLACE(cachify_problem, reserved, 4);
PLACE(cachify_problem, context, 8);
PLACE(cachify_problem, report, 16);

SIZE(cachify_parameters, 64);
PLACE(cachify_parameters, struct_size, 0);
PLACE(cachify_parameters, reserved, 4);
PLACE(cachify_parameters, context, 8);
PLACE(cachify_parameters, json, 16);
PLACE(cachify_parameters, type, 24);
PLACE(cachify_parameters, size, 32);
PLACE(cachify_parameters, text, 40);
PLACE(cachify_parameters, integer, 48);
PLACE(cachify_parameters, boolean, 56);

SIZE(cachify_host, 32);
PLACE(cachify_host, struct_size, 0);
PLACE(cachify_host, abi_major, 4);
PLACE(cachify_host, abi_minor, 6);
PLACE(cachify_host, context, 8);
PLACE(cachify_host, log, 16);
PLACE(cachify_host, get_extension, 24);

SIZE(cachify_plugin, 64);
PLACE(cachify_plugin, struct_size, 0);
PLACE(cachify_plugin, abi_major, 4);
PLACE(cachify_plugin, abi_minor, 6);
PLACE(cachify_plugin, id, 8);
PLACE(cachify_plugin, version, 24);
PLACE(cachify_plugin, start, 40);
PLACE(cachify_plugin, stop, 48);
PLACE(cachify_plugin, get_extension, 56);

SIZE(cachify_key_facts, 24);
PLACE(cachify_key_facts, type, 0);
PLACE(cachify_key_facts, reserved, 4);
PLACE(cachify_key_facts, ttl_ms, 8);
PLACE(cachify_key_facts, size_bytes, 16);

SIZE(cachify_scan_page, 56);
PLACE(cachify_scan_page, struct_size, 0);
PLACE(cachify_scan_page, reserved, 4);
PLACE(cachify_scan_page, key_count, 8);
PLACE(cachify_scan_page, keys, 16);
PLACE(cachify_scan_page, next_cursor, 24);
PLACE(cachify_scan_page, scanned, 40);
PLACE(cachify_scan_page, total, 48);

SIZE(cachify_plan_services, 40);
PLACE(cachify_plan_services, struct_size, 0);
PLACE(cachify_plan_services, reserved, 4);
PLACE(cachify_plan_services, context, 8);
PLACE(cachify_plan_services, scan, 16);
PLACE(cachify_plan_services, describe, 24);
PLACE(cachify_plan_services, read, 32);

SIZE(cachify_plan_item, 72);
PLACE(cachify_plan_item, struct_size, 0);
PLACE(cachify_plan_item, action, 4);
PLACE(cachify_plan_item, client_flags, 8);
PLACE(cachify_plan_item, reserved, 12);
PLACE(cachify_plan_item, ttl_ms, 16);
PLACE(cachify_plan_item, key, 24);
PLACE(cachify_plan_item, value, 40);
PLACE(cachify_plan_item, rename_to, 56);

SIZE(cachify_plan_sink, 32);
PLACE(cachify_plan_sink, struct_size, 0);
PLACE(cachify_plan_sink, reserved, 4);
PLACE(cachify_plan_sink, context, 8);
PLACE(cachify_plan_sink, push, 16);
PLACE(cachify_plan_sink, expect_total, 24);

SIZE(cachify_kind_description, 72);
PLACE(cachify_kind_description, struct_size, 0);
PLACE(cachify_kind_description, flags, 4);
PLACE(cachify_kind_description, kind, 8);
PLACE(cachify_kind_description, title, 24);
PLACE(cachify_kind_description, summary, 40);
PLACE(cachify_kind_description, parameters_schema, 56);

SIZE(cachify_workflow_kind, 48);
PLACE(cachify_workflow_kind, struct_size, 0);
PLACE(cachify_workflow_kind, reserved, 4);
PLACE(cachify_workflow_kind, describe, 8);
PLACE(cachify_workflow_kind, validate, 16);
PLACE(cachify_workflow_kind, plan_open, 24);
PLACE(cachify_workflow_kind, plan_next, 32);
PLACE(cachify_workflow_kind, plan_close, 40);

SIZE(cachify_publisher_description, 72);
PLACE(cachify_publisher_description, struct_size, 0);
PLACE(cachify_publisher_description, reserved, 4);
PLACE(cachify_publisher_description, publisher, 8);
PLACE(cachify_publisher_description, title, 24);
PLACE(cachify_publisher_description, summary, 40);
PLACE(cachify_publisher_description, configuration_schema, 56);

SIZE(cachify_alert, 136);
PLACE(cachify_alert, struct_size, 0);
PLACE(cachify_alert, severity, 4);
PLACE(cachify_alert, count, 8);
PLACE(cachify_alert, created_at_ms, 16);
PLACE(cachify_alert, id, 24);
PLACE(cachify_alert, title, 40);
PLACE(cachify_alert, message, 56);
PLACE(cachify_alert, source, 72);
PLACE(cachify_alert, connection, 88);
PLACE(cachify_alert, environment, 104);
PLACE(cachify_alert, json, 120);

SIZE(cachify_alert_batch, 48);
PLACE(cachify_alert_batch, struct_size, 0);
PLACE(cachify_alert_batch, reserved, 4);
PLACE(cachify_alert_batch, idempotency_key, 8);
PLACE(cachify_alert_batch, deadline_ms, 24);
PLACE(cachify_alert_batch, alert_count, 32);
PLACE(cachify_alert_batch, alerts, 40);

SIZE(cachify_delivery, 16);
PLACE(cachify_delivery, struct_size, 0);
PLACE(cachify_delivery, outcome, 4);
PLACE(cachify_delivery, retry_after_ms, 8);

SIZE(cachify_alert_publisher, 40);
PLACE(cachify_alert_publisher, struct_size, 0);
PLACE(cachify_alert_publisher, reserved, 4);
PLACE(cachify_alert_publisher, describe, 8);
PLACE(cachify_alert_publisher, configure, 16);
PLACE(cachify_alert_publisher, deliver, 24);
PLACE(cachify_alert_publisher, health, 32);

SIZE(cachify_self_test, 16);
PLACE(cachify_self_test, struct_size, 0);
PLACE(cachify_self_test, reserved, 4);
PLACE(cachify_self_test, run, 8);

VALUE(CACHIFY_ABI_MAJOR, 1);
VALUE(CACHIFY_OK, 0);
VALUE(CACHIFY_DONE, 1);
VALUE(CACHIFY_FULL, 2);
VALUE(CACHIFY_FAILED, -1);
VALUE(CACHIFY_REFUSED, -2);
VALUE(CACHIFY_NOT_FOUND, -3);
VALUE(CACHIFY_WRONG_TYPE, -4);
VALUE(CACHIFY_GIVE_UP, -5);
VALUE(CACHIFY_JSON_MISSING, 0);
VALUE(CACHIFY_JSON_OBJECT, 6);
VALUE(CACHIFY_LOG_ERROR, 3);
VALUE(CACHIFY_TYPE_NONE, 0);
VALUE(CACHIFY_TYPE_STRING, 1);
VALUE(CACHIFY_TYPE_HASH, 2);
VALUE(CACHIFY_TYPE_LIST, 3);
VALUE(CACHIFY_TYPE_SET, 4);
VALUE(CACHIFY_TYPE_ZSET, 5);
VALUE(CACHIFY_TYPE_STREAM, 6);
VALUE(CACHIFY_TYPE_JSON, 7);
VALUE(CACHIFY_TYPE_OTHER, 8);
VALUE(CACHIFY_STEP_DELETE, 0);
VALUE(CACHIFY_STEP_SET_TTL, 1);
VALUE(CACHIFY_STEP_PERSIST, 2);
VALUE(CACHIFY_STEP_SET_VALUE, 3);
VALUE(CACHIFY_STEP_RENAME, 4);
VALUE(CACHIFY_STEP_TOUCH, 5);
VALUE(CACHIFY_KIND_SUPPORTS_DRY_RUN, 1);
VALUE(CACHIFY_KIND_IS_DESTRUCTIVE, 2);
VALUE(CACHIFY_SEVERITY_INFO, 0);
VALUE(CACHIFY_SEVERITY_WARNING, 1);
VALUE(CACHIFY_SEVERITY_CRITICAL, 2);
VALUE(CACHIFY_DELIVERED, 0);
VALUE(CACHIFY_RETRY_AFTER, 1);
VALUE(CACHIFY_DELIVERY_FAILED, 2);
VALUE(CACHIFY_NO_TTL, -1);
