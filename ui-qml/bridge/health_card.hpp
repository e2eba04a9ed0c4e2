#pragma once
// What a health card says of a connection.

#include <QByteArray>
#include <QList>
#include <QVariantList>
#include <vector>

namespace cachify::views {
struct ConnectionHealth;
}

namespace cachify::ui {

[[nodiscard]] QList<QByteArray> healthFields();
/// Those who need somebody come first: offline, degraded, healthy, never used; by name among equals.
[[nodiscard]] std::vector<QVariantList> healthRows(const std::vector<views::ConnectionHealth>& health);

}  // namespace cachify::ui
