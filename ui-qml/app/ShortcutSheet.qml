pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Cachify.Components
import Cachify.Theme

SideSheet {
    id: sheet

    required property Actions actions

    title: qsTr("Keyboard shortcuts")
    breadth: 420

    ListView {
        anchors.fill: parent
        anchors.margins: 12
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: sheet.title
        model: sheet.actions.listed().filter(one => one.keys !== "")
        delegate: Item {
            id: row
            required property var modelData
            width: ListView.view.width
            height: Theme.rowHeight
            Accessible.role: Accessible.ListItem
            Accessible.name: modelData.text + ": " + modelData.keys
            RowLayout {
                anchors.fill: parent
                anchors.leftMargin: 12
                anchors.rightMargin: 12
                Txt { text: row.modelData.text; font.pixelSize: Theme.small; Layout.fillWidth: true; Accessible.ignored: true }
                Badge { text: row.modelData.keys; Accessible.ignored: true }
            }
        }
    }
}
