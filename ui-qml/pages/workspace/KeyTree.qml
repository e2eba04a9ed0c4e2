pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Theme

// The same keys in folders, with how many are in each of what was scanned so far.
ListView {
    id: list

    readonly property Workspace workspace: Studio.workspace
    readonly property KeyTreeModel tree: workspace.tree

    clip: true
    reuseItems: true
    activeFocusOnTab: true
    boundsBehavior: Flickable.StopAtBounds
    model: tree
    highlightMoveDuration: 0
    Accessible.role: Accessible.Tree
    Accessible.name: qsTr("Keys in folders")

    function walk(row: int): void {
        currentIndex = row;
        workspace.openTreeRow(row);
    }
    Keys.onUpPressed: walk(Math.max(0, currentIndex - 1))
    Keys.onDownPressed: walk(Math.min(count - 1, currentIndex + 1))
    Keys.onRightPressed: if (!tree.isExpanded(currentIndex)) tree.toggle(currentIndex)
    Keys.onLeftPressed: {
        if (tree.isExpanded(currentIndex))
            tree.toggle(currentIndex);
        else
            currentIndex = tree.parentOf(currentIndex);
    }
    Keys.onReturnPressed: {
        if (tree.isFolder(currentIndex))
            tree.toggle(currentIndex);
        else
            workspace.openKeys.pin();
    }
    ScrollBar.vertical: Bar { }

    delegate: ItemDelegate {
        id: row
        required property int index
        required property string kind
        required property string name
        required property string label
        required property int depth
        required property string keys
        required property bool expanded
        readonly property bool folder: kind === "folder"
        readonly property bool current: kind === "key" && list.workspace.document.isOpen && name === list.workspace.document.name
        width: ListView.view.width
        height: Theme.rowHeight
        padding: 0
        focusPolicy: Qt.NoFocus
        Accessible.role: Accessible.TreeItem
        Accessible.name: folder ? qsTr("%1, %2 keys").arg(label).arg(keys) : name
        Accessible.description: folder ? (expanded ? qsTr("open") : qsTr("closed")) : ""
        onClicked: {
            list.currentIndex = index;
            list.forceActiveFocus();
            if (folder)
                list.tree.toggle(index);
            else
                list.workspace.openTreeRow(index);
        }
        onDoubleClicked: if (kind === "key") list.workspace.openKeys.pin()
        background: Rectangle {
            color: row.current ? Theme.pressed : row.hovered ? Theme.hover : "transparent"
            Rectangle { visible: row.current; width: 3; height: parent.height; color: Theme.accent }
            FocusRing { anchors.margins: 1; shown: list.activeFocus && row.ListView.isCurrentItem }
        }
        contentItem: RowLayout {
            spacing: 8
            Item { implicitWidth: 8 + row.depth * Theme.scaled(18) }
            Icon { opacity: row.folder ? 1 : 0; name: row.expanded ? "down" : "right"; size: 14 } // keys stand below their folder's name
            Icon { name: row.folder ? "folder" : row.kind === "key" ? "key" : "info"; size: 16; color: row.folder ? Theme.accent : Theme.muted }
            Txt {
                text: row.label
                color: row.kind === "more" ? Theme.muted : Theme.text
                font.family: row.kind === "more" ? Theme.sans : Theme.mono
                font.pixelSize: Theme.small
                isData: true
                elide: Text.ElideMiddle
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            Txt { visible: row.folder; text: row.keys; color: Theme.muted; font.pixelSize: Theme.tiny; Layout.rightMargin: 14; Accessible.ignored: true }
        }
    }
}
