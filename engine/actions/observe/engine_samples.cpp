#include "actions/observe/engine_samples.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "actions/frames.hpp"
#include "actions/observe/slow_log_cursor.hpp"
#include "cache/gather.hpp"

namespace cachify::actions {
namespace {

/// A server that takes longer is looked at again the next time.
constexpr std::chrono::milliseconds kSamplePatience{5000};

CallContext sampleContext(const domain::ConnectionProfile& profile, std::stop_token stop) {
  return CallContext::within(std::min(profile.timeout, kSamplePatience), std::move(stop));
}

void setConnection(events::ConnectionNoticed& event, const domain::ConnectionProfile& profile) {
  event.connectionId = profile.id;
  event.environment = profile.environment;
}

/// Errors that say something about one server are no fault of the round.
Result<void> worstOf(const std::vector<Result<void>>& answers) {
  for (const auto& answer : answers) {
    if (!answer && answer.error().code == ErrorCode::internalError) return answer;
  }
  return {};
}

events::SlowLogSample sampleOf(const cache::SlowLogEntry& entry, const domain::ConnectionProfile& profile) {
  events::SlowLogSample sample;
  setConnection(sample, profile);
  sample.node = entry.node;
  sample.runId = entry.runId;
  sample.entryId = entry.id;
  sample.at = entry.at;
  sample.duration = entry.duration;
  sample.command = entry.command;
  sample.keyOrPattern = entry.keyOrPattern;
  sample.argumentCount = entry.argumentCount;
  sample.client = entry.client;
  return sample;
}

std::map<std::string, cache::SlowLog> byRun(cache::SlowLog log) {
  std::map<std::string, cache::SlowLog> runs;
  for (auto& entry : log) runs[entry.runId].push_back(std::move(entry));
  return runs;
}

}  // namespace

Task<std::vector<EngineSamples::Subject>> EngineSamples::open() {
  const Result<std::vector<LinkStatus>> links = co_await watch_.links();
  if (!links) co_return fail(links.error());
  std::set<ConnectionId> elsewhere =
      SessionLock::openElsewhere(context_.dataDirectory / "sessions", context_.session);
  std::vector<Subject> subjects;
  for (const LinkStatus& link : *links) {
    if (link.state != LinkState::open) continue;
    elsewhere.erase(link.connection);
    if (auto known = state_.profile(link.connection)) subjects.push_back({std::move(known->profile)});
  }
  for (const ConnectionId id : elsewhere) {
    if (auto known = state_.profile(id)) subjects.push_back({std::move(known->profile), Use::sampling});
  }
  for (const ConnectionId id : std::exchange(elsewhere_, std::move(elsewhere))) {
    if (!elsewhere_.contains(id)) sessions_.forget(id, Use::sampling);
  }
  std::erase_if(before_, [&](const auto& entry) {
    return std::ranges::none_of(subjects, [&](const auto& one) { return one.profile.id == entry.first; });
  });
  co_return subjects;
}

Task<void> EngineSamples::health(std::stop_token stop) {
  const Result<std::vector<Subject>> subjects = co_await open();
  if (!subjects) co_return fail(subjects.error());
  std::vector<Task<void>> calls;
  for (const auto& subject : *subjects) calls.push_back(sampleOne(subject, stop));
  const std::vector<Result<void>> answers = co_await cache::gather(std::move(calls));
  co_return worstOf(answers);
}

Task<void> EngineSamples::sampleOne(Subject subject, std::stop_token stop) {
  const domain::ConnectionProfile& profile = subject.profile;
  const CallContext context = sampleContext(profile, stop);
  Result<ServerReading> reading = co_await read(subject, context);
  if (!reading) {
    sayUnable(subject, reading.error());
    co_return fail(reading.error());
  }
  unable_.erase(profile.id);
  if (const auto before = before_.find(profile.id); before != before_.end())
    countSince(before->second, *reading);
  setConnection(reading->sample, profile);
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  std::vector<log::FrameDraft> frames;
  frames.push_back(makeFrame(context_, trace, "samples/" + profile.id.toString(), reading->sample));
  before_[profile.id] = *std::move(reading);
  const Result<void> recorded = co_await record(std::move(frames), {});
  co_return recorded;
}

/// The process that keeps it open can, and does not know that this one cannot: its secret may not be here.
void EngineSamples::sayUnable(const Subject& subject, const Error& error) {
  const domain::ConnectionProfile& profile = subject.profile;
  if (subject.use == Use::sampling && unable_.insert(profile.id).second)
    spdlog::warn("'{}' is open in another process and cannot be sampled by this one: {}",
                 escapeForDisplay(profile.name), error.message);
}

Task<ServerReading> EngineSamples::read(Subject subject, CallContext context) {
  const domain::ConnectionProfile& profile = subject.profile;
  const Result<std::shared_ptr<cache::CacheSession>> session =
      co_await sessions_.session(profile, subject.use);
  if (!session) co_return fail(session.error());
  const Result<std::chrono::microseconds> latency = co_await (*session)->ping(context);
  if (!latency) co_return fail(latency.error());
  const std::string general;
  Result<cache::ServerStats> stats = co_await (*session)->stats(general, context);
  // A user with few rights sees the time of a ping alone.
  if (!stats && stats.error().code != ErrorCode::unauthorized &&
      stats.error().code != ErrorCode::notSupported)
    co_return fail(stats.error());
  ServerReading reading = readingOf(stats ? *stats : cache::ServerStats(), std::chrono::steady_clock::now());
  reading.sample.latency = *latency;
  if (profile.topology == domain::Topology::cluster) {
    const std::string cluster = "cluster";
    const Result<cache::ServerStats> state = co_await (*session)->stats(cluster, context);
    if (state) reading.sample.clusterState = clusterStateOf(*state);
  }
  co_return reading;
}

Task<void> EngineSamples::slowLogs(std::stop_token stop) {
  const Result<std::vector<Subject>> subjects = co_await open();
  if (!subjects) co_return fail(subjects.error());
  std::vector<Task<void>> calls;
  for (const auto& subject : *subjects) {
    if (subject.profile.engine == domain::CacheEngine::redis) calls.push_back(takeSlowLog(subject, stop));
  }
  const std::vector<Result<void>> answers = co_await cache::gather(std::move(calls));
  co_return worstOf(answers);
}

Task<void> EngineSamples::takeSlowLog(Subject subject, std::stop_token stop) {
  const domain::ConnectionProfile& profile = subject.profile;
  const CallContext context = sampleContext(profile, stop);
  const Result<std::shared_ptr<cache::CacheSession>> session =
      co_await sessions_.session(profile, subject.use);
  if (!session) co_return fail(session.error());
  Result<cache::SlowLog> slow = co_await (*session)->slowLog(context);
  if (!slow) co_return fail(slow.error());
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  const std::map<std::string, cache::SlowLog> runs = byRun(*std::move(slow));
  for (const auto& [runId, entries] : runs) {
    const std::string stream = slowLogStream(profile.id, runId);
    const auto cursor = slowLogCursor(context_.log, stream);
    if (!cursor) co_return fail(cursor.error());
    std::vector<events::SlowLogSample> samples;
    for (const auto& entry : entries) {
      if (cursor->isNew(entry)) samples.push_back(sampleOf(entry, profile));
    }
    if (samples.empty()) continue;
    std::vector<log::FrameDraft> frames;
    frames.push_back(makeFrame<events::SlowLogSample>(context_, trace, stream,
                                                      std::span<const events::SlowLogSample>(samples)));
    // Whoever was faster has recorded them: what is missing then comes with the next round.
    std::vector<log::StreamCondition> conditions;
    conditions.push_back(log::StreamCondition::unchangedSince(stream, cursor->streamVersion));
    const Result<void> recorded = co_await record(std::move(frames), std::move(conditions));
    if (!recorded) co_return recorded;
  }
  co_return Result<void>();
}

Task<void> EngineSamples::record(std::vector<log::FrameDraft> frames,
                                 std::vector<log::StreamCondition> conditions) {
  log::AppendRequest request;
  request.durability = log::Durability::soon;
  request.frames = std::move(frames);
  request.conditions = std::move(conditions);
  for (log::FrameDraft& frame : request.frames) frame.actor.surface = "engine";
  const Result<log::AppendReceipt> receipt = co_await append(context_.log, std::move(request));
  if (!receipt) co_return fail(receipt.error());
  co_return Result<void>();
}

}  // namespace cachify::actions
