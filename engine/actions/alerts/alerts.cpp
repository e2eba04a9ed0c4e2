#include "actions/alerts/alerts.hpp"

#include <fmt/format.h>

#include "actions/alerts/raise_alert.hpp"
#include "actions/view_query.hpp"
#include "views/alert_events.hpp"

namespace cachify::actions {

Task<void> Alerts::appendRead(std::vector<Uuid> alerts, std::uint64_t upTo) {
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  log::AppendRequest request;
  request.frames.push_back(makeFrame(context_, trace, std::string(events::kAlertsReadStream),
                                     events::AlertRead{std::move(alerts), upTo}));
  const Trace cause{trace.correlation, request.frames.front().firstEventId};
  for (auto& frame : recorder_.frames(cause, events::Operation{.action = "alerts.read"}, nullptr))
    request.frames.push_back(std::move(frame));
  Result<log::AppendReceipt> receipt = co_await append(context_.log, std::move(request));
  if (!receipt) co_return std::unexpected(receipt.error());
  co_return Result<void>();
}

Task<std::uint64_t> Alerts::markRead(std::vector<Uuid> alerts) {
  const auto ask = [&] {
    return queryViews<std::uint64_t>(context_, [&](sqlite3& db) -> Result<std::uint64_t> {
      std::uint64_t unread = 0;
      for (const auto& id : alerts) {
        const auto found = views::findAlert(db, id);
        if (!found) return std::unexpected(found.error());
        if (!*found)
          return fail(Error{
              .code = ErrorCode::notFound,
              .message = fmt::format("there is no alert {}; `cachify alerts list` shows them", id.toString())}
                          .with("alert", id.toString()));
        unread += (*found)->read ? 0 : 1;
      }
      return unread;
    });
  };
  Result<std::uint64_t> unread = co_await onPool(context_.blocking, ask);
  if (!unread || *unread == 0) co_return unread;
  Result<void> appended = co_await appendRead(std::move(alerts), 0);
  if (!appended) co_return std::unexpected(appended.error());
  co_return unread;
}

Task<std::uint64_t> Alerts::markAllRead() {
  const auto head = context_.log.head();
  if (!head) co_return std::unexpected(head.error());
  const auto ask = [&] {
    return queryViews<std::uint64_t>(context_, [&](sqlite3& db) -> Result<std::uint64_t> {
      const auto page = views::listAlerts(db, {.unreadOnly = true, .limit = 1});
      if (!page) return std::unexpected(page.error());
      return page->unread;
    });
  };
  Result<std::uint64_t> unread = co_await onPool(context_.blocking, ask);
  if (!unread || *unread == 0) co_return unread;
  Result<void> appended = co_await appendRead({}, head->lastPosition);
  if (!appended) co_return std::unexpected(appended.error());
  co_return unread;
}

Task<void> Alerts::reportDamage(std::uint64_t problems, std::string first) {
  const Error error{.code = ErrorCode::internalError,
                    .message = fmt::format(
                        "the log is damaged: {} found, the first: {}. `cachify log verify` "
                        "shows them, `cachify log salvage` brings what is sound into a new log",
                        problems == 1 ? "1 problem was" : fmt::format("{} problems were", problems), first)};
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  log::AppendRequest request;
  request.frames = recorder_.frames(trace, events::Operation{.action = "log.verify"}, &error,
                                    Recorder::Alerting::onlyBlocks);
  const Trace cause{trace.correlation, request.frames.front().firstEventId};
  const events::AlertRaised alert{.severity = domain::Severity::critical,
                                  .title = "The event log is damaged",
                                  .message = error.message,
                                  .source = "app"};
  raiseAlert(context_, cause, domain::AlertSource::logDamaged, alert, request.frames);
  Result<log::AppendReceipt> receipt = co_await append(context_.log, std::move(request));
  if (!receipt) co_return std::unexpected(receipt.error());
  co_return Result<void>();
}

}  // namespace cachify::actions
