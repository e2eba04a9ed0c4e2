#include "audit_log.hpp"

#include <QFileInfo>
#include <QPointer>
#include <algorithm>

#include "audit_export.hpp"
#include "engine_host.hpp"
#include "file_content.hpp"
#include "studio/engine.hpp"
#include "studio/log_tools.hpp"
#include "text.hpp"

namespace cachify::ui {

namespace {

constexpr log::Position kEventsAtOnce = 300;
constexpr std::size_t kFrameBytes = 4UL << 20;
/// So many are looked through for words at once; then a person is asked.
constexpr log::Position kMostLookedAt = 50'000;

struct AuditPage {
  std::vector<QVariantList> rows;
  log::Position oldest = 0;
};

QVariantList auditRow(const actions::TimelineLine& line) {
  return {QString::number(line.position),
          timeText(line.recordedAt),
          toText(line.type),
          toShown(line.actor),
          toText(line.action),
          toShown(line.keyOrPattern),
          toText(line.status),
          line.message.empty() ? toText(line.change) : toShown(line.message)};
}

bool holds(const QVariantList& row, const QString& words) {
  return words.isEmpty() || std::ranges::any_of(row, [&](const QVariant& column) {
           return column.toString().contains(words, Qt::CaseInsensitive);
         });
}

/// Those from `first` to before `end` that hold the words, newest first.
Result<std::vector<QVariantList>> auditRows(studio::Engine& engine, log::Position first, log::Position end,
                                            const QString& words) {
  std::vector<QVariantList> rows;
  for (log::Position next = first; next < end;) {
    const auto frames = engine.log().framesFrom(next, kFrameBytes);
    if (!frames) return std::unexpected(frames.error());
    if (frames->empty()) break;
    for (const auto& frame : *frames) {
      for (std::size_t i = 0; i < frame.payloads.size(); ++i) {
        const auto position = frame.firstPosition + i;
        if (position < first || position >= end) continue;
        auto row = auditRow(actions::timelineLine(frame, i));
        if (holds(row, words)) rows.push_back(std::move(row));
      }
    }
    next = frames->back().lastPosition() + 1;
  }
  std::ranges::reverse(rows);
  return rows;
}

/// `before` 0: from the end.
Result<AuditPage> auditPage(studio::Engine& engine, log::Position before, const QString& words) {
  const auto head = engine.log().head();
  if (!head) return std::unexpected(head.error());
  const log::Position end = before == 0 ? head->lastPosition + 1 : before;
  AuditPage page{.rows = {}, .oldest = end};
  while (page.oldest > 1 && page.rows.size() < kEventsAtOnce && end - page.oldest < kMostLookedAt) {
    const log::Position until = page.oldest;
    page.oldest = until > kEventsAtOnce ? until - kEventsAtOnce : 1;
    auto rows = auditRows(engine, page.oldest, until, words);
    if (!rows) return std::unexpected(rows.error());
    std::ranges::move(*rows, std::back_inserter(page.rows));
  }
  return page;
}

}  // namespace

AuditLog::AuditLog(EngineHost& host, QObject* parent)
    : QObject(parent),
      host_(host),
      events_({"position", "time", "type", "actor", "action", "key", "status", "message"}) {}

AuditLog::~AuditLog() {
  exportStop_.request_stop();
}

void AuditLog::setFilter(const QString& words) {
  if (filter_ == words) return;
  filter_ = words;
  load();
}

void AuditLog::load() {
  loadBefore(0);
}

void AuditLog::older() {
  if (hasOlder()) loadBefore(oldest_);
}

void AuditLog::loadBefore(std::uint64_t position) {
  loading_ = true;
  error_ = {};
  emit changed();
  host_.ask<AuditPage>(
      this,
      [position, words = filter_.trimmed()](studio::Engine& engine) {
        return auditPage(engine, position, words);
      },
      [this, position, ticket = ++ticket_](Result<AuditPage> page) {
        if (ticket != ticket_) return;
        loading_ = false;
        if (!page) {
          error_ = StudioError(page.error());
        } else {
          oldest_ = page->oldest;
          position == 0 ? events_.assign(std::move(page->rows)) : events_.append(std::move(page->rows));
        }
        emit changed();
      });
}

void AuditLog::inspect(const QString& position) {
  inspected_.clear();
  emit inspectedChanged();
  host_.ask<actions::FoundEvent>(
      this,
      [position = position.toStdString()](studio::Engine& engine) {
        return actions::findEvent(engine.log(), position);
      },
      [this, ticket = ++inspectTicket_](Result<actions::FoundEvent> found) {
        if (ticket != inspectTicket_) return;
        if (!found) {
          error_ = StudioError(found.error());
          return emit changed();
        }
        const auto line = actions::timelineLine(found->frame, found->index);
        inspected_ = {
            {"position", QString::number(line.position)},
            {"id", toText(line.id.toString())},
            {"type", toText(line.type)},
            {"time", toText(toIso8601(line.recordedAt))},
            {"actor", toShown(line.actor)},
            {"source", toText(line.source)},
            {"correlation", toText(line.correlationId.toString())},
            {"causation", line.causationId.isNil() ? QString() : toText(line.causationId.toString())},
            {"payload",
             line.purged ? tr("removed; its digest is kept") : toShown(found->frame.payloads[found->index])}};
        emit inspectedChanged();
      });
}

void AuditLog::verify() {
  verifying_ = true;
  verdict_.clear();
  emit changed();
  host_.ask<log::VerifyReport>(
      this,
      [directory = studio::logDirectory(host_.dataDirectory())](studio::Engine&) {
        return log::verifyLog(studio::siblingProgram("cachify-log-check"), directory);
      },
      [this](Result<log::VerifyReport> report) {
        verifying_ = false;
        sound_ = report && report->ok;
        if (!report) {
          verdict_ = toText(report.error().message);
        } else if (report->ok) {
          verdict_ = tr("%1 events verified in %2: every checksum, digest and link of the chain holds.")
                         .arg(countText(report->events), durationText(report->duration));
        } else {
          verdict_ = tr("%n problem(s)", nullptr, smallCount(report->problems.size())) +
                     (report->problems.empty() ? QString() : ": " + toText(report->problems.front().message));
        }
        emit changed();
      });
}

void AuditLog::exportTo(const QUrl& file) {
  if (exporting_) return;
  exporting_ = true;
  exportedLines_ = countText(0);
  error_ = {};
  exportStop_ = {};
  emit changed();
  const QString path = pathOf(file);
  const auto tell = [this, guard = QPointer(this)](std::uint64_t lines) {
    host_.answerLater([this, guard, lines] {
      if (!guard || !exporting_) return;
      exportedLines_ = countText(lines);
      emit changed();
    });
  };
  host_.ask<std::uint64_t>(
      this,
      [path, stop = exportStop_.get_token(), tell](studio::Engine& engine) {
        return exportLogTo(engine, path, stop, tell);
      },
      [this, path](Result<std::uint64_t> lines) {
        exporting_ = false;
        if (lines) {
          emit exported(countText(*lines), QFileInfo(path).fileName());
        } else if (lines.error().code != ErrorCode::cancelled) {
          error_ = StudioError(lines.error());
        }
        emit changed();
      });
}

void AuditLog::stopExport() {
  exportStop_.request_stop();
}

}  // namespace cachify::ui
