pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// One alert: what it says, its cause, and where it was delivered.
SideSheet {
    id: sheet

    readonly property AlertCentre alerts: Studio.alerts
    readonly property string alertId: fact("alertId")
    signal causeWanted(event: string)

    function fact(name: string): string { return String(alerts.inspected[name] ?? ""); }
    function show(id: string): void {
        alerts.inspect(id);
        open();
    }

    objectName: "alertSheet"
    title: fact("title")
    subtitle: fact("lastAt")

    Scroller {
        id: scroll
        anchors.fill: parent
        contentWidth: availableWidth
        ColumnLayout {
            x: 24
            y: 24
            width: scroll.availableWidth - 48
            spacing: 12
            RowLayout {
                spacing: 8
                SeverityBadge { severity: sheet.fact("severity") }
                EnvironmentBadge { visible: sheet.fact("environment") !== ""; environment: sheet.fact("environment") }
            }
            Txt { text: sheet.fact("message"); isData: true; wrapMode: Text.Wrap; maximumLineCount: 12; Layout.fillWidth: true }
            SheetLine { name: qsTr("How often"); value: qsTr("%n time(s)", "", Number(sheet.fact("times"))); Layout.fillWidth: true }
            SheetLine { name: qsTr("First"); value: sheet.fact("createdAt"); Layout.fillWidth: true }
            SheetLine { visible: sheet.fact("connection") !== ""; name: qsTr("Connection"); value: sheet.fact("connection"); Layout.fillWidth: true }
            SheetLine { name: qsTr("Source"); value: sheet.fact("source"); Layout.fillWidth: true }
            Txt { text: qsTr("Deliveries"); color: Theme.muted; font.pixelSize: Theme.small; Layout.topMargin: 8 }
            Txt { visible: sheet.alerts.deliveries.count === 0; text: qsTr("It was given to no publisher."); color: Theme.muted; font.pixelSize: Theme.small }
            Repeater {
                model: sheet.alerts.deliveries
                ColumnLayout {
                    id: delivery
                    required property string publisher
                    required property string status
                    required property string attempts
                    required property string message
                    required property string lastAt
                    spacing: 2
                    Layout.fillWidth: true
                    RowLayout {
                        spacing: 8
                        Txt { text: delivery.publisher; isData: true; font.pixelSize: Theme.small; font.weight: Font.Medium }
                        Badge { text: delivery.status === "delivered" ? qsTr("delivered") : delivery.status === "parked" ? qsTr("parked") : delivery.status === "replayed" ? qsTr("to be delivered") : qsTr("retrying"); tone: delivery.status === "delivered" ? "success" : delivery.status === "parked" ? "danger" : "warning" }
                        Txt { text: qsTr("%n attempt(s)", "", Number(delivery.attempts)); color: Theme.muted; font.pixelSize: Theme.tiny }
                        Txt { text: delivery.lastAt; isData: true; color: Theme.muted; font.pixelSize: Theme.tiny; Layout.fillWidth: true }
                    }
                    Txt { visible: text !== ""; text: delivery.message; isData: true; color: Theme.danger; font.pixelSize: Theme.tiny; wrapMode: Text.Wrap; maximumLineCount: 4; Layout.fillWidth: true }
                }
            }
            Item { implicitHeight: 24 }
        }
    }
    footer: [
        AppButton {
            visible: sheet.fact("causeId") !== ""
            text: qsTr("Show its cause")
            iconName: "link"
            onClicked: {
                sheet.close();
                sheet.causeWanted(sheet.fact("causeId"));
            }
        },
        Item { Layout.fillWidth: true },
        AppButton {
            visible: sheet.fact("read") === "false"
            text: qsTr("Mark as read")
            kind: "primary"
            iconName: "check"
            onClicked: {
                sheet.alerts.markRead(sheet.alertId);
                sheet.close();
            }
        }
    ]
}
