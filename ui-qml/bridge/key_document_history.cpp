// Snapshots of the key: listed, compared with what is there, brought back.

#include "actions/mutator.hpp"
#include "domain/value_diff.hpp"
#include "engine_host.hpp"
#include "key_document.hpp"
#include "shown_value.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

using actions::MutationReport;

namespace {

constexpr std::size_t kDiffLines = 400;

QVariantList historyRow(const views::SnapshotRow& row, WallTime now) {
  const auto state = row.existed() ? QStringLiteral("%1, %2").arg(toText(domain::wireName(row.state.type)),
                                                                  sizeText(row.state.sizeBytes))
                                   : QObject::tr("was not there");
  QString ttl = QObject::tr("no TTL");
  if (row.state.deadline) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*row.state.deadline - now);
    ttl = left.count() > 0 ? QObject::tr("TTL %1").arg(durationText(left)) : QObject::tr("expired");
  }
  return {toText(row.id.toString()),       timeText(row.capturedAt), toText(row.reason),        state,
          row.existed() ? ttl : QString(), toText(row.notCaptured),  toText(row.mutationStatus)};
}

struct ShownDiff {
  std::vector<QVariantList> rows;
  QString note;
};

ShownDiff shownDiff(const actions::SnapshotDiff& diff) {
  ShownDiff shown{
      .rows = {},
      .note = diff.equal ? KeyDocument::tr("The key is what this snapshot says.") : toText(diff.change)};
  const auto lines = domain::diffValues(diff.right.capture.logical, diff.left.capture.logical, kDiffLines);
  for (const auto& line : lines.lines)
    shown.rows.push_back({QString(QChar::fromLatin1(line.sign)), startOf(toText(line.text))});
  return shown;
}

}  // namespace

void KeyDocument::loadHistory() {
  host_.ask<views::SnapshotPage>(
      this,
      [id = profile_.id, key = key_](studio::Engine& engine) {
        return engine.query<views::SnapshotPage>(
            [&](sqlite3& db) { return views::listSnapshots(db, {.connectionId = id, .key = key}); });
      },
      [this, key = key_](Result<views::SnapshotPage> page) {
        if (key != key_) return;
        if (!page) return emit failed(StudioError(page.error()));
        const WallTime now = SystemClock().now();
        std::vector<QVariantList> rows;
        for (const auto& row : page->rows) rows.push_back(historyRow(row, now));
        history_.assign(std::move(rows));
      });
}

void KeyDocument::showDiff(const QString& snapshotId) {
  const auto id = SnapshotId::parse(snapshotId.toStdString());
  if (!id) return;
  diff_.assign({});
  diffNote_.clear();
  emit diffChanged();
  host_.ask<ShownDiff>(
      this,
      [profile = profile_, id = *id](studio::Engine& engine) -> Result<ShownDiff> {
        const auto diff = engine.wait(engine.rollback().diffLive(profile, id, {}));
        if (!diff) return std::unexpected(diff.error());
        return shownDiff(*diff);
      },
      [this, asked = ++diffs_](Result<ShownDiff> diff) {
        if (asked != diffs_) return;
        diffNote_ = diff ? diff->note : toText(diff.error().message);
        diff_.assign(diff ? std::move(diff->rows) : std::vector<QVariantList>());
        emit diffChanged();
      });
}

void KeyDocument::restore(const QString& snapshotId, bool force, const QString& confirmation) {
  const auto id = SnapshotId::parse(snapshotId.toStdString());
  if (!id) return;
  mutate(
      tr("Restored %1").arg(name()), confirmation,
      [profile = profile_, id = *id, force](studio::Engine& engine, const actions::Consent& consent) {
        const auto onChanged = force ? actions::OnChanged::overwrite : actions::OnChanged::conflict;
        return engine.wait(engine.rollback().restore(profile, id, onChanged, consent, {}));
      },
      [this, snapshotId](const Error& error) {
        if (error.code != ErrorCode::conflict) return emit failed(StudioError(error));
        emit restoreConflict(snapshotId, toText(error.message));
      });
}

}  // namespace cachify::ui
