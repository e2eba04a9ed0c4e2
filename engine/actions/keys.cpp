#include "actions/keys.hpp"

#include <fmt/format.h>

#include "actions/retrying.hpp"

namespace cachify::actions {

using domain::Capture;
using domain::ConnectionProfile;

namespace {

std::unexpected<Error> noSuchKey(BytesView key) {
  return fail(Error{.code = ErrorCode::notFound,
                    .message = fmt::format("there is no key '{}'", escapeForDisplay(key))}
                  .with("key", escapeForDisplay(key)));
}

Result<void> mustExist(const std::vector<Capture>& captures) {
  if (captures.front().existed()) return {};
  return noSuchKey(captures.front().key);
}

Result<void> judgeSet(const Capture& capture, const std::optional<std::string>& ifDigest) {
  if (capture.existed() && capture.type != domain::ValueType::string) {
    return fail(Error{.code = ErrorCode::conflict,
                      .message = fmt::format("'{}' holds a {}; delete it first to store a string",
                                             escapeForDisplay(capture.key), domain::wireName(capture.type))}
                    .with("type", std::string(domain::wireName(capture.type))));
  }
  if (!ifDigest) return {};
  const std::string now = capture.digest ? toHex(*capture.digest) : std::string();
  if (now == *ifDigest) return {};
  return fail(Error{.code = ErrorCode::conflict,
                    .message = "the value changed since it was read; nothing was written"}
                  .with("expectedDigest", *ifDigest)
                  .with("actualDigest", now));
}

Result<void> judgeRename(const std::vector<Capture>& captures, bool replace) {
  if (auto ok = mustExist(captures); !ok) return ok;
  if (!captures[1].existed() || replace) return {};
  return fail(Error{.code = ErrorCode::conflict,
                    .message = fmt::format("there is a key '{}' already; say --replace to overwrite it",
                                           escapeForDisplay(captures[1].key))}
                  .with("key", escapeForDisplay(captures[1].key)));
}

}  // namespace

void Keys::record(const ConnectionProfile& profile, std::string action, Bytes keyOrPattern,
                  std::chrono::microseconds duration, std::uint32_t attempts, const Error* error) {
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  events::Operation operation{.connectionId = profile.id,
                              .environment = profile.environment,
                              .action = std::move(action),
                              .keyOrPattern = std::move(keyOrPattern),
                              .duration = duration,
                              .attempts = std::max(1U, attempts)};
  recorder_.record(trace, std::move(operation), error);
}

Task<KeyPage> Keys::listPage(ConnectionProfile profile, cache::ScanRequest request, Describe describe,
                             CallContext context) {
  Result<std::shared_ptr<cache::CacheSession>> session = co_await sessions_.session(std::move(profile));
  if (!session) co_return std::unexpected(session.error());
  Result<cache::ScanPage> page = co_await (*session)->scan(std::move(request), context);
  if (!page) co_return std::unexpected(page.error());
  KeyPage result{
      .keys = {}, .nextCursor = std::move(page->nextCursor), .scanned = page->scanned, .total = page->total};
  std::vector<cache::KeyDescription> descriptions;
  if (describe == Describe::all && !page->keys.empty()) {
    Result<std::vector<cache::KeyDescription>> described = co_await (*session)->describe(page->keys, context);
    if (!described) co_return std::unexpected(described.error());
    descriptions = std::move(*described);
  }
  result.keys.reserve(page->keys.size());
  for (std::size_t i = 0; i < page->keys.size(); ++i) {
    ListedKey listed{.key = std::move(page->keys[i])};
    if (!descriptions.empty()) listed.description = descriptions[i];
    result.keys.push_back(std::move(listed));
  }
  co_return result;
}

Task<KeyPage> Keys::list(ConnectionProfile profile, cache::ScanRequest request, Describe describe,
                         std::stop_token stop) {
  AttemptCounter counter(profile.retry, profile.timeout, stop);
  const std::function<Task<KeyPage>(CallContext)> attempt = [&](CallContext context) {
    return listPage(profile, request, describe, context);
  };
  Result<KeyPage> page = co_await retrying<KeyPage>(counter, attempt);
  record(profile, "keys.list", request.pattern, counter.duration(), counter.attempts(),
         page ? nullptr : &page.error());
  co_return page;
}

Task<cache::ReadValue> Keys::get(ConnectionProfile profile, Bytes key, cache::ReadRange range,
                                 std::stop_token stop) {
  AttemptCounter counter(profile.retry, profile.timeout, stop);
  const std::function<Task<cache::ReadValue>(CallContext)> attempt =
      [&](CallContext context) -> Task<cache::ReadValue> {
    Result<std::shared_ptr<cache::CacheSession>> session = co_await sessions_.session(profile);
    if (!session) co_return std::unexpected(session.error());
    Result<cache::ReadValue> value = co_await (*session)->read(key, range, context);
    co_return value;
  };
  Result<cache::ReadValue> value = co_await retrying<cache::ReadValue>(counter, attempt);
  record(profile, "keys.get", key, counter.duration(), counter.attempts(), value ? nullptr : &value.error());
  co_return value;
}

Task<MutationReport> Keys::set(ConnectionProfile profile, Bytes key, Bytes value, SetOptions options,
                               Consent consent, std::stop_token stop) {
  if (options.flags != 0 && profile.engine == domain::CacheEngine::redis) {
    co_return fail(Error{.code = ErrorCode::validationError,
                         .message = "Redis keeps no flags with a value; leave them out"}
                       .with("field", std::string("flags")));
  }
  MutationCommand command{
      .profile = std::move(profile),
      .operation = "keys.set",
      .mutation = domain::SetMutation{std::move(key), std::move(value), options.ttl, options.flags},
      .consent = std::move(consent),
      .precondition = {}};
  command.precondition = [ifDigest = std::move(options.ifDigest)](const std::vector<Capture>& captures) {
    return judgeSet(captures.front(), ifDigest);
  };
  Result<MutationReport> report = co_await mutator_.execute(std::move(command), stop);
  co_return report;
}

Task<MutationReport> Keys::remove(ConnectionProfile profile, Bytes key, Consent consent,
                                  std::stop_token stop) {
  MutationCommand command{.profile = std::move(profile),
                          .operation = "keys.delete",
                          .mutation = domain::DeleteMutation{std::move(key)},
                          .consent = std::move(consent),
                          .precondition = &mustExist};
  Result<MutationReport> report = co_await mutator_.execute(std::move(command), stop);
  co_return report;
}

Task<MutationReport> Keys::rename(ConnectionProfile profile, Bytes from, Bytes to, bool replace,
                                  Consent consent, std::stop_token stop) {
  if (from == to) co_return fail(ErrorCode::validationError, "the new name is the same as the old one");
  MutationCommand command{.profile = std::move(profile),
                          .operation = "keys.rename",
                          .mutation = domain::RenameMutation{std::move(from), std::move(to), replace},
                          .consent = std::move(consent),
                          .precondition = {}};
  command.precondition = [replace](const std::vector<Capture>& captures) {
    return judgeRename(captures, replace);
  };
  Result<MutationReport> report = co_await mutator_.execute(std::move(command), stop);
  co_return report;
}

Task<MutationReport> Keys::ttl(ConnectionProfile profile, Bytes key, domain::TtlChange change,
                               Consent consent, std::stop_token stop) {
  if (std::holds_alternative<domain::KeepTtl>(change)) {
    co_return fail(ErrorCode::validationError, "say which TTL to set, or to persist the key");
  }
  MutationCommand command{.profile = std::move(profile),
                          .operation = "keys.ttl",
                          .mutation = domain::TtlMutation{std::move(key), change},
                          .consent = std::move(consent),
                          .precondition = &mustExist};
  Result<MutationReport> report = co_await mutator_.execute(std::move(command), stop);
  co_return report;
}

}  // namespace cachify::actions
