pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Cachify.Bridge
import Cachify.Components
import Cachify.Pages
import Cachify.Theme

Item {
    id: page

    required property Guard guard
    required property bool masked
    property alias history: historySheet
    property alias newKeyDialog: newKeyDialog
    property alias bulkDelete: keyList.bulkDelete
    readonly property bool asking: keyList.bulkDelete.visible
    property alias editing: panel.editing
    property alias ttlDialog: panel.ttlDialog
    property alias elementDialog: panel.elementDialog
    signal connectionsWanted()
    signal editWanted()

    function focusSearch(): void { keyList.focusSearch(); }
    function changeElement(row: int): void { panel.changeElement(row); }
    function newKey(): void { newKeyDialog.open(); }
    function save(): void { panel.save(false); }
    function closeKey(): void { panel.close(Studio.workspace.openKeys.current); }
    function openHistory(): void {
        Studio.workspace.document.loadHistory();
        historySheet.open();
    }

    EmptyState {
        anchors.fill: parent
        visible: !Studio.workspace.active
        iconName: "workspace"
        title: qsTr("No connection is open")
        detail: qsTr("Choose one to browse its keys. Nothing is changed by looking.")
        AppButton { text: qsTr("Choose a connection"); kind: "primary"; onClicked: page.connectionsWanted() }
    }

    SplitView {
        id: split
        anchors.fill: parent
        visible: Studio.workspace.active
        handle: Rectangle {
            implicitWidth: 1
            color: SplitHandle.hovered || SplitHandle.pressed ? Theme.accent : Theme.border
        }

        KeyList {
            id: keyList
            SplitView.preferredWidth: Studio.preferences.kept("split", 480)
            SplitView.minimumWidth: Math.max(360, Theme.scaled(300))
            onWidthChanged: if (visible && split.resizing) Studio.preferences.keep("split", width)
            onNewKeyWanted: page.newKey()
            onRemoveWanted: panel.remove()
            onEditWanted: page.editWanted()
        }
        KeyPanel {
            id: panel
            SplitView.fillWidth: true
            SplitView.minimumWidth: Math.max(400, Theme.scaled(340))
            guard: page.guard
            masked: page.masked
            onHistoryWanted: page.openHistory()
        }
    }

    HistorySheet { id: historySheet; guard: page.guard; masked: page.masked }
    NewKeyDialog { id: newKeyDialog }
}
