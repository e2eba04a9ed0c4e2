// A plugin that is broken before anything can be asked of it, in the way that a macro says.

#include <cachify/plugin/workflow_kind.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

namespace {

constexpr cachify_text text(const char* words) {
  return {words, __builtin_strlen(words)};
}

void describe(cachify_kind_description* description) {
  description->kind = text(KIND_NAME);
  description->title = text("Broken");
  description->parameters_schema = text(R"({"type":"object","properties":{}})");
#ifdef WRONG_KIND
  description->kind = text("anotherKind");
#endif
#ifdef NOT_TEXT
  description->title = text("\xff\xfe");
#endif
}

cachify_status validate(const cachify_parameters*, const cachify_problem*) {
  return CACHIFY_OK;
}
cachify_status planOpen(const cachify_parameters*, const cachify_plan_services*, cachify_plan**,
                        const cachify_problem*) {
  return CACHIFY_OK;
}
cachify_status planNext(cachify_plan*, const cachify_plan_sink*, const cachify_problem*) {
  return CACHIFY_DONE;
}
[[maybe_unused]] void planClose(cachify_plan*) {}

const void* getExtension(cachify_text id) {
  static cachify_workflow_kind table{
      sizeof(cachify_workflow_kind), 0, &describe, &validate, &planOpen, &planNext, &planClose};
#ifdef NULL_FUNCTION
  table.plan_close = nullptr;
#endif
  const bool isKind = id.size == std::strlen(CACHIFY_EXT_WORKFLOW_KIND) &&
                      std::memcmp(id.data, CACHIFY_EXT_WORKFLOW_KIND, id.size) == 0;
#ifdef NO_EXTENSION
  return nullptr;
#endif
  return isKind ? &table : nullptr;
}

cachify_status start(const cachify_host*, [[maybe_unused]] const cachify_problem* problem) {
#ifdef THROW_AT_START
  throw 7;
#endif
#ifdef REFUSE_TO_START
  problem->report(problem, text(""), text("the moon is wrong"));
  return CACHIFY_FAILED;
#endif
  return CACHIFY_OK;
}
void stop() {}

#ifdef CRASH_AT_LOAD
[[gnu::constructor]] void atLoad() {
  raise(SIGSEGV);
}
#endif
#ifdef HANG_AT_LOAD
[[gnu::constructor]] void atLoad() {
  for (;;) pause();
}
#endif

}  // namespace

#ifdef UNDEFINED_SYMBOL
void nowhereToBeFound();
void (*volatile undefinedSymbol)() = &nowhereToBeFound;
#endif
#ifdef MISSING_SYMBOL
#define cachify_plugin_entry cachify_plugin_door
#endif

extern "C" CACHIFY_EXPORT const cachify_plugin* cachify_plugin_entry(void) {
  static cachify_plugin plugin{sizeof(cachify_plugin),
                               CACHIFY_ABI_MAJOR,
                               CACHIFY_ABI_MINOR,
                               text(CACHIFY_PLUGIN_ID),
                               text(CACHIFY_PLUGIN_VERSION),
                               &start,
                               &stop,
                               &getExtension};
#ifdef NULL_TABLE
  return nullptr;
#endif
#ifdef SHORT_TABLE
  plugin.struct_size = 8;
#endif
#ifdef WRONG_ABI
  plugin.abi_major = 2;
#endif
#ifdef WRONG_ID
  plugin.id = text("test.somebody-else");
#endif
  return &plugin;
}
