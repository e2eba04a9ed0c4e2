#include "actions/connections.hpp"

#include <fmt/format.h>

#include "actions/retrying.hpp"
#include "events/connection_events.hpp"
#include "log/event_log.hpp"
#include "secrets/secret_store.hpp"

namespace cachify::actions {

using domain::ConnectionProfile;

namespace {

/// A new name for each password, so that an edit that fails leaves the old one as it was.
std::string newSecretName(ConnectionId id, WallTime now) {
  return fmt::format("connection/{}/password/{}", id.toString(), Uuid::makeV7(now).toString());
}

Result<void> checkName(const ControlState::All& all, const ConnectionProfile& profile) {
  for (const auto& other : all.profiles) {
    if (other.id == profile.id || domain::nameKey(other.name) != domain::nameKey(profile.name)) continue;
    return fail(Error{.code = ErrorCode::validationError,
                      .message = fmt::format(
                          "there is a connection named '{}' already; names differ ignoring case", other.name)}
                    .with("field", std::string("name"))
                    .with("value", profile.name));
  }
  return {};
}

/// The profile is as asked for, but an old password could not be taken out of the store.
Error leftBehind(const ConnectionProfile& profile, std::string_view done, Error cause) {
  cause.message = fmt::format("'{}' was {}, but its old password is still in the secret store: {}",
                              profile.name, done, cause.message);
  return cause;
}

events::Operation operationOn(const ConnectionProfile& profile, std::string action) {
  events::Operation operation;
  operation.connectionId = profile.id;
  operation.environment = profile.environment;
  operation.action = std::move(action);
  return operation;
}

}  // namespace

Task<void> Connections::store(const ConnectionProfile& profile, SecretText secret) {
  auto& secrets = context_.secrets;
  const std::string label = fmt::format("Cachify Studio: password of {}", profile.name);
  const std::string name = profile.secretRef;
  const auto put = [&] { return secrets.put(name, label, secret); };
  Result<void> stored = co_await onPool(context_.blocking, put);
  co_return stored;
}

Task<void> Connections::forgetSecret(std::string name) {
  auto& secrets = context_.secrets;
  const auto forget = [&] { return secrets.remove(name); };
  Result<void> removed = co_await onPool(context_.blocking, forget);
  co_return removed;
}

Task<void> Connections::appendToConnections(log::FrameDraft frame, std::uint64_t expectedVersion,
                                            events::Operation operation) {
  const Trace trace{frame.correlationId, frame.firstEventId};
  log::AppendRequest request;
  request.frames.push_back(std::move(frame));
  for (auto& extra : recorder_.frames(trace, std::move(operation), nullptr))
    request.frames.push_back(std::move(extra));
  request.conditions.push_back(
      {.stream = std::string(events::kConnectionsStream), .version = expectedVersion});
  Result<log::AppendReceipt> receipt = co_await append(context_.log, std::move(request));
  if (!receipt) co_return std::unexpected(receipt.error());
  co_return Result<void>();
}

Task<ConnectionProfile> Connections::add(ConnectionProfile draft, SecretChange secret) {
  const WallTime now = context_.clock.now();
  ConnectionProfile profile = domain::normalized(std::move(draft));
  profile.id = ConnectionId::make(now);
  profile.createdAt = std::chrono::floor<std::chrono::milliseconds>(now);
  profile.updatedAt = profile.createdAt;
  profile.secretRef.clear();
  Result<ConnectionProfile> created = co_await create(std::move(profile), std::move(secret));
  co_return created;
}

Task<ConnectionProfile> Connections::create(ConnectionProfile profile, SecretChange secret) {
  if (auto ok = domain::validate(profile); !ok) co_return std::unexpected(ok.error());
  const auto all = state_.all();
  if (!all) co_return std::unexpected(all.error());
  if (auto ok = checkName(*all, profile); !ok) co_return std::unexpected(ok.error());

  auto* text = std::get_if<SecretText>(&secret);
  if (text != nullptr && !text->empty()) {
    profile.secretRef = newSecretName(profile.id, context_.clock.now());
    Result<void> stored = co_await store(profile, std::move(*text));
    if (!stored) co_return std::unexpected(stored.error());
  }
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  log::FrameDraft frame =
      makeFrame(context_, trace, std::string(events::kConnectionsStream), events::ConnectionCreated{profile});
  events::Operation operation = operationOn(profile, "connections.add");
  Result<void> appended =
      co_await appendToConnections(std::move(frame), all->streamVersion, std::move(operation));
  if (!appended) {
    if (!profile.secretRef.empty()) co_await forgetSecret(profile.secretRef);
    co_return std::unexpected(appended.error());
  }
  co_return profile;
}

Task<ConnectionProfile> Connections::edit(ConnectionProfile edited, SecretChange secret) {
  ConnectionProfile profile = domain::normalized(std::move(edited));
  if (auto ok = domain::validate(profile); !ok) co_return std::unexpected(ok.error());
  const auto all = state_.all();
  if (!all) co_return std::unexpected(all.error());
  const auto known = state_.profile(profile.id);
  if (!known) co_return std::unexpected(known.error());
  if (known->profile.updatedAt != profile.updatedAt) {
    co_return fail(ErrorCode::conflict,
                   fmt::format("'{}' was edited by somebody else meanwhile; look again, then repeat",
                               known->profile.name));
  }
  if (auto ok = checkName(*all, profile); !ok) co_return std::unexpected(ok.error());

  const std::string oldSecret = known->profile.secretRef;
  profile.secretRef = oldSecret;
  if (auto* text = std::get_if<SecretText>(&secret); text != nullptr && !text->empty()) {
    profile.secretRef = newSecretName(profile.id, context_.clock.now());
    Result<void> stored = co_await store(profile, std::move(*text));
    if (!stored) co_return std::unexpected(stored.error());
  } else if (std::holds_alternative<ClearSecret>(secret)) {
    profile.secretRef.clear();
  }
  const WallTime now = std::chrono::floor<std::chrono::milliseconds>(context_.clock.now());
  // Never the same time twice: it is what the next edit is compared by.
  profile.updatedAt = std::max<WallTime>(now, known->profile.updatedAt + std::chrono::milliseconds(1));
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  log::FrameDraft frame =
      makeFrame(context_, trace, std::string(events::kConnectionsStream), events::ConnectionUpdated{profile});
  events::Operation operation = operationOn(profile, "connections.edit");
  Result<void> appended =
      co_await appendToConnections(std::move(frame), known->streamVersion, std::move(operation));
  const bool secretChanged = profile.secretRef != oldSecret;
  if (!appended) {
    if (secretChanged && !profile.secretRef.empty()) co_await forgetSecret(profile.secretRef);
    co_return std::unexpected(appended.error());
  }
  sessions_.forget(profile.id);
  if (secretChanged && !oldSecret.empty()) {
    Result<void> removed = co_await forgetSecret(oldSecret);
    if (!removed) co_return fail(leftBehind(profile, "changed", removed.error()));
  }
  co_return profile;
}

Task<ConnectionProfile> Connections::duplicate(ConnectionId id, std::string name) {
  const auto known = state_.profile(id);
  if (!known) co_return std::unexpected(known.error());
  ConnectionProfile copy = known->profile;
  SecretChange secret = KeepSecret{};
  if (!copy.secretRef.empty()) {
    auto& secrets = context_.secrets;
    const std::string ref = copy.secretRef;
    const auto get = [&] { return secrets.get(ref); };
    Result<SecretText> text = co_await onPool(context_.blocking, get);
    if (!text) co_return std::unexpected(text.error());
    secret = std::move(*text);
  }
  copy.name = std::move(name);
  Result<ConnectionProfile> added = co_await add(std::move(copy), std::move(secret));
  co_return added;
}

Task<ConnectionProfile> Connections::remove(ConnectionId id) {
  const auto known = state_.profile(id);
  if (!known) co_return std::unexpected(known.error());
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  log::FrameDraft frame =
      makeFrame(context_, trace, std::string(events::kConnectionsStream),
                events::ConnectionRemoved{.connectionId = id, .name = known->profile.name});
  events::Operation operation = operationOn(known->profile, "connections.remove");
  Result<void> appended =
      co_await appendToConnections(std::move(frame), known->streamVersion, std::move(operation));
  if (!appended) co_return std::unexpected(appended.error());
  sessions_.forget(id);
  if (!known->profile.secretRef.empty()) {
    Result<void> removed = co_await forgetSecret(known->profile.secretRef);
    if (!removed) co_return fail(leftBehind(known->profile, "removed", removed.error()));
  }
  co_return known->profile;
}

Task<TestReport> Connections::test(ConnectionProfile profile, std::optional<SecretText> overlay,
                                   std::stop_token stop) {
  domain::RetryPolicy twice = profile.retry;
  twice.maxAttempts = 2;
  twice.abortOnErrorRate = 1.0;
  AttemptCounter counter(twice, profile.timeout, stop);
  Result<std::shared_ptr<cache::CacheSession>> session =
      co_await sessions_.temporary(profile, std::move(overlay));
  Result<TestReport> report = fail(ErrorCode::internalError, "not tested");
  if (!session) {
    report = fail(counter.finish(session.error()));
  } else {
    auto probing = *session;
    const std::function<Task<cache::ServerInfo>(CallContext)> attempt = [probing](CallContext context) {
      return probing->probe(context);
    };
    Result<cache::ServerInfo> server = co_await retrying<cache::ServerInfo>(counter, attempt);
    if (server) {
      report = TestReport{.server = std::move(*server), .attempts = counter.attempts()};
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
