#include "views/alert_deliveries.hpp"

#include <array>

#include "views/read_model.hpp"
#include "views/statement.hpp"

namespace cachify::views {
namespace {

constexpr std::array kTables{ViewTable{"alert_deliveries", "publisher, alert_id"}};

constexpr std::string_view kPut = R"sql(
  INSERT OR REPLACE INTO alert_deliveries (publisher, alert_id, status, attempts, message, last_at, next_at, is_hold)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?))sql";

class AlertDeliveries final : public ReadModel {
 public:
  explicit AlertDeliveries(sqlite3& db) : put_(db, kPut) {}

  Result<void> apply(const EventRecord& record) override {
    const WallTime at = record.recordedAt;
    if (const auto* const done = std::get_if<events::AlertDelivered>(&record.event))
      return put_.run(done->publisher, done->alertId, "delivered", done->attempt, "", at, nullptr, 0);
    if (const auto* const failed = std::get_if<events::AlertDeliveryFailed>(&record.event))
      return put_.run(failed->publisher, failed->alertId, "retrying", failed->attempt, failed->message, at,
                      failed->nextAt, failed->isHold ? 1 : 0);
    if (const auto* const parked = std::get_if<events::AlertParked>(&record.event))
      return put_.run(parked->publisher, parked->alertId, "parked", parked->attempts, parked->message, at,
                      nullptr, 0);
    if (const auto* const replayed = std::get_if<events::AlertReplayed>(&record.event)) {
      for (const auto& id : replayed->alertIds) {
        if (auto ok = put_.run(replayed->publisher, id, "replayed", 0, "", at, nullptr, 0); !ok) return ok;
      }
    }
    return {};
  }

 private:
  Statement put_;
};

}  // namespace

ReadModelSpec alertDeliveriesModel() {
  return {"alert_deliveries", 1, kTables, &makeReadModel<AlertDeliveries>};
}

}  // namespace cachify::views
