#include "views/projector.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "events/catalogue.hpp"
#include "views/alert_deliveries.hpp"
#include "views/alert_events.hpp"
#include "views/connection_profiles.hpp"
#include "views/connection_states.hpp"
#include "views/history_events.hpp"
#include "views/key_snapshots.hpp"
#include "views/memcached_key_index.hpp"
#include "views/mutations.hpp"
#include "views/rollups.hpp"
#include "views/server_samples.hpp"
#include "views/sqlite_error.hpp"
#include "views/workflow_executions.hpp"

namespace cachify::views {
namespace {

constexpr std::string_view kSave = R"sql(
  INSERT OR REPLACE INTO projection_checkpoint (only, log_id, position, chain, views, catalogue, skipped)
  VALUES (1, ?, ?, ?, ?, ?, ?))sql";

constexpr std::string_view kRead =
    "SELECT log_id, position, chain, views, catalogue, skipped FROM projection_checkpoint WHERE only = 1";

const std::string& viewsOfThisProgram() {
  static const std::string kViews = [] {
    std::string text;
    for (const auto& model : readModels()) text += fmt::format("{}:{} ", model.name, model.version);
    return text;
  }();
  return kViews;
}

const std::string& catalogueOfThisProgram() {
  static const std::string kCatalogue = [] {
    std::string text;
    for (const auto& spec : events::catalogue()) {
      text += fmt::format("{}:{} ", static_cast<unsigned>(spec.type), spec.schemaVersion);
    }
    return text;
  }();
  return kCatalogue;
}

bool changesProfiles(const AnyEvent& event) {
  return std::holds_alternative<events::ConnectionCreated>(event) ||
         std::holds_alternative<events::ConnectionUpdated>(event) ||
         std::holds_alternative<events::ConnectionRemoved>(event);
}

}  // namespace

std::span<const ReadModelSpec> readModels() {
  // A new read model is one line here. Snapshots come after mutations and roll-ups after runs, whose rows
  // they look up, and the key index after the profiles; the rest may stand anywhere.
  static const std::array kModels{
      connectionProfilesModel(), mutationsModel(),          keySnapshotsModel(),    historyEventsModel(),
      alertEventsModel(),        workflowExecutionsModel(), rollUpsModel(),         memcachedKeyIndexModel(),
      connectionStatesModel(),   serverSamplesModel(),      alertDeliveriesModel(),
  };
  return kModels;
}

Checkpoint freshCheckpoint(Uuid logId, const Digest& origin) {
  return {
      .logId = logId, .chain = origin, .views = viewsOfThisProgram(), .catalogue = catalogueOfThisProgram()};
}

bool isOurs(const Checkpoint& checkpoint) {
  return checkpoint.views == viewsOfThisProgram() &&
         (checkpoint.skipped == 0 || checkpoint.catalogue == catalogueOfThisProgram());
}

Result<Checkpoint> readCheckpoint(sqlite3& db) {
  Statement select(db, kRead);
  select.open();
  const auto row = select.next();
  if (!row) return std::unexpected(row.error());
  if (!*row || select.integer(1) < 0) return fail(damagedError("the checkpoint is missing"));
  Checkpoint out{.logId = select.uuid(0),
                 .position = static_cast<log::Position>(select.integer(1)),
                 .views = select.text(3),
                 .catalogue = select.text(4),
                 .skipped = static_cast<std::uint64_t>(select.integer(5))};
  const BytesView chain = select.view(2);
  if (chain.size() != out.chain.size()) return fail(damagedError("the checkpoint is malformed"));
  std::memcpy(out.chain.data(), chain.data(), chain.size());
  return out;
}

Projector::Projector(sqlite3& db)
    : threshold_(db, "SELECT slow_op_threshold_ms FROM connection_profiles WHERE id = ?"), save_(db, kSave) {
  for (const auto& model : readModels()) models_.push_back(model.make(db));
}

Result<void> Projector::apply(std::span<const log::Frame> frames, Checkpoint& checkpoint,
                              const ReplayLimit& limit) {
  thresholds_.clear();  // another process may have changed a profile since the last batch
  for (const auto& frame : frames) {
    if (frame.firstPosition != checkpoint.position + 1) {
      return fail(ErrorCode::internalError, fmt::format("the log gave position {} where {} was expected",
                                                        frame.firstPosition, checkpoint.position + 1));
    }
    if (auto ok = applyFrame(frame, checkpoint, limit); !ok) return ok;
  }
  for (const auto& model : models_) {
    if (auto ok = model->flush(); !ok) return ok;
  }
  return {};
}

Result<void> Projector::applyFrame(const log::Frame& frame, Checkpoint& checkpoint,
                                   const ReplayLimit& limit) {
  for (std::size_t i = 0; i < frame.payloads.size(); ++i) {
    if (frame.firstPosition + i > limit.position || frame.recordedAt > limit.time) break;
    auto record = recordOf(frame, i);
    if (!record) {
      ++checkpoint.skipped;
    } else if (*record) {
      if (auto ok = applyRecord(**record); !ok) return ok;
    }
  }
  checkpoint.position = frame.lastPosition();
  checkpoint.chain = frame.chain;
  return {};
}

Result<void> Projector::applyRecord(EventRecord& record) {
  if (const auto* const operation = operationIn(record.event)) {
    const auto slow = isSlow(*operation);
    if (!slow) return std::unexpected(slow.error());
    record.slow = *slow;
  }
  if (changesProfiles(record.event)) thresholds_.clear();
  for (const auto& model : models_) {
    if (auto ok = model->apply(record); !ok) return ok;
  }
  return {};
}

Result<bool> Projector::isSlow(const events::Operation& operation) {
  if (operation.connectionId.isNil() || isOfRun(operation.action)) return false;
  auto known = thresholds_.find(operation.connectionId);
  if (known == thresholds_.end()) {
    threshold_.open(operation.connectionId);
    const auto row = threshold_.next();
    if (!row) return std::unexpected(row.error());
    const auto threshold =
        *row ? std::chrono::milliseconds(threshold_.integer(0)) : domain::ConnectionProfile().slowOpThreshold;
    threshold_.close();
    known = thresholds_.emplace(operation.connectionId, threshold).first;
  }
  return operation.duration >= known->second;
}

Result<void> Projector::save(const Checkpoint& checkpoint) {
  return save_.run(checkpoint.logId, checkpoint.position, Blob{Sha256::view(checkpoint.chain)},
                   checkpoint.views, checkpoint.catalogue, checkpoint.skipped);
}

Result<void> Projector::index(log::Position first) {
  for (const auto& model : models_) {
    if (auto ok = model->index(first); !ok) return ok;
  }
  return {};
}

}  // namespace cachify::views
