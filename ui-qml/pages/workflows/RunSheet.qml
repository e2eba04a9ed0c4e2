pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Pages
import Cachify.Theme

// One execution: what it was given, what became of each key, failures first; and how to take it up again.
SideSheet {
    id: sheet

    required property WorkflowDesk desk
    required property Guard guard
    readonly property var facts: desk.inspected
    readonly property bool isPlan: facts["dryRun"] ?? false
    readonly property bool here: facts["here"] ?? false
    readonly property bool idle: !desk.run.running
    readonly property string elsewhere: here ? "" : qsTr("Open the connection it ran on")
    signal runWanted()

    title: facts["name"] ?? ""
    subtitle: [facts["time"] ?? "", isPlan ? qsTr("dry run") : ""].filter(part => part !== "").join(" · ")
    breadth: 640

    function show(executionId: string): void {
        desk.inspect(executionId);
        open();
    }
    function rollBack(): void {
        const id = facts["executionId"];
        guard.askAlways(qsTr("Roll back “%1”?").arg(facts["name"]), facts["totals"], qsTr("Roll back"), confirmation => desk.run.rollBack(id, confirmation));
        close();
    }
    function resume(): void {
        const id = facts["executionId"];
        guard.askAlways(qsTr("Go on with “%1”?").arg(facts["name"]), facts["totals"], qsTr("Resume"), confirmation => desk.run.resume(id, confirmation));
        close();
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 24
        anchors.topMargin: 16
        spacing: 10
        SheetLine { name: qsTr("Status"); value: Studio.statusText(sheet.facts["status"] ?? ""); Layout.fillWidth: true }
        SheetLine { name: sheet.isPlan ? qsTr("Found") : qsTr("Succeeded"); value: sheet.facts["totals"] ?? ""; Layout.fillWidth: true }
        SheetLine { name: qsTr("Took"); value: sheet.facts["took"] ?? ""; Layout.fillWidth: true }
        SheetLine { visible: value !== ""; name: qsTr("Message"); value: sheet.facts["message"] ?? ""; Layout.fillWidth: true }
        SheetLine { name: qsTr("Parameters"); value: sheet.facts["shownParameters"] ?? ""; mono: true; Layout.fillWidth: true }
        SheetLine { name: qsTr("Id"); value: sheet.facts["executionId"] ?? ""; mono: true; Layout.fillWidth: true }
        Txt { visible: steps.count > 0 || planned.count > 0; text: sheet.isPlan ? qsTr("Planned, nothing is changed yet") : qsTr("Keys, failures first"); font.pixelSize: Theme.small; font.weight: Font.DemiBold; Layout.topMargin: 8 }
        Card {
            Layout.fillWidth: true
            Layout.fillHeight: true
            ListView {
                id: steps
                objectName: "runSteps"
                anchors.fill: parent
                anchors.margins: 1
                visible: !sheet.isPlan
                clip: true
                reuseItems: true
                activeFocusOnTab: true
                boundsBehavior: Flickable.StopAtBounds
                model: sheet.desk.steps
                Accessible.role: Accessible.Table
                Accessible.name: qsTr("Keys of this run")
                ScrollBar.vertical: Bar { }
                delegate: Item {
                    id: step
                    required property string key
                    required property string action
                    required property string status
                    required property string message
                    width: ListView.view.width
                    height: message === "" ? Theme.rowHeight : Theme.rowHeight + Theme.scaled(16)
                    Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.surface2 }
                    RowLayout {
                        anchors.fill: parent
                        anchors.leftMargin: 12
                        anchors.rightMargin: 12
                        spacing: 12
                        ColumnLayout {
                            spacing: 0
                            Layout.fillWidth: true
                            Txt { text: step.key; isData: true; font.family: Theme.mono; font.pixelSize: Theme.small; elide: Text.ElideMiddle; Layout.fillWidth: true }
                            Txt { visible: step.message !== ""; text: step.message; isData: true; color: step.status === "failed" ? Theme.danger : Theme.muted; font.pixelSize: Theme.tiny; Layout.fillWidth: true }
                        }
                        Txt { text: step.action; color: Theme.muted; font.pixelSize: Theme.tiny }
                        Badge { text: Studio.statusText(step.status); tone: step.status === "succeeded" ? "success" : step.status === "failed" ? "danger" : "warning" }
                    }
                }
                EmptyState { anchors.fill: parent; visible: steps.count === 0; iconName: "list"; title: qsTr("No key was touched") }
            }
            PlanList {
                id: planned
                objectName: "runPlanned"
                anchors.fill: parent
                anchors.margins: 1
                visible: sheet.isPlan
                plan: sheet.desk.inspectedPlan
                EmptyState { anchors.fill: parent; visible: planned.count === 0; iconName: "list"; title: qsTr("No key was found") }
            }
        }
    }

    footer: [
        AppButton { objectName: "editRun"; text: qsTr("Edit and rerun"); iconName: "edit"; hint: sheet.elsewhere; enabled: sheet.here && sheet.idle; onClicked: { sheet.desk.editInspected(); sheet.close(); sheet.runWanted(); } },
        AppButton { objectName: "rerun"; text: qsTr("Rerun"); iconName: "refresh"; hint: sheet.elsewhere; enabled: sheet.here && sheet.idle; onClicked: { sheet.desk.rerunInspected(); sheet.close(); sheet.runWanted(); } },
        Item { Layout.fillWidth: true },
        AppButton { objectName: "resumeRun"; visible: sheet.facts["resumable"] ?? false; text: qsTr("Resume"); iconName: "play"; hint: sheet.elsewhere; enabled: sheet.here && sheet.idle && Studio.workspace.writable; onClicked: sheet.resume() },
        AppButton { objectName: "rollBackRun"; visible: sheet.facts["undoable"] ?? false; text: qsTr("Roll back"); iconName: "undo"; kind: "primary"; hint: sheet.elsewhere; enabled: sheet.here && sheet.idle && Studio.workspace.writable; onClicked: sheet.rollBack() }
    ]
}
