pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Pages
import Cachify.Theme

// What the key was before each change, how that differs from now, and the way back.
SideSheet {
    id: sheet

    required property Guard guard
    required property bool masked
    readonly property KeyDocument document: Studio.workspace.document
    property string chosen: ""
    property string conflictOf: "" // the snapshot that was refused

    title: qsTr("History")
    subtitle: document.name
    breadth: 620
    onOpened: chosen = ""
    onChosenChanged: conflictOf = ""

    function restore(force: bool): void {
        const snapshot = chosen;
        guard.ask(force ? qsTr("Overwrite what somebody changed meanwhile?") : qsTr("Restore this snapshot?"), document.name, qsTr("Restore"), true, confirmation => document.restore(snapshot, force, confirmation));
    }

    Connections {
        target: sheet.document
        function onRestoreConflict(snapshotId: string, message: string): void {
            conflict.text = message;
            sheet.conflictOf = snapshotId;
        }
        function onDone(): void { sheet.conflictOf = ""; }
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0
        ListView {
            id: list
            objectName: "historyList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredHeight: 1
            Layout.margins: 8
            clip: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            model: sheet.document.history
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Snapshots")
            ScrollBar.vertical: Bar { }
            delegate: ItemDelegate {
                id: row
                required property string snapshotId
                required property string time
                required property string reason
                required property var model
                required property string ttl
                required property string notCaptured
                readonly property bool current: snapshotId === sheet.chosen
                width: ListView.view.width
                height: Theme.scaled(56)
                padding: 0
                Accessible.name: qsTr("%1, before %2").arg(row.time).arg(row.reason)
                onClicked: {
                    sheet.chosen = row.snapshotId;
                    sheet.document.showDiff(row.snapshotId);
                }
                Keys.onReturnPressed: clicked()
                background: Rectangle { radius: Theme.radius; color: row.current ? Theme.accentTint : row.hovered ? Theme.hover : "transparent"; FocusRing { shown: row.visualFocus } }
                contentItem: RowLayout {
                    spacing: 12
                    Icon { Layout.leftMargin: 14; name: "clock"; size: 16; color: row.current ? Theme.accent : Theme.muted }
                    ColumnLayout {
                        spacing: 2
                        Layout.fillWidth: true
                        Txt { text: row.time; font.pixelSize: Theme.small; font.weight: Font.Medium; Accessible.ignored: true }
                        Txt { text: row.model.state + (row.ttl !== "" ? " · " + row.ttl : ""); isData: true; color: Theme.muted; font.pixelSize: Theme.tiny; Layout.fillWidth: true; Accessible.ignored: true }
                    }
                    Badge { Layout.rightMargin: 14; text: qsTr("before %1").arg(row.reason) }
                }
            }
            EmptyState {
                anchors.fill: parent
                visible: list.count === 0
                iconName: "clock"
                title: qsTr("No snapshots yet")
                detail: qsTr("Before each change made here, the key is kept as it was. Nothing was changed so far.")
            }
        }
        Rectangle { Layout.fillWidth: true; implicitHeight: 1; color: Theme.border; visible: sheet.chosen !== "" }
        ColumnLayout {
            visible: sheet.chosen !== ""
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredHeight: 1
            Layout.margins: 16
            Layout.leftMargin: 24
            Layout.rightMargin: 24
            spacing: 8
            Txt { text: qsTr("What restoring would change"); font.pixelSize: Theme.small; font.weight: Font.DemiBold }
            Txt { visible: text !== ""; text: sheet.document.diffNote; color: Theme.muted; font.pixelSize: Theme.tiny; wrapMode: Text.Wrap; Layout.fillWidth: true }
            Card {
                Layout.fillWidth: true
                Layout.fillHeight: true
                clip: true
                ListView {
                    anchors.fill: parent
                    anchors.margins: 1
                    clip: true
                    boundsBehavior: Flickable.StopAtBounds
                    model: sheet.document.diff
                    Accessible.role: Accessible.List
                    Accessible.name: qsTr("Differences")
                    delegate: Rectangle {
                        id: line
                        required property string sign
                        required property var model
                        readonly property bool added: sign === "+"
                        width: ListView.view.width
                        height: lineText.implicitHeight + 8
                        color: added ? Theme.successTint : Theme.dangerTint
                        Accessible.role: Accessible.ListItem
                        Accessible.name: sign + " " + lineText.text
                        Txt { x: 10; anchors.verticalCenter: parent.verticalCenter; text: line.sign; font.family: Theme.mono; font.pixelSize: Theme.small; color: line.added ? Theme.success : Theme.danger; Accessible.ignored: true }
                        Txt { id: lineText; Accessible.ignored: true; x: Theme.scaled(18) + 10; width: parent.width - x - 8; anchors.verticalCenter: parent.verticalCenter; text: sheet.masked ? "••••••" : line.model.text; font.family: Theme.mono; font.pixelSize: Theme.small; wrapMode: Text.WrapAnywhere; maximumLineCount: 6; isData: true; color: line.added ? Theme.success : Theme.danger }
                    }
                }
            }
            Notice {
                id: conflict
                visible: sheet.conflictOf !== "" && sheet.conflictOf === sheet.chosen
                text: ""
                tone: "warning"
                Layout.fillWidth: true
                AppButton { objectName: "restoreAllTheSame"; text: qsTr("Restore all the same"); onClicked: sheet.restore(true) }
            }
        }
    }

    footer: [
        Item { Layout.fillWidth: true },
        AppButton { text: qsTr("Close"); onClicked: sheet.close() },
        AppButton {
            objectName: "restoreSnapshot"
            text: qsTr("Restore")
            kind: "primary"
            iconName: "undo"
            enabled: sheet.chosen !== "" && Studio.workspace.writable && !sheet.document.saving
            onClicked: sheet.restore(false)
        }
    ]
}
