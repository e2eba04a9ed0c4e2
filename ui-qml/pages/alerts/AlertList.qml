pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// Alerts, newest first; equal ones are one row with a count.
Card {
    id: panel

    required property AlertCentre alerts
    signal alertChosen(id: string)
    signal causeWanted(event: string)

    Room { id: room; within: panel; width: Theme.scaled(760) }
    Loading { running: panel.alerts.loading; width: parent.width; z: 1 }
    ListView {
        id: list
        objectName: "alertList"
        anchors.fill: parent
        anchors.margins: 1
        clip: true
        reuseItems: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        model: panel.alerts.list
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Alerts")
        Keys.onUpPressed: decrementCurrentIndex()
        Keys.onDownPressed: incrementCurrentIndex()
        Keys.onReturnPressed: if (currentIndex >= 0) panel.alertChosen(panel.alerts.list.text(currentIndex, "alertId"))
        onAtYEndChanged: if (atYEnd && count > 0) panel.alerts.older()
        ScrollBar.vertical: Bar { }
        delegate: ItemDelegate {
            id: row
            required property string alertId
            required property string lastAt
            required property string severity
            required property string title
            required property string message
            required property string connection
            required property string environment
            required property bool read
            required property int times
            required property string causeId
            width: ListView.view.width
            height: Theme.scaled(60)
            padding: 0
            Accessible.name: Studio.spoken([row.read ? "" : qsTr("unread"), severityBadge.text, row.title, row.times > 1 ? qsTr("%n time(s)", "", row.times) : "", row.message, row.connection, row.lastAt])
            onClicked: panel.alertChosen(row.alertId)
            background: Rectangle {
                color: row.hovered ? Theme.hover : "transparent"
                Rectangle { visible: !row.read; width: 3; height: parent.height; color: Theme.accent }
                Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.border }
                FocusRing { anchors.margins: 1; shown: list.activeFocus && row.ListView.isCurrentItem }
            }
            contentItem: RowLayout {
                spacing: 12
                Item {
                    Layout.leftMargin: 16
                    Layout.preferredWidth: Theme.scaled(86)
                    implicitHeight: Theme.scaled(20)
                    SeverityBadge { id: severityBadge; severity: row.severity }
                }
                ColumnLayout {
                    spacing: 3
                    Layout.fillWidth: true
                    RowLayout {
                        spacing: 8
                        Txt { text: row.title; isData: true; Layout.fillWidth: true; Layout.maximumWidth: Math.ceil(implicitWidth); font.pixelSize: Theme.small; font.weight: row.read ? Font.Normal : Font.DemiBold; color: row.read ? Theme.muted : Theme.text; Accessible.ignored: true }
                        Badge { visible: row.times > 1; text: "× " + row.times; Accessible.ignored: true }
                        Item { Layout.fillWidth: true }
                    }
                    Txt { text: row.message; isData: true; font.pixelSize: Theme.tiny; color: Theme.muted; Layout.fillWidth: true; Accessible.ignored: true }
                }
                Item {
                    Layout.preferredWidth: Theme.scaled(84)
                    implicitHeight: Theme.scaled(20)
                    EnvironmentBadge { visible: row.environment !== ""; environment: row.environment; Accessible.ignored: true }
                }
                Txt { visible: room.enough; text: row.connection; isData: true; font.pixelSize: Theme.tiny; Layout.preferredWidth: Theme.scaled(120); Accessible.ignored: true }
                Txt { text: row.lastAt; color: Theme.muted; font.pixelSize: Theme.tiny; Layout.preferredWidth: Theme.scaled(128); Accessible.ignored: true }
                Row {
                    spacing: 2
                    Layout.preferredWidth: Theme.scaled(68)
                    Layout.rightMargin: 12
                    layoutDirection: Qt.RightToLeft
                    AppButton { objectName: "markRead"; visible: !row.read; kind: "quiet"; iconName: "check"; hint: qsTr("Mark as read"); onClicked: panel.alerts.markRead(row.alertId) }
                    AppButton { objectName: "showCause"; visible: row.causeId !== ""; kind: "quiet"; iconName: "link"; hint: qsTr("Show its cause in the audit"); onClicked: panel.causeWanted(row.causeId) }
                }
            }
        }
    }
    EmptyState {
        anchors.fill: parent
        visible: panel.alerts.loaded && list.count === 0 && !panel.alerts.error.present
        iconName: panel.alerts.filtered ? "search" : "check"
        tone: panel.alerts.filtered ? "" : "success"
        title: panel.alerts.filtered ? qsTr("Nothing matches") : qsTr("No alerts")
        detail: panel.alerts.filtered ? "" : qsTr("What failed, was blocked or slow, lost connections, and rules that are met appear here.")
        AppButton { visible: panel.alerts.filtered; text: qsTr("Clear the filters"); onClicked: panel.alerts.clearFilters() }
    }
    EmptyState {
        anchors.fill: parent
        visible: panel.alerts.error.present && list.count === 0
        iconName: "warning"
        tone: "danger"
        title: qsTr("Alerts could not be read")
        detail: panel.alerts.error.message
        AppButton { text: qsTr("Try again"); onClicked: panel.alerts.load() }
    }
}
