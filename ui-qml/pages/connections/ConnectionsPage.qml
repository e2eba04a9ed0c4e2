pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Pages
import Cachify.Theme

Item {
    id: page

    required property Guard guard
    signal openWanted(id: string)
    signal editWanted(id: string)
    signal addWanted()
    signal importWanted()
    signal exportWanted()

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 24
        anchors.bottomMargin: 0
        spacing: 16

        PageHead {
            title: qsTr("Connections")
            detail: Studio.connections.count === Studio.connections.total ? qsTr("%n profile(s)", "", Studio.connections.total) : qsTr("%1 of %2 profiles").arg(Studio.connections.count).arg(Studio.connections.total)
            TextEntry {
                objectName: "connectionsFilter"
                iconName: "search"
                placeholderText: qsTr("Filter by name, host or tag")
                Layout.preferredWidth: Theme.scaled(260)
                text: Studio.connections.filter
                onTextEdited: Studio.connections.filter = text
            }
            Segments {
                label: qsTr("Group by")
                options: [{ value: "environment", text: qsTr("Environment") }, { value: "tag", text: qsTr("Tag") }]
                value: Studio.connections.groupBy
                onChosen: value => Studio.connections.groupBy = value
            }
            AppButton { objectName: "importConnections"; kind: "quiet"; iconName: "import"; hint: qsTr("Import connections…"); onClicked: page.importWanted() }
            AppButton { objectName: "exportConnections"; kind: "quiet"; iconName: "export"; hint: qsTr("Export connections…"); enabled: Studio.connections.total > 0; onClicked: page.exportWanted() }
            AppButton { objectName: "addConnection"; text: qsTr("New connection"); kind: "primary"; iconName: "plus"; onClicked: page.addWanted() }
        }

        ListView {
            id: list
            objectName: "connectionsList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            bottomMargin: 24
            spacing: 8
            model: Studio.connections
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Connections")
            Keys.onReturnPressed: page.openWanted(Studio.connections.idAt(currentIndex))
            delegate: ConnectionRow {
                width: ListView.view.width
                focused: list.activeFocus && ListView.isCurrentItem
                onOpened: page.openWanted(connectionId)
                onEdited: page.editWanted(connectionId)
                onDuplicated: Studio.form.duplicate(connectionId)
            }
            ScrollBar.vertical: Bar { }
            EmptyState {
                anchors.fill: parent
                visible: Studio.connections.loaded && Studio.connections.count === 0 && !Studio.connections.error.present
                iconName: "search"
                title: qsTr("No connection matches")
                detail: qsTr("Nothing is called “%1”, and no host or tag is like it.").arg(Studio.connections.filter)
                AppButton { text: qsTr("Clear the filter"); onClicked: Studio.connections.filter = "" }
            }
            EmptyState {
                anchors.fill: parent
                visible: Studio.connections.error.present
                iconName: "warning"
                tone: "danger"
                title: qsTr("The connections could not be read")
                detail: Studio.connections.error.message
                AppButton { text: qsTr("Try again"); onClicked: Studio.connections.reload() }
            }
        }
    }
}
