pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// The event log itself: who did what when, one event in full, and the proof that nothing was changed.
Item {
    id: page

    readonly property AuditLog audit: Studio.audit
    signal exportWanted()

    function show(event: string): void { sheet.show(event); }

    readonly property bool looking: visible && Studio.state === "ready"
    onLookingChanged: if (looking) audit.load()

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 24
        spacing: 16

        PageHead {
            title: qsTr("Audit")
            detail: qsTr("Every event, newest first. Nothing here can be edited, and a change from outside shows.")
            TextEntry {
                objectName: "auditFilter"
                iconName: "search"
                label: qsTr("Filter events")
                placeholderText: qsTr("Filter events")
                Layout.preferredWidth: Theme.scaled(200)
                onAccepted: page.audit.filter = text
                onTextEdited: if (text === "") page.audit.filter = ""
            }
            AppButton { objectName: "exportLog"; iconName: "export"; hint: qsTr("Export the event log…"); enabled: !page.audit.exporting; onClicked: page.exportWanted() }
            AppButton { iconName: "refresh"; hint: qsTr("Read again (F5)"); onClicked: page.audit.load() }
            AppButton { objectName: "verifyLog"; text: page.audit.verifying ? qsTr("Verifying…") : qsTr("Verify the log"); kind: "primary"; iconName: "shield"; enabled: !page.audit.verifying; onClicked: page.audit.verify() }
        }
        Loading { running: page.audit.loading || page.audit.verifying || page.audit.exporting; Layout.fillWidth: true }
        Notice { objectName: "verdict"; visible: page.audit.verdict !== ""; Layout.fillWidth: true; tone: page.audit.sound ? "success" : "danger"; text: page.audit.verdict }
        RowLayout {
            visible: page.audit.exporting
            spacing: 12
            Txt { text: qsTr("Exporting: %1 lines").arg(page.audit.exportedLines); color: Theme.muted; font.pixelSize: Theme.small }
            AppButton { objectName: "stopExport"; text: qsTr("Stop"); iconName: "stop"; onClicked: page.audit.stopExport() }
        }
        Notice { visible: page.audit.error.present; Layout.fillWidth: true; text: page.audit.error.message; code: page.audit.error.code }

        Card {
            id: table
            Layout.fillWidth: true
            Layout.fillHeight: true
            Room { id: room; within: table; width: Theme.scaled(800) }
            ColumnLayout {
                anchors.fill: parent
                anchors.margins: 1
                spacing: 0
                RowLayout {
                    Layout.leftMargin: 16
                    Layout.rightMargin: 16
                    Layout.preferredHeight: Theme.scaled(34)
                    spacing: 12
                    component Head: Txt { color: Theme.muted; font.pixelSize: Theme.tiny; font.weight: Font.DemiBold }
                    Head { text: qsTr("Position"); Layout.preferredWidth: Theme.scaled(64) }
                    Head { text: qsTr("Time"); Layout.preferredWidth: Theme.scaled(144) }
                    Head { text: qsTr("Event"); Layout.preferredWidth: Theme.scaled(176) }
                    Head { visible: room.enough; text: qsTr("Action"); Layout.preferredWidth: Theme.scaled(128) }
                    Head { text: qsTr("Key or pattern"); Layout.fillWidth: true }
                    Head { text: qsTr("Status"); Layout.preferredWidth: Theme.scaled(88) }
                }
                Rectangle { Layout.fillWidth: true; implicitHeight: 1; color: Theme.border }
                ListView {
                    id: list
                    objectName: "auditList"
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    clip: true
                    reuseItems: true
                    activeFocusOnTab: true
                    boundsBehavior: Flickable.StopAtBounds
                    model: page.audit.events
                    Accessible.role: Accessible.Table
                    Accessible.name: qsTr("Events")
                    Keys.onUpPressed: decrementCurrentIndex()
                    Keys.onDownPressed: incrementCurrentIndex()
                    onAtYEndChanged: if (atYEnd && count > 0 && page.audit.hasOlder && !page.audit.loading) page.audit.older()
                    ScrollBar.vertical: Bar { }
                    delegate: ItemDelegate {
                        id: row
                        required property string position
                        required property string time
                        required property string type
                        required property var model
                        required property string key
                        required property string status
                        required property string message
                        width: ListView.view.width
                        height: Theme.rowHeight
                        padding: 0
                        Accessible.name: [row.position, row.type, row.model.action, row.key, Studio.statusText(row.status)].join(", ")
                        onClicked: sheet.show(row.position)
                        Keys.onReturnPressed: clicked()
                        background: Rectangle { color: row.hovered ? Theme.hover : "transparent"; Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.surface2 } FocusRing { anchors.margins: 1; shown: list.activeFocus && row.ListView.isCurrentItem } }
                        contentItem: RowLayout {
                            spacing: 12
                            component Cell: Txt { isData: true; font.pixelSize: Theme.tiny; Accessible.ignored: true }
                            Cell { text: row.position; color: Theme.muted; font.family: Theme.mono; Layout.leftMargin: 16; Layout.preferredWidth: Theme.scaled(64) }
                            Cell { text: row.time; color: Theme.muted; Layout.preferredWidth: Theme.scaled(144) }
                            Cell { text: row.type; font.weight: Font.Medium; Layout.preferredWidth: Theme.scaled(176) }
                            Cell { visible: room.enough; text: row.model.action; Layout.preferredWidth: Theme.scaled(128) }
                            Cell { text: row.key !== "" ? row.key : row.message; font.family: Theme.mono; color: row.key !== "" ? Theme.text : Theme.muted; Layout.fillWidth: true }
                            Item {
                                Layout.preferredWidth: Theme.scaled(88)
                                Layout.rightMargin: 16
                                implicitHeight: Theme.scaled(20)
                                Badge { visible: row.status !== ""; text: Studio.statusText(row.status); tone: row.status === "success" || row.status === "applied" ? "success" : row.status === "blocked" || row.status === "unknown" ? "warning" : row.status === "error" || row.status === "failed" ? "danger" : "" }
                            }
                        }
                    }
                }
                Txt {
                    visible: page.audit.filter !== "" && page.audit.events.count === 0 && !page.audit.loading
                    text: qsTr("None of the events that were looked through holds this.")
                    color: Theme.muted
                    wrapMode: Text.Wrap
                    Layout.fillWidth: true
                    Layout.margins: 16
                }
                AppButton {
                    objectName: "auditFurther"
                    visible: page.audit.filter !== "" && page.audit.hasOlder && !page.audit.loading
                    text: qsTr("Look further back")
                    Layout.alignment: Qt.AlignHCenter
                    Layout.margins: 8
                    onClicked: page.audit.older()
                }
            }
        }
    }

    EventSheet { id: sheet }
}
