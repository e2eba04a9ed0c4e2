pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Components
import Cachify.Theme

Rectangle {
    id: rail

    required property string page
    required property int unread
    property bool narrow: false // icons alone
    signal chosen(page: string)

    readonly property var pages: [
        { page: "connections", text: qsTr("Connections") },
        { page: "workspace", text: qsTr("Workspace") },
        { page: "workflows", text: qsTr("Workflows") },
        { page: "observability", text: qsTr("Observability") },
        { page: "alerts", text: qsTr("Alerts") },
        { page: "audit", text: qsTr("Audit") }
    ]

    implicitWidth: narrow ? Theme.scaled(18) + 52 : Theme.scaled(196)
    color: Theme.surface2
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Pages")

    // A TabButton, for screen readers are told the role of the control's own class.
    component Entry: TabButton {
        id: entry
        checkable: false
        required property string page
        readonly property bool current: rail.page === page

        Layout.fillWidth: true
        implicitHeight: Theme.scaled(36)
        leftPadding: rail.narrow ? 14 : 12
        focusPolicy: Qt.TabFocus
        Accessible.role: Accessible.PageTab
        readonly property int unread: page === "alerts" ? rail.unread : 0
        Accessible.selected: current
        Accessible.name: unread > 0 ? qsTr("%1, %n unread", "", unread).arg(text) : text
        onClicked: rail.chosen(page)
        ToolTip.text: Accessible.name
        ToolTip.visible: rail.narrow && hovered
        ToolTip.delay: 300
        UnreadBadge {
            x: rail.narrow ? parent.width - width : parent.width - width - 10
            y: rail.narrow ? 0 : (parent.height - height) / 2
            z: 1
            count: entry.unread
        }
        contentItem: Row {
            spacing: 10
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: entry.page
                color: entry.current ? Theme.accent : Theme.muted
            }
            Txt {
                anchors.verticalCenter: parent.verticalCenter
                visible: !rail.narrow
                text: entry.text
                font.pixelSize: Theme.small
                font.weight: entry.current ? Font.DemiBold : Font.Medium
                color: entry.current ? Theme.text : Theme.muted
                Accessible.ignored: true
            }
        }
        background: Rectangle {
            radius: Theme.radius
            color: entry.current ? Theme.surface : entry.hovered ? Theme.hover : "transparent"
            border.width: entry.current ? 1 : 0
            border.color: Theme.border
            FocusRing { shown: entry.visualFocus }
        }
    }

    Rectangle {
        anchors.right: parent.right
        width: 1
        height: parent.height
        color: Theme.border
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 12
        anchors.topMargin: 14
        spacing: 4

        Row {
            spacing: 10
            Layout.leftMargin: rail.narrow ? 0 : 8
            Layout.bottomMargin: 16
            Layout.alignment: rail.narrow ? Qt.AlignHCenter : Qt.AlignLeft
            Rectangle {
                width: Theme.scaled(26)
                height: width
                radius: 7
                color: Theme.accent
                Icon { anchors.centerIn: parent; name: "key"; size: 16; color: Theme.accentInk }
            }
            Txt {
                anchors.verticalCenter: parent.verticalCenter
                visible: !rail.narrow
                text: qsTr("Cachify Studio")
                font.weight: Font.DemiBold
            }
        }
        Repeater {
            model: rail.pages
            Entry {
                required property var modelData
                page: modelData.page
                text: modelData.text
            }
        }
        Item { Layout.fillHeight: true }
        Entry { page: "settings"; text: qsTr("Settings") }
    }
}
