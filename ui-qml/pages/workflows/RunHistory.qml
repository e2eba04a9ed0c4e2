pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Pages
import Cachify.Theme

// What was run before, on any connection.
ColumnLayout {
    id: history

    required property WorkflowDesk desk
    required property Guard guard
    property alias details: sheet
    readonly property var statuses: ["", "success", "error", "aborted", "cancelled", "interrupted", "running"]
    signal runWanted()

    spacing: 12

    RowLayout {
        spacing: 8
        Choice {
            label: qsTr("Status")
            implicitWidth: Theme.scaled(150)
            model: history.statuses.map(status => status === "" ? qsTr("Any status") : Studio.statusText(status))
            currentIndex: Math.max(0, history.statuses.indexOf(history.desk.statusFilter))
            onActivated: index => history.desk.statusFilter = history.statuses[index]
        }
        Item { Layout.fillWidth: true }
        AppButton { iconName: "refresh"; hint: qsTr("Read again (F5)"); onClicked: history.desk.loadHistory() }
    }
    Notice { visible: history.desk.run.outcome !== "" && !history.desk.run.running; Layout.fillWidth: true; tone: history.desk.run.outcomeGood ? "success" : "warning"; text: history.desk.run.outcome }
    Notice { visible: history.desk.run.error.present; Layout.fillWidth: true; text: history.desk.run.error.message; code: history.desk.run.error.code }
    Card {
        Layout.fillWidth: true
        Layout.fillHeight: true
        ListView {
            id: runs
            objectName: "runList"
            anchors.fill: parent
            anchors.margins: 1
            clip: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            model: history.desk.history
            Accessible.role: Accessible.Table
            Accessible.name: qsTr("Runs")
            Keys.onUpPressed: decrementCurrentIndex()
            Keys.onDownPressed: incrementCurrentIndex()
            Keys.onReturnPressed: sheet.show(history.desk.history.text(currentIndex, "executionId"))
            onAtYEndChanged: if (atYEnd && count > 0) history.desk.olderHistory()
            ScrollBar.vertical: Bar { }
            delegate: ItemDelegate {
                id: run
                required property string executionId
                required property string time
                required property string name
                required property string status
                required property bool dryRun
                required property string totals
                required property string took
                width: ListView.view.width
                height: Theme.scaled(Theme.compact ? 40 : 48)
                padding: 0
                Accessible.role: Accessible.Row
                Accessible.name: run.name + ", " + Studio.statusText(run.status) + ", " + run.totals + ", " + run.time
                onClicked: sheet.show(run.executionId)
                background: Rectangle {
                    color: run.hovered ? Theme.hover : "transparent"
                    Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.border }
                    FocusRing { anchors.margins: 1; shown: runs.activeFocus && run.ListView.isCurrentItem }
                }
                contentItem: RowLayout {
                    spacing: 12
                    Badge { Layout.leftMargin: 16; text: Studio.statusText(run.status); tone: run.status === "success" ? "success" : run.status === "running" ? "info" : run.status === "aborted" ? "danger" : "warning"; Layout.preferredWidth: Theme.scaled(92) }
                    Txt { text: run.name; isData: true; font.pixelSize: Theme.small; font.weight: Font.Medium; Layout.fillWidth: true; Accessible.ignored: true }
                    Badge { visible: run.dryRun; text: qsTr("dry run") }
                    Txt { text: run.totals; color: Theme.muted; font.pixelSize: Theme.tiny; horizontalAlignment: Text.AlignRight; Layout.preferredWidth: Theme.scaled(120); Accessible.ignored: true }
                    Txt { text: run.took; color: Theme.muted; font.pixelSize: Theme.tiny; horizontalAlignment: Text.AlignRight; Layout.preferredWidth: Theme.scaled(80); Accessible.ignored: true }
                    Txt { text: run.time; color: Theme.muted; font.pixelSize: Theme.tiny; Layout.preferredWidth: Theme.scaled(128); Accessible.ignored: true }
                    Icon { Layout.rightMargin: 12; name: "right"; size: 14 }
                }
            }
            EmptyState { anchors.fill: parent; visible: runs.count === 0; iconName: "workflows"; title: history.desk.statusFilter === "" ? qsTr("Nothing was run yet") : qsTr("No run with this status") }
        }
    }

    RunSheet {
        id: sheet
        desk: history.desk
        guard: history.guard
        onRunWanted: history.runWanted()
    }
}
