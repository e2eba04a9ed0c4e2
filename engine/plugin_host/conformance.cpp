#include "plugin_host/conformance.hpp"

#include <algorithm>

#include "domain/words.hpp"
#include "plugin_host/conformance/checker.hpp"
#include "plugin_host/conformance/sample_parameters.hpp"

namespace cachify::plugin_host {
namespace {

using Outcome = ConformanceCheck::Outcome;

constexpr domain::Words<Outcome, 3> kCheckOutcomes{
    {{Outcome::passed, "passed"}, {Outcome::failed, "failed"}, {Outcome::skipped, "skipped"}}};

bool isSame(const LoadedReply& one, const LoadedReply& other) {
  return encodeBody(one) == encodeBody(other);
}

Task<void> loads(Checker& checker) {
  Result<Checker::Process> process = co_await checker.start();
  if (!process) co_return std::unexpected(process.error());
  co_return Result<void>();
}

Task<void> describesItselfTheSame(Checker& checker) {
  Result<Checker::Process> one = co_await checker.start();
  if (!one) co_return std::unexpected(one.error());
  Result<Checker::Process> other = co_await checker.start();
  if (!other) co_return std::unexpected(other.error());
  if (!isSame((*one)->loaded(), (*other)->loaded()))
    co_return fail(ErrorCode::validationError, "it describes itself differently each time");
  co_return Result<void>();
}

Task<void> hasASchema(Checker& checker) {
  Result<Checker::Process> process = co_await checker.start();
  if (!process) co_return std::unexpected(process.error());
  co_return checkSchema((*process)->loaded().schema);
}

Task<void> passesItsOwnTest(Checker& checker) {
  Result<Checker::Process> process = co_await checker.start();
  if (!process) co_return std::unexpected(process.error());
  if ((*process)->loaded().hasSelfTest == 0) co_return fail(ErrorCode::notSupported, "it has none");
  Result<void> passed = co_await checker.ask(**process, MessageType::selfTest);
  co_return passed;
}

Task<void> stops(Checker& checker) {
  Result<Checker::Process> process = co_await checker.start();
  if (!process) co_return std::unexpected(process.error());
  Result<void> stopped = co_await checker.ask(**process, MessageType::unload);
  co_return stopped;
}

}  // namespace

std::string_view wireName(Outcome outcome) {
  return domain::wordOf(kCheckOutcomes, outcome);
}

bool ConformanceReport::passed() const {
  return std::ranges::none_of(checks, [](const auto& check) { return check.outcome == Outcome::failed; });
}

Checker::Checker(boost::asio::any_io_executor executor, PluginPackage package, PluginHooks hooks,
                 ConformanceOptions options, CallContext context)
    : executor_(std::move(executor)),
      package_(std::move(package)),
      hooks_(std::move(hooks)),
      options_(std::move(options)),
      context_(std::move(context)) {}

boost::asio::awaitable<void> Checker::run(const char* name, Check check) {
  const auto began = std::chrono::steady_clock::now();
  Result<void> held = co_await check(*this);
  ConformanceCheck line{.name = name};
  line.duration =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
  if (!held) {
    line.outcome = held.error().code == ErrorCode::notSupported ? Outcome::skipped : Outcome::failed;
    line.message = held.error().message;
  }
  report_.checks.push_back(std::move(line));
}

Task<Checker::Process> Checker::start() {
  Result<Process> process = co_await PluginProcess::start(executor_, package_, hooks_, context_);
  co_return process;
}

Task<void> Checker::ask(PluginProcess& process, MessageType type, Bytes body) {
  PluginProcess::Question question{.type = type, .body = std::move(body)};
  Result<PluginProcess::Answer> answer = co_await process.call(std::move(question), context_);
  if (!answer) co_return std::unexpected(answer.error());
  co_return Result<void>();
}

Task<void> Checker::askOddly(PluginProcess& process, MessageType type, Bytes body) {
  Result<void> answer = co_await ask(process, type, std::move(body));
  if (!answer && process.usable()) co_return Result<void>();
  co_return answer;
}

std::string Checker::parameters(const PluginProcess& process) const {
  return areParametersGiven() ? options_.parametersJson : sampleParameters(process.loaded().schema);
}

Task<ConformanceReport> checkConformance(boost::asio::any_io_executor executor, PluginPackage package,
                                         PluginHooks hooks, ConformanceOptions options, CallContext context) {
  Checker checker(std::move(executor), std::move(package), std::move(hooks), std::move(options),
                  std::move(context));
  co_await checker.run("it loads and is what its manifest says", &loads);
  // Without that there is nothing to be said about the rest.
  if (!checker.report().passed()) co_return checker.report();
  co_await checker.run("it describes itself the same each time", &describesItselfTheSame);
  co_await checker.run("its schema describes an object", &hasASchema);
  if (checker.package().manifest.kind == PluginKind::workflow) {
    co_await checkWorkflowKind(checker);
  } else {
    co_await checkAlertPublisher(checker);
  }
  co_await checker.run("its own test passes", &passesItsOwnTest);
  co_await checker.run("it stops when it is told to", &stops);
  if (checker.context().stop.stop_requested()) co_return fail(ErrorCode::cancelled, "cancelled");
  co_return checker.report();
}

}  // namespace cachify::plugin_host
