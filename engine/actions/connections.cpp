#include "actions/connections.hpp"

#include <fmt/format.h>

#include <array>

#include "events/connection_events.hpp"
#include "log/event_log.hpp"
#include "secrets/secret_store.hpp"

namespace cachify::actions {

using domain::ConnectionProfile;

namespace {

/// A new name for each secret, so that an edit that fails leaves the old one as it was.
std::string newSecretName(ConnectionId id, std::string_view kind, WallTime now) {
  return fmt::format("connection/{}/{}/{}", id.toString(), kind, Uuid::makeV7(now).toString());
}

/// Names of secrets that `profile` has and `other` has not.
std::vector<std::string> secretsBeyond(const ConnectionProfile& profile, const ConnectionProfile& other) {
  std::vector<std::string> names;
  if (profile.secretRef != other.secretRef) names.push_back(profile.secretRef);
  if (profile.tls.keySecretRef != other.tls.keySecretRef) names.push_back(profile.tls.keySecretRef);
  std::erase(names, "");
  return names;
}

bool isGiven(const SecretChange& change) {
  const auto* text = std::get_if<SecretText>(&change);
  return text != nullptr && !text->empty();
}

/// A passphrase opens the client key; without one there is nothing to open.
Result<void> checkKeyPassphrase(const ConnectionProfile& profile, SecretChanges& secrets) {
  if (!profile.tls.certFile.empty()) return {};
  if (isGiven(secrets.tlsKeyPassphrase)) {
    return fail(
        Error{.code = ErrorCode::validationError,
              .message = "a passphrase for the TLS client key needs the key (tls.certFile, tls.keyFile)"}
            .with("field", std::string("tls.keyFile")));
  }
  secrets.tlsKeyPassphrase = ClearSecret{};
  return {};
}

/// How often somebody else may write profiles before a command gives up.
constexpr int kMaxRaces = 8;

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

/// The profile is as asked for, but an old secret could not be taken out of the store.
Error leftBehind(const ConnectionProfile& profile, std::string_view done, Error cause) {
  cause.message = fmt::format("'{}' was {}, but an old secret of it is still in the secret store: {}",
                              profile.name, done, cause.message);
  return cause;
}

}  // namespace

events::Operation operationOn(const ConnectionProfile& profile, std::string action) {
  events::Operation operation;
  operation.connectionId = profile.id;
  operation.environment = profile.environment;
  operation.action = std::move(action);
  return operation;
}

Task<void> Connections::storeSecrets(ConnectionProfile& profile, SecretChanges changes) {
  if (auto ok = checkKeyPassphrase(profile, changes); !ok) co_return ok;
  struct Kind {
    SecretChange& change;
    std::string& ref;
    std::string_view name;
    std::string_view words;
  };
  const std::array kinds{
      Kind{changes.password, profile.secretRef, "password", "password"},
      Kind{changes.tlsKeyPassphrase, profile.tls.keySecretRef, "tls-key", "passphrase of the TLS key"}};
  std::vector<std::string> done;
  for (const Kind& kind : kinds) {
    if (std::holds_alternative<ClearSecret>(kind.change)) kind.ref.clear();
    if (!isGiven(kind.change)) continue;
    kind.ref = newSecretName(profile.id, kind.name, context_.clock.now());
    std::string label = fmt::format("Cachify Studio: {} of {}", kind.words, profile.name);
    SecretText secret = std::get<SecretText>(std::move(kind.change));
    Result<void> stored = co_await store(kind.ref, std::move(label), std::move(secret));
    if (!stored) {
      co_await forgetSecrets(std::move(done));
      co_return stored;
    }
    done.push_back(kind.ref);
  }
  co_return Result<void>();
}

Task<void> Connections::store(std::string name, std::string label, SecretText secret) {
  auto& secrets = context_.secrets;
  const auto put = [&] { return secrets.put(name, label, secret); };
  Result<void> stored = co_await onPool(context_.blocking, put);
  co_return stored;
}

Task<void> Connections::forgetSecrets(std::vector<std::string> names) {
  if (names.empty()) co_return Result<void>();
  auto& secrets = context_.secrets;
  const auto forget = [&] {
    Result<void> all;
    for (const auto& name : names) {
      if (auto removed = secrets.remove(name); !removed && all) all = removed;
    }
    return all;
  };
  Result<void> removed = co_await onPool(context_.blocking, forget);
  co_return removed;
}

Task<SecretChange> Connections::copyOf(std::string name) {
  if (name.empty()) co_return KeepSecret{};
  auto& secrets = context_.secrets;
  const auto get = [&] { return secrets.get(name); };
  Result<SecretText> text = co_await onPool(context_.blocking, get);
  if (!text) co_return std::unexpected(text.error());
  co_return SecretChange(std::move(*text));
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

/// Names are decided on anew when somebody else wrote profiles meanwhile.
Task<void> Connections::appendCreated(const std::vector<ConnectionProfile>& profiles) {
  for (int race = 0;; ++race) {
    const auto all = state_.all();
    if (!all) co_return std::unexpected(all.error());
    log::AppendRequest request;
    for (const ConnectionProfile& profile : profiles) {
      if (auto ok = checkName(*all, profile); !ok) co_return ok;
      const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
      request.frames.push_back(makeFrame(context_, trace, std::string(events::kConnectionsStream),
                                         events::ConnectionCreated{profile}));
      const Trace cause{trace.correlation, request.frames.back().firstEventId};
      for (auto& frame : recorder_.frames(cause, operationOn(profile, "connections.add"), nullptr))
        request.frames.push_back(std::move(frame));
    }
    request.conditions.push_back(
        {.stream = std::string(events::kConnectionsStream), .version = all->streamVersion});
    Result<log::AppendReceipt> receipt = co_await append(context_.log, std::move(request));
    if (receipt) co_return Result<void>();
    const bool outrun = receipt.error().code == ErrorCode::conflict && receipt.error().detail("stream");
    if (!outrun || race == kMaxRaces) co_return std::unexpected(receipt.error());
  }
}

ConnectionProfile Connections::fresh(ConnectionProfile draft) const {
  const WallTime now = context_.clock.now();
  ConnectionProfile profile = domain::normalized(std::move(draft));
  profile.id = ConnectionId::make(now);
  profile.createdAt = std::chrono::floor<std::chrono::milliseconds>(now);
  profile.updatedAt = profile.createdAt;
  profile.secretRef.clear();
  profile.tls.keySecretRef.clear();
  return profile;
}

Task<std::vector<ConnectionProfile>> Connections::addAll(std::vector<ConnectionProfile> drafts) {
  std::vector<ConnectionProfile> profiles;
  for (ConnectionProfile& draft : drafts) {
    profiles.push_back(fresh(std::move(draft)));
    if (auto ok = domain::validate(profiles.back()); !ok) co_return std::unexpected(ok.error());
    const ControlState::All before{.profiles = {profiles.begin(), profiles.end() - 1}, .streamVersion = 0};
    if (auto ok = checkName(before, profiles.back()); !ok) co_return std::unexpected(ok.error());
  }
  if (profiles.empty()) co_return profiles;
  Result<void> appended = co_await appendCreated(profiles);
  if (!appended) co_return std::unexpected(appended.error());
  co_return profiles;
}

Task<ConnectionProfile> Connections::add(ConnectionProfile draft, SecretChanges secrets) {
  ConnectionProfile profile = fresh(std::move(draft));
  Result<ConnectionProfile> created = co_await create(std::move(profile), std::move(secrets));
  co_return created;
}

Task<ConnectionProfile> Connections::create(ConnectionProfile profile, SecretChanges secrets) {
  if (auto ok = domain::validate(profile); !ok) co_return std::unexpected(ok.error());
  const auto all = state_.all();
  if (!all) co_return std::unexpected(all.error());
  if (auto ok = checkName(*all, profile); !ok) co_return std::unexpected(ok.error());

  Result<void> stored = co_await storeSecrets(profile, std::move(secrets));
  if (!stored) co_return std::unexpected(stored.error());
  const std::vector<ConnectionProfile> created{profile};
  Result<void> appended = co_await appendCreated(created);
  if (!appended) {
    std::vector<std::string> unused = secretsBeyond(profile, ConnectionProfile{});
    co_await forgetSecrets(std::move(unused));
    co_return std::unexpected(appended.error());
  }
  co_return profile;
}

Task<ConnectionProfile> Connections::edit(ConnectionProfile edited, SecretChanges secrets) {
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

  profile.secretRef = known->profile.secretRef;
  profile.tls.keySecretRef = known->profile.tls.keySecretRef;
  Result<void> stored = co_await storeSecrets(profile, std::move(secrets));
  if (!stored) co_return std::unexpected(stored.error());
  const WallTime now = std::chrono::floor<std::chrono::milliseconds>(context_.clock.now());
  // Never the same time twice: it is what the next edit is compared by.
  profile.updatedAt = std::max<WallTime>(now, known->profile.updatedAt + std::chrono::milliseconds(1));
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  log::FrameDraft frame =
      makeFrame(context_, trace, std::string(events::kConnectionsStream), events::ConnectionUpdated{profile});
  events::Operation operation = operationOn(profile, "connections.edit");
  Result<void> appended =
      co_await appendToConnections(std::move(frame), known->streamVersion, std::move(operation));
  if (!appended) {
    std::vector<std::string> unused = secretsBeyond(profile, known->profile);
    co_await forgetSecrets(std::move(unused));
    co_return std::unexpected(appended.error());
  }
  sessions_.forget(profile.id);
  std::vector<std::string> replaced = secretsBeyond(known->profile, profile);
  Result<void> removed = co_await forgetSecrets(std::move(replaced));
  if (!removed) co_return fail(leftBehind(profile, "changed", removed.error()));
  co_return profile;
}

Task<ConnectionProfile> Connections::duplicate(ConnectionId id, std::string name) {
  const auto known = state_.profile(id);
  if (!known) co_return std::unexpected(known.error());
  ConnectionProfile copy = known->profile;
  Result<SecretChange> password = co_await copyOf(copy.secretRef);
  if (!password) co_return std::unexpected(password.error());
  Result<SecretChange> passphrase = co_await copyOf(copy.tls.keySecretRef);
  if (!passphrase) co_return std::unexpected(passphrase.error());
  SecretChanges secrets(std::move(*password), std::move(*passphrase));
  copy.name = std::move(name);
  Result<ConnectionProfile> added = co_await add(std::move(copy), std::move(secrets));
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
  std::vector<std::string> unused = secretsBeyond(known->profile, ConnectionProfile{});
  Result<void> removed = co_await forgetSecrets(std::move(unused));
  if (!removed) co_return fail(leftBehind(known->profile, "removed", removed.error()));
  co_return known->profile;
}

}  // namespace cachify::actions
