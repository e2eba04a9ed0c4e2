// What an alert publisher is held to.

#include <fmt/format.h>

#include "plugin_host/alert_publisher.hpp"
#include "plugin_host/conformance/checker.hpp"
#include "plugin_host/conformance/sample_parameters.hpp"

namespace cachify::plugin_host {
namespace {

std::unexpected<Error> broken(std::string message) {
  return fail(ErrorCode::validationError, std::move(message));
}

WireAlert alertOf(std::size_t number, std::string text) {
  AlertForDelivery alert;
  alert.id = Uuid::makeV7(WallTime(std::chrono::seconds(1'790'000'000 + number)));
  alert.createdAt = WallTime(std::chrono::seconds(1'790'000'000 + number));
  alert.severity = static_cast<events::Severity>(number % 3);
  alert.title = text.empty() ? std::string("Check of this publisher") : std::move(text);
  alert.message = "An alert that is made up: it checks whether this publisher keeps to its contract.";
  alert.source = "app";
  return {.severity = static_cast<std::uint32_t>(alert.severity),
          .createdAtMs =
              std::chrono::floor<std::chrono::milliseconds>(alert.createdAt).time_since_epoch().count(),
          .id = alert.id.toString(),
          .title = alert.title,
          .message = alert.message,
          .source = alert.source,
          .json = toJsonLine(alert)};
}

/// The outcome's number, once it is a valid one.
Task<std::uint8_t> deliver(Checker& checker, PluginProcess& process, DeliverRequest request) {
  PluginProcess::Question question{
      .type = MessageType::deliver, .body = encodeBody(request), .expected = MessageType::delivered};
  Result<PluginProcess::Answer> answer = co_await process.call(std::move(question), checker.context());
  if (!answer) co_return std::unexpected(answer.error());
  DeliveredReply reply;
  if (!decodeBody(answer->body, reply) || reply.outcome > 2) co_return broken("an outcome that is none");
  co_return reply.outcome;
}

Task<Checker::Process> configured(Checker& checker) {
  if (!checker.areParametersGiven())
    co_return fail(ErrorCode::notSupported, "deliveries are checked only with a configuration to deliver to");
  Result<Checker::Process> process = co_await checker.start();
  if (!process) co_return process;
  const JsonRequest request{.json = checker.parameters(**process)};
  Bytes body = encodeBody(request);
  Result<void> accepted = co_await checker.ask(**process, MessageType::configure, std::move(body));
  if (!accepted) co_return std::unexpected(accepted.error());
  co_return process;
}

Task<void> answersOddConfigurations(Checker& checker) {
  Result<Checker::Process> process = co_await checker.start();
  if (!process) co_return std::unexpected(process.error());
  for (const auto& odd : oddParameters((*process)->loaded().schema)) {
    const JsonRequest request{.json = odd};
    Bytes body = encodeBody(request);
    Result<void> answered = co_await checker.askOddly(**process, MessageType::configure, std::move(body));
    if (!answered) co_return broken(fmt::format("{} for {}", answered.error().message, odd.substr(0, 200)));
  }
  co_return Result<void>();
}

Task<void> deliversNothingUnconfigured(Checker& checker) {
  Result<Checker::Process> process = co_await checker.start();
  if (!process) co_return std::unexpected(process.error());
  DeliverRequest request{
      .idempotencyKey = "check-unconfigured", .deadlineMs = 1000, .alerts = {alertOf(0, {})}};
  Result<std::uint8_t> outcome = co_await deliver(checker, **process, std::move(request));
  if (!outcome) co_return std::unexpected(outcome.error());
  if (*outcome == 0) co_return broken("it says that it delivered without having been configured");
  co_return Result<void>();
}

Task<void> deliversBatches(Checker& checker) {
  using namespace std::string_literals;
  Result<Checker::Process> process = co_await configured(checker);
  if (!process) co_return std::unexpected(process.error());
  std::vector<DeliverRequest> requests{
      {.idempotencyKey = "check-empty", .deadlineMs = 5000},
      {.idempotencyKey = "check-one", .deadlineMs = 5000, .alerts = {alertOf(1, {})}}};
  DeliverRequest odd{.idempotencyKey = Bytes(255, 'k'), .deadlineMs = 5000};
  for (const auto& text : {"nul\0, line\nend, \x1b[31m"s, "\u202e right to left"s, std::string(4096, 't')})
    odd.alerts.push_back(alertOf(odd.alerts.size(), text));
  requests.push_back(std::move(odd));
  DeliverRequest many{.idempotencyKey = "check-many", .deadlineMs = 5000};
  for (std::size_t i = 0; i < 200; ++i) many.alerts.push_back(alertOf(i, {}));
  requests.push_back(std::move(many));
  for (auto& request : requests) {
    const std::string key = request.idempotencyKey.substr(0, 20);
    Result<std::uint8_t> outcome = co_await deliver(checker, **process, std::move(request));
    if (!outcome) co_return std::unexpected(outcome.error());
    if (*outcome != 0) co_return broken(fmt::format("the batch {} was not delivered", key));
  }
  co_return Result<void>();
}

Task<void> takesABatchTwice(Checker& checker) {
  Result<Checker::Process> process = co_await configured(checker);
  if (!process) co_return std::unexpected(process.error());
  const DeliverRequest request{
      .idempotencyKey = "check-twice", .deadlineMs = 5000, .alerts = {alertOf(7, {})}};
  for (int i = 0; i < 2; ++i) {
    DeliverRequest copy = request;
    Result<std::uint8_t> outcome = co_await deliver(checker, **process, std::move(copy));
    if (!outcome) co_return std::unexpected(outcome.error());
    if (*outcome != 0)
      co_return broken("a batch that came again under the same key was not taken as delivered");
  }
  co_return Result<void>();
}

Task<void> keepsDeadlines(Checker& checker) {
  Result<Checker::Process> process = co_await configured(checker);
  if (!process) co_return std::unexpected(process.error());
  const auto began = std::chrono::steady_clock::now();
  DeliverRequest request{.idempotencyKey = "check-deadline", .deadlineMs = 0, .alerts = {alertOf(9, {})}};
  Result<std::uint8_t> outcome = co_await deliver(checker, **process, std::move(request));
  if (!outcome) co_return std::unexpected(outcome.error());
  if (std::chrono::steady_clock::now() - began > std::chrono::seconds(1))
    co_return broken("it took more than a second beyond its deadline");
  co_return Result<void>();
}

Task<void> tellsItsHealth(Checker& checker) {
  Result<Checker::Process> process = co_await configured(checker);
  if (!process) co_return std::unexpected(process.error());
  Result<void> health = co_await checker.ask(**process, MessageType::health);
  co_return health;
}

}  // namespace

boost::asio::awaitable<void> checkAlertPublisher(Checker& checker) {
  co_await checker.run("it answers odd configurations politely", &answersOddConfigurations);
  co_await checker.run("it delivers nothing before it is configured", &deliversNothingUnconfigured);
  co_await checker.run("it delivers batches of none, one, many and odd alerts", &deliversBatches);
  co_await checker.run("it takes the same batch twice", &takesABatchTwice);
  co_await checker.run("it keeps deadlines", &keepsDeadlines);
  co_await checker.run("it is healthy where it delivers", &tellsItsHealth);
}

}  // namespace cachify::plugin_host
