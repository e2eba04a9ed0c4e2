pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Pages
import Cachify.Theme

// Bulk work: from a template to a plan to a run, and what was run before.
Item {
    id: page

    required property Guard guard
    property string tab: "run"
    readonly property WorkflowDesk desk: Studio.workflows
    property alias details: history.details
    signal connectionsWanted()

    readonly property bool looking: visible && Studio.state === "ready"
    onLookingChanged: if (looking) desk.load()

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 24
        spacing: 16

        PageHead {
            title: qsTr("Workflows")
            detail: Studio.workspace.active ? qsTr("On %1. Every key is kept before it is changed, so a run can be rolled back.").arg(Studio.workspace.name) : qsTr("Open a connection to run one.")
            Segments {
                objectName: "workflowTab"
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

            TemplateList {
                desk: page.desk
                Layout.preferredWidth: Math.min(Theme.scaled(280), page.width * 0.31)
                Layout.fillHeight: true
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
                    visible: Studio.workspace.active && !form.visible
                    iconName: "workflows"
                    title: qsTr("Choose a template")
                    detail: qsTr("A dry run shows every key and what would be done to it. Nothing is changed until you run it.")
                }
                Scroller {
                    id: form
                    anchors.fill: parent
                    anchors.margins: 1
                    visible: Studio.workspace.active && (page.desk.chosen !== "" || page.desk.editing)
                    clip: true
                    padding: 19
                    contentWidth: availableWidth
                    WorkflowForm {
                        width: form.availableWidth
                        height: Math.max(form.availableHeight, implicitHeight)
                        desk: page.desk
                        guard: page.guard
                    }
                }
            }
        }
        RunHistory {
            id: history
            visible: page.tab === "history"
            Layout.fillWidth: true
            Layout.fillHeight: true
            desk: page.desk
            guard: page.guard
            onRunWanted: page.tab = "run"
        }
    }
}
