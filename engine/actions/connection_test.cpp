#include "actions/connections.hpp"
#include "actions/retrying.hpp"
#include "actions/stage_list.hpp"
#include "events/connection_events.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {

using domain::ConnectionProfile;

Task<TestReport> Connections::test(ConnectionProfile profile, TypedSecrets typed, std::stop_token stop,
                                   std::shared_ptr<StageObserver> observer) {
  domain::RetryPolicy twice = profile.retry;
  twice.maxAttempts = 2;
  twice.abortOnErrorRate = 1.0;
  AttemptCounter counter(twice, profile.timeout, stop);
  const auto stages = std::make_shared<StageList>(std::move(observer));
  Result<std::shared_ptr<cache::CacheSession>> session =
      co_await sessions_.temporary(profile, std::move(typed));
  Result<TestReport> report = fail(ErrorCode::internalError, "not tested");
  if (!session) {
    report = fail(counter.finish(session.error()));
  } else {
    auto probing = *session;
    const std::function<Task<cache::ServerInfo>(CallContext)> attempt = [probing,
                                                                         stages](CallContext context) {
      context.stages = stages;
      return probing->probe(std::move(context));
    };
    Result<cache::ServerInfo> server = co_await retrying<cache::ServerInfo>(counter, attempt);
    if (server) {
      report = TestReport{
          .server = std::move(*server), .attempts = counter.attempts(), .stages = stages->reports()};
    } else {
      report = std::unexpected(server.error());
    }
    probing->close();
  }
  recordTest(profile, report, counter.duration());
  co_return report;
}

void Connections::recordTest(const ConnectionProfile& profile, const Result<TestReport>& report,
                             std::chrono::microseconds duration) {
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  events::Operation operation = operationOn(profile, "connections.test");
  operation.duration = duration;
  operation.attempts = report ? report->attempts : attemptsOf(report.error());
  if (!profile.id.isNil()) {
    events::ConnectionTested tested{
        .connectionId = profile.id, .ok = report.has_value(), .attempts = operation.attempts};
    if (report) {
      tested.latency = report->server.latency;
      tested.serverVersion = report->server.version;
      tested.role = report->server.role;
    } else {
      tested.errorCode = wireName(report.error().code);
    }
    log::AppendRequest request;
    request.durability = log::Durability::soon;
    request.frames.push_back(makeFrame(context_, trace, operationsStream(context_.session), tested));
    context_.log.appendAsync(std::move(request), [](const Result<log::AppendReceipt>&) {});
  }
  recorder_.record(trace, std::move(operation), report ? nullptr : &report.error());
}

}  // namespace cachify::actions
