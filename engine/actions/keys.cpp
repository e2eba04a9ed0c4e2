#include "actions/keys.hpp"

#include <fmt/format.h>

#include "actions/key_index.hpp"
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

Result<void> mustExist(const domain::Mutation&, const std::vector<Capture>& captures) {
  if (captures.front().existed()) return {};
  return noSuchKey(captures.front().key);
}

std::string digestOf(const Capture& capture) {
  return capture.digest ? toHex(*capture.digest) : std::string();
}

/// What is there, beside what was to be stored: types, sizes and digests, no values.
Error withBothVersions(Error error, const Capture& there, BytesView ours) {
  return std::move(error)
      .with("type", std::string(domain::wireName(there.type)))
      .with("sizeBytes", static_cast<std::int64_t>(there.sizeBytes))
      .with("actualDigest", digestOf(there))
      .with("newSizeBytes", static_cast<std::int64_t>(ours.size()))
      .with("newDigest", toHex(sha256(ours)));
}

/// What is to keep its TTL must not lose it because nobody knows it.
Result<void> ttlMustBeKnown(const Capture& capture, std::string_view advice) {
  if (!capture.existed() || !capture.deadlineNotRead) return {};
  return fail(
      Error{.code = ErrorCode::notSupported,
            .message = fmt::format("the TTL of '{}' cannot be kept: {}{}{}", escapeForDisplay(capture.key),
                                   capture.deadlineNotRead->message, advice.empty() ? "" : "; ", advice)}
          .with("ttlUnknown", true));
}

Result<void> judgeSet(const Capture& capture, const SetOptions& options, BytesView value) {
  if (options.mode == domain::SetMode::add && capture.existed()) {
    return fail(withBothVersions(
        {.code = ErrorCode::conflict,
         .message = fmt::format("there is a key '{}' already", escapeForDisplay(capture.key))},
        capture, value));
  }
  if (options.mode == domain::SetMode::replace && !capture.existed()) return noSuchKey(capture.key);
  if (std::holds_alternative<domain::KeepTtl>(options.ttl)) {
    if (auto known = ttlMustBeKnown(capture, "say --ttl N, or --no-ttl"); !known) return known;
  }
  if (options.force) return {};
  if (capture.existed() && capture.type != domain::ValueType::string) {
    return fail(withBothVersions(
        {.code = ErrorCode::conflict,
         .message = fmt::format("'{}' holds a {}; delete it first to store a string, or say --force",
                                escapeForDisplay(capture.key), domain::wireName(capture.type))},
        capture, value));
  }
  if (!options.ifDigest || digestOf(capture) == *options.ifDigest) return {};
  return fail(
      withBothVersions({.code = ErrorCode::conflict,
                        .message = "the value changed since it was read; nothing was written (--force "
                                   "overwrites it all the same)"},
                       capture, value)
          .with("expectedDigest", *options.ifDigest));
}

/// What the logical copy tells before anything is recorded or sent; where there is none, the server judges.
Result<void> judgeEdit(const domain::Mutation& mutation, const std::vector<Capture>& captures) {
  const Capture& capture = captures.front();
  const auto& change = std::get<domain::EditMutation>(mutation).change;
  const auto wanted = domain::typeOf(change);
  // `other` may be a right to ask for the type that is missing: then the server judges.
  const bool known = capture.existed() && capture.type != domain::ValueType::other;
  if (known && capture.type != wanted) {
    return fail(Error{.code = ErrorCode::conflict,
                      .message = fmt::format("'{}' is of type {}, not {}; nothing was changed",
                                             escapeForDisplay(capture.key), domain::wireName(capture.type),
                                             domain::wireName(wanted))}
                    .with("type", std::string(domain::wireName(capture.type))));
  }
  if (wanted == domain::ValueType::json) return {};
  if (capture.existed() && capture.logical.index() == 0) return {};
  const auto changed = domain::applyChange(capture.logical, change);
  return changed ? Result<void>() : std::unexpected(changed.error());
}

Result<void> judgeRename(const domain::Mutation& mutation, const std::vector<Capture>& captures) {
  if (auto ok = mustExist(mutation, captures); !ok) return ok;
  if (auto known = ttlMustBeKnown(captures.front(), ""); !known) return known;
  if (!captures[1].existed() || std::get<domain::RenameMutation>(mutation).replace) return {};
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
  const ConnectionId connection = profile.id;
  Result<std::shared_ptr<cache::CacheSession>> session = co_await sessions_.session(std::move(profile));
  if (!session) co_return std::unexpected(session.error());
  const KeyIndex index{context_, connection, **session};
  if (KeyIndex::owns(request.cursor)) {
    Result<KeyPage> indexed = co_await index.page(std::move(request), describe, context);
    co_return indexed;
  }
  Result<cache::ScanPage> page = co_await (*session)->scan(request, context);
  if (!page && KeyIndex::standsInFor(page.error())) {
    Result<KeyPage> indexed = co_await index.page(std::move(request), describe, context);
    if (indexed) indexed->noListing = page.error().message;
    co_return indexed;
  }
  if (!page) co_return std::unexpected(page.error());
  KeyPage result{.keys = {},
                 .nextCursor = std::move(page->nextCursor),
                 .scanned = page->scanned,
                 .total = page->total,
                 .partOfCluster = page->partOfCluster};
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

template <class T>
Task<T> Keys::read(ConnectionProfile profile, std::string operation, Bytes about,
                   std::function<Task<T>(cache::CacheSession&, CallContext)> call, std::stop_token stop) {
  AttemptCounter counter(profile.retry, profile.timeout, stop);
  const std::function<Task<T>(CallContext)> attempt = [&](CallContext context) -> Task<T> {
    Result<std::shared_ptr<cache::CacheSession>> session = co_await sessions_.session(profile);
    if (!session) co_return std::unexpected(session.error());
    Result<T> value = co_await call(**session, context);
    co_return value;
  };
  Result<T> value = co_await retrying<T>(counter, attempt);
  record(profile, std::move(operation), about, counter.duration(), counter.attempts(),
         value ? nullptr : &value.error());
  co_return value;
}

Task<std::vector<cache::KeyDescription>> Keys::describe(ConnectionProfile profile, std::vector<Bytes> keys,
                                                        std::stop_token stop) {
  using Descriptions = std::vector<cache::KeyDescription>;
  AttemptCounter counter(profile.retry, profile.timeout, stop);
  const std::function<Task<Descriptions>(CallContext)> attempt =
      [&](CallContext context) -> Task<Descriptions> {
    Result<std::shared_ptr<cache::CacheSession>> session = co_await sessions_.session(profile);
    if (!session) co_return std::unexpected(session.error());
    Result<Descriptions> described = co_await (*session)->describe(keys, context);
    co_return described;
  };
  Result<Descriptions> described = co_await retrying<Descriptions>(counter, attempt);
  if (!described)
    record(profile, "keys.describe", {}, counter.duration(), counter.attempts(), &described.error());
  co_return described;
}

Task<cache::ServerStats> Keys::stats(ConnectionProfile profile, std::string family, std::stop_token stop) {
  std::function<Task<cache::ServerStats>(cache::CacheSession&, CallContext)> call =
      [family](cache::CacheSession& session, CallContext context) { return session.stats(family, context); };
  return read<cache::ServerStats>(std::move(profile), "keys.stats", family, std::move(call), std::move(stop));
}

Task<cache::ReadValue> Keys::get(ConnectionProfile profile, Bytes key, cache::ReadRange range,
                                 std::stop_token stop, std::string operation) {
  std::function<Task<cache::ReadValue>(cache::CacheSession&, CallContext)> call =
      [key, range](cache::CacheSession& session, CallContext context) {
        return session.read(key, range, context);
      };
  return read<cache::ReadValue>(std::move(profile), std::move(operation), std::move(key), std::move(call),
                                std::move(stop));
}

Task<MutationReport> Keys::set(ConnectionProfile profile, Bytes key, Bytes value, SetOptions options,
                               Consent consent, std::stop_token stop) {
  if (options.flags != 0 && profile.engine == domain::CacheEngine::redis) {
    co_return fail(Error{.code = ErrorCode::validationError,
                         .message = "Redis keeps no flags with a value; leave them out"}
                       .with("field", std::string("flags")));
  }
  MutationCommand command{.profile = std::move(profile),
                          .operation = "keys.set",
                          .mutation = domain::SetMutation{std::move(key), std::move(value), options.ttl,
                                                          options.flags, options.mode},
                          .consent = std::move(consent),
                          .precondition = {}};
  command.precondition = [options = std::move(options)](const domain::Mutation& mutation,
                                                        const std::vector<Capture>& captures) {
    return judgeSet(captures.front(), options, std::get<domain::SetMutation>(mutation).value);
  };
  Result<MutationReport> report = co_await mutator_.execute(std::move(command), stop);
  co_return report;
}

Task<MutationReport> Keys::edit(ConnectionProfile profile, Bytes key, domain::ValueChange change,
                                Consent consent, std::stop_token stop) {
  if (auto ok = domain::checkChange(change); !ok) co_return std::unexpected(ok.error());
  MutationCommand command{.profile = std::move(profile),
                          .operation = std::string(domain::nameOf(change)),
                          .mutation = domain::EditMutation{std::move(key), std::move(change)},
                          .consent = std::move(consent),
                          .precondition = &judgeEdit};
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
                          .precondition = &judgeRename};
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
