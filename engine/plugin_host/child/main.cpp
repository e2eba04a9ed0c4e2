// cachify-plugin-host: loads one plugin and calls it as the engine asks (PROTOCOL.md). Started by the engine
// alone.

#include <cachify/plugin/drafts/self_test.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <optional>

#include "plugin_host/child/confinement.hpp"
#include "plugin_host/child/host_table.hpp"
#include "plugin_host/child/plugin_library.hpp"
#include "plugin_host/child/problem_sink.hpp"
#include "plugin_host/child/publisher_calls.hpp"
#include "plugin_host/child/workflow_calls.hpp"
#include "plugin_host/child_program.hpp"

namespace cachify::plugin_host {
namespace {

constexpr std::size_t kMostNameBytes = 60;
constexpr std::size_t kMostTitleBytes = 200;
constexpr std::size_t kMostSummaryBytes = 2000;
constexpr std::size_t kMostSchemaBytes = 1UL << 20;

/// The process's one plugin, and what the engine asks of it.
class PluginSession {
 public:
  PluginSession(EngineSocket& engine, const LoadRequest& expected)
      : engine_(engine), services_(engine), host_(engine), library_(engine, kLibraryDescriptor, expected) {
    start();
    selfTest_ = static_cast<const cachify_self_test*>(extension(CACHIFY_EXT_SELF_TEST));
    LoadedReply loaded;
    if (expected.isPublisher != 0) {
      loaded = publisher_.emplace(engine, extension(CACHIFY_EXT_ALERT_PUBLISHER)).describe();
    } else {
      loaded = workflow_.emplace(engine, services_, extension(CACHIFY_EXT_WORKFLOW_KIND)).describe();
    }
    loaded.hasSelfTest = selfTest_ != nullptr;
    check(loaded, expected);
    engine_.send(MessageType::loaded, loaded);
  }

  /// Until the engine wants no more.
  void run() {
    while (auto question = services_.nextQuestion()) {
      host_.callBegins();
      if (question->type == MessageType::unload) break;
      if (question->type == MessageType::selfTest) {
        test();
      } else if (!isAnswered(*question)) {
        engine_.send(MessageType::failed, FailedReply{.message = "this plugin is of another kind"});
      }
    }
    if (workflow_) workflow_->close();
    guarded(engine_, library_.plugin().stop);
    engine_.send(MessageType::done, NoBody{});
  }

 private:
  const void* extension(std::string_view id) {
    return guarded(engine_, [&] { return library_.plugin().get_extension(textOf(id)); });
  }
  void start() {
    const ProblemSink problem;
    const auto status =
        guarded(engine_, [&] { return library_.plugin().start(host_.table(), problem.table()); });
    if (status == CACHIFY_OK) return;
    engine_.endWith(Fault::notLoadable, fmt::format("it does not start: {}", problem.message()));
  }
  void check(const LoadedReply& loaded, const LoadRequest& expected) {
    if (loaded.name != expected.provides)
      engine_.endWith(Fault::brokenContract, "it provides something else than its manifest says");
    const bool fits = loaded.name.size() <= kMostNameBytes && loaded.title.size() <= kMostTitleBytes &&
                      loaded.summary.size() <= kMostSummaryBytes && loaded.schema.size() <= kMostSchemaBytes;
    if (!fits) engine_.endWith(Fault::brokenContract, "a text of its description is too long");
    for (const auto* text : {&loaded.title, &loaded.summary, &loaded.schema}) {
      if (!isUtf8(*text)) engine_.endWith(Fault::brokenContract, "a text of its description is not UTF-8");
    }
  }
  void test() {
    if (selfTest_ == nullptr)
      return engine_.send(MessageType::failed, FailedReply{.message = "it has no test"});
    const ProblemSink problem;
    const auto status = guarded(engine_, [&] { return selfTest_->run(problem.table()); });
    if (status == CACHIFY_OK) return engine_.send(MessageType::done, NoBody{});
    engine_.send(MessageType::failed, problem.failure(status));
  }
  bool isAnswered(const Received& question) {
    return workflow_ ? workflow_->answer(question) : publisher_->answer(question);
  }

  EngineSocket& engine_;
  EngineServices services_;
  HostTable host_;
  PluginLibrary library_;
  const cachify_self_test* selfTest_ = nullptr;
  std::optional<WorkflowCalls> workflow_;
  std::optional<PublisherCalls> publisher_;
};

int serveEngine() {
  EngineSocket engine(kSocketDescriptor);
  const auto first = engine.receive();
  LoadRequest request;
  if (!first || first->type != MessageType::load || !decodeBody(first->body, request)) return 2;
  if (request.protocol != kProtocolVersion) return 2;
  refuseSystemCalls(request.mayUseNetwork != 0, request.mayStartPrograms != 0);
  PluginSession(engine, request).run();
  return 0;
}

}  // namespace
}  // namespace cachify::plugin_host

int main() {
  if (isatty(STDIN_FILENO) != 0) {
    std::fputs("This program is started by Cachify Studio, one for each plugin at work.\n", stderr);
    return 2;
  }
  cachify::plugin_host::confineProcess();
  // Without the destructors of whatever a plugin left behind.
  _exit(cachify::plugin_host::serveEngine());
}
