// A plugin that does what no plugin may do, straight on the C ABI, as its parameter `behaviour` says.

#include <cachify/plugin/workflow_kind.h>
#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

extern char** environ;

namespace {

constexpr int kEngineSocket = 3;

cachify_text text(std::string_view view) {
  return {view.data(), view.size()};
}
cachify_bytes bytes(std::string_view view) {
  return {reinterpret_cast<const uint8_t*>(view.data()), view.size()};
}

[[noreturn]] void hang() {
  for (;;) std::this_thread::sleep_for(std::chrono::hours(1));
}
void crash() {
  std::raise(SIGSEGV);
}

const cachify_host* theHost = nullptr;
const cachify_plan_services* keptServices = nullptr;
std::string behaviour;

void writeRaw(std::string_view raw) {
  [[maybe_unused]] const auto written = write(kEngineSocket, raw.data(), raw.size());
}
std::string frame(unsigned char type, std::string_view body) {
  const auto length = static_cast<uint32_t>(body.size() + 1);
  std::string out(4, '\0');
  std::memcpy(out.data(), &length, 4);
  out.push_back(static_cast<char>(type));
  out += body;
  return out;
}

std::string openDescriptors() {
  std::string list;
  DIR* directory = opendir("/proc/self/fd");
  if (directory == nullptr) return "cannot look";
  while (const dirent* entry = readdir(directory)) {
    if (entry->d_name[0] == '.' || std::atoi(entry->d_name) == dirfd(directory)) continue;
    list += std::string(entry->d_name) + " ";
  }
  closedir(directory);
  return list;
}
std::string environmentNames() {
  std::string list;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view whole(*entry);
    list += std::string(whole.substr(0, whole.find('='))) + " ";
  }
  return list;
}

cachify_plan_item deletion(std::string_view key) {
  cachify_plan_item item{};
  item.struct_size = sizeof(item);
  item.action = CACHIFY_STEP_DELETE;
  item.key = bytes(key);
  return item;
}

struct Call {
  const cachify_plan_sink* sink;
  const cachify_problem* problem;
  cachify_status say(std::string_view words) const {
    problem->report(problem, text(""), text(words));
    return CACHIFY_FAILED;
  }
};

using Behaviour = std::function<cachify_status(const Call&)>;

cachify_status pushForEver(const Call& call) {
  const auto item = deletion("key");
  for (;;) call.sink->push(call.sink, &item);
}
cachify_status scanForEver(const Call&) {
  for (;;) {
    cachify_scan_page page{};
    page.struct_size = sizeof(page);
    const auto status = keptServices->scan(keptServices, bytes("*"), text(""), 10, &page);
    if (status != CACHIFY_OK) return status;
  }
}
cachify_status logForEver(const Call&) {
  for (;;) theHost->log(theHost, CACHIFY_LOG_WARNING, text("again"));
}
cachify_status writeForEver(const Call&) {
  const std::string line(1 << 16, 'x');
  for (;;) std::fputs(line.c_str(), stderr);
}
cachify_status takeMemory(const Call& call) {
  std::vector<std::string> taken;
  try {
    for (int i = 0; i < 4096; ++i) taken.emplace_back(1 << 20, 'm');
  } catch (const std::bad_alloc&) {
    const auto size = taken.size();
    taken.clear();
    return call.say("no more than " + std::to_string(size) + " MiB");
  }
  return call.say("as much as I want");
}
cachify_status pushWrongItems(const Call& call) {
  std::string refused;
  auto item = deletion("key");
  item.action = 99;
  refused += std::to_string(call.sink->push(call.sink, &item)) + " ";
  item = deletion("key");
  item.struct_size = 8;
  refused += std::to_string(call.sink->push(call.sink, &item)) + " ";
  item = deletion("key");
  item.action = CACHIFY_STEP_SET_TTL;
  for (const int64_t ttl : {int64_t(0), int64_t(-1), INT64_MIN, INT64_MAX}) {
    item.ttl_ms = ttl;
    refused += std::to_string(call.sink->push(call.sink, &item)) + " ";
  }
  item = deletion("key");
  item.key.size = UINT64_MAX;
  refused += std::to_string(call.sink->push(call.sink, &item)) + " ";
  return call.say(refused + std::to_string(call.sink->push(call.sink, nullptr)));
}
cachify_status describeTooMany(const Call&) {
  const std::vector<cachify_bytes> keys(200'000, bytes("k"));
  std::vector<cachify_key_facts> facts(keys.size());
  return keptServices->describe(keptServices, keys.data(), keys.size(), facts.data());
}
cachify_status sayErrno(const Call& call, int result) {
  return call.say(result >= 0 ? std::string("allowed") : std::string(std::strerror(errno)));
}
cachify_status startProgram(const Call& call) {
  char program[] = "/bin/true";
  char* arguments[] = {program, nullptr};
  char* nothing[] = {nullptr};
  return sayErrno(call, execve(program, arguments, nothing));
}
cachify_status forgePiece(const Call&) {
  // Not the last, 20 000 items: more than was asked for.
  std::string body("\0\xA0\x9C\x01", 4);
  for (int i = 0; i < 20'000; ++i) body += std::string("\0\1k", 3);
  writeRaw(frame(67, body));
  hang();
}

const std::map<std::string, Behaviour, std::less<>>& behaviours() {
  static const std::map<std::string, Behaviour, std::less<>> kAll{
      {"behave",
       [](const Call& call) {
         const auto item = deletion("key");
         call.sink->push(call.sink, &item);
         return CACHIFY_DONE;
       }},
      {"crash", [](const Call&) { return crash(), CACHIFY_DONE; }},
      {"abort", [](const Call&) -> cachify_status { std::abort(); }},
      {"exit", [](const Call&) -> cachify_status { _exit(0); }},
      {"hang", [](const Call&) -> cachify_status { hang(); }},
      {"spin",
       [](const Call&) -> cachify_status {
         for (unsigned i = 0;; ++i) std::atomic_signal_fence(std::memory_order_seq_cst);
       }},
      {"throw", [](const Call&) -> cachify_status { throw std::runtime_error("out of here"); }},
      {"throwNumber", [](const Call&) -> cachify_status { throw 7; }},
      {"garbage",
       [](const Call&) -> cachify_status {
         writeRaw("\xde\xad\xbe\xef this is no message");
         hang();
       }},
      {"zeroLength",
       [](const Call&) -> cachify_status {
         writeRaw(std::string(64, '\0'));
         hang();
       }},
      {"otherAnswer",
       [](const Call&) -> cachify_status {
         writeRaw(frame(68, std::string(10, '\0')));
         hang();
       }},
      {"unknownAnswer",
       [](const Call&) -> cachify_status {
         writeRaw(frame(250, "?"));
         hang();
       }},
      {"brokenBody",
       [](const Call&) -> cachify_status {
         writeRaw(frame(67, "\xff\xff\xff"));
         hang();
       }},
      {"brokenServiceCall",
       [](const Call&) -> cachify_status {
         writeRaw(frame(96, "\xff"));
         hang();
       }},
      {"forgedPiece", forgePiece},
      {"closedSocket",
       [](const Call&) -> cachify_status {
         close(kEngineSocket);
         hang();
       }},
      {"endlessItems", pushForEver},
      {"endlessServices", scanForEver},
      {"endlessLog", logForEver},
      {"endlessWords", writeForEver},
      {"nonsenseStatus", [](const Call&) { return cachify_status(77); }},
      {"full", [](const Call&) { return cachify_status(CACHIFY_FULL); }},
      {"memory", takeMemory},
      {"wrongItems", pushWrongItems},
      {"describeTooMany", describeTooMany},
      {"lastWords",
       [](const Call&) -> cachify_status {
         std::fputs("good\x1b[31m bye\n", stderr);
         std::abort();
       }},
      {"descriptors", [](const Call& call) { return call.say(openDescriptors()); }},
      {"environment", [](const Call& call) { return call.say(environmentNames()); }},
      {"network", [](const Call& call) { return sayErrno(call, socket(AF_INET, SOCK_STREAM, 0)); }},
      {"localSocket", [](const Call& call) { return sayErrno(call, socket(AF_UNIX, SOCK_STREAM, 0)); }},
      {"program", startProgram},
      {"longWords", [](const Call& call) { return call.say(std::string(100'000, 'w') + "\x1b[31m"); }},
  };
  return kAll;
}

void describe(cachify_kind_description* description) {
  description->flags = CACHIFY_KIND_SUPPORTS_DRY_RUN;
  description->kind = text(KIND_NAME);
  description->title = text("Misbehaving");
  description->summary = text("Does what no plugin may do.");
  description->parameters_schema = text(R"({"type":"object","properties":{"behaviour":{"type":"string"}}})");
}

cachify_status validate(const cachify_parameters* parameters, const cachify_problem*) {
  cachify_text chosen{};
  if (parameters->text(parameters, text("/behaviour"), &chosen) == CACHIFY_OK &&
      std::string_view(chosen.data, chosen.size) == "asksInValidate") {
    cachify_scan_page page{};
    page.struct_size = sizeof(page);
    return keptServices->scan(keptServices, bytes("*"), text(""), 10, &page);
  }
  return CACHIFY_OK;
}

cachify_status planOpen(const cachify_parameters* parameters, const cachify_plan_services* services,
                        cachify_plan** plan, const cachify_problem* problem) {
  keptServices = services;
  cachify_text chosen{};
  if (parameters->text(parameters, text("/behaviour"), &chosen) != CACHIFY_OK) {
    problem->report(problem, text("behaviour"), text("behaviour is missing"));
    return CACHIFY_REFUSED;
  }
  behaviour.assign(chosen.data, chosen.size);
  *plan = nullptr;
  return CACHIFY_OK;
}

cachify_status planNext(cachify_plan*, const cachify_plan_sink* sink, const cachify_problem* problem) {
  const Call call{sink, problem};
  const auto found = behaviours().find(behaviour);
  return found == behaviours().end() ? call.say("no such behaviour") : found->second(call);
}

void planClose(cachify_plan*) {}

const void* getExtension(cachify_text id) {
  static const cachify_workflow_kind kTable{
      sizeof(cachify_workflow_kind), 0, &describe, &validate, &planOpen, &planNext, &planClose};
  return std::string_view(id.data, id.size) == CACHIFY_EXT_WORKFLOW_KIND ? &kTable : nullptr;
}

cachify_status start(const cachify_host* host, const cachify_problem* problem) {
  theHost = host;
  (void)problem;
  return CACHIFY_OK;
}
void stop() {}

}  // namespace

extern "C" CACHIFY_EXPORT const cachify_plugin* cachify_plugin_entry(void) {
  static const cachify_plugin kPlugin{sizeof(cachify_plugin),
                                      CACHIFY_ABI_MAJOR,
                                      CACHIFY_ABI_MINOR,
                                      text(CACHIFY_PLUGIN_ID),
                                      text(CACHIFY_PLUGIN_VERSION),
                                      &start,
                                      &stop,
                                      &getExtension};
  return &kPlugin;
}
