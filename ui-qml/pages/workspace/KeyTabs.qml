pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// The keys that are open. One that is not pinned (leaning) makes room for the next.
Rectangle {
    id: strip

    readonly property OpenKeys openKeys: Studio.workspace.openKeys
    signal closeWanted(tab: int)

    implicitHeight: Theme.scaled(36)
    color: Theme.surface2
    Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.border }

    ListView {
        id: list
        objectName: "keyTabs"
        anchors.fill: parent
        orientation: ListView.Horizontal
        clip: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        model: strip.openKeys.tabs
        currentIndex: strip.openKeys.current
        highlightMoveDuration: 0
        Accessible.role: Accessible.PageTabList
        Accessible.name: qsTr("Open keys")
        Keys.onLeftPressed: strip.openKeys.next(-1)
        Keys.onRightPressed: strip.openKeys.next(1)
        Keys.onReturnPressed: strip.openKeys.pin()
        delegate: TabButton {
            id: tab
            checkable: false
            required property int index
            required property string name
            required property bool pinned
            required property bool dirty
            readonly property bool current: index === strip.openKeys.current
            width: Math.min(Theme.scaled(240), Math.ceil(label.implicitWidth) + Theme.scaled(22) + 36)
            height: list.height - 1
            padding: 0
            horizontalPadding: 0
            verticalPadding: 0
            focusPolicy: Qt.NoFocus
            Accessible.role: Accessible.PageTab
            Accessible.name: tab.name
            Accessible.description: tab.dirty ? qsTr("changed, not saved") : ""
            Accessible.selected: tab.current
            onClicked: strip.openKeys.current = tab.index
            onDoubleClicked: strip.openKeys.pin()
            background: Rectangle {
                color: tab.current ? Theme.surface : tab.hovered ? Theme.hover : "transparent"
                Rectangle { visible: tab.current; width: parent.width; height: 2; color: Theme.accent }
                Rectangle { anchors.right: parent.right; width: 1; height: parent.height; color: Theme.border }
                FocusRing { anchors.margins: 1; shown: list.activeFocus && tab.current }
            }
            contentItem: RowLayout {
                spacing: 6
                Rectangle { visible: tab.dirty; Layout.leftMargin: 12; implicitWidth: 7; implicitHeight: 7; radius: 4; color: Theme.accent }
                Txt {
                    id: label
                    Layout.leftMargin: tab.dirty ? 0 : 12
                    Layout.fillWidth: true
                    text: tab.name
                    font.family: Theme.mono
                    font.pixelSize: Theme.tiny
                    font.italic: !tab.pinned
                    isData: true
                    elide: Text.ElideMiddle
                    color: tab.current ? Theme.text : Theme.muted
                    Accessible.ignored: true
                }
                AppButton { implicitHeight: Theme.scaled(22); Layout.rightMargin: 6; leftPadding: 3; kind: "quiet"; iconName: "close"; hint: qsTr("Close %1 (Ctrl+W)").arg(tab.name); focusPolicy: Qt.NoFocus; onClicked: strip.closeWanted(tab.index) }
            }
            TapHandler { acceptedButtons: Qt.MiddleButton; onTapped: strip.closeWanted(tab.index) }
        }
    }
}
