pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Pages
import Cachify.Theme

// The parameters of a kind, as its schema wants them; the dry run's table; the run.
ColumnLayout {
    id: form

    required property WorkflowDesk desk
    required property Guard guard
    readonly property BulkRun run: desk.run

    spacing: 12

    function runPlan(): void {
        guard.askAlways(qsTr("Run this plan?"), "", qsTr("Run on %1 key(s)", "", run.planTotal).arg(run.planCount), confirmation => run.run(confirmation));
    }

    Notice {
        visible: form.desk.editing
        Layout.fillWidth: true
        tone: "info"
        text: qsTr("With the parameters of an earlier run. What you leave as it is stays as it was then.")
    }
    GridLayout {
        columns: 2
        columnSpacing: 12
        rowSpacing: 10
        Layout.fillWidth: true
        Repeater {
            model: form.desk.fields
            ParameterField {
                desk: form.desk
                Layout.preferredWidth: 1
                Layout.alignment: Qt.AlignTop
                Layout.columnSpan: type === "array" || type === "object" ? 2 : 1
            }
        }
    }
    Flow {
        id: acts
        spacing: 8
        Layout.fillWidth: true
        AppButton { id: dryRun; objectName: "dryRun"; width: Math.ceil(implicitWidth); text: qsTr("Dry run"); kind: form.run.planId === "" ? "primary" : "secondary"; iconName: "eye"; enabled: !form.run.running; onClicked: form.desk.dryRun() }
        AppButton {
            id: runPlan
            width: Math.ceil(implicitWidth)
            objectName: "runPlan"
            visible: form.run.planId !== ""
            text: qsTr("Run on %1 key(s)", "", form.run.planTotal).arg(form.run.planCount)
            kind: form.desk.destructive ? "danger" : "primary"
            iconName: "play"
            hint: Studio.workspace.writable ? "" : qsTr("This connection is read-only")
            enabled: !form.run.running && form.run.planTotal > 0 && Studio.workspace.writable
            onClicked: form.runPlan()
        }
        RowLayout {
            readonly property real beside: acts.width - dryRun.width - acts.spacing - (runPlan.visible ? runPlan.width + acts.spacing : 0)
            width: implicitWidth <= beside ? beside : acts.width
            spacing: 8
            Item { Layout.fillWidth: true }
            Txt { visible: form.run.running; text: form.run.progressText; color: Theme.muted; font.pixelSize: Theme.small }
            AppButton { objectName: "cancelRun"; visible: form.run.running; text: qsTr("Cancel"); iconName: "stop"; onClicked: form.run.cancel() }
            AppButton { visible: !form.run.running; kind: "quiet"; text: qsTr("Save as template…"); iconName: "plus"; onClicked: naming.open() }
        }
    }
    Rectangle {
        visible: form.run.running
        Layout.fillWidth: true
        implicitHeight: 4
        radius: 2
        color: Theme.border
        Rectangle { width: parent.width * Math.min(1, form.run.progress); height: 4; radius: 2; color: Theme.accent }
    }
    Notice { visible: form.run.error.present; Layout.fillWidth: true; text: form.run.error.message; code: form.run.error.code }
    Notice { objectName: "workflowOutcome"; visible: form.run.outcome !== ""; Layout.fillWidth: true; tone: form.run.outcomeGood ? "success" : "warning"; text: form.run.outcome }
    Txt {
        visible: form.run.planId !== ""
        text: form.run.planTotal === 0 ? qsTr("No key would be changed.") : qsTr("%1 key(s) would be changed", "", form.run.planTotal).arg(form.run.planCount)
        font.pixelSize: Theme.small
        font.weight: Font.DemiBold
    }
    PlanList {
        objectName: "planList"
        plan: form.run.plan
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.minimumHeight: form.run.planTotal > 0 ? Math.min(4, form.run.planTotal) * Theme.rowHeight : 0
    }

    Ask {
        id: naming
        title: qsTr("Save as a template")
        text: qsTr("The parameters as they are now, under a name of yours.")
        accept: qsTr("Save")
        blocked: nameEntry.text.trim() === ""
        onOpened: nameEntry.forceActiveFocus()
        onAccepted: form.desk.saveTemplate(nameEntry.text)
        field: TextEntry { id: nameEntry; objectName: "templateName"; label: qsTr("Name"); placeholderText: qsTr("Name of the template"); Layout.fillWidth: true }
    }
}
