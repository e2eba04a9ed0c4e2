pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Pages
import Cachify.Theme

// Bulk work: choose what, fill in, see what would happen, run just that, and roll it back.
Item {
    id: page

    required property Guard guard
    property string tab: "run"
    readonly property WorkflowDesk desk: Studio.workflows
    signal connectionsWanted()

    onVisibleChanged: if (visible) desk.load()

    function runPlan(): void {
        guard.askAlways(qsTr("Run this plan on %n key(s)?", "", desk.planTotal), "", qsTr("Run on %n key(s)", "", desk.planTotal), confirmation => desk.run(confirmation));
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 24
        spacing: 16

        RowLayout {
            spacing: 12
            ColumnLayout {
                spacing: 2
                Layout.fillWidth: true
                Txt { text: qsTr("Workflows"); font.pixelSize: Theme.display; font.weight: Font.DemiBold }
                Txt { text: Studio.workspace.active ? qsTr("On %1. Every key is kept before it is changed, so a run can be rolled back.").arg(Studio.workspace.name) : qsTr("Open a connection to run one."); color: Theme.muted; font.pixelSize: Theme.small; Layout.fillWidth: true }
            }
            Segments {
                label: qsTr("Part")
                options: [{ value: "run", text: qsTr("Run") }, { value: "history", text: qsTr("History") }]
                value: page.tab
                onChosen: value => page.tab = value
            }
        }

        RowLayout {
            visible: page.tab === "run"
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: 16

            ListView {
                id: templates
                objectName: "templateList"
                Layout.preferredWidth: 280
                Layout.fillHeight: true
                clip: true
                spacing: 8
                activeFocusOnTab: true
                boundsBehavior: Flickable.StopAtBounds
                model: page.desk.templates
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Templates")
                delegate: ItemDelegate {
                    id: row
                    required property int index
                    required property string templateId
                    required property string name
                    required property string summary
                    readonly property bool current: page.desk.chosen === templateId
                    width: ListView.view.width
                    padding: 14
                    Accessible.name: row.name
                    onClicked: page.desk.choose(row.index)
                    background: Card {
                        color: row.current ? Theme.accentTint : row.hovered ? Theme.hover : Theme.surface
                        border.color: row.current ? Theme.accent : Theme.border
                        FocusRing { shown: row.visualFocus }
                    }
                    contentItem: ColumnLayout {
                        spacing: 4
                        Txt { text: row.name; font.weight: Font.DemiBold; Layout.fillWidth: true; Accessible.ignored: true }
                        Txt { text: row.summary; color: Theme.muted; font.pixelSize: Theme.tiny; wrapMode: Text.Wrap; lineHeight: 1.2; Layout.fillWidth: true; Accessible.ignored: true }
                    }
                }
            }

            Card {
                Layout.fillWidth: true
                Layout.fillHeight: true

                EmptyState {
                    anchors.fill: parent
                    visible: !Studio.workspace.active
                    iconName: "workflows"
                    title: qsTr("No connection is open")
                    AppButton { text: qsTr("Choose a connection"); kind: "primary"; onClicked: page.connectionsWanted() }
                }
                EmptyState {
                    anchors.fill: parent
                    visible: Studio.workspace.active && page.desk.chosen === ""
                    iconName: "workflows"
                    title: qsTr("Choose a template")
                    detail: qsTr("A dry run shows every key and what would be done to it. Nothing is changed until you run it.")
                }
                ColumnLayout {
                    anchors.fill: parent
                    anchors.margins: 20
                    visible: Studio.workspace.active && page.desk.chosen !== ""
                    spacing: 12

                    GridLayout {
                        columns: 2
                        columnSpacing: 12
                        rowSpacing: 10
                        Layout.fillWidth: true
                        Repeater {
                            model: page.desk.fields
                            FormField {
                                id: field
                                required property int index
                                required property string name
                                required property string title
                                required property string description
                                required property string type
                                required property var model
                                property string given: model.text
                                label: title + (model.required ? " *" : "")
                                hint: description
                                Layout.preferredWidth: 1
                                Layout.alignment: Qt.AlignTop
                                TextEntry {
                                    visible: field.type !== "boolean"
                                    objectName: "workflow-" + field.name
                                    label: field.title
                                    text: field.given
                                    font.family: Theme.mono
                                    Layout.fillWidth: true
                                    onEditingFinished: page.desk.setField(field.index, text)
                                }
                                Check {
                                    visible: field.type === "boolean"
                                    text: field.title
                                    checked: field.given === "true"
                                    onToggled: page.desk.setField(field.index, checked ? "true" : "false")
                                }
                            }
                        }
                    }
                    RowLayout {
                        spacing: 8
                        AppButton { objectName: "dryRun"; text: qsTr("Dry run"); kind: page.desk.planId === "" ? "primary" : "secondary"; iconName: "eye"; enabled: !page.desk.running; onClicked: page.desk.dryRun() }
                        AppButton {
                            objectName: "runPlan"
                            visible: page.desk.planId !== ""
                            text: qsTr("Run on %n key(s)", "", page.desk.planTotal)
                            kind: page.desk.destructive ? "danger" : "primary"
                            iconName: "play"
                            enabled: !page.desk.running && page.desk.planTotal > 0 && Studio.workspace.writable
                            onClicked: page.runPlan()
                        }
                        Item { Layout.fillWidth: true }
                        Txt { visible: page.desk.running; text: page.desk.progressText; color: Theme.muted; font.pixelSize: Theme.small }
                        AppButton { visible: page.desk.running; text: qsTr("Cancel"); iconName: "stop"; onClicked: page.desk.cancel() }
                    }
                    Loading { running: page.desk.running; Layout.fillWidth: true }
                    Notice { visible: page.desk.error.present; Layout.fillWidth: true; text: page.desk.error.message; code: page.desk.error.code }
                    Notice { objectName: "workflowOutcome"; visible: page.desk.outcome !== ""; Layout.fillWidth: true; tone: page.desk.outcomeGood ? "success" : "warning"; text: page.desk.outcome }
                    Txt { visible: page.desk.planText !== "" && page.desk.planId !== ""; text: page.desk.planText; font.pixelSize: Theme.small; font.weight: Font.DemiBold }
                    ListView {
                        objectName: "planList"
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        clip: true
                        reuseItems: true
                        boundsBehavior: Flickable.StopAtBounds
                        model: page.desk.plan
                        Accessible.role: Accessible.Table
                        Accessible.name: qsTr("Plan")
                        ScrollBar.vertical: ScrollBar { }
                        delegate: Item {
                            id: step
                            required property string key
                            required property string action
                            required property string type
                            required property string size
                            required property string ttl
                            width: ListView.view.width
                            height: Theme.rowHeight
                            Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.surface2 }
                            RowLayout {
                                anchors.fill: parent
                                spacing: 12
                                Badge { text: step.action; tone: step.action === "delete" ? "danger" : "info"; Layout.preferredWidth: 68 }
                                Txt { text: step.key; font.family: Theme.mono; font.pixelSize: Theme.small; elide: Text.ElideMiddle; Layout.fillWidth: true }
                                Txt { text: step.ttl; color: Theme.muted; font.pixelSize: Theme.tiny }
                                Txt { text: step.type; color: Theme.muted; font.pixelSize: Theme.tiny; Layout.preferredWidth: 50 }
                                Txt { text: step.size; color: Theme.muted; font.pixelSize: Theme.tiny; horizontalAlignment: Text.AlignRight; Layout.preferredWidth: 64; Layout.rightMargin: 12 }
                            }
                        }
                    }
                }
            }
        }

        Card {
            visible: page.tab === "history"
            Layout.fillWidth: true
            Layout.fillHeight: true
            ListView {
                id: runs
                anchors.fill: parent
                anchors.margins: 1
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                model: page.desk.history
                Accessible.role: Accessible.Table
                Accessible.name: qsTr("Runs")
                ScrollBar.vertical: ScrollBar { }
                delegate: Item {
                    id: run
                    required property string executionId
                    required property string time
                    required property string name
                    required property string status
                    required property bool dryRun
                    required property bool undoable
                    required property string totals
                    required property string took
                    width: ListView.view.width
                    height: 48
                    Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.border }
                    RowLayout {
                        anchors.fill: parent
                        anchors.leftMargin: 16
                        anchors.rightMargin: 12
                        spacing: 12
                        Badge { text: run.status; tone: run.status === "success" ? "success" : run.status === "running" ? "info" : "warning"; Layout.preferredWidth: 84 }
                        Txt { text: run.name; font.pixelSize: Theme.small; font.weight: Font.Medium; Layout.fillWidth: true }
                        Badge { visible: run.dryRun; text: qsTr("dry run") }
                        Txt { text: run.totals; color: Theme.muted; font.pixelSize: Theme.tiny; Layout.preferredWidth: 110 }
                        Txt { text: run.took; color: Theme.muted; font.pixelSize: Theme.tiny; Layout.preferredWidth: 70 }
                        Txt { text: run.time; color: Theme.muted; font.pixelSize: Theme.tiny }
                        AppButton {
                            visible: !run.dryRun && run.undoable
                            text: qsTr("Roll back")
                            iconName: "undo"
                            enabled: !page.desk.running && Studio.workspace.writable
                            onClicked: page.guard.askAlways(qsTr("Roll back “%1”?").arg(run.name), run.totals, qsTr("Roll back"), confirmation => page.desk.rollBack(run.executionId, confirmation))
                        }
                    }
                }
                EmptyState { anchors.fill: parent; visible: runs.count === 0; iconName: "workflows"; title: qsTr("Nothing was run yet") }
            }
        }
    }
}
