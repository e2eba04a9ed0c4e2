#include "plugin_host/plugin_process.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "plugin_host/library_copy.hpp"
#include "plugin_host/plan_service_calls.hpp"

namespace cachify::plugin_host {
namespace {

constexpr std::array<std::string_view, 4> kLevels{"debug", "info", "warning", "error"};

/// What a plugin said, for people: its words are anybody's.
std::string wordsOf(const FailedReply& failed) {
  if (failed.message.empty()) return "the plugin gives no reason";
  return escapeForDisplay(BytesView(failed.message).substr(0, kMaxProblemBytes));
}

Error errorOf(const FailedReply& failed, const std::string& pluginId, const Error* serviceError) {
  // A plugin that gives up because we could not serve it is not to blame.
  if (serviceError != nullptr) return *serviceError;
  Error error{.code = ErrorCode::internalError, .message = wordsOf(failed)};
  if (failed.kind == FailureKind::refused) error.code = ErrorCode::validationError;
  if (failed.kind == FailureKind::notFound) error.code = ErrorCode::notFound;
  if (failed.kind == FailureKind::wrongType) error.code = ErrorCode::conflict;
  if (!failed.field.empty()) error.set("field", escapeForDisplay(BytesView(failed.field).substr(0, 200)));
  error.set("plugin", pluginId);
  return error;
}

}  // namespace

/// How long the plugin has been at it in this call, and until when it may.
class PluginProcess::Turn {
 public:
  Turn(std::chrono::milliseconds patience, CallContext context)
      : left_(patience), context_(std::move(context)), began_(now()) {}

  /// From now on it is the plugin's turn.
  CallContext begin() {
    turnBegan_ = now();
    const SteadyTime patient =
        left_ < SteadyTime::max() - turnBegan_ ? turnBegan_ + left_ : SteadyTime::max();
    return {.deadline = std::min(context_.deadline, patient), .stop = context_.stop};
  }
  void finish() {
    const auto spent = now() - turnBegan_;
    left_ -= spent;
    spent_ += spent;
  }
  [[nodiscard]] const CallContext& context() const { return context_; }
  /// Nothing more may be done in this call; a plugin that answers at once must not go on for ever.
  [[nodiscard]] std::optional<Channel::Ended> over() const {
    if (context_.stop.stop_requested()) return Channel::Ended::stopped;
    if (left_ <= SteadyTime::duration::zero() || now() >= context_.deadline) return Channel::Ended::timedOut;
    return std::nullopt;
  }
  /// Time is up: because of the plugin, or because of those who served it?
  [[nodiscard]] bool isPluginsFault() const {
    return left_ <= SteadyTime::duration::zero() || spent_ * 2 >= now() - began_;
  }

 private:
  static SteadyTime now() { return std::chrono::steady_clock::now(); }

  SteadyTime::duration left_;
  SteadyTime::duration spent_{};
  CallContext context_;
  SteadyTime began_;
  SteadyTime turnBegan_{};
};

PluginProcess::PluginProcess(const boost::asio::any_io_executor& executor, const PluginPackage& package,
                             PluginHooks hooks, ChildProgram child)
    : executor_(executor),
      manifest_(package.manifest),
      digest_(package.digest),
      hooks_(std::move(hooks)),
      child_(std::move(child)),
      channel_(executor, std::move(child_.socket)),
      words_(executor, std::move(child_.standardError)) {}

Task<std::unique_ptr<PluginProcess>> PluginProcess::start(boost::asio::any_io_executor executor,
                                                          const PluginPackage& package, PluginHooks hooks,
                                                          CallContext context) {
  const auto copy = sealedCopy(package.library, package.digest);
  if (!copy) co_return std::unexpected(copy.error());
  auto child = ChildProgram::start(hooks.program, package.manifest.id, *copy);
  if (!child) co_return std::unexpected(child.error());
  std::unique_ptr<PluginProcess> process(
      new PluginProcess(executor, package, std::move(hooks), std::move(*child)));
  Result<void> loaded = co_await process->load(std::move(context));
  if (!loaded) co_return std::unexpected(loaded.error());
  co_return process;
}

Task<void> PluginProcess::load(CallContext context) {
  const LoadRequest request{.pluginId = manifest_.id,
                            .version = manifest_.version,
                            .isPublisher = manifest_.kind == PluginKind::alertPublisher,
                            .provides = manifest_.provides,
                            .mayUseNetwork = manifest_.asksFor(Capability::network),
                            .mayStartPrograms = manifest_.asksFor(Capability::processes)};
  Question question{.type = MessageType::load, .body = encodeBody(request), .expected = MessageType::loaded};
  Result<Answer> answer = co_await call(std::move(question), std::move(context));
  if (!answer) co_return std::unexpected(answer.error());
  if (!decodeBody(answer->body, loaded_))
    co_return fail(fault(Fault::garbage, "a description that cannot be read"));
  co_return Result<void>();
}

Task<PluginProcess::Answer> PluginProcess::call(Question question, CallContext context) {
  if (ended_) co_return fail(ErrorCode::internalError, "the plugin's process has ended");
  if (question.body.size() >= kMaxMessageBytes)
    co_return fail(ErrorCode::validationError,
                   "what shall be handed to the plugin is larger than it can take");
  Turn turn(question.patience.value_or(hooks_.limits.patience), std::move(context));
  std::optional<Error> serviceError;
  Bytes frame = frameOf(question.type, question.body);
  for (;;) {
    if (!frame.empty()) {
      Result<void> sent = co_await send(std::exchange(frame, {}), turn);
      if (!sent) co_return std::unexpected(sent.error());
    }
    Result<Message> message = co_await receive(turn);
    if (!message) co_return std::unexpected(message.error());
    if (!isServiceCall(message->type)) {
      const Error* reason = serviceError ? &*serviceError : nullptr;
      co_return judge(*message, question.expected, reason);
    }
    // The child may have asked ahead for a piece that nobody wants any more.
    if (question.type == MessageType::planClose) continue;
    if (question.services == nullptr)
      co_return fail(fault(Fault::brokenContract, "it asked for keys where it must not"));
    ServiceAnswer answer = co_await serve(*message, *question.services, turn.context());
    if (!answer.isValid) co_return fail(fault(Fault::garbage, "a service call that cannot be read"));
    if (answer.error) serviceError = std::move(answer.error);
    frame = std::move(answer.frame);
  }
}

Task<void> PluginProcess::send(Bytes frame, Turn& turn) {
  if (const auto over = turn.over()) co_return fail(broken(*over, turn));
  CallContext until = turn.begin();
  const Channel::Ended ended = co_await channel_.send(std::move(frame), std::move(until));
  turn.finish();
  if (ended != Channel::Ended::done) co_return fail(broken(ended, turn));
  co_return Result<void>();
}

/// The next message that is no mere line of diagnostics.
Task<Message> PluginProcess::receive(Turn& turn) {
  for (;;) {
    if (const auto over = turn.over()) co_return fail(broken(*over, turn));
    Message message;
    CallContext until = turn.begin();
    const Channel::Ended ended = co_await channel_.receive(message, std::move(until));
    turn.finish();
    if (ended != Channel::Ended::done) co_return fail(broken(ended, turn));
    if (message.type != MessageType::logLine) co_return message;
    if (auto ok = note(message); !ok) co_return std::unexpected(ok.error());
  }
}

Error PluginProcess::broken(Channel::Ended ended, const Turn& turn) {
  switch (ended) {
    case Channel::Ended::stopped:
      end();
      return {.code = ErrorCode::cancelled, .message = "cancelled"};
    case Channel::Ended::timedOut:
      if (turn.isPluginsFault()) return fault(Fault::hung, {});
      end();
      return Error{.code = ErrorCode::timeout,
                   .message = "the time was up while the plugin was planning",
                   .retryable = true}
          .with("plugin", manifest_.id);
    case Channel::Ended::garbage:
      return fault(Fault::garbage, "not the protocol");
    case Channel::Ended::closed:
    case Channel::Ended::done:
      break;
  }
  const std::string ending = child_.end();
  return fault(Fault::crashed, ending);
}

Result<PluginProcess::Answer> PluginProcess::judge(const Message& message, MessageType expected,
                                                   const Error* serviceError) {
  if (message.type == expected) return Answer{.type = message.type, .body = Bytes(message.body)};
  if (message.type == MessageType::failed) {
    FailedReply failed;
    if (decodeBody(message.body, failed)) return fail(errorOf(failed, manifest_.id, serviceError));
  }
  if (message.type == MessageType::faulted) {
    FaultedReply faulted;
    if (decodeBody(message.body, faulted)) return fail(fault(faultOf(faulted.fault), faulted.message));
  }
  return fail(fault(Fault::garbage, "an answer to another question"));
}

Result<void> PluginProcess::note(const Message& message) {
  LogLine line;
  if (!decodeBody(message.body, line) || line.level >= kLevels.size() || line.text.size() > kMaxLogBytes)
    return fail(fault(Fault::garbage, "a log line that cannot be read"));
  if (hooks_.onLog)
    hooks_.onLog(kLevels[line.level], fmt::format("{}: {}", manifest_.id, escapeForDisplay(line.text)));
  return {};
}

Error PluginProcess::fault(Fault fault, std::string_view itsWords) {
  end();
  const FaultReport report{
      .pluginId = manifest_.id, .version = manifest_.version, .digest = digest_, .fault = fault};
  if (hooks_.onFault) hooks_.onFault(report);
  return faultError(report, itsWords, words_.take());
}

void PluginProcess::retire(std::unique_ptr<PluginProcess> process) {
  if (!process || !process->usable()) return;
  process->hooks_.onFault = {};
  const auto executor = process->executor_;
  auto stop = [owned = std::shared_ptr<PluginProcess>(std::move(process))]() -> boost::asio::awaitable<void> {
    const auto kept = owned;
    Question question{.type = MessageType::unload};
    CallContext soon = CallContext::within(std::chrono::seconds(1));
    const Result<Answer> stopped = co_await kept->call(std::move(question), std::move(soon));
    (void)stopped;  // ended either way
  };
  boost::asio::co_spawn(executor, std::move(stop), boost::asio::detached);
}

void PluginProcess::end() {
  ended_ = true;
  child_.end();
}

}  // namespace cachify::plugin_host
