pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Pages
import Cachify.Theme

// The keys as they stream in: search, types, selection, how far the scan has come.
Rectangle {
    id: pane

    readonly property Workspace workspace: Studio.workspace
    readonly property var types: ["", "string", "hash", "list", "set", "zset", "stream"]
    property alias bulkDelete: bulkDelete
    signal newKeyWanted()
    signal removeWanted() // of the open key
    signal editWanted()

    color: Theme.background
    Component.onCompleted: workspace.tree.active = Studio.preferences.kept("keyLayout", "list") === "tree"

    function focusSearch(): void {
        search.forceActiveFocus();
        search.selectAll();
    }
    function removeSelected(): void {
        if (workspace.keys.selectedCount > 0 && !workspace.bulk.running)
            bulkDelete.begin();
    }
    // What is selected, or the key in the current row, where that is the open one.
    function removeCurrent(name: string): void {
        if (workspace.keys.selectedCount > 0)
            removeSelected();
        else if (workspace.document.exists && name === workspace.document.name)
            removeWanted();
    }

    Room { id: room; within: list; width: Theme.scaled(340) }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Flow {
            id: searchBar
            Layout.fillWidth: true
            Layout.margins: 12
            Layout.bottomMargin: 8
            spacing: 8
            TextEntry {
                id: search
                objectName: "keySearch"
                iconName: "search"
                label: qsTr("Search keys")
                placeholderText: pane.workspace.exact ? qsTr("Exact key") : qsTr("Key or pattern: user:*")
                font.family: Theme.mono
                text: pane.workspace.pattern
                width: searchBar.width >= kinds.implicitWidth + Theme.scaled(240) ? searchBar.width - kinds.width - searchBar.spacing : searchBar.width
                onTextEdited: {
                    pane.workspace.pattern = text;
                    typing.restart();
                }
                onAccepted: {
                    typing.stop(); // or it would begin again what was stopped meanwhile
                    pane.workspace.scan();
                }
                Keys.onDownPressed: (treeView.visible ? treeView : list).forceActiveFocus()
                Timer { id: typing; interval: 350; onTriggered: pane.workspace.scan() }
            }
            RowLayout {
                id: kinds
                spacing: 8
                Choice {
                    label: qsTr("Type")
                    visible: pane.workspace.engine === "redis"
                    implicitWidth: Math.max(Theme.scaled(104), needed)
                    model: pane.types.map(type => type === "" ? qsTr("All types") : type)
                    currentIndex: Math.max(0, pane.types.indexOf(pane.workspace.typeFilter))
                    onActivated: index => {
                        pane.workspace.typeFilter = pane.types[index];
                        pane.workspace.scan();
                    }
                }
                AppButton {
                    iconName: "plus"
                    objectName: "newKey"
                    hint: pane.workspace.writable ? qsTr("New key (Ctrl+N)") : qsTr("This connection is read-only")
                    enabled: pane.workspace.writable
                    onClicked: pane.newKeyWanted()
                }
            }
        }
        RowLayout {
            Layout.leftMargin: 14
            Layout.rightMargin: 12
            Layout.bottomMargin: 8
            spacing: 12
            Check {
                text: qsTr("Exact")
                hint: qsTr("Takes * ? [ as they are")
                checked: pane.workspace.exact
                onToggled: {
                    pane.workspace.exact = checked;
                    pane.workspace.scan();
                }
            }
            Segments {
                objectName: "keyLayout"
                label: qsTr("Show keys as")
                options: [{ value: "list", text: qsTr("List"), icon: "list" }, { value: "tree", text: qsTr("Tree"), icon: "tree" }]
                value: pane.workspace.tree.active ? "tree" : "list"
                onChosen: value => {
                    pane.workspace.tree.active = value === "tree";
                    Studio.preferences.keep("keyLayout", value);
                }
            }
            Txt { // gives way to the buttons; the status bar says it too
                objectName: "scanProgress"
                isData: true
                opacity: truncated ? 0 : 1
                text: pane.workspace.progressText
                horizontalAlignment: Text.AlignRight
                Layout.fillWidth: true
                Layout.minimumWidth: 0
                color: Theme.muted
                font.pixelSize: Theme.tiny
            }
            AppButton {
                kind: "quiet"
                objectName: "scanToggle"
                visible: pane.workspace.scanning || pane.workspace.hasMore
                text: pane.workspace.scanning ? qsTr("Stop") : qsTr("More")
                iconName: pane.workspace.scanning ? "stop" : "play"
                onClicked: pane.workspace.scanning ? pane.workspace.stop() : pane.workspace.more()
            }
            AppButton { kind: "quiet"; iconName: "refresh"; hint: qsTr("Scan again (F5)"); onClicked: pane.workspace.scan() }
        }
        Rectangle { Layout.fillWidth: true; implicitHeight: 1; color: Theme.border }
        Loading { running: pane.workspace.scanning; Layout.fillWidth: true }
        Notice {
            visible: pane.workspace.note !== ""
            Layout.fillWidth: true
            Layout.margins: 8
            tone: "info"
            text: pane.workspace.note
        }

        KeyTree {
            id: treeView
            objectName: "keyTree"
            visible: pane.workspace.tree.active && !pane.workspace.error.present && count > 0
            Layout.fillWidth: true
            Layout.fillHeight: true
            Keys.onDeletePressed: if (pane.workspace.writable) pane.removeCurrent(tree.nameAt(currentIndex))
        }
        ListView {
            id: list
            objectName: "keyList"
            readonly property RowWindow rows: pane.workspace.keys.window
            readonly property real topRow: firstInSight() // of all keys
            property bool placing: false
            // The window of rows moves along, and what is in sight stays.
            onContentYChanged: if (!placing) showFrom(firstInSight(), false)
            function firstInSight(): real { return rows.first + (contentY - originY) / Theme.rowHeight; }
            function showFrom(row: real, always: bool): void {
                placing = true;
                const current = currentIndex < 0 ? -1 : rows.first + currentIndex;
                if (rows.hold(Math.floor(row))) {
                    const moved = current - rows.first;
                    currentIndex = moved >= 0 && moved < count ? moved : -1;
                    always = true;
                }
                if (always) {
                    positionViewAtIndex(Math.floor(row) - rows.first, ListView.Beginning);
                    contentY = Math.min(contentY + (row % 1) * Theme.rowHeight, originY + Math.max(0, contentHeight - height));
                }
                placing = false;
            }
            // False where the one that was chosen is far away by now: then it is the first in sight.
            function chosen(): bool {
                if (currentIndex >= 0)
                    return true;
                currentIndex = Math.ceil(firstInSight()) - rows.first;
                return false;
            }
            function goTo(row: int): void {
                showFrom(row, true);
                currentIndex = row - rows.first;
                pane.workspace.openRow(row);
            }
            function nameAt(row: int): string { return (itemAtIndex(row) as KeyRow)?.name ?? ""; }
            // What was opened from elsewhere is where the arrows go on, if it is in sight.
            readonly property string openName: pane.workspace.document.isOpen ? pane.workspace.document.name : ""
            onOpenNameChanged: {
                if (openName === "" || nameAt(currentIndex) === openName)
                    return;
                const top = Math.floor(firstInSight()) - rows.first;
                let row = top + Math.ceil(height / Theme.rowHeight);
                while (row >= top && nameAt(row) !== openName)
                    --row;
                currentIndex = row >= top ? row : -1;
            }
            visible: !treeView.visible
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            reuseItems: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            model: rows
            highlightMoveDuration: 0
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Keys")
            // The value follows the arrows.
            Keys.onUpPressed: {
                if (chosen())
                    decrementCurrentIndex();
                pane.workspace.openRow(rows.first + currentIndex);
            }
            Keys.onDownPressed: {
                if (chosen())
                    incrementCurrentIndex();
                pane.workspace.openRow(rows.first + currentIndex);
            }
            Keys.onReturnPressed: {
                chosen();
                pane.workspace.openRow(rows.first + currentIndex);
                pane.workspace.openKeys.pin();
            }
            Keys.onPressed: event => {
                if (event.key !== Qt.Key_Home && event.key !== Qt.Key_End || pane.workspace.keys.count === 0)
                    return;
                goTo(event.key === Qt.Key_Home ? 0 : pane.workspace.keys.count - 1);
                event.accepted = true;
            }
            Keys.onSpacePressed: {
                chosen();
                pane.workspace.keys.toggle(rows.first + currentIndex);
            }
            Keys.onDeletePressed: if (pane.workspace.writable) pane.removeCurrent(nameAt(currentIndex))
            // Over all keys, not the window of them.
            Bar {
                id: bar
                readonly property real share: list.height / Math.max(1, pane.workspace.keys.count * Theme.rowHeight)
                parent: list
                anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                active: list.moving || hovered
                minimumSize: 0.04
                size: Math.min(1, share)
                visible: share < 1
                onPositionChanged: if (pressed) list.showFrom(position * pane.workspace.keys.count, true)
                Binding on position { when: !bar.pressed; value: list.topRow / Math.max(1, pane.workspace.keys.count); restoreMode: Binding.RestoreNone }
            }

            delegate: KeyRow {
                width: ListView.view.width
                roomy: room.enough
                current: name === pane.workspace.document.name && pane.workspace.document.isOpen
                focused: list.activeFocus && ListView.isCurrentItem
                onOpened: row => {
                    list.currentIndex = row;
                    list.forceActiveFocus();
                    pane.workspace.openRow(list.rows.first + row);
                }
                onPinned: pane.workspace.openKeys.pin()
                onToggled: row => pane.workspace.keys.toggle(list.rows.first + row)
                onExtended: row => pane.workspace.keys.selectTo(list.rows.first + row)
            }

            EmptyState {
                anchors.fill: parent
                visible: pane.workspace.error.present
                iconName: "warning"
                tone: "danger"
                title: qsTr("The keys could not be listed")
                detail: pane.workspace.error.code + " · " + pane.workspace.error.message
                AppButton { objectName: "scanAgain"; text: qsTr("Try again"); kind: "primary"; onClicked: pane.workspace.scan() }
                AppButton { text: qsTr("Edit the connection"); onClicked: pane.editWanted() }
            }
            EmptyState {
                anchors.fill: parent
                visible: !pane.workspace.scanning && !pane.workspace.error.present && list.count === 0
                iconName: "key"
                title: pane.workspace.hasMore ? qsTr("Nothing found so far") : qsTr("No key matches")
                detail: pane.workspace.progressText
                AppButton { visible: pane.workspace.hasMore; text: qsTr("Scan more"); onClicked: pane.workspace.more() }
            }
        }

        Rectangle {
            visible: pane.workspace.keys.selectedCount > 0
            Layout.fillWidth: true
            implicitHeight: Theme.scaled(48)
            color: Theme.surface2
            Rectangle { width: parent.width; height: 1; color: Theme.border }
            RowLayout {
                anchors.fill: parent
                anchors.leftMargin: 16
                anchors.rightMargin: 12
                spacing: 8
                Txt { text: qsTr("%n key(s) selected", "", pane.workspace.keys.selectedCount); font.pixelSize: Theme.small; font.weight: Font.Medium; wrapMode: Text.Wrap; Layout.fillWidth: true }
                AppButton { kind: "quiet"; text: qsTr("Clear"); onClicked: pane.workspace.keys.clearSelection() }
                AppButton {
                    objectName: "deleteSelected"
                    kind: "danger"
                    text: qsTr("Delete…")
                    iconName: "trash"
                    hint: !pane.workspace.writable ? qsTr("This connection is read-only") : pane.workspace.bulk.running ? qsTr("Keys are being deleted") : ""
                    enabled: pane.workspace.writable && !pane.workspace.bulk.running
                    onClicked: pane.removeSelected()
                }
            }
        }
    }

    BulkDelete { id: bulkDelete }
}
